package cti.server.db.incidents;

import cti.core.incident.Incident;
import cti.core.incident.IncidentState;

/** What became of a request to change an incident's state. */
public sealed interface StateChange {
  /** Done, with an entry in the work log. */
  record Changed(Incident incident) implements StateChange {}

  /** Somebody else changed it before: it is in {@code actual}; nothing was done. */
  record ChangedBefore(IncidentState actual) implements StateChange {}

  record NoSuchIncident() implements StateChange {}
}
