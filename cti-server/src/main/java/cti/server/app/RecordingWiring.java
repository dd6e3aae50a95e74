package cti.server.app;

import cti.core.desk.Desk;
import cti.core.id.DeskId;
import cti.core.port.Mailbox;
import cti.core.port.Readiness;
import cti.core.port.StoreUnavailableException;
import cti.core.recording.RecordingRules;
import cti.server.config.CtiConfig;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.recordings.RecordingStore;
import cti.server.recording.RecordingFolder;
import cti.server.recording.RecordingKeeper;
import cti.server.recording.RecordingKeeper.Figures;
import cti.server.web.WebPorts;
import java.time.Clock;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recordings: their store, their folder, and the thread that looks after the files. */
final class RecordingWiring {
  private static final Logger log = LoggerFactory.getLogger(RecordingWiring.class);
  private static final long EVERY_SECONDS = 5;

  private final LiveCatalog catalog;
  private final Clock clock;
  private final RecordingStore store;
  private final LiveDeskRecordings desks;
  private final Optional<RecordingFolder> folder;
  private final Optional<RecordingKeeper> keeper;
  private boolean databaseAway;

  RecordingWiring(
      CtiConfig config,
      PlanFiles plans,
      Database database,
      LiveCatalog catalog,
      Mailbox mailbox,
      Clock clock) {
    this.catalog = catalog;
    this.clock = clock;
    this.store = new RecordingStore(database, new AuditWriter(clock));
    this.desks = new LiveDeskRecordings(store, catalog, mailbox, plans);
    this.folder = config.recordings().folder().map(RecordingFolder::new);
    this.keeper =
        folder.map(
            found ->
                new RecordingKeeper(
                    found,
                    store,
                    config.gateway().id(),
                    this::retentionDays,
                    (long) config.recordings().leastFreeMebibytes() << 20));
  }

  WebPorts.Recorded ports(WebPorts.Left left) {
    return new WebPorts.Recorded(
        store, desks, name -> folder.flatMap(found -> found.file(name)), left);
  }

  /** Of a desk's recordings and messages; those of no desk have the usual ones. */
  int retentionDays(Optional<DeskId> desk) {
    return desk.flatMap(
            id -> catalog.desks().stream().filter(known -> known.id().equals(id)).findFirst())
        .map(Desk::recording)
        .map(RecordingRules::retentionDays)
        .orElse(RecordingRules.USUAL_RETENTION_DAYS);
  }

  /** Looks after the files from here on. */
  void start(Lifecycle lifecycle, ServerMetrics metrics) {
    if (keeper.isEmpty()) {
      return;
    }
    lifecycle.regularly("recordings", EVERY_SECONDS, this::run);
    gauge(metrics, "stored", "Recordings with a file", f -> f.totals().stored());
    gauge(metrics, "waiting", "Recordings not looked at yet", f -> f.totals().waiting());
    gauge(metrics, "missing", "Recordings without their file", f -> f.totals().missing());
    gauge(metrics, "faulty", "Files with something wrong", f -> f.totals().faulty());
    gauge(metrics, "bytes", "Bytes of all recordings", f -> f.totals().bytes());
    gauge(metrics, "disk.free", "Bytes left on the disk of the recordings", Figures::freeBytes);
    gauge(metrics, "disk.size", "Bytes of the disk of the recordings", Figures::diskBytes);
    gauge(
        metrics,
        "alarm",
        "1 while the folder or its disk is not well",
        f -> f.alarm().isPresent() ? 1 : 0);
  }

  private void gauge(
      ServerMetrics metrics, String name, String description, ToLongFunction<Figures> value) {
    metrics.gauge(
        "cti.recordings." + name,
        description,
        () -> value.applyAsLong(keeper.orElseThrow().figures()));
  }

  private void run() {
    try {
      keeper.orElseThrow().run(clock.instant());
      databaseAway = false;
    } catch (StoreUnavailableException e) {
      if (!databaseAway) {
        log.warn("recordings: the database is away, files wait: {}", e.getMessage());
      }
      databaseAway = true;
    } catch (RuntimeException e) {
      // The next run tries again; a thread that ended would look after nothing.
      log.error("recordings: a run failed", e);
    }
  }

  /** Calls go on whatever this says. */
  Optional<Readiness.Reason> problem() {
    return keeper.flatMap(
        found -> found.figures().alarm().map(text -> new Readiness.Reason("recordings", text)));
  }
}
