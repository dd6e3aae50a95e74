package cti.core.port;

import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.incident.Incident;
import cti.core.incident.Incident.LinkedCall;
import cti.core.incident.IncidentLevel;
import cti.core.incident.IncidentSight;
import cti.core.incident.IncidentState;
import java.util.List;
import java.util.Optional;

/** Incidents on record. Methods block; they throw StoreUnavailableException. */
public interface Incidents {
  /**
   * Opens an incident, once per key: the same key with the same draft gives the incident that the
   * first one made. It is assigned where the draft names an owner, else new.
   *
   * @param key 1 to 64 characters, chosen by the client
   * @param by the user who saves it
   */
  Saved open(Draft draft, String key, String by);

  Optional<Incident> find(IncidentId id);

  /** Newest first. */
  Page<Incident> list(IncidentFilter filter, Optional<Page.Key> after, int limit);

  /**
   * Earlier incidents of these people or of exactly this number: open ones first, then newest
   * first. An empty number is nobody's.
   */
  List<Incident> earlier(List<StaffId> people, String number, int limit);

  /**
   * Changes an incident as {@link IncidentState#next} allows; to the state that it is in already is
   * no change of state. A new incident that is given an owner and no state becomes assigned.
   *
   * @param by the user who changes it
   */
  Changed change(IncidentId id, Change change, String by);

  /**
   * Links a call that an incident is about too: a change with a line in its work log. Linking it
   * again in the same role changes nothing.
   *
   * @param by the user who links it
   * @return the incident as it is then; empty where there is none
   */
  Optional<Incident> link(IncidentId id, LinkedCall call, String by);

  /**
   * What somebody fills in; see {@link Incident} for the fields.
   *
   * @param solution possibly empty
   * @param solved it was solved on first contact: it goes on record as resolved, by way of the
   *     states before
   */
  record Draft(
      String title,
      String description,
      Optional<StaffId> callerStaff,
      String callerName,
      String callerNumber,
      String department,
      Optional<SiteId> site,
      Optional<DeskId> desk,
      String source,
      String service,
      String category,
      String kind,
      IncidentLevel level,
      Optional<AgentId> owner,
      List<LinkedCall> calls,
      String solution,
      boolean solved) {
    /**
     * @throws IllegalArgumentException where it is solved and nobody says how
     */
    public Draft {
      calls = List.copyOf(calls);
      if (solved && solution.isBlank()) {
        throw new IllegalArgumentException(
            "solution is empty, expected how it was solved on first contact");
      }
    }

    /** A draft that is not solved yet. */
    public Draft(
        String title,
        String description,
        Optional<StaffId> callerStaff,
        String callerName,
        String callerNumber,
        String department,
        Optional<SiteId> site,
        Optional<DeskId> desk,
        String source,
        String service,
        String category,
        String kind,
        IncidentLevel level,
        Optional<AgentId> owner,
        List<LinkedCall> calls) {
      this(
          title,
          description,
          callerStaff,
          callerName,
          callerNumber,
          department,
          site,
          desk,
          source,
          service,
          category,
          kind,
          level,
          owner,
          calls,
          "",
          false);
    }
  }

  /**
   * An empty part stays as it is.
   *
   * @param note for the work log; may be empty
   */
  record Change(
      Optional<IncidentState> state,
      Optional<String> solution,
      Optional<AgentId> owner,
      String note) {
    public Change(Optional<IncidentState> state, Optional<String> solution) {
      this(state, solution, Optional.empty(), "");
    }
  }

  /**
   * Which incidents; an empty part does not restrict.
   *
   * @param callerNumber part of the number as it was saved
   * @param text part of the title, in upper or lower case, or of the incident's number
   * @param sight empty for those who may see every incident
   */
  record IncidentFilter(
      Optional<IncidentState> state,
      Optional<AgentId> owner,
      Optional<DeskId> desk,
      Optional<CallId> call,
      Optional<String> callerNumber,
      Optional<String> text,
      Optional<IncidentSight> sight) {}

  /** What came of a save. */
  sealed interface Saved {
    record Opened(Incident incident) implements Saved {}

    /** The key was used before with the same content. */
    record Repeated(Incident incident) implements Saved {}

    /** The key was used before with other content; nothing was changed. */
    record KeyReused(IncidentId first) implements Saved {}
  }

  /** What came of a change. */
  sealed interface Changed {
    record Done(Incident incident) implements Changed {}

    record NoSuchIncident() implements Changed {}

    /** The incident's state does not allow it; nothing was changed. */
    record NotAllowed(IncidentState from, IncidentState to) implements Changed {}
  }
}
