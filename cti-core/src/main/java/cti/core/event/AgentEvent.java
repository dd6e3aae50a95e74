package cti.core.event;

import cti.core.agent.AgentState;
import cti.core.call.RingOutcome;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Events of an agent (ECMA-269, 22.2). */
public sealed interface AgentEvent extends DomainEvent {
  AgentId agent();

  /** The agent took the extension and the desks; not ready until an {@link AgentReady}. */
  record AgentLoggedOn(AgentId agent, Instant at, Extension extension, Set<DeskId> desks)
      implements AgentEvent {
    public AgentLoggedOn {
      desks = Set.copyOf(desks);
    }
  }

  record AgentLoggedOff(AgentId agent, Instant at, String reason) implements AgentEvent {}

  /** Another agent took the extension, so that this one is logged off. */
  record AgentTakenOver(AgentId agent, Instant at, Extension extension, AgentId by)
      implements AgentEvent {}

  record AgentReady(AgentId agent, Instant at) implements AgentEvent {}

  /**
   * The agent takes no calls.
   *
   * @param until when the reason's longest time is over; empty where it has none
   */
  record AgentNotReady(AgentId agent, Instant at, String reason, Optional<Instant> until)
      implements AgentEvent {
    public AgentNotReady(AgentId agent, Instant at, String reason) {
      this(agent, at, reason, Optional.empty());
    }
  }

  /** The agent is not ready for longer than the reason allows. Nothing is changed by that. */
  record AgentPauseOverdue(AgentId agent, Instant at, String reason) implements AgentEvent {}

  record AgentBusy(AgentId agent, Instant at, CallId call) implements AgentEvent {}

  /**
   * Wrap-up; ends by itself at {@code until}, or when the agent says so.
   *
   * @param desk whose call it was; empty where that is not known
   */
  record AgentWorkingAfterCall(
      AgentId agent, Instant at, CallId call, Instant until, Optional<DeskId> desk)
      implements AgentEvent {
    public AgentWorkingAfterCall(AgentId agent, Instant at, CallId call, Instant until) {
      this(agent, at, call, until, Optional.empty());
    }
  }

  /** The wrap-up ends later; {@code times} is how often that was asked for in this wrap-up. */
  record AgentWrapUpExtended(AgentId agent, Instant at, CallId call, Instant until, int times)
      implements AgentEvent {}

  /**
   * What the agent wants to be after the call that is under way and its wrap-up.
   *
   * @param next READY, NOT_READY or LOGGED_OFF
   */
  record AgentStatePending(AgentId agent, Instant at, AgentState next, String reason)
      implements AgentEvent {}

  /** The desks whose calls the agent does not take even while ready; replaces what was before. */
  record AgentDeskReadiness(AgentId agent, Instant at, Set<DeskId> notReadyAt)
      implements AgentEvent {
    public AgentDeskReadiness {
      notReadyAt = Set.copyOf(notReadyAt);
    }
  }

  /** The agent's phone rang, or could not be made to ring, and nobody answered. */
  record AgentRingMissed(AgentId agent, Instant at, CallId call, RingOutcome outcome, int inARow)
      implements AgentEvent {}

  /**
   * The gateway's logs tell that the agent answered {@code call}, which nobody saw: what rang in
   * vain before {@code at} is no row with what rang after it.
   */
  record AgentAnswerFound(AgentId agent, Instant at, CallId call) implements AgentEvent {}
}
