package cti.server.db.gatewaylog;

import cti.core.id.CallId;
import cti.core.port.CallHistory.Period;
import cti.core.port.Completeness;
import cti.core.port.Page;
import cti.core.recovery.CheckedCall;
import cti.core.recovery.LoggedCall.Sources;
import cti.core.recovery.Verdict;
import cti.server.db.Database;
import cti.server.db.gatewaylog.CompletenessMapper.CheckedHour;
import cti.server.db.gatewaylog.CompletenessMapper.LoggedHour;
import cti.server.db.gatewaylog.CompletenessMapper.RecordedHour;
import cti.server.db.gatewaylog.CompletenessMapper.UnknownHour;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Questions about how complete the records are. Behind the journal by the shipper's lag. */
public final class CompletenessQueries implements Completeness {
  private final Database database;

  public CompletenessQueries(Database database) {
    this.database = database;
  }

  @Override
  public List<Hour> hours(Period period) {
    return database.with(CompletenessMapper.class, mapper -> hours(mapper, period));
  }

  private static List<Hour> hours(CompletenessMapper mapper, Period period) {
    Map<Instant, RecordedHour> recorded = new HashMap<>();
    mapper.recorded(period.from(), period.to()).forEach(row -> recorded.put(row.hour(), row));
    Map<Instant, LoggedHour> logged = new HashMap<>();
    mapper.logged(period.from(), period.to()).forEach(row -> logged.put(row.hour(), row));
    Map<Instant, UnknownHour> unknown = new HashMap<>();
    mapper.unknown(period.from(), period.to()).forEach(row -> unknown.put(row.hour(), row));
    Map<Instant, CheckedHour> checks = new HashMap<>();
    mapper
        .checks(period.from().truncatedTo(ChronoUnit.HOURS), period.to())
        .forEach(row -> checks.put(row.hour(), row));
    Set<Instant> all = new HashSet<>(recorded.keySet());
    all.addAll(logged.keySet());
    all.addAll(checks.keySet());
    List<Hour> hours = new ArrayList<>();
    for (Instant hour : all) {
      RecordedHour ours = recorded.getOrDefault(hour, new RecordedHour(hour, 0, 0, 0));
      LoggedHour theirs = logged.getOrDefault(hour, new LoggedHour(hour, 0, 0, 0, 0, 0));
      hours.add(
          new Hour(
              hour,
              theirs.logged(),
              theirs.queueLog(),
              theirs.cdr(),
              ours.live(),
              ours.recovered(),
              ours.lost(),
              theirs.missing(),
              theirs.other(),
              Optional.ofNullable(unknown.get(hour)).map(UnknownHour::calls).orElse(0L),
              Optional.ofNullable(checks.get(hour)).map(CheckedHour::at)));
    }
    hours.sort(Comparator.comparing(Hour::begin).reversed());
    return hours;
  }

  /**
   * {@inheritDoc}
   *
   * @param limit 1 to {@value Page#MOST}
   */
  @Override
  public Page<CheckedCall> checked(
      Period period, Verdict verdict, Optional<Page.Key> after, int limit) {
    Page.checkLimit(limit);
    List<CheckedCall> found =
        database
            .with(
                CompletenessMapper.class,
                mapper ->
                    mapper.calls(
                        period.from(), period.to(), verdict.name(), after.orElse(null), limit + 1))
            .stream()
            .map(
                row ->
                    new CheckedCall(
                        new CallId(row.callId()),
                        row.startedAt(),
                        Optional.ofNullable(row.endedAt()),
                        new Sources(row.queueLog(), row.cdr()),
                        verdict,
                        row.detail()))
            .toList();
    return Page.of(found, limit, call -> new Page.Key(call.startedAt(), call.call().value()));
  }

  @Override
  public List<CallId> unknown(Period period, int limit) {
    return database
        .with(
            CompletenessMapper.class,
            mapper -> mapper.unknownCalls(period.from(), period.to(), limit))
        .stream()
        .map(CallId::new)
        .toList();
  }
}
