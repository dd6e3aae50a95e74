package cti.server.app;

import cti.core.port.JournalRecord;
import cti.core.port.RecordStore;
import cti.server.config.JournalConfig;
import cti.server.db.Database;
import cti.server.db.accounts.AccountStore;
import cti.server.db.accounts.WebSessions;
import cti.server.db.calls.CallQueries;
import cti.server.db.calls.MySqlRecordStore;
import cti.server.db.gatewaylog.CompletenessQueries;
import cti.server.db.incidents.IncidentStore;
import cti.server.db.missed.MissedCaseStore;
import cti.server.event.EventCodec;
import cti.server.runtime.Checkpoints;
import cti.server.runtime.Journal;
import cti.server.runtime.JournalKeeper;
import cti.server.runtime.JournalRules;
import cti.server.runtime.JournalShipper;
import cti.server.web.WebPorts;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
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
  private final Lifecycle lifecycle;

  StorageWiring(Database database, EventCodec codec, Clock clock, Lifecycle lifecycle) {
    this.database = database;
    this.codec = codec;
    this.clock = clock;
    this.lifecycle = lifecycle;
  }

  /** What the web side asks. */
  WebPorts.Stores stores(AccountStore accounts, ZoneId zone) {
    return new WebPorts.Stores(
        accounts,
        new WebSessions(database),
        new CallQueries(database, codec),
        missedCases(),
        new IncidentStore(database, clock, zone),
        new CompletenessQueries(database));
  }

  private MissedCaseStore missedCases() {
    MissedCaseStore cases = new MissedCaseStore(database, clock);
    long outside = cases.catchUp();
    if (outside > 0) {
      log.info("{} missed calls were outside of cases; all cases are folded anew", outside);
    }
    return cases;
  }

  /** Opens the journal; {@code replay} is told every record that no checkpoint held, in order. */
  Journal journal(JournalConfig config, Journal.Beginning beginning, Consumer<JournalRecord> replay)
      throws IOException {
    Journal journal =
        Journal.open(config.folder(), codec, config.segmentBytes(), beginning, replay);
    lifecycle.started("journal", journal::close);
    return journal;
  }

  static JournalRules rules(JournalConfig config) {
    return new JournalRules(
        config.checkpoint().every(), config.keep().segments(), config.keep().time());
  }

  /** Writes checkpoints and drops segments from here on. */
  JournalKeeper keep(
      Journal journal, Checkpoints checkpoints, JournalRules rules, LongSupplier shipped)
      throws IOException {
    JournalKeeper keeper = new JournalKeeper(journal, checkpoints, rules, shipped, clock);
    lifecycle.started("checkpoints", keeper::close);
    return keeper;
  }

  /** Ships the journal into the database from here on. */
  JournalShipper ship(Journal journal) {
    RecordStore records = new MySqlRecordStore(database, codec);
    JournalShipper.agreedMark(journal, records);
    JournalShipper shipper = new JournalShipper(journal, records, clock);
    lifecycle.started("shipper", shipper::close);
    return shipper;
  }
}
