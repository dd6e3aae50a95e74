package cti.core.engine;

import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.call.PartRole;
import cti.core.desk.Desk;
import cti.core.event.AgentEvent.AgentBusy;
import cti.core.event.AgentEvent.AgentPauseOverdue;
import cti.core.event.AgentEvent.AgentStatePending;
import cti.core.event.AgentEvent.AgentWorkingAfterCall;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of agents by calls, timers and the gateway's refusals. The member of a queue is
 * paused from the moment its agent talks until wrap-up is over, so that no next call can slip in
 * between.
 */
final class AgentDecisions {
  /** Reason of an agent whom the gateway would not take. */
  static final String GATEWAY_REFUSED = "gateway-refused";

  private final EngineSettings settings;
  private final LiveState state;
  private final MemberDecisions members;
  private final AgentMoves moves;

  AgentDecisions(
      EngineSettings settings, LiveState state, MemberDecisions members, AgentMoves moves) {
    this.settings = settings;
    this.state = state;
    this.members = members;
    this.moves = moves;
  }

  /** The agent's wrap-up may be over: only the one that was armed last counts. */
  void wrapUpOver(TimerInput.WrapUpOver timer, Turn turn, Instant now) {
    state
        .agent(timer.agent())
        .filter(status -> status.wrapUpUntil().equals(Optional.of(timer.due())))
        .ifPresent(status -> moves.comeBack(status, turn, now));
  }

  /** The agent's pause may have lasted too long: that is told, and changes nothing. */
  void pauseOver(TimerInput.PauseOver timer, Turn turn, Instant now) {
    state
        .agent(timer.agent())
        .filter(status -> status.pauseUntil().equals(Optional.of(timer.due())))
        .filter(status -> !status.stint().overdue())
        .ifPresent(
            status -> turn.happen(new AgentPauseOverdue(status.agent(), now, status.reason())));
  }

  /** Agent and caller talk. */
  void talks(AgentId agent, CallId call, Turn turn, Instant at) {
    turn.agent(agent)
        .filter(AgentStatus::loggedOn)
        .ifPresent(
            status -> {
              turn.happen(new AgentBusy(agent, at, call));
              members.pause(turn.agent(agent).orElseThrow(), turn);
            });
  }

  /**
   * The agent answered a call that a queue offered. Whoever was not ready for phones that nobody
   * took was offered it before that, and is there after all: ready again after this call.
   */
  void answers(AgentId agent, CallId call, Turn turn, Instant at) {
    boolean thoughtAway =
        turn.agent(agent)
            .filter(status -> status.state() == AgentState.NOT_READY)
            .filter(status -> RingDecisions.THOUGHT_AWAY.contains(status.reason()))
            .isPresent();
    talks(agent, call, turn, at);
    if (thoughtAway) {
      turn.happen(new AgentStatePending(agent, at, AgentState.READY, ""));
    }
  }

  /**
   * The talk is over: wrap-up as the desk has it. Not yet where the caller left an agent who asks
   * somebody: those two talk on.
   */
  void talked(AgentId agent, CallId call, Optional<Desk> desk, Turn turn, Instant at) {
    Optional<AgentStatus> busy =
        turn.agent(agent)
            .filter(status -> status.state() == AgentState.BUSY)
            .filter(status -> status.call().equals(Optional.of(call)));
    if (busy.isEmpty() || turn.call(call).filter(c -> asksOn(agent, c)).isPresent()) {
      return;
    }
    Duration wrapUp = desk.map(Desk::wrapUp).orElse(Duration.ZERO);
    if (wrapUp.isZero()) {
      moves.comeBack(busy.get(), turn, at);
      return;
    }
    Instant until = turn.now().plus(wrapUp);
    turn.happen(new AgentWorkingAfterCall(agent, at, call, until, desk.map(Desk::id)));
    turn.want(new Effect.Arm(new TimerInput.WrapUpOver(agent, until), until));
  }

  private static boolean asksOn(AgentId agent, Call call) {
    Optional<AgentId> self = Optional.of(agent);
    boolean asked =
        call.parts().stream()
            .anyMatch(
                part ->
                    part.role() == PartRole.CONSULTED
                        && part.talking()
                        && !part.device().agent().equals(self));
    return asked
        && call.parts().stream()
            .filter(part -> part.role() != PartRole.CONSULTED)
            .filter(part -> part.device().agent().equals(self))
            .anyMatch(part -> call.connections().containsKey(part.id()));
  }

  /**
   * The gateway would not have the agent as asked: nobody may look ready and be deaf. One that does
   * not answer has refused nothing: it may do it yet, and what it did not do the next snapshot or
   * the watchdog puts right.
   */
  void refusedByGateway(GatewayInput.ActionFailed failed, Turn turn, Instant now) {
    if (!failed.answered()) {
      turn.want(
          new Effect.Warn("gateway left unanswered " + failed.action() + ": " + failed.message()));
      if (failed.action() instanceof GatewayAction.PauseMember pause) {
        notHeldAgainst(pause, turn, now);
      }
      return;
    }
    turn.want(new Effect.Warn("gateway refused " + failed.action() + ": " + failed.message()));
    String memberInterface =
        switch (failed.action()) {
          case GatewayAction.AddMember a -> a.memberInterface();
          case GatewayAction.PauseMember a -> a.memberInterface();
          case GatewayAction.RemoveMember a -> "";
          case GatewayAction.SetPenalty a -> "";
          case GatewayAction.SetDeviceState a -> "";
          case GatewayAction.OfRecording a -> "";
          case GatewayAction.OfCall a -> "";
        };
    agentOf(memberInterface)
        .filter(status -> status.state() == AgentState.READY)
        // Other queues may have taken the same agent: nobody is rung while not ready.
        .ifPresent(status -> moves.notReady(status, GATEWAY_REFUSED, turn, now));
  }

  /**
   * A gateway on its way down reaches no phone, up to 15 s long (asterisk.c, can_safely_quit), and
   * carries out no pause for one. What it said of a phone then is not held against its agent: a
   * phone that is away indeed is found so at the next ring.
   */
  private void notHeldAgainst(GatewayAction.PauseMember pause, Turn turn, Instant now) {
    if (pause.paused() && pause.reason().equals(RingDecisions.DEVICE_UNAVAILABLE)) {
      agentOf(pause.memberInterface())
          .filter(status -> status.state() == AgentState.NOT_READY)
          .filter(status -> status.reason().equals(pause.reason()))
          .ifPresent(status -> moves.ready(status, turn, now));
    }
  }

  private Optional<AgentStatus> agentOf(String memberInterface) {
    return settings
        .addressing()
        .extensionOf(memberInterface)
        .flatMap(state::agentAt)
        .flatMap(state::agent);
  }
}
