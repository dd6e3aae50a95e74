package cti.server.db.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.id.DeskId;
import cti.core.port.AuditTrail.Entry;
import cti.core.port.DeskFigures.EffectiveRule;
import cti.core.stats.ServiceLevelFormula;
import cti.core.stats.ServiceLevelRule;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.SampleCatalog;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditStore;
import cti.server.db.directory.DirectoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a desk promises is on record from what to what. */
@OnEveryDatabase
class ServiceLevelAuditTest {
  private static final DeskId DESK = new DeskId("gz");

  private final ManualClock clock = new ManualClock("2026-11-21T08:00:00Z");
  private final DeskFigureStore figures;
  private final AuditStore audit;

  ServiceLevelAuditTest(TestDatabase test) {
    Database database = test.emptied();
    new DirectoryStore(database).replace(SampleCatalog.catalog());
    this.figures = new DeskFigureStore(database, clock);
    this.audit = new AuditStore(database);
  }

  private void promise(int seconds) {
    ServiceLevelRule rule =
        new ServiceLevelRule(
            ServiceLevelFormula.STANDARD, Duration.ofSeconds(seconds), Duration.ofSeconds(5));
    assertTrue(figures.save(new EffectiveRule(DESK, clock.instant(), rule, "admin")));
  }

  @Test
  void eachChangeSaysWhatWasInForce() {
    promise(33);
    clock.advance(Duration.ofDays(1));
    promise(44);
    List<Entry> lines =
        audit.entries(Optional.of("service-level"), Optional.empty(), Optional.empty(), 10);
    assertEquals(2, lines.size());
    Entry first = lines.getLast();
    assertTrue(
        first.before().orElseThrow().contains("\"formula\":\"" + ServiceLevelRule.USUAL.formula()),
        first.before().orElseThrow());
    assertEquals(
        Optional.of(
            "{\"formula\":\"STANDARD\",\"answerWithinSeconds\":33,\"shortSeconds\":5,"
                + "\"from\":\"2026-11-21T08:00:00Z\"}"),
        first.after());
    assertEquals(first.after(), lines.getFirst().before());
    assertTrue(lines.getFirst().after().orElseThrow().contains("\"answerWithinSeconds\":44"));
    assertEquals(Optional.empty(), audit.check().broken());
  }
}
