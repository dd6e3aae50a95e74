package cti.server.db.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import cti.core.port.AuditTrail.Check;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditWriter.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A line of the audit log that was changed behind our back shows. */
@OnEveryDatabase
class AuditChainTest {
  private final ManualClock clock = new ManualClock("2026-11-21T08:00:00.123456Z");
  private final TestDatabase test;
  private final Database database;
  private final AuditWriter writer = new AuditWriter(clock);
  private final AuditStore audit;

  AuditChainTest(TestDatabase test) {
    this.test = test;
    this.database = test.emptied();
    this.audit = new AuditStore(database);
  }

  @BeforeEach
  void write() {
    for (int i = 1; i <= 4; i++) {
      Line line =
          new Line(
              "admin",
              i == 1 ? "create" : "change",
              "staff E000" + i,
              i == 1 ? Optional.empty() : Optional.of(Map.of("name", "员工000" + i)),
              Optional.of(Map.of("name", "员工100" + i)));
      database.run(AuditMapper.class, mapper -> writer.write(mapper, line));
    }
  }

  @Test
  void aKindAloneFindsEveryLineOfIt() {
    Line desk =
        new Line("admin", "remove", "staff-room 1", Optional.of(Map.of()), Optional.empty());
    database.run(AuditMapper.class, mapper -> writer.write(mapper, desk));
    assertEquals(4, lines("staff"));
    assertEquals(1, lines("staff-room"));
    assertEquals(1, lines("staff E0001"));
    assertEquals(0, lines("staf"));
  }

  private long lines(String subject) {
    return audit.entries(Optional.of(subject), Optional.empty(), Optional.empty(), 100).size();
  }

  private void behindOurBack(String sql) {
    assertTrue(test.change(sql) > 0, sql);
  }

  @Test
  void whatWasWrittenHolds() {
    Check check = audit.check();
    assertEquals(Optional.empty(), check.broken());
    assertEquals(4, check.lines());
    assertEquals(0, check.before());
    assertNotEquals(AuditChain.BEGIN, check.lastHash());
    database.run(
        AuditMapper.class,
        mapper ->
            writer.write(
                mapper,
                new Line("admin", "remove", "desk gz", Optional.of(Map.of()), Optional.empty())));
    assertEquals(5, audit.check().lines());
    assertNotEquals(check.lastHash(), audit.check().lastHash());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_log SET account = 'nobody' WHERE subject = 'staff E0002'",
        "UPDATE audit_log SET at = '2026-11-20 08:00:00' WHERE subject = 'staff E0002'",
        "UPDATE audit_log SET before_json = NULL WHERE subject = 'staff E0002'",
        "UPDATE audit_log SET after_json = '{}' WHERE subject = 'staff E0002'",
        "UPDATE audit_log SET chain_hash = NULL WHERE subject = 'staff E0002'",
      })
  void aLineThatWasChangedShowsByItsNumber(String sql) {
    long number =
        Long.parseLong(test.query("SELECT entry_id FROM audit_log WHERE subject = 'staff E0002'"));
    behindOurBack(sql);
    assertEquals(number, audit.check().broken().orElseThrow().number());
  }

  @Test
  void aLineThatWasTakenOutOrPutInShows() {
    behindOurBack("DELETE FROM audit_log WHERE subject = 'staff E0003'");
    assertEquals(
        Long.parseLong(test.query("SELECT entry_id FROM audit_log WHERE subject = 'staff E0004'")),
        audit.check().broken().orElseThrow().number());
    behindOurBack("DELETE FROM audit_log WHERE subject = 'staff E0004'");
    assertTrue(audit.check().broken().orElseThrow().why().contains("after 2 lines, expected 4"));
  }

  /** After the last line of a chain that holds: with no hash, with that of the last line. */
  @Test
  void aLineThatWasPutInAtTheEndShows() {
    String end = test.query("SELECT last_hash FROM audit_chain");
    for (String hash : List.of("NULL", "'" + end + "'", "'" + "f".repeat(64) + "'")) {
      behindOurBack(
          "INSERT INTO audit_log (at, account, action, subject, chain_hash) VALUES ('2026-11-21',"
              + " 'a', 'b', 'c d', "
              + hash
              + ")");
      long number = Long.parseLong(test.query("SELECT MAX(entry_id) FROM audit_log"));
      assertEquals(number, audit.check().broken().orElseThrow().number(), hash);
      behindOurBack("DELETE FROM audit_log WHERE entry_id = " + number);
      assertEquals(Optional.empty(), audit.check().broken());
    }
  }

  /** The log beside the database tells only what is in the database. */
  @Test
  void theEndOfTheChainIsLoggedOnlyOnceItIsCommitted() {
    Logger logger = (Logger) LoggerFactory.getLogger("cti.audit");
    ListAppender<ILoggingEvent> told = new ListAppender<>();
    told.start();
    Level usual = logger.getLevel();
    logger.setLevel(Level.INFO);
    logger.addAppender(told);
    try {
      Line line = new Line("admin", "remove", "desk gz", Optional.of(Map.of()), Optional.empty());
      assertThrows(
          IllegalArgumentException.class,
          () ->
              database.run(
                  AuditMapper.class,
                  mapper -> {
                    writer.write(mapper, line);
                    throw new IllegalArgumentException("changed their mind");
                  }));
      assertEquals(List.of(), told.list);
      database.run(
          AuditMapper.class,
          mapper -> {
            writer.write(mapper, line);
            assertEquals(List.of(), told.list);
          });
      assertEquals(
          "audit: 5 lines, chain " + audit.check().lastHash(),
          told.list.getFirst().getFormattedMessage());
    } finally {
      logger.setLevel(usual);
      logger.detachAppender(told);
    }
  }

  @Test
  void linesFromBeforeTheChainStandBeforeIt() {
    behindOurBack("DELETE FROM audit_log");
    behindOurBack("DELETE FROM audit_chain");
    behindOurBack(
        "INSERT INTO audit_log (at, account, action, subject) VALUES ('2026-11-20', 'a', 'b', 'c"
            + " d')");
    assertEquals(new Check(0, 1, AuditChain.BEGIN, Optional.empty()), audit.check());
    write();
    Check check = audit.check();
    assertEquals(Optional.empty(), check.broken());
    assertEquals(1, check.before());
    assertEquals(4, check.lines());
  }

  @Test
  void writersAtTheSameMomentChainOneAfterTheOther() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        Line line =
            new Line("admin", "change", "site s" + i, Optional.empty(), Optional.of(Map.of()));
        all.add(
            threads.submit(
                () -> database.run(AuditMapper.class, mapper -> writer.write(mapper, line))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    Check check = audit.check();
    assertEquals(Optional.empty(), check.broken());
    assertEquals(28, check.lines());
  }
}
