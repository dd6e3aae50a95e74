package cti.core.incident;

import java.util.Set;

/**
 * The life of an incident (ITIL): new, assigned, in progress or pending, resolved, closed; a
 * resolved one may be reopened; one that is not resolved may be cancelled or merged into another.
 */
public enum IncidentState {
  NEW,
  ASSIGNED,
  IN_PROGRESS,
  PENDING,
  RESOLVED,
  CLOSED,
  REOPENED,
  CANCELLED,
  MERGED;

  /** The states that may follow this one; none after the end. */
  public Set<IncidentState> next() {
    return switch (this) {
      case NEW -> Set.of(ASSIGNED, CANCELLED, MERGED);
      case ASSIGNED -> Set.of(IN_PROGRESS, CANCELLED, MERGED);
      case IN_PROGRESS -> Set.of(PENDING, RESOLVED, CANCELLED, MERGED);
      case PENDING -> Set.of(IN_PROGRESS, RESOLVED, CANCELLED, MERGED);
      case RESOLVED -> Set.of(CLOSED, REOPENED);
      case REOPENED -> Set.of(ASSIGNED, IN_PROGRESS, CANCELLED, MERGED);
      case CLOSED, CANCELLED, MERGED -> Set.of();
    };
  }

  /** Whether anything may still follow; a resolved incident is open, for it may be reopened. */
  public boolean open() {
    return !next().isEmpty();
  }
}
