package cti.server.app;

import cti.core.ivr.FlowWorld;
import cti.core.port.IncidentNotices;
import cti.core.port.StoreUnavailableException;
import cti.core.routing.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Major incidents in memory, for flows that must not wait. Read again every few seconds and after
 * each change; while the database is away what was known stays.
 */
final class LiveNotices implements IncidentNotices {
  private static final Logger log = LoggerFactory.getLogger(LiveNotices.class);

  private final IncidentNotices store;
  private final Clock clock;
  private volatile List<IncidentNotice> known = List.of();
  private boolean away;

  LiveNotices(IncidentNotices store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The first that concerns a caller. */
  Optional<FlowWorld.Notice> notice(Caller caller, Optional<String> choice) {
    return known.stream()
        .filter(notice -> notice.concerns(caller, choice, clock.instant()))
        .findFirst()
        .map(notice -> new FlowWorld.Notice(notice.id(), notice.prompt()));
  }

  synchronized void catchUp() {
    try {
      known = store.all(clock.instant());
      away = false;
    } catch (StoreUnavailableException e) {
      if (!away) {
        log.warn("incident notices: the database is away, those known stay: {}", e.getMessage());
      }
      away = true;
    }
  }

  @Override
  public List<IncidentNotice> all(Instant since) {
    return store.all(since);
  }

  @Override
  public Optional<IncidentNotice> find(String id) {
    return store.find(id);
  }

  @Override
  public void put(IncidentNotice notice) {
    store.put(notice);
    catchUp();
  }

  @Override
  public boolean end(String id, Instant at) {
    boolean ended = store.end(id, at);
    catchUp();
    return ended;
  }

  @Override
  public List<Affected> affected(String id, int limit) {
    return store.affected(id, limit);
  }
}
