package cti.server.db.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.CallOutcome;
import cti.core.call.EventCause;
import cti.core.call.QueueOutcome;
import cti.core.event.DomainEvent;
import cti.core.id.DeskId;
import cti.core.port.CallHistory.Period;
import cti.core.port.DeskFigures.Counted;
import cti.core.port.DeskFigures.DeskFigure;
import cti.core.port.DeskFigures.EffectiveRule;
import cti.core.port.DeskFigures.Stay;
import cti.core.port.DeskFigures.TrendPoint;
import cti.core.port.JournalRecord;
import cti.core.port.Page;
import cti.core.stats.DeskThresholds;
import cti.core.stats.Ratio;
import cti.core.stats.ServiceLevelFormula;
import cti.core.stats.ServiceLevelRule;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.SampleCatalog;
import cti.server.db.TestDatabase;
import cti.server.db.directory.DirectoryStore;
import cti.server.db.stats.DeskFigureStore;
import cti.server.event.EventCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Figures counted from records, and the calls behind them. */
@OnEveryDatabase
class DeskFigureStoreTest {
  private static final DeskId GZ = new DeskId("gz");
  private static final Instant MORNING = Instant.parse("2026-11-21T00:00:00Z");
  private static final Period DAY = new Period(MORNING, MORNING.plus(Duration.ofDays(1)));

  private final DeskFigureStore store;

  /**
   * Answered after 14 s, answered after 14 s, not answered after 8 s, left after 2 s, after 30 s.
   */
  DeskFigureStoreTest(TestDatabase test) {
    Database database = test.emptied();
    this.store = new DeskFigureStore(database, new ManualClock(MORNING.toString()));
    new DirectoryStore(database).replace(SampleCatalog.catalog());
    List<DomainEvent> events = new ArrayList<>();
    events.addAll(CallScript.answeredCall("a1", "2026-11-21T08:00:00Z", "1").events());
    events.addAll(CallScript.answeredCall("a2", "2026-11-21T09:00:00Z", "2").events());
    events.addAll(CallScript.missedCall("m1", "2026-11-21T10:00:00Z", "3").events());
    events.addAll(left("b1", "2026-11-21T11:00:00Z", 2_000).events());
    events.addAll(left("b2", "2026-11-21T12:00:00Z", 30_000).events());
    events.addAll(new CallScript("w1", "2026-11-21T13:00:00Z").arrives("6").queued(0).events());
    List<JournalRecord> records = new ArrayList<>();
    for (DomainEvent event : events) {
      records.add(new JournalRecord(records.size() + 1, event));
    }
    new MySqlRecordStore(database, new EventCodec()).store(records);
  }

  private static CallScript left(String call, String begin, long after) {
    return new CallScript(call, begin)
        .arrives("5")
        .queued(0)
        .leaves(after, QueueOutcome.ABANDONED, EventCause.CALL_CANCELLED)
        .missed(after, QueueOutcome.ABANDONED)
        .ends(after + 10, CallOutcome.ABANDONED_IN_QUEUE);
  }

  private DeskFigure desk() {
    List<DeskFigure> figures = store.figures(DAY, Optional.empty());
    assertEquals(1, figures.size(), figures.toString());
    return figures.getFirst();
  }

  private List<String> calls(Counted counted) {
    return store
        .stays(counted, DAY, Optional.of(GZ), Optional.empty(), Optional.empty(), 10)
        .items()
        .stream()
        .map(stay -> stay.call().value())
        .toList();
  }

  @Test
  void staysAreCountedByTheirOutcome() {
    DeskFigure gz = desk();
    assertEquals(GZ, gz.desk());
    assertEquals(6, gz.counts().queued());
    assertEquals(2, gz.counts().answered());
    assertEquals(2, gz.counts().answeredInTime());
    assertEquals(1, gz.counts().agentNoAnswer());
    assertEquals(2, gz.counts().abandoned());
    assertEquals(1, gz.counts().abandonedShortly());
    assertEquals(1, gz.counts().abandonedInTime());
    assertEquals(1, gz.counts().waiting());
    assertEquals(Duration.ofSeconds(28), gz.counts().waitOfAnswered());
    assertEquals(Duration.ofSeconds(30), gz.counts().longestWait());
    assertEquals(new Ratio(2, 3), ServiceLevelFormula.STANDARD.of(gz.counts()));
    assertEquals(2, gz.handling().handled());
    assertEquals(Duration.ofMillis(120_500), gz.handling().talk());
  }

  @Test
  void everyFigureOpensTheCallsThatItCounts() {
    assertEquals(List.of("w1", "b2", "b1", "m1", "a2", "a1"), calls(Counted.QUEUED));
    assertEquals(List.of("a2", "a1"), calls(Counted.ANSWERED));
    assertEquals(List.of("m1"), calls(Counted.AGENT_NO_ANSWER));
    assertEquals(List.of("b2", "b1"), calls(Counted.QUEUE_MISSED));
    assertEquals(List.of("b1"), calls(Counted.ABANDONED_SHORTLY));
    assertEquals(List.of("w1"), calls(Counted.WAITING));
    assertEquals(List.of(), calls(Counted.TIMED_OUT));
    Stay answered =
        store
            .stays(Counted.ANSWERED, DAY, Optional.empty(), Optional.empty(), Optional.empty(), 1)
            .items()
            .getFirst();
    assertEquals("2002", answered.agent().orElseThrow().value());
    assertEquals(Duration.ofSeconds(14), answered.waited());
  }

  @Test
  void staysAreSpreadOverTheHoursInWhichTheyBegan() {
    List<TrendPoint> trend = store.trend(DAY, Duration.ofHours(4), Optional.empty());
    assertEquals(
        List.of(
            new TrendPoint(GZ, MORNING.plus(Duration.ofHours(8)), 4, 2, 1, 1),
            new TrendPoint(GZ, MORNING.plus(Duration.ofHours(12)), 2, 0, 0, 1)),
        trend);
    assertEquals(List.of(), store.trend(DAY, Duration.ofHours(1), Optional.of(Set.of())));
  }

  @Test
  void thresholdsAreThoseThatWereSetLastAndOfADeskOnFile() {
    assertEquals(Map.of(), store.thresholds());
    DeskThresholds wanted =
        new DeskThresholds(Duration.ofSeconds(10), Duration.ofSeconds(30), 2, 4);
    assertTrue(store.save(GZ, DeskThresholds.USUAL, "u1"));
    assertTrue(store.save(GZ, wanted, "u1"));
    assertEquals(Map.of(GZ, wanted), store.thresholds());
    assertFalse(store.save(new DeskId("nowhere"), wanted, "u1"));
  }

  @Test
  void pagesFollowOnEachOther() {
    Page<Stay> first =
        store.stays(Counted.QUEUED, DAY, Optional.empty(), Optional.empty(), Optional.empty(), 4);
    Page<Stay> second =
        store.stays(Counted.QUEUED, DAY, Optional.empty(), Optional.empty(), first.next(), 4);
    assertEquals(4, first.items().size());
    assertEquals(
        List.of("a2", "a1"), second.items().stream().map(stay -> stay.call().value()).toList());
    assertTrue(second.next().isEmpty());
  }

  @Test
  void sightRestricts() {
    assertEquals(List.of(), store.figures(DAY, Optional.of(Set.of())));
    assertEquals(List.of(), store.figures(DAY, Optional.of(Set.of(new DeskId("hq-erp")))));
    assertEquals(1, store.figures(DAY, Optional.of(Set.of(GZ))).size());
  }

  @Test
  void aStayIsCountedByTheRuleOfItsTime() {
    rule("2026-11-20T00:00:00Z", 10);
    rule("2026-11-21T08:30:00Z", 15);
    // a1 began under the first rule and waited 14 s, a2 under the second.
    assertEquals(1, desk().counts().answeredInTime());
    assertEquals(
        List.of("a2"), calls(Counted.ANSWERED_IN_TIME), "the list counts by the same rule");
  }

  @Test
  void rulesFollowEachOtherWhateverTheOrderInWhichTheyWereMade() {
    rule("2026-11-21T08:30:00Z", 15);
    rule("2026-11-20T00:00:00Z", 10);
    rule("2026-11-20T00:00:00Z", 12);
    assertEquals(
        List.of(15L, 12L),
        store.history(GZ).stream().map(r -> r.rule().answerWithin().toSeconds()).toList());
    assertEquals(12, withinAt("2026-11-21T08:29:59Z"));
    assertEquals(15, withinAt("2026-11-21T08:30:00Z"));
    assertTrue(store.rules(Instant.parse("2026-11-19T00:00:00Z")).isEmpty());
  }

  @Test
  void aDeskThatIsNotOnFileGetsNoRule() {
    assertFalse(
        store.save(
            new EffectiveRule(
                new DeskId("nowhere"), MORNING, ServiceLevelRule.USUAL, "supervisor")));
  }

  private long withinAt(String moment) {
    return store.rules(Instant.parse(moment)).getFirst().rule().answerWithin().toSeconds();
  }

  private void rule(String from, int within) {
    assertTrue(
        store.save(
            new EffectiveRule(
                GZ,
                Instant.parse(from),
                new ServiceLevelRule(
                    ServiceLevelFormula.STANDARD,
                    Duration.ofSeconds(within),
                    Duration.ofSeconds(5)),
                "supervisor")));
  }
}
