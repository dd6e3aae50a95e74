package cti.core.engine;

import cti.core.agent.Agent;
import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.agent.SeatRole;
import cti.core.call.Call;
import cti.core.call.QueueVisit;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.routing.QueueState;
import cti.core.routing.QueueStates;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The queues of all desks and the agents who are ready, as routing looks at them.
 *
 * @param ready agents who are ready and in no call, and where
 */
public record LiveQueues(Map<DeskId, QueueState> states, Map<AgentId, Extension> ready)
    implements QueueStates {
  /** Nothing is known. */
  public static final LiveQueues UNKNOWN = new LiveQueues(Map.of(), Map.of());

  public LiveQueues {
    states = Map.copyOf(states);
    ready = Map.copyOf(ready);
  }

  @Override
  public Optional<QueueState> of(DeskId desk) {
    return Optional.ofNullable(states.get(desk));
  }

  /** As it is now; while a gateway cannot be seen nothing is known. */
  public static LiveQueues of(
      LiveState state, List<DeskId> desks, List<Agent> agents, Instant now) {
    if (state.gateways().stream().anyMatch(gateway -> !gateway.live())) {
      return UNKNOWN;
    }
    Map<DeskId, int[]> readyByRole = new HashMap<>();
    Map<AgentId, Extension> ready = new HashMap<>();
    for (Agent agent : agents) {
      Optional<AgentStatus> status =
          state.agent(agent.id()).filter(found -> found.state() == AgentState.READY);
      status.ifPresent(found -> count(agent, found, readyByRole, ready));
    }
    Map<DeskId, Integer> waiting = new HashMap<>();
    Map<DeskId, Duration> longest = new HashMap<>();
    for (Call call : state.calls()) {
      Optional<QueueVisit> visit = call.waitingVisit();
      visit
          .flatMap(QueueVisit::desk)
          .ifPresent(
              desk -> {
                waiting.merge(desk, 1, Integer::sum);
                Duration wait = Duration.between(visit.get().enteredAt(), now);
                longest.merge(
                    desk,
                    wait.isNegative() ? Duration.ZERO : wait,
                    (a, b) -> a.compareTo(b) > 0 ? a : b);
              });
    }
    Map<DeskId, QueueState> states = new HashMap<>();
    for (DeskId desk : desks) {
      int[] roles = readyByRole.getOrDefault(desk, new int[2]);
      states.put(
          desk,
          new QueueState(
              waiting.getOrDefault(desk, 0),
              roles[SeatRole.A.ordinal()],
              roles[SeatRole.B.ordinal()],
              longest.getOrDefault(desk, Duration.ZERO)));
    }
    return new LiveQueues(states, ready);
  }

  private static void count(
      Agent agent,
      AgentStatus status,
      Map<DeskId, int[]> readyByRole,
      Map<AgentId, Extension> ready) {
    status.seating().extension().ifPresent(extension -> ready.put(agent.id(), extension));
    for (DeskId desk : status.seating().desks()) {
      SeatRole role = agent.seats().get(desk);
      if (role != null && !status.seating().notReadyAt().contains(desk)) {
        readyByRole.computeIfAbsent(desk, any -> new int[2])[role.ordinal()]++;
      }
    }
  }
}
