package cti.server.db.calls;

import cti.core.call.QueueOutcome;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.id.StaffId;
import cti.core.incident.CallRole;
import cti.core.port.JournalRecord;
import cti.server.db.Database;
import cti.server.db.Page;
import cti.server.db.Page.Cursor;
import cti.server.db.calls.CallDetail.LinkedIncident;
import cti.server.db.calls.CallQueryMapper.MissedRow;
import cti.server.db.calls.CallQueryMapper.Narrowed;
import cti.server.event.EventCodec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Questions about calls on record, newest first. Behind the journal by the shipper's lag. */
public final class CallQueries {
  private final Database database;
  private final EventCodec codec;

  public CallQueries(Database database, EventCodec codec) {
    this.database = database;
    this.codec = codec;
  }

  /**
   * @param after where an earlier page ended
   * @param limit 1 to {@value Page#MOST}
   */
  public Page<CallSummary> list(CallFilter filter, Optional<Cursor> after, int limit) {
    Page.checkLimit(limit);
    Narrowed narrowed =
        new Narrowed(
            filter.staff().map(StaffId::value).orElse(null),
            filter.numberEnd().map(NumberEnd::reversed).orElse(null),
            filter.desk().map(DeskId::value).orElse(null),
            filter.agent().map(AgentId::value).orElse(null),
            filter.outcome().map(Enum::name).orElse(null),
            filter.from().orElse(null),
            filter.to().orElse(null));
    List<CallSummary> found =
        database
            .with(
                CallQueryMapper.class,
                mapper -> mapper.list(narrowed, after.orElse(null), limit + 1))
            .stream()
            .map(CallSummary::of)
            .toList();
    return Page.of(found, limit, call -> new Cursor(call.startedAt(), call.id().value()));
  }

  /** One call with everything on record of it; absent where there is none. */
  public Optional<CallDetail> find(CallId call) {
    return database.with(
        CallQueryMapper.class,
        mapper -> Optional.ofNullable(mapper.call(call.value())).map(row -> detail(mapper, row)));
  }

  private CallDetail detail(CallQueryMapper mapper, CallRow row) {
    String call = row.callId;
    return new CallDetail(
        CallSummary.of(row),
        mapper.matches(call).stream().map(StaffId::new).toList(),
        mapper.visits(call).stream().map(CallDetail.Visit::of).toList(),
        mapper.attempts(call).stream().map(CallDetail.Attempt::of).toList(),
        mapper.events(call).stream()
            .map(stored -> new JournalRecord(stored.sequence(), codec.decode(stored.event())))
            .toList(),
        mapper.incidents(call).stream()
            .map(
                link ->
                    new LinkedIncident(
                        new IncidentId(link.incidentId()), CallRole.valueOf(link.callRole())))
            .toList(),
        mapper.missed(call, null, null, null, null, 1).stream()
            .map(CallQueries::missed)
            .findFirst());
  }

  /**
   * Missed calls of a desk, or of all.
   *
   * @param from included
   * @param to excluded
   * @param limit 1 to {@value Page#MOST}
   */
  public Page<MissedCall> missed(
      Optional<DeskId> desk,
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<Cursor> after,
      int limit) {
    Page.checkLimit(limit);
    List<MissedCall> found =
        database
            .with(
                CallQueryMapper.class,
                mapper ->
                    mapper.missed(
                        null,
                        desk.map(DeskId::value).orElse(null),
                        from.orElse(null),
                        to.orElse(null),
                        after.orElse(null),
                        limit + 1))
            .stream()
            .map(CallQueries::missed)
            .toList();
    return Page.of(found, limit, call -> new Cursor(call.missedAt(), call.call().value()));
  }

  private static MissedCall missed(MissedRow row) {
    return new MissedCall(
        new CallId(row.callId()),
        row.missedAt(),
        Optional.ofNullable(row.deskId()).map(DeskId::new),
        row.queueName(),
        QueueOutcome.valueOf(row.reason()),
        row.callingNumber(),
        row.callingName());
  }
}
