package cti.core.incident;

/** The life of an incident (ITIL). */
public enum IncidentState {
  NEW,
  ASSIGNED,
  IN_PROGRESS,
  PENDING,
  RESOLVED,
  CLOSED,
  REOPENED,
  CANCELLED,
  MERGED
}
