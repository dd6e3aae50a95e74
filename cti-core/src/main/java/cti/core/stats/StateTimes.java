package cti.core.stats;

import cti.core.agent.AgentState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long an agent was in which state. */
public final class StateTimes {
  private StateTimes() {}

  /** A state that began; {@code reason} is empty where it has none. */
  public record Begun(Instant at, AgentState state, String reason) {}

  /** A state and how long it lasted altogether. */
  public record Spent(AgentState state, String reason, Duration time) {}

  private record Kind(AgentState state, String reason) {}

  /**
   * Adds up a period. Time logged off, and before the first state that is known, is nobody's.
   *
   * @param begun in the order in which they began; the last that began before {@code from} comes
   *     first, where there is one
   * @param from inclusive
   * @param to exclusive
   * @return the longest first
   */
  public static List<Spent> of(List<Begun> begun, Instant from, Instant to) {
    Map<Kind, Duration> spent = new LinkedHashMap<>();
    for (int i = 0; i < begun.size(); i++) {
      Begun one = begun.get(i);
      Instant begin = one.at().isBefore(from) ? from : one.at();
      Instant end = i + 1 < begun.size() ? begun.get(i + 1).at() : to;
      if (end.isAfter(to)) {
        end = to;
      }
      if (one.state() != AgentState.LOGGED_OFF && end.isAfter(begin)) {
        // A reason belongs to a pause alone; what else is called a reason says who logged off whom.
        String reason = one.state() == AgentState.NOT_READY ? one.reason() : "";
        spent.merge(new Kind(one.state(), reason), Duration.between(begin, end), Duration::plus);
      }
    }
    return spent.entrySet().stream()
        .map(entry -> new Spent(entry.getKey().state(), entry.getKey().reason(), entry.getValue()))
        .sorted(Comparator.comparing(Spent::time).reversed())
        .toList();
  }
}
