package cti.server.db.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.Call;
import cti.core.call.Call.KeyPress;
import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.call.QueueOutcome;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.call.RingOutcome;
import cti.core.event.AgentEvent.AgentBusy;
import cti.core.event.AgentEvent.AgentLoggedOff;
import cti.core.event.AgentEvent.AgentLoggedOn;
import cti.core.event.AgentEvent.AgentNotReady;
import cti.core.event.AgentEvent.AgentReady;
import cti.core.event.AgentEvent.AgentWorkingAfterCall;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.DomainEvent;
import cti.core.event.GatewayEvent.GatewayLive;
import cti.core.event.GatewayEvent.GatewayLost;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.StaffId;
import cti.core.id.VisitId;
import cti.core.port.CallHistory.CallRecord;
import cti.core.port.CallHistory.CallRow;
import cti.core.port.JournalRecord;
import cti.server.db.Database;
import cti.server.db.OnEveryDatabase;
import cti.server.db.SampleCatalog;
import cti.server.db.TestDatabase;
import cti.server.db.directory.DirectoryStore;
import cti.server.event.EventCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.ibatis.exceptions.PersistenceException;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class MySqlRecordStoreTest {
  private static final String BEGIN = "2026-11-21T08:00:00.123456Z";

  private final TestDatabase database;
  private final MySqlRecordStore store;
  private final CallQueries queries;

  MySqlRecordStoreTest(TestDatabase database) {
    this.database = database;
    Database emptied = database.emptied();
    new DirectoryStore(emptied).replace(SampleCatalog.catalog());
    this.store = new MySqlRecordStore(emptied, new EventCodec());
    this.queries = new CallQueries(emptied, new EventCodec());
  }

  private static List<JournalRecord> journal(long first, List<? extends DomainEvent> events) {
    List<JournalRecord> records = new ArrayList<>();
    for (DomainEvent event : events) {
      records.add(new JournalRecord(first + records.size(), event));
    }
    return records;
  }

  private CallRecord detail(String call) {
    return queries.call(new CallId(call), Optional.empty()).orElseThrow();
  }

  @Test
  void recordsThatWereStoredAreKnownAgainAndOthersAreRefused() {
    List<JournalRecord> journal =
        journal(1, CallScript.answeredCall("c1", BEGIN, "013800000001").events());
    store.store(journal);
    store.compare(journal);
    store.compare(journal.subList(3, journal.size()));
    List<JournalRecord> other =
        journal(1, CallScript.answeredCall("c2", BEGIN, "013800000001").events());
    JournalMismatchException refused =
        assertThrows(JournalMismatchException.class, () -> store.compare(other));
    assertTrue(refused.getMessage().contains("call c2"), refused.getMessage());
    assertTrue(refused.getMessage().contains("call c1"), refused.getMessage());
    assertFalse(refused.getMessage().contains("013800000001"), refused.getMessage());
    assertEquals(journal.size(), store.highWaterMark());
  }

  @Test
  void anAnsweredCallIsOnRecordWithAllItsParts() {
    CallScript script = CallScript.answeredCall("c1", BEGIN, "013800000001");
    List<JournalRecord> journal = journal(1, script.events());
    store.store(journal);
    assertEquals(journal.size(), store.highWaterMark());
    CallRecord found = detail("c1");
    CallRow call = found.row();
    Instant begin = Instant.parse(BEGIN);
    assertEquals(Optional.of(new GatewayId("gw1")), call.gateway());
    assertEquals(Direction.INBOUND, call.direction());
    assertEquals(begin, call.startedAt());
    assertEquals(Optional.of(begin.plusMillis(80_300)), call.endedAt());
    assertEquals("013800000001", call.callingNumber());
    assertEquals("8000", call.dialledNumber());
    assertEquals(Optional.of(new DeskId("gz")), call.desk());
    assertEquals(Optional.of(new AgentId("2002")), call.agent());
    assertEquals(Duration.ofMillis(14_000), call.waited());
    assertEquals(Duration.ofMillis(60_250), call.talked());
    assertEquals(Optional.of(CallOutcome.ANSWERED), call.outcome());
    assertEquals(ClearedBy.CALLER, call.clearedBy());
    assertEquals(DataQuality.LIVE, call.quality());
    assertFalse(call.missed());
    assertEquals(List.of(new StaffId("0002"), new StaffId("0001")), call.matches());
    assertEquals(List.of(new KeyPress("main", ""), new KeyPress("main", "3")), found.keys());
    QueueVisit visit = found.visits().getFirst();
    assertEquals(1, found.visits().size());
    assertEquals(Optional.of(QueueOutcome.ANSWERED), visit.outcome());
    assertEquals(Optional.of(begin.plusMillis(20_000)), visit.leftAt());
    assertEquals(3, visit.position());
    assertFalse(visit.callerLeft());
    RingAttempt first = visit.attempts().getFirst();
    assertEquals(Optional.of(RingOutcome.NO_ANSWER), first.outcome());
    assertEquals(Optional.empty(), first.answeredAt());
    assertEquals(Optional.of(begin.plusMillis(16_500)), first.endedAt());
    RingAttempt second = visit.attempts().getLast();
    assertEquals(Optional.of(RingOutcome.ANSWERED), second.outcome());
    assertEquals(Optional.of(begin.plusMillis(20_000)), second.answeredAt());
    assertEquals(Optional.of(begin.plusMillis(80_250)), second.endedAt());
    assertEquals(journal, found.events(), "the timeline is the journal's");
    assertEquals(
        "2026-11-21 08:00:20.123456 gz main= main=3 1000 2 2 10000",
        database.query(
            """
            SELECT CONCAT_WS(' ', CAST(c.answered_at AS CHAR), c.site_id, c.keys_pressed,
              CHAR_LENGTH(c.explanation), v.offers, v.agents_offered, a.ring_ms)
            FROM call_record c JOIN queue_visit v ON v.call_id = c.call_id
              JOIN ring_attempt a ON a.visit_id = v.visit_id AND a.outcome = 'NO_ANSWER'\
            """),
        "what only reports read");
  }

  /** The record that people read and the live picture are folded from the same events. */
  @Test
  void visitsAndKeysAreThoseOfTheLivePicture() {
    for (CallScript script :
        List.of(
            CallScript.answeredCall("c1", BEGIN, "013800000001"),
            CallScript.missedCall("m1", BEGIN, "13800000002"))) {
      database.emptied();
      store.store(journal(1, script.events()));
      Call live = Call.begun((ServiceInitiated) script.events().getFirst());
      for (CallEvent event : script.events()) {
        live = event instanceof ServiceInitiated ? live : live.apply(event);
      }
      CallRecord stored = detail(live.id().value());
      assertEquals(live.visits(), stored.visits());
      assertEquals(live.keys(), stored.keys());
      assertEquals(live.matches(), stored.row().matches());
      assertEquals(live.missed(), stored.row().missed());
    }
  }

  @Test
  void aMissedCallIsOneRowWhateverRang() {
    store.store(journal(1, CallScript.missedCall("m1", BEGIN, "13800000002").events()));
    CallRecord found = detail("m1");
    assertTrue(found.row().missed());
    assertTrue(found.visits().getFirst().callerLeft());
    assertEquals(Duration.ofMillis(8_000), found.row().waited());
    assertEquals(Duration.ZERO, found.row().talked());
    assertEquals(Optional.empty(), found.row().agent());
    assertEquals(
        "gz AGENT_NO_ANSWER",
        database.query("SELECT CONCAT(desk_id, ' ', reason) FROM missed_call"));
    assertEquals("1", database.query("SELECT COUNT(*) FROM missed_call"));
  }

  /** However the shipper cuts the journal into batches, the tables say the same. */
  @Test
  void everyCutOfTheJournalGivesTheSameRecords() {
    List<DomainEvent> events = new ArrayList<>();
    List<DomainEvent> first =
        List.copyOf(CallScript.answeredCall("c1", BEGIN, "13800000001").events());
    List<DomainEvent> second =
        List.copyOf(CallScript.missedCall("m1", BEGIN, "13800000002").events());
    for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
      if (i < first.size()) {
        events.add(first.get(i));
      }
      if (i < second.size()) {
        events.add(second.get(i));
      }
    }
    List<JournalRecord> journal = journal(1, events);
    store.store(journal);
    List<CallRecord> whole = List.of(detail("c1"), detail("m1"));
    for (int size = 1; size < journal.size(); size += 3) {
      database.emptied();
      new DirectoryStore(database.open()).replace(SampleCatalog.catalog());
      for (int from = 0; from < journal.size(); from += size) {
        store.store(journal.subList(from, Math.min(journal.size(), from + size)));
      }
      assertEquals(whole, List.of(detail("c1"), detail("m1")), "batches of " + size);
    }
  }

  /** What the store has in memory of a call, another one that begins in its midst reads. */
  @Test
  void aStoreThatBeginsInMidCallWritesTheSame() {
    List<JournalRecord> journal =
        journal(1, CallScript.answeredCall("c1", BEGIN, "13800000001").events());
    store.store(journal);
    CallRecord whole = detail("c1");
    String rows = rows();
    assertTrue(rows.contains("CALLER") && rows.contains("QUEUE_AGENT"), rows);
    for (int cut = 1; cut < journal.size(); cut++) {
      database.emptied();
      new DirectoryStore(database.open()).replace(SampleCatalog.catalog());
      MySqlRecordStore before = new MySqlRecordStore(database.open(), new EventCodec());
      journal.subList(0, cut).forEach(one -> before.store(List.of(one)));
      MySqlRecordStore after = new MySqlRecordStore(database.open(), new EventCodec());
      journal.subList(cut, journal.size()).forEach(one -> after.store(List.of(one)));
      assertEquals(whole, detail("c1"), "begun before record " + (cut + 1));
      assertEquals(rows, rows(), "begun before record " + (cut + 1));
    }
  }

  /** A batch that was not stored must leave nothing behind in memory either. */
  @Test
  void aBatchThatFailedIsFoldedAnew() {
    List<JournalRecord> journal =
        journal(1, CallScript.answeredCall("c1", BEGIN, "13800000001").events());
    store.store(journal);
    String rows = rows();
    for (int cut = 1; cut < journal.size(); cut++) {
      database.emptied();
      new DirectoryStore(database.open()).replace(SampleCatalog.catalog());
      store.store(journal.subList(0, cut));
      database.execute(
          "INSERT INTO call_event (sequence, call_id, at, type, event) VALUES ("
              + journal.size()
              + ", 'x', '2026-11-21 08:00:00', 'x', '{}')");
      List<JournalRecord> rest = journal.subList(cut, journal.size());
      assertThrows(PersistenceException.class, () -> store.store(rest));
      database.execute("DELETE FROM call_event WHERE call_id = 'x'");
      store.store(rest);
      assertEquals(rows, rows(), "failed behind record " + cut);
    }
  }

  private String rows() {
    return String.join(
        "\n",
        database.query(
            """
            SELECT GROUP_CONCAT(CONCAT_WS(',', connection_id, ordinal, role, agent_id, number,
              state, started_at, answered_at, ended_at, failure, talk_ms, hold_ms)
              ORDER BY connection_id SEPARATOR ';') FROM call_part\
            """),
        database.query(
            """
            SELECT GROUP_CONCAT(CONCAT_WS(',', attempt_id, visit_id, agent_id, extension,
              delivered_at, ended_at, outcome, talk_ended_at, talk_cleared_by, ring_ms, talk_ms)
              ORDER BY attempt_id SEPARATOR ';') FROM ring_attempt\
            """),
        database.query(
            """
            SELECT GROUP_CONCAT(CONCAT_WS(',', visit_id, queue_name, desk_id, entered_at,
              answered_at, left_at, entry_position, exit_position, offers, agents_offered, outcome,
              wait_ms) ORDER BY visit_id SEPARATOR ';') FROM queue_visit\
            """));
  }

  @Test
  void aRepeatedOrOverlappingBatchChangesNothing() {
    List<JournalRecord> journal =
        journal(1, CallScript.answeredCall("c1", BEGIN, "13800000001").events());
    store.store(journal.subList(0, 6));
    store.store(journal.subList(0, 6));
    store.store(journal.subList(2, journal.size()));
    CallRecord once = detail("c1");
    store.store(journal);
    store.store(List.of());
    assertEquals(once, detail("c1"));
    assertEquals(journal, once.events());
    assertEquals(journal.size(), store.highWaterMark());
  }

  @Test
  void aGapIsRefusedAndNothingStored() {
    List<JournalRecord> journal =
        journal(1, CallScript.answeredCall("c1", BEGIN, "13800000001").events());
    store.store(journal.subList(0, 2));
    for (List<JournalRecord> gap :
        List.of(journal.subList(3, 6), List.of(journal.get(2), journal.get(4)))) {
      String message =
          assertThrows(JournalMismatchException.class, () -> store.store(gap)).getMessage();
      assertTrue(
          message.startsWith("journal record " + gap.getLast().sequence())
              || message.startsWith("journal record 4 was to be stored, expected 3"),
          message);
    }
    assertEquals(2, store.highWaterMark());
    assertEquals(2, detail("c1").events().size());
  }

  @Test
  void anotherJournalIsRefused() {
    store.store(journal(1, CallScript.answeredCall("c1", BEGIN, "13800000001").events()));
    List<JournalRecord> other =
        journal(1, CallScript.answeredCall("c2", BEGIN, "13800000002").events());
    String message =
        assertThrows(JournalMismatchException.class, () -> store.store(other)).getMessage();
    assertTrue(message.contains(" of call c2 at ") && message.contains(" of call c1 at "), message);
    assertEquals("1", database.query("SELECT COUNT(*) FROM call_record"));
  }

  @Test
  void aBatchIsStoredWholeOrNotAtAll() {
    List<JournalRecord> journal =
        journal(1, CallScript.answeredCall("c1", BEGIN, "13800000001").events());
    // A row of somebody else in the way of the last event.
    database.execute(
        "INSERT INTO call_event (sequence, call_id, at, type, event) VALUES ("
            + journal.size()
            + ", 'x', '2026-11-21 08:00:00', 'x', '{}')");
    assertThrows(PersistenceException.class, () -> store.store(journal));
    assertEquals(0, store.highWaterMark());
    assertEquals(Optional.empty(), queries.call(new CallId("c1"), Optional.empty()));
    assertEquals("0", database.query("SELECT COUNT(*) FROM queue_visit"));
  }

  @Test
  void whatWasNotSeenIsMadeUpAndMarked() {
    Instant at = Instant.parse(BEGIN);
    CallId call = new CallId("late");
    store.store(
        journal(
            1,
            List.of(
                new Established(
                    call,
                    at,
                    EventCause.RESYNC,
                    new VisitId("v"),
                    new AttemptId("a"),
                    Optional.empty(),
                    new Extension("8001")))));
    assertEquals(DataQuality.RECOVERED, detail("late").row().quality());
    store.store(
        journal(
            2,
            List.of(
                new CallCleared(
                    call,
                    at.minusSeconds(1),
                    EventCause.LOST_TRACK,
                    CallOutcome.LOST_TRACK,
                    ClearedBy.UNKNOWN,
                    DataQuality.LOST_TRACK))));
    CallRecord found = detail("late");
    assertEquals(DataQuality.LOST_TRACK, found.row().quality());
    assertEquals(Duration.ZERO, found.row().waited());
    assertEquals(Optional.empty(), found.row().gateway());
    assertEquals(List.of(), found.visits(), "no queue is known");
    assertEquals("8001", database.query("SELECT extension FROM ring_attempt"));
  }

  @Test
  void agentsAndGatewaysAreLogged() {
    Instant at = Instant.parse(BEGIN);
    AgentId agent = new AgentId("2001");
    store.store(
        journal(
            1,
            List.of(
                new GatewayLive(new GatewayId("gw1"), at, "22.10"),
                new AgentLoggedOn(
                    agent, at, new Extension("8001"), Set.of(new DeskId("hq"), new DeskId("gz"))),
                new AgentReady(agent, at),
                new AgentBusy(agent, at, new CallId("c1")),
                new AgentWorkingAfterCall(agent, at, new CallId("c1"), at.plusSeconds(30)),
                new AgentNotReady(agent, at, "午休"),
                new AgentLoggedOff(agent, at, "下班"),
                new GatewayLost(new GatewayId("gw1"), at, "ping"))));
    assertEquals(
        "NOT_READY READY BUSY WORKING_AFTER_CALL NOT_READY LOGGED_OFF",
        database.query(
            """
            SELECT GROUP_CONCAT(state ORDER BY sequence SEPARATOR ' ') FROM agent_state_log\
            """));
    assertEquals(
        "8001 gz hq",
        database.query(
            "SELECT CONCAT(extension, ' ', desks) FROM agent_state_log WHERE sequence = 2"));
    assertEquals(
        "2026-11-21 08:00:30.123456",
        database.query("SELECT CAST(until_at AS CHAR) FROM agent_state_log WHERE sequence = 5"));
    assertEquals(
        "LIVE LOST",
        database.query(
            """
            SELECT GROUP_CONCAT(state ORDER BY sequence SEPARATOR ' ') FROM gateway_state_log\
            """));
    assertEquals(8, store.highWaterMark());
  }
}
