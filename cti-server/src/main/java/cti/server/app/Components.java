package cti.server.app;

import cti.core.port.ComponentState;
import cti.core.port.ComponentState.Figure;
import cti.server.config.CtiConfig;
import cti.server.config.DatabaseConfig;
import cti.server.runtime.CallTraceRing;
import cti.server.runtime.DiskState;
import cti.server.runtime.GatewayLoop;
import cti.server.runtime.Journal;
import cti.server.runtime.JournalShipper;
import cti.server.runtime.SteadyClock;
import cti.server.web.WebServer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** How every component is at the moment, for whoever looks into a defect. */
final class Components implements Supplier<List<ComponentState>> {
  private final List<Supplier<ComponentState>> components = new CopyOnWriteArrayList<>();

  void add(String name, Supplier<List<Figure>> figures) {
    components.add(() -> new ComponentState(name, figures.get()));
  }

  @Override
  public List<ComponentState> get() {
    return components.stream().map(Supplier::get).toList();
  }

  /** What runs here, since when, on which database. */
  static List<Figure> of(CtiConfig config, Instant started) {
    String database =
        switch (config.database()) {
          case DatabaseConfig.Embedded embedded -> "embedded MariaDB in " + embedded.folder();
          case DatabaseConfig.MySql mysql ->
              "MySQL %s:%d/%s".formatted(mysql.host(), mysql.port(), mysql.name());
        };
    return List.of(
        Figure.of("version", Main.VERSION),
        Figure.of("java", Runtime.version()),
        Figure.of("started", started),
        Figure.of("zone", config.zone()),
        Figure.of("database", database));
  }

  static List<Figure> of(GatewayLoop loop, CallTraceRing traces) {
    return List.of(
        Figure.of("inputs waiting", loop.waiting()),
        Figure.of("inputs handled", loop.handled()),
        Figure.of("inputs refused", loop.refused()),
        Figure.of("timers armed", loop.timers()),
        Figure.of("no call under way", loop.quiet()),
        Figure.of("calls traced", traces.calls()),
        Figure.of("steps traced", traces.kept()));
  }

  static List<Figure> of(Journal journal, JournalShipper shipper, DiskState disk) {
    return List.of(
        Figure.of("last record on disk", journal.durable()),
        Figure.of("batches waiting for the disk", journal.batchesWaiting()),
        Figure.of("failure", journal.failure()),
        Figure.of("last record in the database", shipper.shipped()),
        Figure.of("problem of the database", shipper.problem().map(Object::toString).orElse("")),
        Figure.of("disk", disk.level()),
        Figure.of("bytes free on the disk", disk.freeBytes()));
  }

  static List<Figure> of(WebServer web) {
    return List.of(
        Figure.of("connections", web.openConnections()),
        Figure.of("streams", web.openStreams()),
        Figure.of("streams closed as too slow", web.tooSlow()),
        Figure.of("views coalesced", web.coalesced()),
        Figure.of("requests told to wait", web.rateLimited()),
        Figure.of("batches waiting for the feed", web.feed().waiting()));
  }

  static List<Figure> of(SteadyClock clock) {
    return List.of(
        Figure.of("now", clock.instant()),
        Figure.of("steps of the machine's clock", clock.steps()),
        Figure.of("machine's clock is before it by", clock.offset()));
  }
}
