package cti.server.db.missed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.event.CallEvent;
import cti.core.id.MissedCaseId;
import cti.core.missed.CaseFact;
import cti.core.missed.CaseFact.ClosedByHand;
import cti.core.missed.CaseFact.Reopened;
import cti.core.missed.Closing;
import cti.core.missed.MissedCase;
import cti.core.missed.MissedCaseFold;
import cti.core.port.CallHistory.Period;
import cti.core.port.JournalRecord;
import cti.core.port.MissedCases.CaseFilter;
import cti.core.port.MissedCases.Changed;
import cti.core.port.Page;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.SampleCatalog;
import cti.server.db.TestDatabase;
import cti.server.db.calls.MySqlRecordStore;
import cti.server.db.directory.DirectoryStore;
import cti.server.db.missed.MissedJournal.Told;
import cti.server.event.EventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Journals made at random: told in order or with calls that come late, in batches cut anywhere,
 * batches told twice, cases closed by hand in between. What is on record is always what folding all
 * facts at once gives. A failing seed is in the test's name.
 */
@OnEveryDatabase
class RandomJournalTest {
  private static final String[] DESKS = {"gz", "hq-desktop", ""};
  private static final String[][] LINES = {
    {"8001", "0001"},
    {"013800000001", "0001"},
    {"8002", "0002"},
    {"13800000002", "0002"},
    {"8050", "0001", "0002"},
    {"8050", "0001"},
    {"02088880000"},
    {""}
  };
  private static final Period EVER =
      new Period(MissedJournal.at(-10_000), MissedJournal.at(100_000));

  private final MySqlRecordStore records;
  private final MissedCaseStore store;
  private final ManualClock clock = new ManualClock(MissedJournal.BEGIN.toString());
  private final List<CaseFact> facts = new ArrayList<>();

  RandomJournalTest(TestDatabase test) {
    Database database = test.emptied();
    new DirectoryStore(database).replace(SampleCatalog.catalog());
    this.records = new MySqlRecordStore(database, new EventCodec());
    this.store = new MissedCaseStore(database, clock);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4711})
  void inOrder(long seed) {
    Random random = new Random(seed);
    List<Told> calls = calls(random);
    calls.sort(Comparator.comparing(told -> told.fact().at()));
    tell(calls, random);
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7, 20261123})
  void inAnyOrder(long seed) {
    Random random = new Random(seed);
    List<Told> calls = calls(random);
    Collections.shuffle(calls, random);
    tell(calls, random);
  }

  private static List<Told> calls(Random random) {
    List<Told> calls = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String[] line = LINES[random.nextInt(LINES.length)];
      String[] staff = new String[line.length - 1];
      System.arraycopy(line, 1, staff, 0, staff.length);
      long minute = random.nextInt(2 * 24 * 60);
      long end = random.nextInt(6) == 0 ? -1 : minute + random.nextInt(120);
      String id = "c" + i;
      calls.add(
          switch (random.nextInt(5)) {
            case 0 -> MissedJournal.answered(id, minute, end, "gz", line[0], staff);
            case 1 -> MissedJournal.calledBack(id, minute, end, line[0], staff);
            default ->
                MissedJournal.missed(
                    id, minute, DESKS[random.nextInt(DESKS.length)], line[0], staff);
          });
    }
    return calls;
  }

  private void tell(List<Told> calls, Random random) {
    List<JournalRecord> journal = new ArrayList<>();
    List<CaseFact> toldBy = new ArrayList<>();
    for (Told told : calls) {
      for (CallEvent event : told.events()) {
        journal.add(new JournalRecord(journal.size() + 1, event));
        toldBy.add(null);
      }
      toldBy.set(toldBy.size() - 1, told.fact());
    }
    int from = 0;
    while (from < journal.size()) {
      int to = Math.min(journal.size(), from + 1 + random.nextInt(40));
      records.store(journal.subList(Math.max(0, from - random.nextInt(20)), to));
      toldBy.subList(from, to).stream().filter(fact -> fact != null).forEach(facts::add);
      from = to;
      byHand(random);
    }
    List<MissedCase> expected = MissedCaseFold.cases(facts, MissedCaseFold.WINDOW);
    assertTrue(expected.size() > 5, expected.toString());
    assertEquals(byId(expected), byId(cases()));
    store.rebuild();
    assertEquals(byId(expected), byId(cases()), "folded anew");
  }

  /** Closes or reopens a case that stands so, at the time that the store itself would note. */
  private void byHand(Random random) {
    clock.advance(Duration.ofMinutes(random.nextInt(200)));
    List<MissedCase> now = cases();
    if (now.isEmpty() || random.nextBoolean()) {
      return;
    }
    MissedCase one = now.get(random.nextInt(now.size()));
    MissedCaseId id = one.id();
    var at = one.closing().map(Closing::at).orElse(one.lastMissedAt());
    at = clock.instant().isBefore(at) ? at : clock.instant();
    switch (one.state()) {
      case OPEN -> {
        assertTrue(
            store.close(id, "理由", "agent1", Optional.empty()) instanceof Changed.Done,
            one.toString());
        facts.add(new ClosedByHand(one.calls().getFirst().call(), at, "agent1", "理由"));
      }
      case CLOSED -> {
        assertTrue(
            store.reopen(id, "agent1", Optional.empty()) instanceof Changed.Done, one.toString());
        facts.add(new Reopened(one.calls().getFirst().call(), at, "agent1"));
      }
      case RETURNED, RECOVERED -> {}
    }
  }

  private List<MissedCase> cases() {
    CaseFilter all =
        new CaseFilter(
            EVER,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return store.list(all, Optional.empty(), Page.MOST).items();
  }

  private static List<MissedCase> byId(List<MissedCase> cases) {
    return cases.stream().sorted(Comparator.comparing(MissedCase::id)).toList();
  }
}
