package cti.server.db.callers;

import cti.core.id.CallId;
import cti.core.id.CallbackId;
import cti.core.id.DeskId;
import cti.core.port.Callbacks;
import cti.core.port.Page;
import cti.server.db.Database;
import cti.server.db.callers.CallerQueryMapper.CallbackRecord;
import cti.server.db.callers.CallerQueryMapper.Restricted;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Callbacks on record. Behind the journal by the shipper's lag. */
public final class CallbackStore implements Callbacks {
  private final Database database;

  public CallbackStore(Database database) {
    this.database = database;
  }

  @Override
  public Page<StoredCallback> list(Filter filter, Optional<Page.Key> after, int limit) {
    Page.checkLimit(limit);
    if (filter.sight().filter(Set::isEmpty).isPresent()) {
      return new Page<>(List.of(), Optional.empty());
    }
    Restricted restricted =
        new Restricted(
            filter.period().from(),
            filter.period().to(),
            null,
            null,
            filter.desk().map(DeskId::value).orElse(null),
            null,
            filter.open().map(open -> open ? "OPEN" : "ENDED").orElse(null));
    List<StoredCallback> found =
        database
            .with(
                CallerQueryMapper.class,
                mapper ->
                    mapper.callbacks(
                        restricted,
                        CallerQueryMapper.sight(filter.sight()),
                        after.orElse(null),
                        limit + 1))
            .stream()
            .map(CallbackStore::callback)
            .toList();
    return Page.of(found, limit, one -> new Page.Key(one.times().requestedAt(), one.id().value()));
  }

  @Override
  public Optional<StoredCallback> find(CallbackId id) {
    return Optional.ofNullable(
            database.with(CallerQueryMapper.class, mapper -> mapper.callback(id.value())))
        .map(CallbackStore::callback);
  }

  private static StoredCallback callback(CallbackRecord row) {
    return new StoredCallback(
        new CallbackId(row.callbackId()),
        new CallId(row.callId()),
        new DeskId(row.deskId()),
        row.number(),
        new Times(
            row.since(), row.requestedAt(), row.untilAt(), Optional.ofNullable(row.endedAt())),
        row.state(),
        Optional.ofNullable(row.outcome()),
        new Progress(
            row.attempts(),
            Optional.ofNullable(row.madeCallId()).map(CallId::new),
            Optional.ofNullable(row.lastReason()),
            Optional.ofNullable(row.notBefore()),
            Optional.ofNullable(row.endedBy())));
  }
}
