package cti.server.db.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import cti.core.call.CallOutcome;
import cti.core.call.QueueOutcome;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.id.QueueName;
import cti.core.id.StaffId;
import cti.core.incident.CallRole;
import cti.core.incident.Incident.LinkedCall;
import cti.core.incident.IncidentLevel;
import cti.core.port.CallHistory;
import cti.core.port.CallHistory.CallFilter;
import cti.core.port.CallHistory.CallRow;
import cti.core.port.CallHistory.MissedRow;
import cti.core.port.CallHistory.Period;
import cti.core.port.CallHistory.Sight;
import cti.core.port.Incidents.Draft;
import cti.core.port.Incidents.Saved;
import cti.core.port.JournalRecord;
import cti.core.port.Page;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.incidents.IncidentStore;
import cti.server.event.EventCodec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class CallQueriesTest {
  private static final Period DAY =
      new Period(Instant.parse("2026-11-21T00:00:00Z"), Instant.parse("2026-11-22T00:00:00Z"));
  private static final DeskId GZ = new DeskId("gz");
  private static final DeskId HQ = new DeskId("hq");

  private final Database database;
  private final CallHistory queries;

  /** c1 and c3 answered by 2002, m2 missed; c3 and m4 begin at the same microsecond. */
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

  private static CallFilter filter(
      Period period, DeskId desk, String agent, String number, CallOutcome outcome, Sight sight) {
    return new CallFilter(
        period,
        Optional.ofNullable(desk),
        Optional.ofNullable(agent).map(AgentId::new),
        Optional.ofNullable(number),
        Optional.empty(),
        Optional.ofNullable(outcome),
        Optional.empty(),
        Optional.ofNullable(sight));
  }

  private List<String> list(
      Period period, DeskId desk, String agent, String number, CallOutcome outcome, Sight sight) {
    return ids(
        queries.calls(filter(period, desk, agent, number, outcome, sight), Optional.empty(), 10));
  }

  private static List<String> ids(Page<CallRow> page) {
    return page.items().stream().map(call -> call.id().value()).toList();
  }

  private static Sight sight(String agent, DeskId... desks) {
    return new Sight(Optional.of(new AgentId(agent)), Set.of(desks));
  }

  @Test
  void callsOfAPersonAreThoseThatTheDirectoryNamedThemFor() {
    assertEquals(
        List.of("c3", "c1"),
        ids(
            queries.calls(
                new CallFilter(
                    DAY,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new StaffId("0001")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
                Optional.empty(),
                10)));
  }

  @Test
  void filtersRestrict() {
    assertEquals(List.of("m4", "c3", "m2", "c1"), list(DAY, null, null, null, null, null));
    assertEquals(List.of("m4", "c3", "c1"), list(DAY, null, null, "1234", null, null));
    assertEquals(List.of("c1"), list(DAY, null, null, "88881", null, null));
    assertEquals(List.of(), list(DAY, null, null, "%", null, null));
    assertEquals(List.of("m4", "c3", "m2", "c1"), list(DAY, GZ, null, null, null, null));
    assertEquals(List.of(), list(DAY, HQ, null, null, null, null));
    assertEquals(List.of("c3", "c1"), list(DAY, null, "2002", null, null, null));
    assertEquals(List.of(), list(DAY, null, "2001", null, null, null), "rang, but never talked");
    assertEquals(
        List.of("m4", "m2"), list(DAY, null, null, null, CallOutcome.ABANDONED_RINGING, null));
    Period minute =
        new Period(
            Instant.parse("2026-11-21T08:01:00Z"), Instant.parse("2026-11-21T08:02:00.000001Z"));
    assertEquals(List.of("m2"), list(minute, null, null, null, null, null));
    assertEquals(
        List.of("c1"), list(DAY, GZ, "2002", "81234", CallOutcome.ANSWERED, sight("2002", HQ)));
  }

  @Test
  void sightIsTheDesksAndTheOwnCalls() {
    assertEquals(
        List.of("m4", "c3", "m2", "c1"), list(DAY, null, null, null, null, sight("2009", GZ, HQ)));
    assertEquals(List.of(), list(DAY, null, null, null, null, sight("2009", HQ)));
    assertEquals(List.of(), list(DAY, null, null, null, null, sight("2001")));
    assertEquals(List.of("c3", "c1"), list(DAY, null, null, null, null, sight("2002")));
    assertEquals(List.of("c3", "c1"), list(DAY, null, null, null, null, sight("2002", HQ)));
    CallId answered = new CallId("c1");
    CallId missed = new CallId("m2");
    assertEquals(1, queries.call(answered, Optional.of(sight("2002"))).stream().count());
    assertEquals(1, queries.call(missed, Optional.of(sight("2009", GZ))).stream().count());
    assertEquals(Optional.empty(), queries.call(missed, Optional.of(sight("2002", HQ))));
    assertEquals(Optional.empty(), queries.call(answered, Optional.of(sight("2001", HQ))));
    assertEquals(
        List.of("m4", "m2"), missedIds(Optional.of(sight("2009", GZ, HQ)), Optional.empty()));
    assertEquals(List.of(), missedIds(Optional.of(sight("2001", HQ)), Optional.empty()));
    assertEquals(List.of(), missedIds(Optional.of(sight("2001")), Optional.empty()));
  }

  private List<String> missedIds(Optional<Sight> sight, Optional<DeskId> desk) {
    return queries.missed(DAY, desk, sight, Optional.empty(), 10).items().stream()
        .map(row -> row.call().value())
        .toList();
  }

  @Test
  void pagesGoOnWhereTheyEndedEvenAmongEqualTimes() {
    CallFilter every = filter(DAY, null, null, null, null, sight("2009", GZ));
    List<String> seen = new ArrayList<>();
    Optional<Page.Key> next = Optional.empty();
    do {
      Page<CallRow> page = queries.calls(every, next, 1);
      seen.addAll(ids(page));
      next = page.next();
    } while (next.isPresent());
    assertEquals(List.of("m4", "c3", "m2", "c1"), seen);
  }

  @Test
  void rowsTellTheMatchesAndWhetherTheCallWasMissed() {
    List<CallRow> rows =
        queries.calls(filter(DAY, null, null, null, null, null), Optional.empty(), 10).items();
    assertEquals(List.of(true, false, true, false), rows.stream().map(CallRow::missed).toList());
    assertEquals(List.of(), rows.getFirst().matches());
    assertEquals(List.of(new StaffId("0002"), new StaffId("0001")), rows.getLast().matches());
  }

  @Test
  void missedCallsAreListed() {
    Page<MissedRow> first =
        queries.missed(DAY, Optional.of(GZ), Optional.empty(), Optional.empty(), 1);
    assertEquals(
        new MissedRow(
            new CallId("m4"),
            Instant.parse("2026-11-21T08:02:09.000001Z"),
            Optional.of(GZ),
            new QueueName("q-gz"),
            QueueOutcome.AGENT_NO_ANSWER,
            "13800001234",
            List.of()),
        first.items().getFirst());
    Page<MissedRow> second =
        queries.missed(DAY, Optional.empty(), Optional.empty(), first.next(), 1);
    assertEquals(new CallId("m2"), second.items().getFirst().call());
    assertEquals(Optional.empty(), second.next());
    assertEquals(List.of(), missedIds(Optional.empty(), Optional.of(HQ)));
    Period before = new Period(DAY.from(), Instant.parse("2026-11-21T08:01:09Z"));
    assertEquals(
        List.of(),
        queries.missed(before, Optional.empty(), Optional.empty(), Optional.empty(), 1).items());
  }

  @Test
  void aCallTellsItsIncidentsOnceEach() {
    IncidentStore incidents =
        new IncidentStore(database, new ManualClock("2026-11-21T08:05:00Z"), ZoneOffset.UTC);
    Saved saved =
        incidents.open(
            new Draft(
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
                List.of(
                    new LinkedCall(new CallId("c1"), CallRole.OPENED_FROM),
                    new LinkedCall(new CallId("c1"), CallRole.RELATED))),
            "key",
            "agent.0001");
    assertInstanceOf(Saved.Opened.class, saved);
    assertEquals(
        List.of(new IncidentId("INC-20261121-0001")),
        queries.call(new CallId("c1"), Optional.empty()).orElseThrow().incidents());
    assertEquals(Optional.empty(), queries.call(new CallId("nowhere"), Optional.empty()));
  }

  /** Times come from clients: the servers' own DATETIME ends with the year 9999. */
  @Test
  void timesThatTheServersDoNotKnowAreOrderedAllTheSame() {
    Period ever = new Period(Instant.MIN, Instant.MAX);
    CallFilter every = filter(ever, null, null, null, null, null);
    for (Page.Key after :
        List.of(new Page.Key(Instant.MAX, "x"), new Page.Key(DAY.to().plusNanos(1), "x"))) {
      assertEquals(4, queries.calls(every, Optional.of(after), 10).items().size());
    }
    Page.Key first = new Page.Key(Instant.MIN, "x");
    assertEquals(List.of(), ids(queries.calls(every, Optional.of(first), 10)));
    assertEquals(
        2,
        queries
            .missed(ever, Optional.empty(), Optional.empty(), Optional.empty(), 9)
            .items()
            .size());
    Period far = new Period(Instant.parse("+20000-01-01T00:00:00Z"), Instant.MAX);
    assertEquals(List.of(), list(far, null, null, null, null, null));
  }
}
