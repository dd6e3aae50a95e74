package cti.server.db.gatewaylog;

import cti.core.event.CallEvent;
import cti.core.id.CallId;
import cti.core.id.GatewayId;
import cti.core.port.DayChecks;
import cti.core.port.GatewayLogStore;
import cti.core.recovery.CheckedCall;
import cti.core.recovery.LogPosition;
import cti.core.recovery.LogSource;
import cti.server.db.Database;
import cti.server.db.gatewaylog.GatewayLogMapper.DayRow;
import cti.server.db.gatewaylog.GatewayLogMapper.EventRow;
import cti.server.db.gatewaylog.GatewayLogMapper.LogCallRow;
import cti.server.db.gatewaylog.GatewayLogMapper.PositionRow;
import cti.server.db.gatewaylog.GatewayLogMapper.StateRow;
import cti.server.event.EventCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of the gateway's logs, in the database. */
public final class GatewayLogRecords implements GatewayLogStore {
  private final Database database;
  private final EventCodec codec;

  public GatewayLogRecords(Database database, EventCodec codec) {
    this.database = database;
    this.codec = codec;
  }

  @Override
  public Map<CallId, List<CallEvent>> events(Collection<CallId> calls) {
    if (calls.isEmpty()) {
      return Map.of();
    }
    Map<CallId, List<CallEvent>> events = new HashMap<>();
    List<EventRow> rows =
        database.with(GatewayLogMapper.class, mapper -> mapper.events(texts(calls)));
    for (EventRow row : rows) {
      if (codec.decode(row.event()) instanceof CallEvent event) {
        events.computeIfAbsent(new CallId(row.callId()), _ -> new ArrayList<>()).add(event);
      }
    }
    return events;
  }

  @Override
  public Set<CallId> settled(Collection<CallId> calls) {
    if (calls.isEmpty()) {
      return Set.of();
    }
    return database.with(GatewayLogMapper.class, mapper -> mapper.settled(texts(calls))).stream()
        .map(CallId::new)
        .collect(Collectors.toSet());
  }

  private static List<String> texts(Collection<CallId> calls) {
    return calls.stream().map(CallId::value).toList();
  }

  @Override
  public void keepDay(GatewayId gateway, DayChecks.Day day) {
    DayRow row =
        new DayRow(
            day.day(), day.checkedAt(), day.calls(), day.told(), day.different(), day.lostTrack());
    database.run(GatewayLogMapper.class, mapper -> mapper.putDay(gateway.value(), row));
  }

  @Override
  public Days days(GatewayId gateway) {
    return database.with(
        GatewayLogMapper.class,
        mapper ->
            new Days(
                Optional.ofNullable(mapper.newestDay(gateway.value())),
                Optional.ofNullable(mapper.lastDay(gateway.value()))
                    .map(
                        row ->
                            new DayChecks.Day(
                                row.day(),
                                row.checkedAt(),
                                row.calls(),
                                row.told(),
                                row.different(),
                                row.lostTrack()))));
  }

  @Override
  public Optional<LogPosition> position(GatewayId gateway, LogSource source) {
    return Optional.ofNullable(
            database.with(
                GatewayLogMapper.class, mapper -> mapper.position(gateway.value(), source.name())))
        .map(
            row ->
                new LogPosition(
                    LogSource.valueOf(row.source()),
                    row.fileKey(),
                    row.head(),
                    row.position(),
                    row.since(),
                    row.updatedAt()));
  }

  @Override
  public List<Outage> outages(GatewayId gateway, Instant since) {
    List<Outage> outages = new ArrayList<>();
    Optional<Instant> lost = Optional.empty();
    List<StateRow> states =
        database.with(GatewayLogMapper.class, mapper -> mapper.states(gateway.value(), since));
    for (StateRow row : states) {
      if (row.state().equals("LOST")) {
        lost = lost.or(() -> Optional.of(row.at()));
      } else {
        // A return without a loss: the loss was before, or the server was away when it happened.
        outages.add(new Outage(lost.orElse(row.at()), Optional.of(row.at())));
        lost = Optional.empty();
      }
    }
    lost.ifPresent(at -> outages.add(new Outage(at, Optional.empty())));
    return outages;
  }

  @Override
  public void keep(GatewayId gateway, Pass pass) {
    database.runBatch(GatewayLogMapper.class, mapper -> keep(mapper, gateway.value(), pass));
  }

  private static void keep(GatewayLogMapper mapper, String gateway, Pass pass) {
    for (CheckedCall call : pass.calls()) {
      mapper.putCall(
          new LogCallRow(
              call.call().value(),
              gateway,
              call.startedAt(),
              call.endedAt().orElse(null),
              call.sources().queueLog(),
              call.sources().callDetails(),
              call.verdict().name(),
              call.detail(),
              pass.at()));
    }
    pass.alsoKnown().forEach((call, at) -> mapper.putChannel(call.value(), at));
    for (LogPosition position : pass.positions()) {
      mapper.putPosition(
          gateway,
          new PositionRow(
              position.source().name(),
              position.fileKey(),
              position.head(),
              position.position(),
              position.since(),
              position.updatedAt()));
    }
    pass.hours().forEach(hour -> mapper.putHour(gateway, hour, pass.at()));
  }
}
