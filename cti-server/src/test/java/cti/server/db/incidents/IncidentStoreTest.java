package cti.server.db.incidents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.IncidentId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.incident.CallRole;
import cti.core.incident.Incident;
import cti.core.incident.Incident.LinkedCall;
import cti.core.incident.IncidentLevel;
import cti.core.incident.IncidentState;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.Page;
import cti.server.db.Page.Cursor;
import cti.server.db.TestDatabase;
import cti.server.db.incidents.IncidentStore.Saved;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class IncidentStoreTest {
  private static final LinkedCall OPENED =
      new LinkedCall(new CallId("gw1-1.1"), CallRole.OPENED_FROM);

  private final ManualClock clock = new ManualClock("2026-11-21T08:00:00.123456Z");
  private final IncidentStore incidents;

  IncidentStoreTest(TestDatabase database) {
    this.incidents = new IncidentStore(database.emptied(), clock, ZoneId.of("Asia/Shanghai"));
  }

  private static NewIncident wanted(String key, Optional<StaffId> staff, String number) {
    return new NewIncident(
        key,
        "打印机卡纸 😀",
        "描述\n第二行",
        staff,
        "员工0001",
        number,
        "公司>信息部",
        Optional.of(new SiteId("hq")),
        Optional.of(new DeskId("hq-desktop")),
        "电话",
        "末端服务和技术服务",
        "打印机/复印机",
        "consultation",
        IncidentLevel.III,
        Optional.of(new AgentId("2001")),
        List.of(OPENED));
  }

  private static NewIncident wanted(String key) {
    return wanted(key, Optional.of(new StaffId("0001")), "13800000001");
  }

  private Incident create(NewIncident wanted) {
    return incidents.create(wanted, "agent.0001").incident();
  }

  private static List<String> numbers(List<Incident> found) {
    return found.stream().map(incident -> incident.id().value()).toList();
  }

  @Test
  void anIncidentComesBackAsItWasSaved() {
    Saved saved = incidents.create(wanted("key-1"), "agent.0001");
    assertTrue(saved.created());
    assertEquals(
        new Incident(
            new IncidentId("INC-20261121-0001"),
            "打印机卡纸 😀",
            "描述\n第二行",
            Optional.of(new StaffId("0001")),
            "员工0001",
            "13800000001",
            "公司>信息部",
            Optional.of(new SiteId("hq")),
            Optional.of(new DeskId("hq-desktop")),
            "电话",
            "末端服务和技术服务",
            "打印机/复印机",
            "consultation",
            IncidentLevel.III,
            IncidentState.ASSIGNED,
            Optional.of(new AgentId("2001")),
            "",
            clock.instant(),
            clock.instant(),
            List.of(OPENED)),
        saved.incident());
    assertEquals(Optional.of(saved.incident()), incidents.find(saved.incident().id()));
    assertEquals(Optional.empty(), incidents.find(new IncidentId("INC-20261121-0002")));
    assertEquals(
        List.of(
            new WorkLogEntry(
                clock.instant(), "agent.0001", Optional.empty(), IncidentState.ASSIGNED, "")),
        incidents.workLog(saved.incident().id()));
  }

  @Test
  void theSameKeyIsTheSameIncident() {
    Incident first = create(wanted("key-1"));
    clock.advance(Duration.ofSeconds(3));
    Saved again = incidents.create(wanted("key-1", Optional.empty(), "other"), "agent.0002");
    assertEquals(new Saved(first, false), again);
    assertEquals("INC-20261121-0002", create(wanted("key-2")).id().value(), "no gap");
  }

  @Test
  void eachDayOfTheZoneCountsFromOne() {
    assertEquals("INC-20261121-0001", create(wanted("a")).id().value());
    clock.advance(Duration.ofHours(8));
    assertEquals("INC-20261122-0001", create(wanted("b")).id().value());
    assertEquals("INC-20261122-0002", create(wanted("c")).id().value());
  }

  @Test
  void manyAtOnceGetEachOneNumberAndEachKeyOnce() throws Exception {
    List<Callable<Saved>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      NewIncident wanted = wanted("key-" + i / 2);
      all.add(() -> incidents.create(wanted, "agent.0001"));
    }
    List<String> found = new ArrayList<>();
    int created = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (Future<Saved> saved : pool.invokeAll(all)) {
        found.add(saved.get().incident().id().value());
        created += saved.get().created() ? 1 : 0;
      }
    }
    assertEquals(20, created);
    assertEquals(
        IntStream.rangeClosed(1, 20).mapToObj("INC-20261121-%04d"::formatted).toList(),
        found.stream().distinct().sorted().toList());
    for (int i = 0; i < 40; i += 2) {
      assertEquals(found.get(i), found.get(i + 1), "both saves of one key");
    }
  }

  @Test
  void listsAreNewestFirstAndPagesDoNotShift() {
    for (int i = 1; i <= 5; i++) {
      create(wanted("key-" + i));
      clock.advance(i == 2 ? Duration.ZERO : Duration.ofSeconds(1));
    }
    Page<Incident> first = incidents.list(IncidentFilter.EVERY, Optional.empty(), 2);
    assertEquals(List.of("INC-20261121-0005", "INC-20261121-0004"), numbers(first.items()));
    create(wanted("key-6"));
    Cursor next = Cursor.parse(first.next().orElseThrow().toString());
    Page<Incident> second = incidents.list(IncidentFilter.EVERY, Optional.of(next), 2);
    assertEquals(List.of("INC-20261121-0003", "INC-20261121-0002"), numbers(second.items()));
    Page<Incident> last = incidents.list(IncidentFilter.EVERY, second.next(), 2);
    assertEquals(List.of("INC-20261121-0001"), numbers(last.items()));
    assertEquals(Optional.empty(), last.next());
  }

  @Test
  void filtersNarrow() {
    Incident staffed = create(wanted("a", Optional.of(new StaffId("0001")), "8001"));
    clock.advance(Duration.ofSeconds(1));
    Incident numbered = create(wanted("b", Optional.empty(), "13800000002"));
    assertEquals(
        List.of(staffed),
        incidents.lastOf(List.of(new StaffId("0001"), new StaffId("0009")), "", 5));
    assertEquals(List.of(numbered), incidents.lastOf(List.of(), "13800000002", 5));
    assertEquals(
        List.of(numbered, staffed),
        incidents.lastOf(List.of(new StaffId("0001")), "13800000002", 5));
    assertEquals(
        List.of(numbered), incidents.lastOf(List.of(new StaffId("0001")), "13800000002", 1));
    assertEquals(List.of(), incidents.lastOf(List.of(), "", 5));
    assertEquals(List.of(), list(IncidentFilter.EVERY.withDesk(new DeskId("gz"))));
    assertEquals(
        List.of(numbered, staffed), list(IncidentFilter.EVERY.withDesk(new DeskId("hq-desktop"))));
    assertEquals(
        List.of(staffed),
        list(IncidentFilter.EVERY.between(staffed.createdAt(), numbered.createdAt())));
    assertEquals(List.of(), list(IncidentFilter.EVERY.withState(IncidentState.CLOSED)));
  }

  private List<Incident> list(IncidentFilter filter) {
    return incidents.list(filter, Optional.empty(), 10).items();
  }

  @Test
  void aStateChangesOnceAndIsLogged() {
    Incident incident = create(wanted("a"));
    clock.advance(Duration.ofMinutes(5));
    StateChange changed =
        change(incident, IncidentState.ASSIGNED, IncidentState.RESOLVED, Optional.of("换硒鼓"));
    Incident resolved = assertInstanceOf(StateChange.Changed.class, changed).incident();
    assertEquals(IncidentState.RESOLVED, resolved.state());
    assertEquals("换硒鼓", resolved.solution());
    assertEquals(incident.owner(), resolved.owner());
    assertEquals(clock.instant(), resolved.changedAt());
    assertEquals(
        new StateChange.ChangedBefore(IncidentState.RESOLVED),
        change(incident, IncidentState.ASSIGNED, IncidentState.PENDING, Optional.empty()));
    assertEquals(
        List.of(IncidentState.ASSIGNED, IncidentState.RESOLVED),
        incidents.workLog(incident.id()).stream().map(WorkLogEntry::to).toList());
    assertEquals(
        new StateChange.NoSuchIncident(),
        incidents.changeState(
            new IncidentId("INC-1"),
            IncidentState.NEW,
            IncidentState.CLOSED,
            Optional.empty(),
            Optional.empty(),
            "agent.0001",
            ""));
  }

  private StateChange change(
      Incident incident, IncidentState expected, IncidentState wanted, Optional<String> solution) {
    return incidents.changeState(
        incident.id(), expected, wanted, Optional.empty(), solution, "agent.0001", "说明");
  }

  @Test
  void callsAreLinkedOnceAndUnlinked() {
    Incident incident = create(wanted("a"));
    LinkedCall back = new LinkedCall(new CallId("gw1-2.2"), CallRole.CALLBACK);
    clock.advance(Duration.ofSeconds(1));
    assertTrue(incidents.link(incident.id(), back));
    assertTrue(incidents.link(incident.id(), back));
    assertEquals(List.of(OPENED, back), incidents.find(incident.id()).orElseThrow().calls());
    assertTrue(incidents.unlink(incident.id(), back));
    assertFalse(incidents.unlink(incident.id(), back));
    assertFalse(incidents.link(new IncidentId("INC-1"), back));
    assertEquals(List.of(OPENED), incidents.find(incident.id()).orElseThrow().calls());
  }

  @Test
  void textsThatDoNotFitAreRefusedBeforeTheDatabase() {
    NewIncident fits = wanted("a");
    assertEquals(
        "title has 0 characters, expected 1 to 200",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new NewIncident(
                        fits.clientKey(),
                        "",
                        "",
                        Optional.empty(),
                        "",
                        "",
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        "",
                        "",
                        "",
                        IncidentLevel.I,
                        Optional.empty(),
                        List.of()))
            .getMessage());
    assertEquals(
        "client key has 101 characters, expected 1 to 100",
        assertThrows(IllegalArgumentException.class, () -> wanted("k".repeat(101))).getMessage());
    assertEquals(
        "limit is 501, expected 1 to 500",
        assertThrows(
                IllegalArgumentException.class,
                () -> incidents.list(IncidentFilter.EVERY, Optional.empty(), 501))
            .getMessage());
    assertEquals(
        "page cursor 'x~y', expected one that an earlier page gave",
        assertThrows(IllegalArgumentException.class, () -> Cursor.parse("x~y")).getMessage());
  }
}
