package cti.core.port;

import cti.core.directory.StaffMember;
import cti.core.event.RouteDetails;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.routing.RoutingPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rules that route calls, by version, and explaining. What is in force comes from memory; the
 * rest blocks and throws StoreUnavailableException.
 */
public interface Routing extends VersionedTexts, RoutingPlan.Versions {
  /** What is in force at this moment: never blocks, never fails. */
  RoutingPlan now();

  /** Somebody of the directory in which people on duty are looked up: never blocks. */
  Optional<StaffMember> person(StaffId id);

  /** Why a call would go where, by the rules in force or by a text. */
  Explained explain(Question question);

  /**
   * A call that is thought of.
   *
   * @param from the calling number as the switch would present it
   * @param dialled empty for the first number of the hotline
   * @param at empty for now
   * @param keys pressed in the menus, in order; a blank between two is allowed
   * @param yaml rules to ask; empty for those that are in force at {@code at}
   * @param queues known states of queues; others are not known
   */
  record Question(
      String from,
      String dialled,
      Optional<Instant> at,
      String keys,
      Optional<String> yaml,
      List<QueueGiven> queues) {
    public Question {
      queues = List.copyOf(queues);
    }
  }

  /** The state of a desk's queue, as somebody gives it. */
  record QueueGiven(DeskId desk, int waiting, int ready, int longestWaitSeconds) {}

  /** The answer. */
  sealed interface Explained {
    /**
     * @param people everybody whose number it may be, with name and site, for people
     * @param desk that the call is for; empty where no rule decides, or the flow would ask on
     * @param line all of it on one line
     * @param way what the caller meets in the flow before the rules are asked
     */
    record Done(
        RouteDetails details,
        List<Person> people,
        Optional<DeskId> desk,
        String line,
        List<String> way)
        implements Explained {
      public Done {
        people = List.copyOf(people);
        way = List.copyOf(way);
      }
    }

    /** The text has faults. */
    record Faulty(List<String> faults) implements Explained {}
  }

  /** Somebody of the directory. */
  record Person(StaffId id, String name, String department, String site, boolean vip) {}
}
