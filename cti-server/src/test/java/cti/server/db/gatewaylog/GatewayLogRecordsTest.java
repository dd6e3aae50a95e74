package cti.server.db.gatewaylog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.DomainEvent;
import cti.core.event.GatewayEvent.GatewayLive;
import cti.core.event.GatewayEvent.GatewayLost;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.GatewayId;
import cti.core.port.CallHistory.Period;
import cti.core.port.Completeness.Hour;
import cti.core.port.DayChecks.Day;
import cti.core.port.GatewayLogStore.Days;
import cti.core.port.GatewayLogStore.Outage;
import cti.core.port.GatewayLogStore.Pass;
import cti.core.port.JournalRecord;
import cti.core.recovery.CheckedCall;
import cti.core.recovery.LogPosition;
import cti.core.recovery.LogSource;
import cti.core.recovery.LoggedCall.Sources;
import cti.core.recovery.Verdict;
import cti.server.db.Database;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.calls.MySqlRecordStore;
import cti.server.event.EventCodec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is kept of the gateway's logs, and how complete the records are by it. */
@OnEveryDatabase
class GatewayLogRecordsTest {
  private static final GatewayId GATEWAY = new GatewayId("gw1");
  private static final Instant HOUR = Instant.parse("2026-11-21T08:00:00Z");
  private static final Period DAY = new Period(HOUR.minusSeconds(86_400), HOUR.plusSeconds(86_400));

  private final GatewayLogRecords logs;
  private final CompletenessQueries completeness;
  private final MySqlRecordStore records;
  private long sequence;

  GatewayLogRecordsTest(TestDatabase test) {
    Database database = test.emptied();
    this.logs = new GatewayLogRecords(database, new EventCodec());
    this.completeness = new CompletenessQueries(database);
    this.records = new MySqlRecordStore(database, new EventCodec());
  }

  private void store(DomainEvent... events) {
    records.store(List.of(events).stream().map(e -> new JournalRecord(++sequence, e)).toList());
  }

  private void call(String id, int second, DataQuality quality) {
    Instant at = HOUR.plusSeconds(second);
    CallId call = new CallId("gw1:" + id);
    store(
        new ServiceInitiated(
            call,
            at,
            EventCause.NORMAL,
            new ConnectionId(call.value()),
            GATEWAY,
            "PJSIP/trunk-1",
            "13800000001",
            "",
            "8000",
            Direction.INBOUND),
        new CallCleared(
            call,
            at.plusSeconds(5),
            quality == DataQuality.LIVE ? EventCause.NORMAL : EventCause.RESYNC,
            CallOutcome.ABANDONED_IN_IVR,
            ClearedBy.CALLER,
            quality));
  }

  private static CheckedCall checked(String id, int second, Verdict verdict) {
    return new CheckedCall(
        new CallId("gw1:" + id),
        HOUR.plusSeconds(second),
        Optional.of(HOUR.plusSeconds(second + 5)),
        new Sources(verdict != Verdict.LIVE, true),
        verdict,
        verdict == Verdict.DIFFERENT ? "the call: 5000 ms, on record 9000 ms" : "");
  }

  private static LogPosition position(LogSource source, long position, Instant at) {
    return new LogPosition(source, "(dev=1,inode=2)", 3_000_000_000L, position, HOUR, at);
  }

  private void keep(Instant at, Map<CallId, Instant> channels, CheckedCall... calls) {
    logs.keep(
        GATEWAY,
        new Pass(
            List.of(calls),
            channels,
            List.of(position(LogSource.QUEUE_LOG, 10, at), position(LogSource.CDR, 20, at)),
            Set.of(HOUR),
            at));
  }

  @Test
  void aPositionIsThereAfterARestart() {
    assertEquals(Optional.empty(), logs.position(GATEWAY, LogSource.CDR));
    Instant at = HOUR.plusSeconds(60);
    keep(at, Map.of());
    assertEquals(
        Optional.of(position(LogSource.CDR, 20, at)), logs.position(GATEWAY, LogSource.CDR));
    keep(at.plusSeconds(1), Map.of());
    assertEquals(
        at.plusSeconds(1), logs.position(GATEWAY, LogSource.QUEUE_LOG).orElseThrow().updatedAt());
  }

  @Test
  void whatIsOnRecordComesInTheJournalsOrder() {
    call("1.1", 10, DataQuality.LIVE);
    Map<CallId, List<CallEvent>> events =
        logs.events(List.of(new CallId("gw1:1.1"), new CallId("gw1:9.9")));
    assertEquals(Set.of(new CallId("gw1:1.1")), events.keySet());
    assertEquals(
        List.of(ServiceInitiated.class, CallCleared.class),
        events.values().iterator().next().stream().map(Object::getClass).toList());
    assertEquals(Map.of(), logs.events(List.of()));
  }

  @Test
  void aCallIsSettledOnceItIsNotMissing() {
    keep(HOUR, Map.of(), checked("1.1", 1, Verdict.MISSING), checked("2.2", 2, Verdict.LIVE));
    List<CallId> both = List.of(new CallId("gw1:1.1"), new CallId("gw1:2.2"));
    assertEquals(Set.of(new CallId("gw1:2.2")), logs.settled(both));
    keep(HOUR, Map.of(), checked("1.1", 1, Verdict.RECOVERED));
    assertEquals(Set.copyOf(both), logs.settled(both));
  }

  @Test
  void outagesGoFromTheLossToTheReturn() {
    store(
        new GatewayLive(GATEWAY, HOUR, "22.0.0"),
        new GatewayLost(GATEWAY, HOUR.plusSeconds(100), "cut"),
        new GatewayLive(GATEWAY, HOUR.plusSeconds(130), "22.0.0"),
        new GatewayLost(GATEWAY, HOUR.plusSeconds(200), "cut"));
    assertEquals(
        List.of(
            new Outage(HOUR, Optional.of(HOUR)),
            new Outage(HOUR.plusSeconds(100), Optional.of(HOUR.plusSeconds(130))),
            new Outage(HOUR.plusSeconds(200), Optional.empty())),
        logs.outages(GATEWAY, HOUR.minusSeconds(1)));
  }

  @Test
  void anHourCountsWhatIsOnRecordAndWhatTheLogsKnow() {
    call("1.1", 10, DataQuality.LIVE);
    call("2.2", 20, DataQuality.RECOVERED);
    call("3.3", 30, DataQuality.LOST_TRACK);
    call("4.4", 40, DataQuality.LIVE);
    call("5.5", 50, DataQuality.LIVE);
    call("6.6", 60, DataQuality.LIVE);
    Instant at = HOUR.plusSeconds(600);
    keep(
        at,
        Map.of(new CallId("gw1:6.6"), HOUR),
        checked("1.1", 10, Verdict.LIVE),
        checked("2.2", 20, Verdict.RECOVERED),
        checked("3.3", 30, Verdict.LOST_TRACK),
        checked("4.4", 40, Verdict.DIFFERENT),
        checked("7.7", 70, Verdict.MISSING));

    assertEquals(
        List.of(new Hour(HOUR, 5, 4, 5, 4, 1, 1, 1, 1, 1, Optional.of(at))),
        completeness.hours(DAY));
    assertEquals(List.of(new CallId("gw1:5.5")), completeness.unknown(DAY, 10));
    assertEquals(
        List.of(checked("7.7", 70, Verdict.MISSING)),
        completeness.checked(DAY, Verdict.MISSING, Optional.empty(), 10).items());
    assertEquals(
        List.of(checked("4.4", 40, Verdict.DIFFERENT)),
        completeness.checked(DAY, Verdict.DIFFERENT, Optional.empty(), 10).items());
  }

  @Test
  void withoutALogNothingCountsAsUnknown() {
    call("1.1", 10, DataQuality.LIVE);
    assertEquals(
        List.of(new Hour(HOUR, 0, 0, 0, 1, 0, 0, 0, 0, 0, Optional.empty())),
        completeness.hours(DAY));
  }

  @Test
  void theDayThatWasCheckedLastAndTheNewestAreKnown() {
    assertEquals(new Days(Optional.empty(), Optional.empty()), logs.days(GATEWAY));
    Day older = new Day(LocalDate.parse("2026-11-19"), HOUR.plusSeconds(9), 10, 2, 1, 1);
    logs.keepDay(GATEWAY, new Day(LocalDate.parse("2026-11-20"), HOUR, 12, 0, 0, 0));
    logs.keepDay(GATEWAY, new Day(LocalDate.parse("2026-11-19"), HOUR.minusSeconds(9), 9, 0, 0, 0));
    logs.keepDay(GATEWAY, older);
    assertEquals(
        new Days(Optional.of(LocalDate.parse("2026-11-20")), Optional.of(older)),
        logs.days(GATEWAY));
  }
}
