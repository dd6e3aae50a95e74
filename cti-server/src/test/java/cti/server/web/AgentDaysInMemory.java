package cti.server.web;

import cti.core.id.AgentId;
import cti.core.port.AgentDays;
import cti.core.port.CallHistory.Period;
import cti.core.port.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Days that a test puts in; the counting itself is tested on databases. */
final class AgentDaysInMemory implements AgentDays {
  private static final AgentDay NOTHING =
      new AgentDay(0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, List.of());

  final Map<AgentId, AgentDay> days = new HashMap<>();
  final List<DayCall> calls = new ArrayList<>();
  Optional<DayFigure> asked = Optional.empty();

  @Override
  public AgentDay day(AgentId agent, Period period) {
    return days.getOrDefault(agent, NOTHING);
  }

  @Override
  public Page<DayCall> calls(
      AgentId agent, DayFigure figure, Period period, Optional<Page.Key> after, int limit) {
    asked = Optional.of(figure);
    return new Page<>(calls.subList(0, Math.min(limit, calls.size())), Optional.empty());
  }
}
