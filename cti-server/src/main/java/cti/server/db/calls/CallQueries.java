package cti.server.db.calls;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.port.CallHistory;
import cti.core.port.Page;
import cti.server.db.Database;
import cti.server.db.calls.CallQueryMapper.MatchRow;
import cti.server.db.calls.CallQueryMapper.MissedCallRow;
import cti.server.db.calls.CallQueryMapper.Restricted;
import cti.server.db.calls.CallQueryMapper.Seen;
import cti.server.event.EventCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Questions about calls on record. Behind the journal by the shipper's lag. */
public final class CallQueries implements CallHistory {
  private final Database database;
  private final EventCodec codec;

  public CallQueries(Database database, EventCodec codec) {
    this.database = database;
    this.codec = codec;
  }

  /**
   * {@inheritDoc}
   *
   * @param limit 1 to {@value Page#MOST}
   */
  @Override
  public Page<CallRow> calls(CallFilter filter, Optional<Page.Key> after, int limit) {
    Page.checkLimit(limit);
    Restricted restricted =
        new Restricted(
            filter.period().from(),
            filter.period().to(),
            filter.desk().map(DeskId::value).orElse(null),
            filter.agent().map(AgentId::value).orElse(null),
            filter.number().orElse(null),
            filter.person().map(StaffId::value).orElse(null),
            filter.outcome().map(Enum::name).orElse(null),
            filter.quality().map(Enum::name).orElse(null));
    List<CallRow> found =
        database.with(
            CallQueryMapper.class,
            mapper ->
                rows(
                    mapper,
                    mapper.list(restricted, seen(filter.sight()), after.orElse(null), limit + 1)));
    return Page.of(found, limit, call -> new Page.Key(call.startedAt(), call.id().value()));
  }

  @Override
  public Optional<CallRecord> call(CallId id, Optional<Sight> sight) {
    return database.with(
        CallQueryMapper.class,
        mapper ->
            Optional.ofNullable(mapper.call(id.value(), seen(sight)))
                .map(row -> callRecord(mapper, row)));
  }

  /**
   * {@inheritDoc}
   *
   * @param limit 1 to {@value Page#MOST}
   */
  @Override
  public Page<MissedRow> missed(
      Period period,
      Optional<DeskId> desk,
      Optional<Sight> sight,
      Optional<Page.Key> after,
      int limit) {
    Page.checkLimit(limit);
    Seen seen = seen(sight);
    if (seen != null && seen.desks().isEmpty()) {
      return new Page<>(List.of(), Optional.empty());
    }
    List<MissedRow> found =
        database.with(
            CallQueryMapper.class,
            mapper ->
                missedRows(
                    mapper,
                    mapper.missed(
                        period.from(),
                        period.to(),
                        desk.map(DeskId::value).orElse(null),
                        seen == null ? null : seen.desks(),
                        after.orElse(null),
                        limit + 1)));
    return Page.of(found, limit, call -> new Page.Key(call.at(), call.call().value()));
  }

  private static Seen seen(Optional<Sight> sight) {
    return sight
        .map(
            seen ->
                new Seen(
                    seen.agent().map(AgentId::value).orElse(null),
                    seen.desks().stream().map(DeskId::value).toList()))
        .orElse(null);
  }

  private CallRecord callRecord(CallQueryMapper mapper, CallRecordRow row) {
    CallRow call = rows(mapper, List.of(row)).getFirst();
    return CallReading.callRecord(
        call,
        mapper.visits(row.callId),
        mapper.attempts(row.callId),
        mapper.incidents(row.callId),
        mapper.events(row.callId),
        codec,
        mapper.parts(row.callId),
        mapper.wrapUps(row.callId));
  }

  private static List<CallRow> rows(CallQueryMapper mapper, List<CallRecordRow> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<String> ids = rows.stream().map(row -> row.callId).toList();
    Map<String, List<StaffId>> matches = matches(mapper, ids);
    Set<String> missed = Set.copyOf(mapper.missedOf(ids));
    return rows.stream()
        .map(
            row ->
                CallReading.row(
                    row, matches.getOrDefault(row.callId, List.of()), missed.contains(row.callId)))
        .toList();
  }

  private static List<MissedRow> missedRows(CallQueryMapper mapper, List<MissedCallRow> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<String, List<StaffId>> matches =
        matches(mapper, rows.stream().map(MissedCallRow::callId).toList());
    return rows.stream()
        .map(row -> CallReading.missed(row, matches.getOrDefault(row.callId(), List.of())))
        .toList();
  }

  private static Map<String, List<StaffId>> matches(CallQueryMapper mapper, List<String> calls) {
    return mapper.matches(calls).stream()
        .collect(
            groupingBy(MatchRow::callId, mapping(row -> new StaffId(row.staffId()), toList())));
  }
}
