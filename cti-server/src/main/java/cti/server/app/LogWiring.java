package cti.server.app;

import cti.core.port.CompletenessWatch;
import cti.core.port.DayChecks;
import cti.core.port.Mailbox;
import cti.server.ami.GatewaySession;
import cti.server.config.GatewayConfig;
import cti.server.db.Database;
import cti.server.db.gatewaylog.GatewayLogRecords;
import cti.server.db.gatewaylog.QueueLogRows;
import cti.server.event.EventCodec;
import cti.server.gatewaylog.Link;
import cti.server.gatewaylog.LogSettings;
import cti.server.gatewaylog.LogWatch;
import cti.server.runtime.Journal;
import cti.server.runtime.JournalShipper;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** The gateway's own logs: followed where they are configured. */
final class LogWiring implements CompletenessWatch {
  private final GatewayConfig config;
  private final Database database;
  private final ZoneId zone;
  private final Clock clock;
  private final AtomicReference<CompletenessWatch> watch =
      new AtomicReference<>(CompletenessWatch.NOT_CONFIGURED);

  /**
   * Follows none yet.
   *
   * @param zone whose days are checked
   */
  LogWiring(GatewayConfig config, ZoneId zone, Database database, Clock clock) {
    this.zone = zone;
    this.config = config;
    this.database = database;
    this.clock = clock;
  }

  /** Follows them from here on; nothing where none is configured. */
  void follow(
      EventCodec codec,
      GatewaySession session,
      Journal journal,
      JournalShipper shipper,
      Mailbox mailbox,
      Lifecycle lifecycle) {
    GatewayConfig.Logs logs = config.logs();
    LogSettings settings =
        new LogSettings(
            config.id(),
            logs.queueLog(),
            logs.queueLogTable().map(table -> new QueueLogRows(database, table, logs.zone())),
            logs.cdr(),
            logs.zone(),
            new LogSettings.Nightly(logs.nightlyCheck(), zone));
    if (!settings.any()) {
      return;
    }
    LogWatch following =
        new LogWatch(
            settings,
            new GatewayLogRecords(database, codec),
            mailbox,
            linkOf(session),
            journal::durable,
            shipper::shipped,
            clock);
    watch.set(following);
    following.start();
    lifecycle.started("gateway logs", following::close);
  }

  private static Link linkOf(GatewaySession session) {
    return new Link() {
      @Override
      public boolean live() {
        return session.live();
      }

      @Override
      public Duration gatewayAhead() {
        return session.gatewayAhead();
      }
    };
  }

  void gauges(ServerMetrics metrics) {
    metrics.gauge(
        "cti.calls.missing",
        "Calls of the gateway's logs that are not on record, or not whole, now",
        () -> state().missing());
    metrics.gauge(
        "cti.calls.recovered",
        "Calls told from the gateway's logs since the start",
        () -> state().counts().recovered());
    metrics.gauge(
        "cti.calls.different",
        "Calls of which the gateway's logs say something else, since the start",
        () -> state().counts().different());
    metrics.gauge(
        "cti.calls.checked",
        "Calls held against the gateway's logs since the start",
        () -> state().counts().checked());
    metrics.gauge(
        "cti.gateway.log.unknown.lines",
        "Lines of the gateway's logs that were not understood, since the start",
        () -> state().counts().unknownLines());
    metrics.gauge(
        "cti.gateway.log.days.checked",
        "Whole days held against the gateway's logs since the start",
        () -> days().state().days());
    metrics.gauge(
        "cti.gateway.log.days.told",
        "Calls told from the gateway's logs by checks of whole days since the start",
        () -> days().state().told());
    metrics.gauge(
        "cti.gateway.log.day.last.seconds",
        "When a whole day was last held against the gateway's logs; seconds since 1970, 0 for"
            + " never",
        () -> days().state().last().map(day -> day.checkedAt().getEpochSecond()).orElse(0L));
  }

  @Override
  public DayChecks days() {
    return watch.get().days();
  }

  @Override
  public State state() {
    return watch.get().state();
  }
}
