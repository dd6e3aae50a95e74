package cti.server.db.missed;

import static cti.core.missed.CaseState.CLOSED;
import static cti.core.missed.CaseState.OPEN;
import static cti.core.missed.CaseState.RECOVERED;
import static cti.core.missed.CaseState.RETURNED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cti.core.event.CallEvent;
import cti.core.id.DeskId;
import cti.core.id.MissedCaseId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.missed.CaseState;
import cti.core.missed.Closing;
import cti.core.missed.MissedCase;
import cti.core.port.AuditTrail.Entry;
import cti.core.port.CallHistory.Period;
import cti.core.port.JournalRecord;
import cti.core.port.MissedCases.CaseFilter;
import cti.core.port.MissedCases.Changed;
import cti.core.port.MissedCases.DeskCount;
import cti.core.port.MissedCases.HandChange;
import cti.core.port.Page;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.SampleCatalog;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditStore;
import cti.server.db.calls.MySqlRecordStore;
import cti.server.db.directory.DirectoryStore;
import cti.server.db.missed.MissedJournal.Told;
import cti.server.event.EventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@code MissedCases} promises, from the journal to the list. */
@OnEveryDatabase
class MissedCaseStoreTest {
  private static final String OFFICE = "0757-8888 8001";
  private static final String MOBILE = "013800000001";
  private static final DeskId GZ = new DeskId("gz");
  private static final DeskId HQ = new DeskId("hq-desktop");
  private static final Period WEEK =
      new Period(MissedJournal.at(-60), MissedJournal.at(7 * 24 * 60));

  private final TestDatabase test;
  private final MySqlRecordStore records;
  private final MissedCaseStore store;
  private final AuditStore audit;
  private final ManualClock clock = new ManualClock(MissedJournal.at(60).toString());
  private long sequence;

  MissedCaseStoreTest(TestDatabase test) {
    this.test = test;
    Database database = test.emptied();
    new DirectoryStore(database).replace(SampleCatalog.catalog());
    this.records = new MySqlRecordStore(database, new EventCodec());
    this.store = new MissedCaseStore(database, clock);
    this.audit = new AuditStore(database);
  }

  private void store(Told... told) {
    List<JournalRecord> batch = new ArrayList<>();
    for (Told one : told) {
      for (CallEvent event : one.events()) {
        batch.add(new JournalRecord(++sequence, event));
      }
    }
    records.store(batch);
  }

  private static CaseFilter all() {
    return filter(null, null, null, null, null, null);
  }

  private static CaseFilter filter(
      CaseState state, DeskId desk, String site, String person, String number, Set<DeskId> sight) {
    return new CaseFilter(
        WEEK,
        Optional.ofNullable(state),
        Optional.ofNullable(desk),
        Optional.ofNullable(site).map(SiteId::new),
        Optional.ofNullable(person).map(StaffId::new),
        Optional.ofNullable(number),
        Optional.ofNullable(sight));
  }

  private List<String> ids(CaseFilter filter) {
    return store.list(filter, Optional.empty(), 100).items().stream()
        .map(one -> one.id().value() + " " + one.state() + " " + one.calls().size())
        .toList();
  }

  @Test
  void casesOpenAndCloseAsCallsAreRecorded() {
    store(MissedJournal.missed("c1", 0, "gz", OFFICE, "0001"));
    store(MissedJournal.missed("c2", 2, "gz", MOBILE, "0001"));
    store(MissedJournal.missed("c3", 3, "hq-desktop", "02088880000"));
    store(MissedJournal.missed("c4", 4, "", "", new String[0]));
    assertEquals(List.of("c4 OPEN 1", "c3 OPEN 1", "c1 OPEN 2"), ids(all()));
    store(MissedJournal.answered("c5", 10, -1, "hq-desktop", MOBILE, "0001"));
    assertEquals(
        List.of("c4 OPEN 1", "c3 OPEN 1", "c1 RECOVERED 2"), ids(all()), "while they talk");
    store(MissedJournal.calledBack("c6", 20, 21, "9" + "02088880000"));
    MissedCase returned = store.find(new MissedCaseId("c3"), Optional.empty()).orElseThrow();
    assertEquals(RETURNED, returned.state());
    Closing.ByTalk talk = (Closing.ByTalk) returned.closing().orElseThrow();
    assertEquals("c6", talk.call().value());
    assertEquals(MissedJournal.at(20), talk.at());
    assertEquals(MissedJournal.at(21), talk.until());
    assertEquals("2001", talk.agent().orElseThrow().value());
    assertEquals(
        store.find(new MissedCaseId("c1"), Optional.empty()),
        store.find(new MissedCaseId("c2"), Optional.empty()),
        "any call of a case finds it");
    assertEquals(Optional.empty(), store.find(new MissedCaseId("c9"), Optional.empty()));
  }

  @Test
  void aMissedCallHasAllThatIsOnRecord() {
    Told told = MissedJournal.missed("c1", 0, "gz", OFFICE, "0002", "0001");
    store(told);
    MissedCase found = store.find(new MissedCaseId("c1"), Optional.empty()).orElseThrow();
    assertEquals(List.of(((cti.core.missed.CaseFact.Missed) told.fact()).missed()), found.calls());
    assertEquals(List.of(new StaffId("0001"), new StaffId("0002")), found.people());
  }

  @Test
  void filtersRestrictAndPartsHangTogether() {
    store(
        MissedJournal.missed("c1", 0, "gz", OFFICE, "0001"),
        MissedJournal.missed("c2", 1, "gz", MOBILE, "0001"),
        MissedJournal.missed("c3", 2, "hq-desktop", OFFICE, "0001"),
        MissedJournal.missed("c4", 2, "gz", "8050", "0001", "0002"),
        MissedJournal.missed("c5", 4, "gz", "02088880000"),
        MissedJournal.answered("c6", 5, 6, "gz", "02088880000"));
    assertEquals(List.of("c5 RECOVERED 1", "c4 OPEN 1", "c3 OPEN 1", "c1 OPEN 2"), ids(all()));
    assertEquals(List.of("c5 RECOVERED 1"), ids(filter(RECOVERED, null, null, null, null, null)));
    assertEquals(List.of("c3 OPEN 1"), ids(filter(null, HQ, null, null, null, null)));
    assertEquals(List.of("c3 OPEN 1"), ids(filter(OPEN, null, "hq", null, null, null)));
    assertEquals(
        List.of("c4 OPEN 1", "c3 OPEN 1", "c1 OPEN 2"),
        ids(filter(null, null, null, "0001", null, null)));
    assertEquals(List.of("c4 OPEN 1"), ids(filter(null, null, null, "0002", null, null)));
    assertEquals(List.of("c1 OPEN 2"), ids(filter(null, null, null, null, "1380", null)));
    assertEquals(List.of(), ids(filter(null, null, null, null, "%", null)));
    assertEquals(List.of("c3 OPEN 1"), ids(filter(null, null, null, null, null, Set.of(HQ))));
    assertEquals(List.of(), ids(filter(null, null, null, null, null, Set.of())));
    assertEquals(Optional.empty(), store.find(new MissedCaseId("c1"), Optional.of(Set.of(HQ))));
    assertEquals(Optional.empty(), store.find(new MissedCaseId("c1"), Optional.of(Set.of())));
    List<String> paged = new ArrayList<>();
    Optional<Page.Key> after = Optional.empty();
    do {
      Page<MissedCase> page = store.list(all(), after, 1);
      page.items().forEach(one -> paged.add(one.id().value()));
      after = page.next();
    } while (after.isPresent());
    assertEquals(List.of("c5", "c4", "c3", "c1"), paged);
    assertThrows(IllegalArgumentException.class, () -> store.list(all(), Optional.empty(), 501));
  }

  @Test
  void bothFiguresAreCountedPerDesk() {
    store(
        MissedJournal.missed("c1", 0, "gz", OFFICE, "0001"),
        MissedJournal.missed("c2", 1, "gz", MOBILE, "0001"),
        MissedJournal.missed("c3", 2, "hq-desktop", OFFICE, "0001"),
        MissedJournal.missed("c4", 3, "gz", "02088880000"),
        MissedJournal.missed("c5", 4, "", ""),
        MissedJournal.calledBack("c6", 5, 6, "02088880000"));
    DeskCount gz = new DeskCount(Optional.of(GZ), 3, 2, 1, 1, 0, 0);
    DeskCount hq = new DeskCount(Optional.of(HQ), 1, 1, 1, 0, 0, 0);
    DeskCount none = new DeskCount(Optional.empty(), 1, 1, 1, 0, 0, 0);
    assertEquals(List.of(gz, hq, none), store.counts(WEEK, Optional.empty()));
    assertEquals(List.of(hq), store.counts(WEEK, Optional.of(Set.of(HQ))));
    assertEquals(List.of(), store.counts(WEEK, Optional.of(Set.of())));
    Period later = new Period(MissedJournal.at(1), MissedJournal.at(2));
    assertEquals(
        List.of(new DeskCount(Optional.of(GZ), 1, 0, 0, 0, 0, 0)),
        store.counts(later, Optional.empty()),
        "the case began before");
  }

  @Test
  void closedByHandIsOnRecordAndSurvivesWhatComesLate() {
    store(MissedJournal.missed("c2", 10, "gz", OFFICE, "0001"));
    MissedCaseId id = new MissedCaseId("c2");
    assertInstanceOf(
        Changed.NoSuchCase.class, store.close(id, "面谈", "agent1", Optional.of(Set.of(HQ))));
    assertInstanceOf(
        Changed.NoSuchCase.class, store.close(id, "面谈", "agent1", Optional.of(Set.of())));
    assertInstanceOf(
        Changed.NoSuchCase.class,
        store.close(new MissedCaseId("c9"), "面谈", "agent1", Optional.empty()));
    assertInstanceOf(
        Changed.NotAllowed.class, store.reopen(id, "agent1", Optional.empty()), "it is open");
    Changed.Done closed =
        (Changed.Done) store.close(id, "已当面解决 😀", "agent1", Optional.of(Set.of(GZ)));
    assertEquals(CLOSED, closed.missedCase().state());
    assertEquals(
        Optional.of(new Closing.ByHand(clock.instant(), "agent1", "已当面解决 😀")),
        closed.missedCase().closing());
    assertInstanceOf(Changed.NotAllowed.class, store.close(id, "再次", "agent1", Optional.empty()));
    store(MissedJournal.missed("c1", 5, "gz", MOBILE, "0001"));
    assertEquals(List.of("c1 CLOSED 2"), ids(all()), "rebuilt after an outage");
    store(MissedJournal.missed("c3", 65, "gz", MOBILE, "0001"));
    assertEquals(List.of("c3 OPEN 1", "c1 CLOSED 2"), ids(all()));
    clock.advance(Duration.ofMinutes(10));
    assertInstanceOf(Changed.Done.class, store.reopen(id, "agent2", Optional.empty()));
    assertEquals(List.of("c3 OPEN 1", "c1 OPEN 2"), ids(all()));
    assertEquals(
        List.of(
            new HandChange(MissedJournal.at(60), "agent1", true, "已当面解决 😀"),
            new HandChange(MissedJournal.at(70), "agent2", false, "")),
        store.handChanges(id));
    List<Entry> lines = audit.entries(Optional.empty(), Optional.empty(), Optional.empty(), 100);
    assertEquals(
        List.of("agent2 reopen missed-case c1", "agent1 close missed-case c2"),
        lines.stream()
            .map(line -> line.account() + " " + line.action() + " " + line.subject())
            .toList());
    assertEquals(
        Optional.of("{\"desk\":\"gz\",\"callerNumber\":\"0757-8888 8001\",\"state\":\"OPEN\"}"),
        lines.getLast().before());
    assertEquals(
        Optional.of(
            "{\"desk\":\"gz\",\"callerNumber\":\"0757-8888 8001\",\"state\":\"CLOSED\","
                + "\"reason\":\"已当面解决 😀\"}"),
        lines.getLast().after());
    assertEquals(MissedJournal.at(60), lines.getLast().at());
    assertEquals(Optional.empty(), audit.check().broken());
    assertEquals(List.of(), store.handChanges(new MissedCaseId("c3")));
    store(MissedJournal.answered("c4", 80, 81, "gz", OFFICE, "0001"));
    assertEquals(List.of("c3 RECOVERED 1", "c1 RECOVERED 2"), ids(all()));
    assertThrows(
        IllegalArgumentException.class, () -> store.close(id, " ", "agent1", Optional.empty()));
    assertThrows(
        IllegalArgumentException.class,
        () -> store.close(id, "长".repeat(501), "agent1", Optional.empty()));
  }

  @Test
  void aGatewayClockThatIsAheadDoesNotUndoAClosing() {
    store(MissedJournal.missed("c1", 61, "gz", OFFICE, "0001"));
    Changed.Done closed =
        (Changed.Done) store.close(new MissedCaseId("c1"), "面谈", "agent1", Optional.empty());
    assertEquals(CLOSED, closed.missedCase().state());
    assertEquals(MissedJournal.at(61), closed.missedCase().closing().orElseThrow().at());
    Changed.Done open =
        (Changed.Done) store.reopen(new MissedCaseId("c1"), "agent1", Optional.empty());
    assertEquals(OPEN, open.missedCase().state());
  }

  @Test
  void callsOnRecordBeforeThereWereCasesAreCaughtUpWith() {
    store(
        MissedJournal.missed("c1", 0, "gz", OFFICE, "0001"),
        MissedJournal.missed("c2", 1, "gz", ""),
        MissedJournal.answered("c3", 2, 3, "gz", MOBILE, "0001"),
        MissedJournal.missed("c4", 9, "gz", OFFICE, "0001"));
    store.close(new MissedCaseId("c2"), "无号码", "agent1", Optional.empty());
    List<String> before = ids(all());
    assertEquals(List.of("c4 OPEN 1", "c2 CLOSED 1", "c1 RECOVERED 1"), before);
    assertEquals(0, store.catchUp());
    test.execute("DELETE FROM missed_case_call");
    test.execute("DELETE FROM missed_case");
    test.execute("DELETE FROM call_party");
    assertEquals(3, store.catchUp());
    assertEquals(before, ids(all()));
    assertEquals(0, store.catchUp());
  }
}
