package cti.server.db.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cti.core.call.CallOutcome;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.id.StaffId;
import cti.core.incident.CallRole;
import cti.core.incident.Incident.LinkedCall;
import cti.core.incident.IncidentLevel;
import cti.core.port.JournalRecord;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.Page;
import cti.server.db.Page.Cursor;
import cti.server.db.TestDatabase;
import cti.server.db.calls.CallDetail.LinkedIncident;
import cti.server.db.incidents.IncidentStore;
import cti.server.db.incidents.NewIncident;
import cti.server.event.EventCodec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class CallQueriesTest {
  private final Database database;
  private final CallQueries queries;

  /** c1 and c3 answered, m2 missed; c3 and m4 begin at the same microsecond. */
  CallQueriesTest(TestDatabase test) {
    this.database = test.emptied();
    this.queries = new CallQueries(database, new EventCodec());
    List<DomainEvent> events = new ArrayList<>();
    events.addAll(CallScript.answeredCall("c1", "2026-11-21T08:00:00Z", "075788881234").events());
    events.addAll(CallScript.missedCall("m2", "2026-11-21T08:01:00Z", "13800000002").events());
    events.addAll(CallScript.answeredCall("c3", "2026-11-21T08:02:00.000001Z", "1234").events());
    events.addAll(
        CallScript.missedCall("m4", "2026-11-21T08:02:00.000001Z", "13800001234").events());
    List<JournalRecord> records = new ArrayList<>();
    for (DomainEvent event : events) {
      records.add(new JournalRecord(records.size() + 1, event));
    }
    new MySqlRecordStore(database, new EventCodec()).store(records);
  }

  private List<String> list(CallFilter filter) {
    return ids(queries.list(filter, Optional.empty(), 10));
  }

  private static List<String> ids(Page<CallSummary> page) {
    return page.items().stream().map(call -> call.id().value()).toList();
  }

  @Test
  void filtersNarrow() {
    CallFilter every = CallFilter.EVERY;
    assertEquals(List.of("m4", "c3", "m2", "c1"), list(every));
    assertEquals(List.of("c3", "c1"), list(every.withStaff(new StaffId("0001"))));
    assertEquals(List.of(), list(every.withStaff(new StaffId("0009"))));
    assertEquals(List.of("m4", "c3", "c1"), list(every.withNumberEnd("1234")));
    assertEquals(List.of("c1"), list(every.withNumberEnd("8888 12-34")));
    assertEquals(List.of("m4", "c3", "m2", "c1"), list(every.withDesk(new DeskId("gz"))));
    assertEquals(List.of(), list(every.withDesk(new DeskId("hq"))));
    assertEquals(List.of("c3", "c1"), list(every.withAgent(new AgentId("2002"))));
    assertEquals(List.of("m4", "m2"), list(every.withOutcome(CallOutcome.ABANDONED_RINGING)));
    assertEquals(
        List.of("m2"),
        list(
            every.between(
                Instant.parse("2026-11-21T08:01:00Z"),
                Instant.parse("2026-11-21T08:02:00.000001Z"))));
    assertEquals(
        List.of("c1"),
        list(
            every
                .withStaff(new StaffId("0002"))
                .withNumberEnd("81234")
                .withDesk(new DeskId("gz"))
                .withAgent(new AgentId("2002"))
                .withOutcome(CallOutcome.ANSWERED)));
  }

  @Test
  void pagesGoOnWhereTheyEndedEvenAmongEqualTimes() {
    List<String> seen = new ArrayList<>();
    Optional<Cursor> next = Optional.empty();
    do {
      Page<CallSummary> page = queries.list(CallFilter.EVERY, next, 1);
      seen.addAll(ids(page));
      next = page.next().map(cursor -> Cursor.parse(cursor.toString()));
    } while (next.isPresent());
    assertEquals(List.of("m4", "c3", "m2", "c1"), seen);
  }

  @Test
  void missedCallsAreListed() {
    Page<MissedCall> first =
        queries.missed(
            Optional.of(new DeskId("gz")), Optional.empty(), Optional.empty(), Optional.empty(), 1);
    assertEquals(new CallId("m4"), first.items().getFirst().call());
    Page<MissedCall> second =
        queries.missed(Optional.empty(), Optional.empty(), Optional.empty(), first.next(), 1);
    assertEquals(new CallId("m2"), second.items().getFirst().call());
    assertEquals(Optional.empty(), second.next());
    assertEquals(
        List.of(),
        queries
            .missed(
                Optional.of(new DeskId("hq")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                9)
            .items());
  }

  @Test
  void aCallTellsItsIncidents() {
    IncidentStore incidents =
        new IncidentStore(database, new ManualClock("2026-11-21T08:05:00Z"), ZoneOffset.UTC);
    incidents.create(
        new NewIncident(
            "key",
            "标题",
            "",
            Optional.empty(),
            "",
            "",
            "",
            Optional.empty(),
            Optional.empty(),
            "电话",
            "",
            "",
            "",
            IncidentLevel.IV,
            Optional.empty(),
            List.of(new LinkedCall(new CallId("c1"), CallRole.OPENED_FROM))),
        "agent.0001");
    assertEquals(
        List.of(new LinkedIncident(new IncidentId("INC-20261121-0001"), CallRole.OPENED_FROM)),
        queries.find(new CallId("c1")).orElseThrow().incidents());
    assertEquals(Optional.empty(), queries.find(new CallId("nowhere")));
  }

  @Test
  void aNumberWithoutDigitsIsRefused() {
    assertEquals(
        "number 'abc' has no digit, expected the end of a number",
        assertThrows(IllegalArgumentException.class, () -> CallFilter.EVERY.withNumberEnd("abc"))
            .getMessage());
  }
}
