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
 * The queues of all desks, with how many agents are ready at each, as routing looks at them. Made
 * for a call, so that next to nothing is made for each of thousands of agents.
 */
public record LiveQueues(Map<DeskId, QueueState> states) implements QueueStates {
  /** Nothing is known. */
  public static final LiveQueues UNKNOWN = new LiveQueues(Map.of());

  public LiveQueues {
    states = Map.copyOf(states);
  }

  @Override
  public Optional<QueueState> of(DeskId desk) {
    return Optional.ofNullable(states.get(desk));
  }

  /** As it is now; while a gateway cannot be seen nothing is known. */
  public static LiveQueues of(
      LiveState state, List<DeskId> desks, List<Agent> agents, Instant now) {
    if (!seen(state)) {
      return UNKNOWN;
    }
    Map<DeskId, int[]> readyByRole = new HashMap<>();
    for (Agent agent : agents) {
      state
          .agent(agent.id())
          .filter(status -> status.state() == AgentState.READY)
          .ifPresent(status -> count(agent, status, readyByRole));
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
    return new LiveQueues(states);
  }

  /** Where somebody is ready and in no call; empty while a gateway cannot be seen. */
  public static Optional<Extension> readyAt(LiveState state, AgentId agent) {
    return seen(state)
        ? state
            .agent(agent)
            .filter(status -> status.state() == AgentState.READY)
            .flatMap(status -> status.seating().extension())
        : Optional.empty();
  }

  private static boolean seen(LiveState state) {
    return state.gateways().stream().allMatch(LiveState.GatewayStatus::live);
  }

  private static void count(Agent agent, AgentStatus status, Map<DeskId, int[]> readyByRole) {
    for (DeskId desk : status.seating().desks()) {
      SeatRole role = agent.seats().get(desk);
      if (role != null && !status.seating().notReadyAt().contains(desk)) {
        readyByRole.computeIfAbsent(desk, any -> new int[2])[role.ordinal()]++;
      }
    }
  }
}
