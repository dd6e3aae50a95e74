package cti.core.event;

import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.ListeningId;
import cti.core.supervision.ListeningEnd;
import cti.core.supervision.ListeningMode;
import java.time.Instant;
import java.util.Optional;

/**
 * What supervisors do in the calls of others. Not events of the call itself: whoever sees the call
 * need not see who listens.
 */
public sealed interface SupervisorEvent extends DomainEvent {
  /** The call in which it is done. */
  CallId call();

  /** What becomes of one listening. */
  sealed interface ListeningEvent extends SupervisorEvent {
    ListeningId listening();
  }

  /**
   * The supervisor's phone is rung.
   *
   * @param agent whose talk is to be heard
   * @param told whether the agent is told
   * @param user of the supervisor
   * @param name of the supervisor
   */
  record ListeningAsked(
      ListeningId listening,
      CallId call,
      Instant at,
      AgentId agent,
      Optional<DeskId> desk,
      Extension extension,
      ListeningMode mode,
      boolean told,
      String user,
      String name)
      implements ListeningEvent {}

  /** From now on the talk is heard so; told again with each change. */
  record ListeningHeard(ListeningId listening, CallId call, Instant at, ListeningMode mode)
      implements ListeningEvent {}

  record ListeningEnded(ListeningId listening, CallId call, Instant at, ListeningEnd end)
      implements ListeningEvent {}

  /**
   * A waiting caller was moved: to a desk, the same or another one, or to an agent.
   *
   * @param from the desk where they waited; empty for the static queue
   * @param first whether before all who wait there; to the desk where they wait and not first: to
   *     the back
   */
  record CallerMoved(
      CallId call,
      Instant at,
      Optional<DeskId> from,
      Optional<DeskId> toDesk,
      Optional<AgentId> toAgent,
      boolean first,
      String reason,
      String user,
      String name)
      implements SupervisorEvent {}
}
