package cti.server.db.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.EventCause;
import cti.core.call.QueueOutcome;
import cti.core.call.QueueVisit;
import cti.core.call.RingOutcome;
import cti.core.call.TransferKind;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallRecovered;
import cti.core.event.CallEvent.Delivered;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Queued;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.Extension;
import cti.core.id.QueueName;
import cti.core.id.VisitId;
import cti.core.port.CallHistory.CallRecord;
import cti.core.port.JournalRecord;
import cti.server.db.Database;
import cti.server.db.OnEveryDatabase;
import cti.server.db.SampleCatalog;
import cti.server.db.TestDatabase;
import cti.server.db.directory.DirectoryStore;
import cti.server.event.EventCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the gateway's logs tell of a call takes the place of what was on record of it. */
@OnEveryDatabase
class RecoveredRecordTest {
  private static final Instant BEGIN = Instant.parse("2026-11-21T08:00:00Z");
  private static final CallId CALL = new CallId("c1");
  private static final VisitId VISIT = new VisitId("c1/v1");
  private static final AttemptId FIRST = new AttemptId("c1/v1/a1");
  private static final AttemptId SECOND = new AttemptId("c1/v1/a2");
  private static final Optional<AgentId> AGENT = Optional.of(new AgentId("2002"));

  private final TestDatabase database;
  private final MySqlRecordStore store;
  private final CallQueries queries;
  private long sequence;

  RecoveredRecordTest(TestDatabase database) {
    this.database = database;
    Database emptied = database.emptied();
    new DirectoryStore(emptied).replace(SampleCatalog.catalog());
    this.store = new MySqlRecordStore(emptied, new EventCodec());
    this.queries = new CallQueries(emptied, new EventCodec());
  }

  private void store(List<? extends DomainEvent> events) {
    store.store(events.stream().map(event -> new JournalRecord(++sequence, event)).toList());
  }

  private static Instant at(long millis) {
    return BEGIN.plusMillis(millis);
  }

  private CallRecord record() {
    return queries.call(CALL, Optional.empty()).orElseThrow();
  }

  private static List<CallEvent> toldAsAnswered() {
    return List.of(
        new CallRecovered(CALL, at(900_000), EventCause.RESYNC, "queue_log, cdr"),
        new Diverted(CALL, at(13_500), EventCause.RESYNC, VISIT, FIRST, RingOutcome.NO_ANSWER),
        new Delivered(
            CALL, at(14_500), EventCause.RESYNC, VISIT, SECOND, AGENT, new Extension("8002")),
        new Established(
            CALL, at(16_000), EventCause.RESYNC, VISIT, SECOND, AGENT, new Extension("8002")),
        new QueueVisitEnded(CALL, at(16_000), EventCause.RESYNC, VISIT, QueueOutcome.ANSWERED, 1),
        new TalkEnded(CALL, at(46_000), EventCause.RESYNC, VISIT, SECOND, AGENT, ClearedBy.AGENT),
        new CallCleared(
            CALL,
            at(46_100),
            EventCause.RESYNC,
            CallOutcome.ANSWERED,
            ClearedBy.AGENT,
            DataQuality.RECOVERED));
  }

  @Test
  void anEndThatNobodySawIsPutRight() {
    store(
        new CallScript("c1", BEGIN.toString())
            .arrives("13800000001")
            .matched(100)
            .queued(1_000)
            .rings(1_500, 1)
            .events());
    store(
        List.of(
            new Diverted(
                CALL, at(600_000), EventCause.RESYNC, VISIT, FIRST, RingOutcome.LOST_TRACK),
            new QueueVisitEnded(
                CALL, at(600_000), EventCause.RESYNC, VISIT, QueueOutcome.GATEWAY_LOST, 1),
            new CallCleared(
                CALL,
                at(600_000),
                EventCause.RESYNC,
                CallOutcome.LOST_TRACK,
                ClearedBy.UNKNOWN,
                DataQuality.LOST_TRACK)));
    assertEquals(DataQuality.LOST_TRACK, record().row().quality());

    store(toldAsAnswered());

    CallRecord record = record();
    assertEquals(DataQuality.RECOVERED, record.row().quality());
    assertEquals(Optional.of(CallOutcome.ANSWERED), record.row().outcome());
    assertEquals(ClearedBy.AGENT, record.row().clearedBy());
    assertEquals(AGENT, record.row().agent());
    assertEquals(Duration.ofSeconds(15), record.row().waited());
    assertEquals(Duration.ofSeconds(30), record.row().talked());
    assertEquals(Optional.of(at(46_100)), record.row().endedAt());
    QueueVisit visit = record.visits().getFirst();
    assertEquals(
        List.of(Optional.of(RingOutcome.NO_ANSWER), Optional.of(RingOutcome.ANSWERED)),
        visit.attempts().stream().map(ring -> ring.outcome()).toList());
    assertEquals(
        "queue_log, cdr",
        database.query("SELECT recovered_from FROM call_record WHERE call_id = 'c1'"));
  }

  /** Only what differs is told again: what follows from it differs as well. */
  @Test
  void aBeginningThatIsPutRightMovesTheTimesThatFollowFromIt() {
    store(
        new CallScript("c1", BEGIN.toString())
            .arrives("13800000001")
            .matched(100)
            .queued(1_000)
            .rings(1_500, 1)
            .events());
    store(
        List.of(
            new Established(
                CALL, at(16_000), EventCause.NORMAL, VISIT, FIRST, AGENT, new Extension("8001")),
            new QueueVisitEnded(
                CALL, at(16_000), EventCause.NORMAL, VISIT, QueueOutcome.ANSWERED, 1),
            new TalkEnded(
                CALL, at(46_000), EventCause.NORMAL, VISIT, FIRST, AGENT, ClearedBy.AGENT),
            cleared(EventCause.NORMAL)));
    assertEquals("15000", database.query("SELECT wait_ms FROM queue_visit"));

    store(
        List.of(
            new CallRecovered(CALL, at(900_000), EventCause.RESYNC, "queue_log, cdr"),
            new Queued(
                CALL,
                at(11_000),
                EventCause.RESYNC,
                VISIT,
                new QueueName("cti-gz"),
                Optional.empty(),
                1),
            new Delivered(
                CALL, at(12_000), EventCause.RESYNC, VISIT, FIRST, AGENT, new Extension("8001")),
            new Established(
                CALL, at(17_500), EventCause.RESYNC, VISIT, FIRST, AGENT, new Extension("8001")),
            new TalkEnded(
                CALL, at(46_000), EventCause.RESYNC, VISIT, FIRST, AGENT, ClearedBy.AGENT),
            cleared(EventCause.RESYNC)));

    assertEquals("6500", database.query("SELECT wait_ms FROM queue_visit"));
    assertEquals("5500", database.query("SELECT ring_ms FROM ring_attempt"));
    assertEquals("28500", database.query("SELECT talk_ms FROM ring_attempt"));
    assertEquals("28500", database.query("SELECT talk_ms FROM call_record"));
  }

  /** A queue that is entered later than was thought, and nothing else: its wait is shorter. */
  @Test
  void aStayThatBeganLaterIsShorter() {
    store(CallScript.missedCall("c1", BEGIN.toString(), "13800000001").events());
    long before = Long.parseLong(database.query("SELECT wait_ms FROM queue_visit"));
    store(
        List.of(
            new CallRecovered(CALL, at(900_000), EventCause.RESYNC, "queue_log, cdr"),
            new Queued(
                CALL,
                at(3_000),
                EventCause.RESYNC,
                VISIT,
                new QueueName("cti-gz"),
                Optional.empty(),
                1)));
    assertEquals(before - 2_000, Long.parseLong(database.query("SELECT wait_ms FROM queue_visit")));
  }

  @Test
  void whatWasTakenForATalkAndWasNoneIsNoTalkOfTheParty() {
    aBeginningThatIsPutRightMovesTheTimesThatFollowFromIt();
    store(
        List.of(
            new CallRecovered(CALL, at(950_000), EventCause.RESYNC, "queue_log, cdr"),
            new Diverted(CALL, at(17_500), EventCause.RESYNC, VISIT, FIRST, RingOutcome.NO_ANSWER),
            new CallCleared(
                CALL,
                at(46_100),
                EventCause.RESYNC,
                CallOutcome.NOT_ANSWERED,
                ClearedBy.UNKNOWN,
                DataQuality.RECOVERED)));
    assertEquals("0", database.query("SELECT COUNT(*) FROM call_party"));
    assertEquals(Optional.of(CallOutcome.NOT_ANSWERED), record().row().outcome());
  }

  private static CallCleared cleared(EventCause cause) {
    return new CallCleared(
        CALL, at(46_100), cause, CallOutcome.ANSWERED, ClearedBy.AGENT, DataQuality.RECOVERED);
  }

  @Test
  void howOftenACallerWasHandedOnIsToldOnce() {
    store(
        new CallScript("c1", BEGIN.toString())
            .arrives("13800000001")
            .matched(100)
            .queued(1_000)
            .rings(1_500, 1)
            .events());
    List<CallEvent> told = new java.util.ArrayList<>(toldAsAnswered());
    told.add(
        5,
        new CallEvent.Transferred(
            CALL,
            at(46_000),
            EventCause.RESYNC,
            new ConnectionId(SECOND.value()),
            AGENT,
            TransferKind.BLIND,
            "8003",
            List.of()));
    store(told.subList(0, 6));
    store(told);
    assertEquals("1", database.query("SELECT transfers FROM call_record WHERE call_id = 'c1'"));
  }

  @Test
  void whatIsToldAfterAPartOfItWasStoredIsWhole() {
    store(CallScript.missedCall("c1", BEGIN.toString(), "13800000001").events());
    List<CallEvent> told = toldAsAnswered();
    store(told.subList(0, 4));
    store(told);

    CallRecord record = record();
    assertEquals(Optional.of(CallOutcome.ANSWERED), record.row().outcome());
    assertEquals(2, record.visits().getFirst().attempts().size());
    assertEquals(Duration.ofSeconds(30), record.row().talked());
  }

  @Test
  void aMissedCallThatWasAnsweredAfterAllIsNoneAndItsCaseIsGone() {
    store(CallScript.missedCall("c1", BEGIN.toString(), "13800000001").events());
    assertEquals("1", database.query("SELECT COUNT(*) FROM missed_call"));
    assertEquals("1", database.query("SELECT COUNT(*) FROM missed_case"));

    store(toldAsAnswered());

    assertEquals(false, record().row().missed());
    assertEquals("0", database.query("SELECT COUNT(*) FROM missed_call"));
    assertEquals("0", database.query("SELECT COUNT(*) FROM missed_case"));
    assertEquals("0", database.query("SELECT COUNT(*) FROM missed_case_call"));
  }
}
