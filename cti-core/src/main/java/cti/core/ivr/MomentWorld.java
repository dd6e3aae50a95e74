package cti.core.ivr;

import cti.core.calendar.Opening;
import cti.core.desk.Site;
import cti.core.directory.StaffMember;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.routing.Caller;
import cti.core.routing.Decision;
import cti.core.routing.Facts;
import cti.core.routing.QueueState;
import cti.core.routing.RouteRequest;
import cti.core.routing.RoutingPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The world of one moment: the rules and the directory as they stand, and what is going on.
 *
 * @param directory by employee number
 */
public record MomentWorld(
    RoutingPlan routing,
    List<Site> sites,
    Function<StaffId, Optional<StaffMember>> directory,
    Surroundings surroundings)
    implements FlowWorld {
  public MomentWorld {
    sites = List.copyOf(sites);
  }

  /**
   * What goes on around a call.
   *
   * @param notices major incidents that concern a caller with a choice, the oldest first
   * @param expectedWait of a desk's queue, from our own measured waits; empty where there are too
   *     few
   */
  public record Surroundings(
      Facts facts,
      BiFunction<Caller, Optional<String>, List<Notice>> notices,
      Function<DeskId, Optional<Duration>> expectedWait) {
    /** A moment of which nothing else is known. */
    public static Surroundings quiet(Facts facts) {
      return new Surroundings(facts, (caller, choice) -> List.of(), desk -> Optional.empty());
    }
  }

  @Override
  public Decision decide(Caller caller, Optional<String> choice, String keys) {
    return routing.decide(new RouteRequest(caller, choice, keys, surroundings.facts()));
  }

  @Override
  public boolean open(DeskId desk) {
    return routing
        .calendars()
        .opening(desk, surroundings.facts().at())
        .map(Opening::open)
        .orElse(true);
  }

  @Override
  public boolean servedOutOfHours(String rule) {
    return routing.rules().looksAtHours(rule);
  }

  @Override
  public Optional<Caller> identified(Caller caller, StaffId staff) {
    return directory
        .apply(staff)
        .map(found -> Caller.of(caller.presented(), caller.dialled(), List.of(found), sites));
  }

  @Override
  public List<Notice> notices(Caller caller, Optional<String> choice) {
    return surroundings.notices().apply(caller, choice);
  }

  @Override
  public QueueFigures queue(DeskId desk) {
    Optional<QueueState> queue = surroundings.facts().queues().of(desk);
    if (queue.filter(state -> state.ready() > state.waiting()).isPresent()) {
      // An agent is free: there is no wait to speak of.
      return QueueFigures.UNKNOWN;
    }
    return new QueueFigures(
        queue.map(QueueState::waiting), surroundings.expectedWait().apply(desk));
  }
}
