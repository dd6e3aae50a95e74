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
import cti.core.incident.IncidentSight;
import cti.core.incident.IncidentState;
import cti.core.port.AuditTrail.Entry;
import cti.core.port.Incidents.Change;
import cti.core.port.Incidents.Changed;
import cti.core.port.Incidents.Draft;
import cti.core.port.Incidents.IncidentFilter;
import cti.core.port.Incidents.Saved;
import cti.core.port.Page;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditStore;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private static final Optional<AgentId> OWNER = Optional.of(new AgentId("2001"));
  private static final Draft DRAFT = draft("打印机卡纸 😀", "13800000001");

  private final ManualClock clock = new ManualClock("2026-11-21T08:00:00.123456Z");
  private final IncidentStore incidents;
  private final AuditStore audit;

  IncidentStoreTest(TestDatabase database) {
    Database emptied = database.emptied();
    this.incidents = new IncidentStore(emptied, clock, ZoneId.of("Asia/Shanghai"));
    this.audit = new AuditStore(emptied);
  }

  private static Draft draft(
      String title,
      Optional<StaffId> staff,
      String number,
      Optional<AgentId> owner,
      List<LinkedCall> calls) {
    return new Draft(
        title,
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
        owner,
        calls);
  }

  private static Draft draft(String title, String number) {
    return draft(title, Optional.of(new StaffId("0001")), number, OWNER, List.of(OPENED));
  }

  private static Draft of(Optional<StaffId> staff, String number) {
    return draft("标题", staff, number, OWNER, List.of());
  }

  private Incident open(Draft draft, String key) {
    return assertInstanceOf(Saved.Opened.class, incidents.open(draft, key, "agent.0001"))
        .incident();
  }

  private static List<String> numbers(List<Incident> found) {
    return found.stream().map(incident -> incident.id().value()).toList();
  }

  @Test
  void anIncidentComesBackAsItWasSaved() {
    Incident opened = open(DRAFT, "key-1");
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
            OWNER,
            "",
            clock.instant(),
            clock.instant(),
            List.of(OPENED)),
        opened);
    assertEquals(Optional.of(opened), incidents.find(opened.id()));
    assertEquals(Optional.empty(), incidents.find(new IncidentId("INC-20261121-0002")));
    assertEquals(
        List.of(
            new WorkLogEntry(
                clock.instant(), "agent.0001", Optional.empty(), IncidentState.ASSIGNED, "")),
        incidents.workLog(opened.id()));
  }

  @Test
  void theSameKeyIsTheSameIncidentEvenAfterItChanged() {
    Incident first = open(DRAFT, "key-1");
    clock.advance(Duration.ofSeconds(3));
    assertEquals(new Saved.Repeated(first), incidents.open(DRAFT, "key-1", "agent.0001"));
    change(first, IncidentState.IN_PROGRESS);
    incidents.link(
        first.id(), new LinkedCall(new CallId("gw1-2.2"), CallRole.CALLBACK), "agent.0001");
    assertEquals(
        new Saved.Repeated(incidents.find(first.id()).orElseThrow()),
        incidents.open(DRAFT, "key-1", "agent.0001"));
    assertEquals("INC-20261121-0002", open(DRAFT, "key-2").id().value(), "no gap");
  }

  @Test
  void aKeyWithOtherContentIsToldAndChangesNothing() {
    Incident first = open(DRAFT, "key-1");
    List<Draft> others =
        List.of(
            draft("打印机卡纸", "13800000001"),
            draft("打印机卡纸 😀", "13800000002"),
            draft("打印机卡纸 😀", Optional.empty(), "13800000001", OWNER, List.of(OPENED)),
            draft("打印机卡纸 😀", DRAFT.callerStaff(), "13800000001", OWNER, List.of()),
            draft(
                "打印机卡纸 😀",
                DRAFT.callerStaff(),
                "13800000001",
                OWNER,
                List.of(new LinkedCall(OPENED.call(), CallRole.RELATED))));
    for (Draft other : others) {
      assertEquals(
          new Saved.KeyReused(first.id()),
          incidents.open(other, "key-1", "agent.0001"),
          other::toString);
    }
    assertEquals(Optional.of(first), incidents.find(first.id()));
    assertEquals("INC-20261121-0002", open(DRAFT, "key-2").id().value(), "no gap");
  }

  @Test
  void eachDayOfTheZoneCountsFromOne() {
    assertEquals("INC-20261121-0001", open(DRAFT, "a").id().value());
    clock.advance(Duration.ofHours(8));
    assertEquals("INC-20261122-0001", open(DRAFT, "b").id().value());
    assertEquals("INC-20261122-0002", open(DRAFT, "c").id().value());
  }

  @Test
  void manyAtOnceGetEachOneNumberAndEachKeyOnce() throws Exception {
    List<Callable<Saved>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String key = "key-" + i / 2;
      all.add(() -> incidents.open(DRAFT, key, "agent.0001"));
    }
    List<String> found = new ArrayList<>();
    int opened = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (Future<Saved> saved : pool.invokeAll(all)) {
        switch (saved.get()) {
          case Saved.Opened(Incident incident) -> {
            found.add(incident.id().value());
            opened++;
          }
          case Saved.Repeated(Incident incident) -> found.add(incident.id().value());
          case Saved.KeyReused(IncidentId first) -> throw new AssertionError(first);
        }
      }
    }
    assertEquals(20, opened);
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
      open(DRAFT, "key-" + i);
      clock.advance(i == 2 ? Duration.ZERO : Duration.ofSeconds(1));
    }
    Page<Incident> first = incidents.list(every(), Optional.empty(), 2);
    assertEquals(List.of("INC-20261121-0005", "INC-20261121-0004"), numbers(first.items()));
    open(DRAFT, "key-6");
    Page<Incident> second = incidents.list(every(), first.next(), 2);
    assertEquals(List.of("INC-20261121-0003", "INC-20261121-0002"), numbers(second.items()));
    Page<Incident> last = incidents.list(every(), second.next(), 2);
    assertEquals(List.of("INC-20261121-0001"), numbers(last.items()));
    assertEquals(Optional.empty(), last.next());
  }

  @Test
  void whoIsLimitedIsListedWhatTheirLimitsCoverAndTheirOwn() {
    Optional<AgentId> other = Optional.of(new AgentId("2009"));
    open(at("gz", "gz", other), "of-a-desk");
    open(at(null, "gz", other), "of-a-site");
    open(at("hq-erp", "gz", other), "of-another-desk");
    open(at(null, "hq", other), "of-another-site");
    open(at("hq-erp", "hq", OWNER), "own");
    open(at(null, null, Optional.empty()), "of-nobody");
    assertEquals(
        List.of("own", "of-a-site", "of-a-desk"),
        seen(Set.of(new DeskId("gz")), Set.of(new SiteId("gz")), OWNER));
    assertEquals(List.of("of-a-desk"), seen(Set.of(new DeskId("gz")), Set.of(), Optional.empty()));
    assertEquals(List.of(), seen(Set.of(), Set.of(), Optional.empty()));
  }

  private List<String> seen(Set<DeskId> desks, Set<SiteId> sites, Optional<AgentId> agent) {
    IncidentSight sight = new IncidentSight(desks, sites, agent);
    IncidentFilter filter =
        new IncidentFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(sight));
    List<Incident> found = incidents.list(filter, Optional.empty(), 10).items();
    assertEquals(
        found,
        incidents.list(every(), Optional.empty(), 10).items().stream().filter(sight::sees).toList(),
        "the statement and the rule");
    List<String> order =
        List.of("of-a-desk", "of-a-site", "of-another-desk", "of-another-site", "own", "of-nobody");
    return found.stream()
        .map(one -> order.get(Integer.parseInt(one.id().value().substring(13)) - 1))
        .toList();
  }

  private static Draft at(String desk, String site, Optional<AgentId> owner) {
    return new Draft(
        "标题",
        "",
        Optional.empty(),
        "",
        "",
        "",
        Optional.ofNullable(site).map(SiteId::new),
        Optional.ofNullable(desk).map(DeskId::new),
        "电话",
        "",
        "",
        "",
        IncidentLevel.III,
        owner,
        List.of());
  }

  private static IncidentFilter every() {
    return filter(null, null, null, null, null, null);
  }

  private static IncidentFilter filter(
      IncidentState state, String owner, String desk, String call, String number, String text) {
    return new IncidentFilter(
        Optional.ofNullable(state),
        Optional.ofNullable(owner).map(AgentId::new),
        Optional.ofNullable(desk).map(DeskId::new),
        Optional.ofNullable(call).map(CallId::new),
        Optional.ofNullable(number),
        Optional.ofNullable(text),
        Optional.empty());
  }

  private List<Incident> list(
      IncidentState state, String owner, String desk, String call, String number, String text) {
    return incidents
        .list(filter(state, owner, desk, call, number, text), Optional.empty(), 10)
        .items();
  }

  @Test
  void filtersRestrict() {
    Incident one = open(draft("VPN 100% 断开_", "8001"), "a");
    clock.advance(Duration.ofSeconds(1));
    Incident two =
        open(draft("vpn", Optional.empty(), "13800000002", Optional.empty(), List.of()), "b");
    assertEquals(List.of(two, one), list(null, null, "hq-desktop", null, null, null));
    assertEquals(List.of(), list(null, null, "gz", null, null, null));
    assertEquals(List.of(two), list(IncidentState.NEW, null, null, null, null, null));
    assertEquals(List.of(one), list(null, "2001", null, null, null, null));
    assertEquals(List.of(one), list(null, null, null, OPENED.call().value(), null, null));
    assertEquals(List.of(), list(null, null, null, "gw1-9.9", null, null));
    assertEquals(List.of(two), list(null, null, null, null, "0000", null));
    assertEquals(List.of(two, one), list(null, null, null, null, null, "Vpn"));
    assertEquals(List.of(one), list(null, null, null, null, null, "0% 断"));
    assertEquals(List.of(), list(null, null, null, null, null, "v%n"));
    assertEquals(List.of(one), list(null, null, null, null, null, "_"));
    assertEquals(List.of(two), list(null, null, null, null, null, "inc-20261121-0002"));
    assertEquals(
        List.of(one),
        list(IncidentState.ASSIGNED, "2001", "hq-desktop", OPENED.call().value(), "800", "vpn"));
  }

  @Test
  void earlierIncidentsAreTheCallersWithOpenOnesFirst() {
    Incident staffed = open(of(Optional.of(new StaffId("0001")), "8001"), "a");
    clock.advance(Duration.ofSeconds(1));
    Incident numbered = open(of(Optional.empty(), "13800000002"), "b");
    clock.advance(Duration.ofSeconds(1));
    Incident over = open(of(Optional.of(new StaffId("0001")), "13800000002"), "c");
    over = change(over, IncidentState.CANCELLED);
    List<StaffId> people = List.of(new StaffId("0001"), new StaffId("0009"));
    assertEquals(List.of(staffed, over), incidents.earlier(people, "", 5));
    assertEquals(List.of(numbered, over), incidents.earlier(List.of(), "13800000002", 5));
    assertEquals(List.of(numbered, staffed, over), incidents.earlier(people, "13800000002", 5));
    assertEquals(List.of(numbered), incidents.earlier(people, "13800000002", 1));
    assertEquals(List.of(), incidents.earlier(List.of(), "1380000000", 5));
    assertEquals(List.of(), incidents.earlier(List.of(), "", 5));
  }

  private Incident change(Incident incident, IncidentState to) {
    return assertInstanceOf(
            Changed.Done.class,
            incidents.change(
                incident.id(), new Change(Optional.of(to), Optional.empty()), "agent.0001"))
        .incident();
  }

  @Test
  void whatIsSolvedOnFirstContactIsOnRecordAsResolvedInOneStep() {
    Draft solved =
        new Draft(
            DRAFT.title(),
            DRAFT.description(),
            DRAFT.callerStaff(),
            DRAFT.callerName(),
            DRAFT.callerNumber(),
            DRAFT.department(),
            DRAFT.site(),
            DRAFT.desk(),
            DRAFT.source(),
            DRAFT.service(),
            DRAFT.category(),
            DRAFT.kind(),
            DRAFT.level(),
            DRAFT.owner(),
            DRAFT.calls(),
            "清理纸道",
            true);
    Incident incident = open(solved, "key-1");
    assertEquals(IncidentState.RESOLVED, incident.state());
    assertEquals("清理纸道", incident.solution());
    assertEquals(
        List.of(IncidentState.ASSIGNED, IncidentState.IN_PROGRESS, IncidentState.RESOLVED),
        incidents.workLog(incident.id()).stream().map(WorkLogEntry::to).toList());
    assertEquals(new Saved.Repeated(incident), incidents.open(solved, "key-1", "agent.0001"));
    assertInstanceOf(Saved.KeyReused.class, incidents.open(DRAFT, "key-1", "agent.0001"));
    change(incident, IncidentState.CLOSED);
  }

  @Test
  void aStateChangesByTheRulesAndIsLogged() {
    Incident incident = open(DRAFT, "a");
    clock.advance(Duration.ofMinutes(5));
    change(incident, IncidentState.IN_PROGRESS);
    Incident resolved =
        assertInstanceOf(
                Changed.Done.class,
                incidents.change(
                    incident.id(),
                    new Change(
                        Optional.of(IncidentState.RESOLVED),
                        Optional.of("换硒鼓"),
                        Optional.of(new AgentId("2002")),
                        "说明"),
                    "agent.0002"))
            .incident();
    assertEquals(IncidentState.RESOLVED, resolved.state());
    assertEquals("换硒鼓", resolved.solution());
    assertEquals(Optional.of(new AgentId("2002")), resolved.owner());
    assertEquals(clock.instant(), resolved.changedAt());
    assertEquals(
        new Changed.NotAllowed(IncidentState.RESOLVED, IncidentState.PENDING),
        incidents.change(
            incident.id(),
            new Change(Optional.of(IncidentState.PENDING), Optional.of("nichts")),
            "agent.0001"));
    assertEquals(Optional.of(resolved), incidents.find(incident.id()), "nothing was changed");
    change(incident, IncidentState.RESOLVED);
    assertEquals(
        List.of(
            IncidentState.ASSIGNED,
            IncidentState.IN_PROGRESS,
            IncidentState.RESOLVED,
            IncidentState.RESOLVED),
        incidents.workLog(incident.id()).stream().map(WorkLogEntry::to).toList());
    assertEquals(
        new WorkLogEntry(
            clock.instant(),
            "agent.0002",
            Optional.of(IncidentState.IN_PROGRESS),
            IncidentState.RESOLVED,
            "说明"),
        incidents.workLog(incident.id()).get(2));
    assertEquals(
        new Changed.NoSuchIncident(),
        incidents.change(
            new IncidentId("INC-1"), new Change(Optional.empty(), Optional.of("")), "agent.0001"));
  }

  @Test
  void anOwnerMakesANewIncidentAssigned() {
    Incident incident = open(draft("标题", Optional.empty(), "", Optional.empty(), List.of()), "a");
    assertEquals(IncidentState.NEW, incident.state());
    Changed changed =
        incidents.change(
            incident.id(),
            new Change(Optional.empty(), Optional.empty(), OWNER, ""),
            "supervisor.0001");
    Incident assigned = assertInstanceOf(Changed.Done.class, changed).incident();
    assertEquals(IncidentState.ASSIGNED, assigned.state());
    assertEquals(OWNER, assigned.owner());
  }

  @Test
  void callsAreLinkedOnceAndUnlinked() {
    Incident incident = open(DRAFT, "a");
    LinkedCall back = new LinkedCall(new CallId("gw1-2.2"), CallRole.CALLBACK);
    clock.advance(Duration.ofSeconds(1));
    int lines = incidents.workLog(incident.id()).size();
    assertTrue(
        incidents.link(incident.id(), back, "agent.0002").orElseThrow().calls().contains(back));
    assertTrue(incidents.link(incident.id(), back, "agent.0002").isPresent());
    assertEquals(lines + 1, incidents.workLog(incident.id()).size(), "linked once");
    assertEquals("agent.0002", incidents.workLog(incident.id()).getLast().author());
    assertEquals(List.of(OPENED, back), incidents.find(incident.id()).orElseThrow().calls());
    assertTrue(incidents.unlink(incident.id(), back, "agent.0002"));
    assertFalse(incidents.unlink(incident.id(), back, "agent.0002"));
    assertTrue(incidents.link(new IncidentId("INC-1"), back, "agent.0002").isEmpty());
    assertEquals(List.of(OPENED), incidents.find(incident.id()).orElseThrow().calls());
  }

  @Test
  void eachChangeIsALineOfTheAuditLogAndNoOtherIs() {
    Incident incident = open(DRAFT, "a");
    assertInstanceOf(Saved.Repeated.class, incidents.open(DRAFT, "a", "agent.0001"));
    clock.advance(Duration.ofSeconds(1));
    incidents.change(
        incident.id(),
        new Change(
            Optional.of(IncidentState.IN_PROGRESS), Optional.of("换纸"), Optional.empty(), "到现场"),
        "agent.0002");
    assertInstanceOf(
        Changed.NotAllowed.class,
        incidents.change(
            incident.id(),
            new Change(Optional.of(IncidentState.CLOSED), Optional.empty(), Optional.empty(), ""),
            "agent.0002"));
    LinkedCall back = new LinkedCall(new CallId("gw1-2.2"), CallRole.CALLBACK);
    incidents.link(incident.id(), back, "agent.0003");
    incidents.link(incident.id(), back, "agent.0003");
    incidents.unlink(incident.id(), back, "agent.0003");
    incidents.unlink(incident.id(), back, "agent.0003");
    List<Entry> lines =
        audit.entries(
            Optional.of("incident " + incident.id()), Optional.empty(), Optional.empty(), 100);
    assertEquals(
        List.of("change agent.0003", "change agent.0003", "change agent.0002", "create agent.0001"),
        lines.stream().map(line -> line.action() + " " + line.account()).toList());
    Entry opened = lines.getLast();
    assertEquals(Optional.empty(), opened.before());
    assertTrue(opened.after().orElseThrow().contains("\"title\":\"打印机卡纸 😀\""));
    Entry changed = lines.get(2);
    assertEquals(clock.instant(), changed.at());
    assertEquals(
        Optional.of(
            "{\"state\":\"ASSIGNED\",\"owner\":\"2001\",\"solution\":\"\","
                + "\"calls\":[\"gw1-1.1 OPENED_FROM\"]}"),
        changed.before());
    assertEquals(
        Optional.of(
            "{\"state\":\"IN_PROGRESS\",\"owner\":\"2001\",\"solution\":\"换纸\","
                + "\"calls\":[\"gw1-1.1 OPENED_FROM\"],\"note\":\"到现场\"}"),
        changed.after());
    assertEquals(4, audit.check().lines());
    assertEquals(Optional.empty(), audit.check().broken());
  }

  private void refused(String message, Runnable what) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, what::run).getMessage());
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeTheDatabase() {
    refused("title has 0 characters, expected 1 to 200", () -> open(draft("", ""), "a"));
    refused(
        "caller number has 65 characters, expected 0 to 64",
        () -> open(draft("标题", "1".repeat(65)), "a"));
    refused("key has 65 characters, expected 1 to 64", () -> open(DRAFT, "k".repeat(65)));
    refused("key has 0 characters, expected 1 to 64", () -> open(DRAFT, ""));
    refused("user has 0 characters, expected 1 to 64", () -> incidents.open(DRAFT, "a", ""));
    refused(
        "limit is 501, expected 1 to 500", () -> incidents.list(every(), Optional.empty(), 501));
    refused("limit is 0, expected 1 to 500", () -> incidents.earlier(List.of(), "1", 0));
    refused(
        "solution has 16001 characters, expected 0 to 16000",
        () ->
            incidents.change(
                new IncidentId("INC-1"),
                new Change(Optional.empty(), Optional.of("x".repeat(16_001))),
                "agent.0001"));
  }
}
