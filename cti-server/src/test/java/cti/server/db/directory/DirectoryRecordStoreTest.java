package cti.server.db.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.Agent;
import cti.core.agent.SeatRole;
import cti.core.desk.Site;
import cti.core.desk.SiteKind;
import cti.core.directory.DirectoryChange;
import cti.core.directory.DirectoryPicture;
import cti.core.directory.StaffChange;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffRecord;
import cti.core.directory.StaffStatus;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.port.AuditTrail;
import cti.core.port.DirectoryRecords.Applied;
import cti.core.port.MasterRecords.MasterChange;
import cti.core.port.MasterRecords.Placed;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.SampleCatalog;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditStore;
import cti.server.db.audit.AuditWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.ibatis.exceptions.PersistenceException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of the directory and of master data on record, each with its audit lines. */
@OnEveryDatabase
class DirectoryRecordStoreTest {
  private final TestDatabase database;
  private final DirectoryStore catalog;
  private final DirectoryRecordStore records;
  private final MasterRecordStore master;
  private final AuditTrail audit;

  DirectoryRecordStoreTest(TestDatabase database) {
    this.database = database;
    Database emptied = database.emptied();
    AuditWriter writer = new AuditWriter(new ManualClock("2026-11-21T01:00:00Z"));
    this.catalog = new DirectoryStore(emptied);
    this.records = new DirectoryRecordStore(emptied, writer);
    this.master = new MasterRecordStore(emptied, writer);
    this.audit = new AuditStore(emptied);
  }

  @BeforeEach
  void fill() {
    catalog.replace(SampleCatalog.catalog());
  }

  private List<AuditTrail.Entry> audit(String subject) {
    return audit.entries(Optional.of(subject), Optional.empty(), Optional.empty(), 50);
  }

  private static DirectoryChange whole(long revision, List<StaffChange> changes) {
    return new DirectoryChange(
        "import",
        Optional.of("ldap"),
        changes,
        Optional.empty(),
        OptionalLong.of(revision),
        "admin");
  }

  @Test
  void onePersonIsChangedWithALine() {
    StaffMember before = SampleCatalog.staff("0001", "hq");
    StaffMember after = before.with(StaffStatus.RETIRED);
    Applied applied =
        records.apply(
            DirectoryChange.of("retire", StaffChange.changed(before, after), "admin"), done -> {});
    assertInstanceOf(Applied.Done.class, applied);
    assertEquals(Optional.of(new StaffRecord(after, "")), records.find(before.id()));
    AuditTrail.Entry line = audit("staff 0001").getFirst();
    assertEquals("retire", line.action());
    assertEquals("admin", line.account());
    assertTrue(line.before().orElseThrow().contains("\"status\":\"external\""), line.toString());
    assertTrue(line.after().orElseThrow().contains("\"status\":\"retired\""), line.toString());
    // The same edit again was made from what is not there any more.
    Applied again =
        records.apply(
            DirectoryChange.of("retire", StaffChange.changed(before, after), "admin"), done -> {});
    assertEquals(new Applied.Conflict(before.id(), Optional.of(new StaffRecord(after, ""))), again);
    assertEquals(1, audit("staff 0001").size());
  }

  @Test
  void manyComeChangeAndGoAtOnceOrNotAtAll() {
    DirectoryPicture picture = records.read();
    StaffMember first = SampleCatalog.staff("0001", "hq");
    List<StaffChange> changes = new ArrayList<>();
    changes.add(StaffChange.changed(first, SampleCatalog.staff("0001", "gz")));
    changes.add(StaffChange.removed(SampleCatalog.staff("0002", "gz")));
    for (int i = 0; i < 4_500; i++) {
      changes.add(StaffChange.added(SampleCatalog.staff("1%04d".formatted(i), "hq")));
    }
    List<Integer> told = new ArrayList<>();
    Applied applied = records.apply(whole(picture.revision(), changes), told::add);
    assertEquals(new Applied.Done(picture.revision() + 1), applied);
    assertEquals(List.of(2_000, 4_000, 4_502), told);
    DirectoryPicture now = records.read();
    assertEquals(4_501, now.staff().size());
    assertEquals(SampleCatalog.staff("0001", "gz"), now.staff().getFirst());
    assertEquals("ldap", now.sources().get(first.id()));
    assertEquals("4502", database.query("SELECT COUNT(*) FROM audit_log WHERE account = 'admin'"));
    assertEquals(
        new Applied.Moved(now.revision()),
        records.apply(whole(picture.revision(), changes), told::add));

    StaffMember nowhere = SampleCatalog.staff("9999", "nowhere");
    assertThrows(
        PersistenceException.class,
        () ->
            records.apply(
                whole(
                    now.revision(),
                    List.of(
                        StaffChange.removed(SampleCatalog.staff("0001", "gz")),
                        StaffChange.added(nowhere))),
                told::add));
    assertEquals(now, records.read());
  }

  @Test
  void aDialPlanIsWrittenWithTheNumbers() {
    DirectoryPicture picture = records.read();
    Site old = SampleCatalog.site("gz", SiteKind.FACTORY);
    Site next =
        new Site(old.id(), old.name(), old.kind(), "20", List.of(), "8666", old.outsidePrefix());
    StaffMember member = SampleCatalog.staff("0002", "gz");
    records.apply(
        new DirectoryChange(
            "dial-plan",
            Optional.empty(),
            List.of(StaffChange.changed(member, member.with(List.of()))),
            Optional.of(next),
            OptionalLong.of(picture.revision()),
            "admin"),
        done -> {});
    assertTrue(records.read().sites().contains(next));
    assertEquals(List.of(), records.find(member.id()).orElseThrow().member().numbers());
    assertTrue(audit("site gz").getFirst().after().orElseThrow().contains("\"areaCode\":\"20\""));
  }

  @Test
  void incidentsHoldTheirCallers() {
    assertEquals(0, records.incidentsOf(new StaffId("0001")));
  }

  @Test
  void sitesDesksAndAgentsComeChangeAndGo() {
    Placed<Site> site = new Placed<>(SampleCatalog.site("sg", SiteKind.FACTORY), 7);
    master.write(new MasterChange.OfSite(Optional.empty(), Optional.of(site)), "admin");
    var desk = new Placed<>(SampleCatalog.desk("sg", "sg", "q-sg"), 3);
    master.write(new MasterChange.OfDesk(Optional.empty(), Optional.of(desk)), "admin");
    Agent agent = new Agent(new AgentId("2001"), "工程师2001", Map.of(new DeskId("sg"), SeatRole.A));
    master.write(new MasterChange.OfAgent(Optional.empty(), Optional.of(agent)), "admin");
    assertTrue(master.read().sites().contains(site));
    assertTrue(master.read().desks().contains(desk));
    assertEquals(List.of(agent), master.read().agents());

    Agent moved =
        new Agent(
            agent.id(),
            "工程师2001改",
            Map.of(new DeskId("gz"), SeatRole.B, new DeskId("sg"), SeatRole.B));
    master.write(new MasterChange.OfAgent(Optional.of(agent), Optional.of(moved)), "admin");
    assertEquals(List.of(moved), master.read().agents());
    var other = new Placed<>(SampleCatalog.desk("sg", "hq", "q-sg2"), 4);
    master.write(new MasterChange.OfDesk(Optional.of(desk), Optional.of(other)), "admin");
    assertTrue(master.read().desks().contains(other));

    master.write(new MasterChange.OfAgent(Optional.of(moved), Optional.empty()), "admin");
    master.write(new MasterChange.OfDesk(Optional.of(other), Optional.empty()), "admin");
    master.write(new MasterChange.OfSite(Optional.of(site), Optional.empty()), "admin");
    assertEquals(List.of(), master.read().agents());
    assertEquals(2, master.read().desks().size());
    assertEquals(2, master.read().sites().size());
    assertEquals(
        List.of("remove", "change", "create"),
        audit("agent 2001").stream().map(AuditTrail.Entry::action).toList());
    assertTrue(audit("agent 2001").get(1).after().orElseThrow().contains("\"sg\":\"B\""));
    List<AuditTrail.Entry> newest =
        audit.entries(Optional.empty(), Optional.of("admin"), Optional.empty(), 2);
    assertEquals("site sg", newest.getFirst().subject());
    assertEquals(
        2,
        audit
            .entries(
                Optional.empty(), Optional.of("admin"), Optional.of(newest.getLast().number()), 2)
            .size());
  }

  @Test
  void aChangeThatTheDatabaseRefusesLeavesNoLine() {
    var desk = new Placed<>(SampleCatalog.desk("x", "nowhere", "q-x"), 0);
    assertThrows(
        PersistenceException.class,
        () -> master.write(new MasterChange.OfDesk(Optional.empty(), Optional.of(desk)), "admin"));
    assertEquals(List.of(), audit("desk x"));
  }
}
