package cti.server.app;

import cti.core.port.JournalRecord;
import cti.core.port.MissedCaseNews;
import cti.server.config.JournalConfig;
import cti.server.db.Database;
import cti.server.db.accounts.AccountStore;
import cti.server.db.accounts.WebSessions;
import cti.server.db.audit.AuditWriter;
import cti.server.db.bridges.BridgeStore;
import cti.server.db.calls.CallQueries;
import cti.server.db.calls.MySqlRecordStore;
import cti.server.db.gatewaylog.CompletenessQueries;
import cti.server.db.incidents.IncidentStore;
import cti.server.db.missed.MissedCaseStore;
import cti.server.db.stats.AgentDayStore;
import cti.server.db.stats.DeskFigureStore;
import cti.server.db.supervision.BigScreenStore;
import cti.server.db.supervision.DeskNoteStore;
import cti.server.db.supervision.SupervisorActStore;
import cti.server.event.EventCodec;
import cti.server.runtime.Checkpoints;
import cti.server.runtime.DiskRules;
import cti.server.runtime.DiskWatch;
import cti.server.runtime.Journal;
import cti.server.runtime.JournalKeeper;
import cti.server.runtime.JournalRules;
import cti.server.runtime.JournalShipper;
import cti.server.web.WebPorts;
import cti.server.web.stream.LiveFeed;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is kept: the database's stores, the journal on disk, and the way from one to the other. */
final class StorageWiring {
  private static final Logger log = LoggerFactory.getLogger(StorageWiring.class);

  private final Database database;
  private final EventCodec codec;
  private final Clock clock;
  private final MissedCaseNews news;
  private final Lifecycle lifecycle;
  private final SecureRandom random = new SecureRandom();

  StorageWiring(
      Database database, EventCodec codec, Clock clock, MissedCaseNews news, Lifecycle lifecycle) {
    this.database = database;
    this.codec = codec;
    this.clock = clock;
    this.news = news;
    this.lifecycle = lifecycle;
  }

  /** What the web side asks. */
  WebPorts.Stores stores(
      LastGoodCopy copy,
      WebPorts.Administration administration,
      ZoneId zone,
      WebPorts.Recorded recorded,
      WebPorts.RoutingDesk routing) {
    KnownSessions sessions = new KnownSessions(new WebSessions(database), accounts(database), copy);
    lifecycle.started("session copies", sessions::close);
    return new WebPorts.Stores(
        sessions.accounts(),
        sessions,
        new BridgeStore(database, new AuditWriter(clock)),
        new CallQueries(database, codec),
        new MissedCaseStore(database, clock, news),
        new IncidentStore(database, clock, zone),
        administration,
        recorded,
        new WebPorts.Counted(
            new CompletenessQueries(database),
            new DeskFigureStore(database, clock),
            new AgentDayStore(database)),
        routing,
        new WebPorts.Supervised(
            new SupervisorActStore(database, new AuditWriter(clock), codec),
            new DeskNoteStore(database, new AuditWriter(clock), clock),
            new BigScreenStore(database, new AuditWriter(clock), clock)));
  }

  AccountStore accounts(Database of) {
    return new AccountStore(of, clock, random);
  }

  /**
   * Looks whether a database that was opened belongs to the journal, and brings what is kept in it
   * up to date.
   *
   * @throws RuntimeException saying why it is not to be used; nothing was written then
   */
  void admit(Database found, Journal journal) {
    JournalShipper.agreedMark(journal, new MySqlRecordStore(found, codec));
    long outside = new MissedCaseStore(found, clock).catchUp();
    if (outside > 0) {
      log.info("{} missed calls were outside of cases; all cases are folded anew", outside);
    }
  }

  /** Opens the journal; {@code replay} is told every record that no checkpoint held, in order. */
  Journal journal(JournalConfig config, Journal.Beginning beginning, Consumer<JournalRecord> replay)
      throws IOException {
    Journal journal =
        Journal.open(config.folder(), codec, config.segmentBytes(), beginning, replay);
    lifecycle.started("journal", journal::close);
    return journal;
  }

  /** Looks how much room the journal's disk has; supervisors are told when that changes. */
  DiskWatch watchDisk(JournalConfig config, LiveFeed screens, ServerMetrics metrics) {
    DiskRules rules = new DiskRules(limit(config.disk().warn()), limit(config.disk().critical()));
    DiskWatch watch =
        new DiskWatch(
            config.folder(),
            rules,
            state ->
                screens.tellSupervisors(
                    "disk-" + state.level().name().toLowerCase(Locale.ROOT), state.why()));
    lifecycle.started("disk watch", watch::close);
    metrics.gauge(
        "cti.disk.free.bytes", "Room on the journal's disk", () -> watch.state().freeBytes());
    metrics.gauge(
        "cti.disk.total.bytes", "Size of the journal's disk", () -> watch.state().totalBytes());
    metrics.gauge(
        "cti.disk.full.seconds",
        "When the journal's disk is full at the pace of the last minutes; -1 where it does not"
            + " fill",
        () -> watch.state().fullIn().map(Duration::toSeconds).orElse(-1L));
    metrics.gauge(
        "cti.disk.level",
        "Of the journal's disk: 0 normal, 1 warn, 2 critical",
        () -> watch.state().level().ordinal());
    return watch;
  }

  private static DiskRules.Limit limit(JournalConfig.DiskLimit limit) {
    return new DiskRules.Limit(
        (long) limit.freeMebibytes() << 20, limit.percent(), limit.fullWithin());
  }

  static JournalRules rules(JournalConfig config) {
    return new JournalRules(
        config.checkpoint().every(), config.keep().segments(), config.keep().time());
  }

  /** Writes checkpoints and drops segments from here on. */
  JournalKeeper keep(
      Journal journal,
      Checkpoints checkpoints,
      JournalRules rules,
      LongSupplier shipped,
      BooleanSupplier scarce)
      throws IOException {
    JournalKeeper keeper = new JournalKeeper(journal, checkpoints, rules, shipped, clock, scarce);
    lifecycle.started("checkpoints", keeper::close);
    return keeper;
  }

  /** Ships the journal into the database from here on, whenever that is there. */
  JournalShipper ship(Journal journal) {
    JournalShipper shipper =
        new JournalShipper(journal, new MySqlRecordStore(database, codec, news), clock);
    lifecycle.started("shipper", shipper::close);
    return shipper;
  }
}
