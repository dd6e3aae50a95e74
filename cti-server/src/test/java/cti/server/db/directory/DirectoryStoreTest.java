package cti.server.db.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.Agent;
import cti.core.agent.SeatRole;
import cti.core.desk.SiteKind;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffStatus;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.server.db.Database;
import cti.server.db.OnEveryDatabase;
import cti.server.db.SampleCatalog;
import cti.server.db.TestDatabase;
import cti.server.db.agents.AgentStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.ibatis.exceptions.PersistenceException;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class DirectoryStoreTest {
  private final DirectoryStore directory;
  private final AgentStore agents;

  DirectoryStoreTest(TestDatabase database) {
    Database emptied = database.emptied();
    this.directory = new DirectoryStore(emptied);
    this.agents = new AgentStore(emptied);
  }

  @Test
  void aNewDatabaseIsEmpty() {
    assertTrue(directory.load().isEmpty());
    assertEquals(Optional.empty(), directory.find(new StaffId("0001")));
  }

  @Test
  void aCatalogComesBackAsItWas() {
    directory.replace(SampleCatalog.catalog());
    assertEquals(SampleCatalog.catalog(), directory.load());
    assertEquals(
        Optional.of(SampleCatalog.staff("0002", "gz")), directory.find(new StaffId("0002")));
  }

  @Test
  void aLoadGivesWhoHasNotChangedAsTheSameObject() {
    directory.replace(SampleCatalog.catalog());
    StaffMember changed = SampleCatalog.staff("0002", "gz").with(StaffStatus.RETIRED);
    DirectoryCatalog before = directory.load();
    directory.save(changed);
    Map<StaffId, StaffMember> known =
        before.staff().stream().collect(Collectors.toMap(StaffMember::id, one -> one));
    for (StaffMember one : directory.load(id -> Optional.ofNullable(known.get(id))).staff()) {
      if (one.id().equals(changed.id())) {
        assertEquals(changed, one);
      } else {
        assertSame(known.get(one.id()), one);
      }
    }
  }

  @Test
  void moreThanAreReadAtOnceComeBackAllWithTheirNumbers() {
    DirectoryCatalog sample = SampleCatalog.catalog();
    List<StaffMember> staff =
        IntStream.range(0, 2_001)
            .mapToObj(i -> SampleCatalog.staff("P%05d".formatted(i), "gz"))
            .toList();
    directory.replace(new DirectoryCatalog(sample.sites(), sample.desks(), staff));
    assertEquals(staff, directory.load().staff());
  }

  @Test
  void replacingKeepsTheSeatsOfDesksThatStay() {
    directory.replace(SampleCatalog.catalog());
    Agent both =
        new Agent(
            new AgentId("2001"),
            "员工0001",
            Map.of(new DeskId("hq-desktop"), SeatRole.A, new DeskId("gz"), SeatRole.B));
    agents.replace(List.of(both));
    DirectoryCatalog other =
        new DirectoryCatalog(
            List.of(
                SampleCatalog.site("sg", SiteKind.FACTORY),
                SampleCatalog.site("hq", SiteKind.FACTORY)),
            // The queue of a desk that goes is taken over by one that stays.
            List.of(
                SampleCatalog.desk("sg", "sg", "q-new"),
                SampleCatalog.desk("hq-desktop", "sg", "q-gz")),
            List.of(SampleCatalog.staff("0003", "sg")));
    directory.replace(other);
    assertEquals(other, directory.load());
    assertEquals(
        List.of(new Agent(both.id(), both.name(), Map.of(new DeskId("hq-desktop"), SeatRole.A))),
        agents.load());
  }

  @Test
  void desksMaySwapTheirQueues() {
    directory.replace(SampleCatalog.catalog());
    DirectoryCatalog swapped =
        new DirectoryCatalog(
            SampleCatalog.catalog().sites(),
            List.of(
                SampleCatalog.desk("hq-desktop", "hq", "q-gz"),
                SampleCatalog.desk("gz", "gz", "q-desktop")),
            List.of());
    directory.replace(swapped);
    assertEquals(swapped, directory.load());
  }

  @Test
  void aCatalogWithAFaultChangesNothing() {
    directory.replace(SampleCatalog.catalog());
    DirectoryCatalog broken =
        new DirectoryCatalog(
            List.of(SampleCatalog.site("hq", SiteKind.HEADQUARTERS)),
            List.of(SampleCatalog.desk("lost", "nowhere", "q-lost")),
            List.of());
    assertThrows(PersistenceException.class, () -> directory.replace(broken));
    assertEquals(SampleCatalog.catalog(), directory.load());
  }

  @Test
  void onePersonIsSavedChangedAndRemoved() {
    directory.replace(SampleCatalog.catalog());
    StaffId id = new StaffId("0002");
    directory.save(SampleCatalog.staff("0002", "hq"));
    assertEquals(Optional.of(SampleCatalog.staff("0002", "hq")), directory.find(id));
    assertTrue(directory.remove(id));
    assertFalse(directory.remove(id));
    assertEquals(List.of(SampleCatalog.staff("0001", "hq")), directory.load().staff());
  }

  @Test
  void agentsAreSavedChangedAndRemoved() {
    directory.replace(SampleCatalog.catalog());
    Agent agent = new Agent(new AgentId("2001"), "员工0001", Map.of(new DeskId("gz"), SeatRole.A));
    Agent moved =
        new Agent(new AgentId("2001"), "员工0002", Map.of(new DeskId("hq-desktop"), SeatRole.B));
    agents.save(agent);
    assertEquals(List.of(agent), agents.load());
    agents.save(moved);
    assertEquals(List.of(moved), agents.load());
    Agent nowhere =
        new Agent(new AgentId("2002"), "员工0003", Map.of(new DeskId("nowhere"), SeatRole.A));
    assertThrows(PersistenceException.class, () -> agents.save(nowhere));
    assertEquals(List.of(moved), agents.load());
    assertTrue(agents.remove(new AgentId("2001")));
    assertFalse(agents.remove(new AgentId("2001")));
    assertEquals(List.of(), agents.load());
  }
}
