package cti.core.engine;

import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.call.RingAttempt;
import cti.core.callback.Callback;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import java.util.HashSet;
import java.util.Set;

/** Whose turn it is at a desk: how many agents are free, and how many callers come first. */
final class CallbackTurns {
  private final LiveState state;

  CallbackTurns(LiveState state) {
    this.state = state;
  }

  /** Whose call is offered to an agent has one already, who is no longer free. */
  static boolean takesAnAgent(Callback callback, Turn turn) {
    return callback.made().flatMap(turn::call).flatMap(Call::waitingVisit).stream()
        .flatMap(visit -> visit.attempts().stream())
        .noneMatch(RingAttempt::ringing);
  }

  /** Agents who are ready at the desk and whom nothing rings. */
  int freeAgents(DeskId desk, Turn turn) {
    Set<AgentId> rung = new HashSet<>();
    for (Call known : state.calls()) {
      turn.call(known.id()).flatMap(Call::waitingVisit).stream()
          .flatMap(visit -> visit.attempts().stream())
          .filter(RingAttempt::ringing)
          .forEach(attempt -> attempt.agent().ifPresent(rung::add));
    }
    return (int)
        state.agents().stream()
            .map(AgentStatus::agent)
            .flatMap(agent -> turn.agent(agent).stream())
            .filter(status -> status.readyAt(desk) && !rung.contains(status.agent()))
            .count();
  }

  /** Callers who wait in the queue, came before, and are not being offered to anybody. */
  int before(Callback callback, Turn turn) {
    return (int)
        state.calls().stream()
            .flatMap(known -> turn.call(known.id()).stream())
            .filter(call -> state.callbacks().ofMade(call.id()).isEmpty())
            .flatMap(call -> call.waitingVisit().stream())
            .filter(visit -> visit.queue().equals(callback.wish().queue()))
            .filter(visit -> visit.enteredAt().isBefore(callback.wish().since()))
            .filter(visit -> visit.attempts().stream().noneMatch(RingAttempt::ringing))
            .count();
  }
}
