package cti.core.engine;

import cti.core.agent.AgentStatus;
import cti.core.agent.PendingState;
import cti.core.event.AgentEvent.AgentLoggedOff;
import cti.core.event.AgentEvent.AgentNotReady;
import cti.core.event.AgentEvent.AgentReady;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Agents go from one state to the next: what happens, what is armed, what the gateway is asked. */
final class AgentMoves {
  private final MemberDecisions members;

  AgentMoves(MemberDecisions members) {
    this.members = members;
  }

  void ready(AgentStatus status, Turn turn, Instant at) {
    turn.happen(new AgentReady(status.agent(), at));
    members.pause(now(status, turn), turn);
  }

  /** Pauses by their reason; a reason with a longest time is looked at again when that is over. */
  void notReady(AgentStatus status, String reason, Turn turn, Instant at) {
    Optional<Instant> until =
        turn.catalog().pauseReason(reason).flatMap(r -> r.longest()).map(turn.now()::plus);
    turn.happen(new AgentNotReady(status.agent(), at, reason, until));
    until.ifPresent(
        due -> turn.want(new Effect.Arm(new TimerInput.PauseOver(status.agent(), due), due)));
    members.pause(now(status, turn), turn);
  }

  void logOff(AgentStatus status, String reason, Turn turn, Instant at) {
    Extension extension = status.extension().orElseThrow();
    Set<DeskId> desks = status.desks();
    turn.happen(new AgentLoggedOff(status.agent(), at, reason));
    members.remove(extension, desks, turn);
  }

  /** After a call: what the agent asked for meanwhile, else what they were before it. */
  void comeBack(AgentStatus status, Turn turn, Instant at) {
    if (status.pending().isPresent()) {
      PendingState pending = status.pending().get();
      switch (pending.state()) {
        case NOT_READY -> notReady(status, pending.reason(), turn, at);
        case LOGGED_OFF -> logOff(status, pending.reason(), turn, at);
        case READY, BUSY, WORKING_AFTER_CALL, UNKNOWN -> ready(status, turn, at);
      }
    } else if (status.reason().isEmpty()) {
      ready(status, turn, at);
    } else {
      notReady(status, status.reason(), turn, at);
    }
  }

  private static AgentStatus now(AgentStatus status, Turn turn) {
    return turn.agent(status.agent()).orElseThrow();
  }
}
