package cti.server.db.stats;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import cti.core.agent.AgentState;
import cti.core.call.Direction;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.port.AgentDays;
import cti.core.port.CallHistory.Period;
import cti.core.port.Page;
import cti.core.stats.StateTimes;
import cti.server.db.Database;
import cti.server.db.stats.AgentDayMapper.DayCallRow;
import cti.server.db.stats.AgentDayMapper.MatchRow;
import cti.server.db.stats.AgentDayMapper.SumsRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Agents' days, counted where the records are. Behind the journal by the shipper's lag. */
public final class AgentDayStore implements AgentDays {
  private final Database database;

  public AgentDayStore(Database database) {
    this.database = database;
  }

  @Override
  public AgentDay day(AgentId agent, Period period) {
    return database.with(
        AgentDayMapper.class,
        mapper -> {
          SumsRow sums = mapper.sums(agent.value(), period.from(), period.to());
          List<StateTimes.Begun> states =
              mapper.states(agent.value(), period.from(), period.to()).stream()
                  .map(
                      row ->
                          new StateTimes.Begun(
                              row.at(), AgentState.valueOf(row.state()), row.reason()))
                  .toList();
          return new AgentDay(
              sums.calls(),
              sums.answered(),
              sums.made(),
              sums.missed(),
              sums.wrappedUp(),
              Duration.ofMillis(sums.talk()),
              Duration.ofMillis(sums.hold()),
              Duration.ofMillis(sums.wrapUp()),
              StateTimes.of(states, period.from(), period.to()));
        });
  }

  /**
   * {@inheritDoc}
   *
   * @param limit 1 to {@value Page#MOST}
   */
  @Override
  public Page<DayCall> calls(
      AgentId agent, DayFigure figure, Period period, Optional<Page.Key> after, int limit) {
    Page.checkLimit(limit);
    List<DayCall> found =
        database.with(
            AgentDayMapper.class,
            mapper -> {
              List<DayCallRow> rows =
                  mapper.calls(
                      agent.value(),
                      figure.name(),
                      period.from(),
                      period.to(),
                      after.orElse(null),
                      limit + 1);
              if (rows.isEmpty()) {
                return List.of();
              }
              Map<String, List<StaffId>> matches =
                  mapper.matches(rows.stream().map(DayCallRow::callId).toList()).stream()
                      .collect(
                          groupingBy(
                              MatchRow::callId,
                              mapping(row -> new StaffId(row.staffId()), toList())));
              return rows.stream()
                  .map(row -> call(row, matches.getOrDefault(row.callId(), List.of())))
                  .toList();
            });
    return Page.of(found, limit, call -> new Page.Key(call.at(), call.call().value()));
  }

  private static DayCall call(DayCallRow row, List<StaffId> matches) {
    return new DayCall(
        new CallId(row.callId()),
        row.at(),
        Direction.valueOf(row.direction()),
        row.callingNumber(),
        row.dialledNumber(),
        matches,
        Optional.ofNullable(row.deskId()).map(DeskId::new),
        row.had() > 0,
        Duration.ofMillis(row.talk()),
        Duration.ofMillis(row.hold()),
        Duration.ofMillis(row.wrapUp()));
  }
}
