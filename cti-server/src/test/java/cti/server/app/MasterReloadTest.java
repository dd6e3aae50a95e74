package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.desk.Site;
import cti.core.directory.DirectoryChange;
import cti.core.directory.DirectoryIndex;
import cti.core.directory.StaffChange;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffStatus;
import cti.core.engine.CatalogInput;
import cti.core.engine.Command;
import cti.core.engine.EngineInput;
import cti.core.engine.Reply;
import cti.core.id.StaffId;
import cti.core.port.DirectoryRecords;
import cti.core.port.DirectoryRecords.Applied;
import cti.core.port.Mailbox;
import cti.core.port.MasterRecords;
import cti.core.port.MasterRecords.MasterChange;
import cti.core.port.MasterRecords.Placed;
import cti.server.app.MasterData.Loaded;
import cti.server.config.ConfigReader;
import cti.server.config.CtiConfig;
import cti.server.db.audit.AuditWriter;
import cti.server.db.directory.DirectoryRecordStore;
import cti.server.db.directory.MasterRecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one database: what is changed at one is in use at the other. */
class MasterReloadTest {
  private static final StaffId SOMEBODY = new StaffId("E0025");
  private static final String BY = "admin";

  @TempDir private Path folder;

  private EmbeddedServer database;
  private MasterData masterData;
  private DirectoryRecords people;
  private MasterRecords master;
  private Server one;
  private Server other;

  /** What a server has in memory. */
  private final class Server {
    private final LiveCatalog catalog;
    private final MasterReload reload;
    private final List<EngineInput> told = new ArrayList<>();

    private Server(String name) {
      Loaded loaded = MasterData.load(database.database(), DirectoryIndex.empty());
      catalog = masterData.catalog(loaded.copy());
      Mailbox mailbox =
          new Mailbox() {
            @Override
            public boolean offer(EngineInput input) {
              return told.add(input);
            }

            @Override
            public CompletionStage<Reply> ask(Command command) {
              return CompletableFuture.failedFuture(new IllegalStateException("no engine"));
            }
          };
      reload =
          new MasterReload(
              database.database(),
              masterData,
              catalog,
              LastGoodCopy.beside(folder.resolve(name)),
              mailbox);
      reload.holds(loaded.revision());
    }

    private StaffMember somebody() {
      return catalog.directory().byId(SOMEBODY).orElseThrow();
    }

    /** By hand, at this server. */
    private void retire(StaffId id) {
      StaffMember member = catalog.directory().byId(id).orElseThrow();
      Applied applied =
          reload.edit(
              people,
              DirectoryChange.of(
                  "change", StaffChange.changed(member, member.with(StaffStatus.RETIRED)), BY));
      assertInstanceOf(Applied.Done.class, applied);
    }

    private void rename(String site, String name) {
      Placed<Site> before =
          master.read().sites().stream()
              .filter(placed -> placed.it().id().value().equals(site))
              .findFirst()
              .orElseThrow();
      Site it = before.it();
      Site after =
          new Site(
              it.id(),
              name,
              it.kind(),
              it.areaCode(),
              it.extensions(),
              it.directPrefix(),
              it.outsidePrefix());
      assertTrue(
          reload.edit(
              master,
              new MasterChange.OfSite(
                  Optional.of(before), Optional.of(new Placed<>(after, before.ordinal()))),
              BY));
    }

    private String nameOf(String site) {
      return catalog.sites().stream()
          .filter(known -> known.id().value().equals(site))
          .map(Site::name)
          .findFirst()
          .orElseThrow();
    }
  }

  @BeforeEach
  void twoServers() throws Exception {
    database = EmbeddedServer.withoutData();
    Files.createDirectories(folder.resolve("data"));
    CtiConfig config =
        new ConfigReader(folder, Map.of())
            .read(
                "cti.yaml",
                """
                gateway: {id: gw1, ami: {host: pbx, user: cti, secret: "not used"}}
                database: {kind: embedded}
                sample-data: true
                """);
    masterData = new MasterData(config, PlanFiles.of(config.ivr()));
    masterData.prepare(database.database(), database.accounts());
    AuditWriter audit = new AuditWriter(Clock.systemUTC());
    people = new DirectoryRecordStore(database.database(), audit);
    master = new MasterRecordStore(database.database(), audit);
    one = new Server("one");
    other = new Server("other");
  }

  @AfterEach
  void stop() throws InterruptedException, IOException {
    one.reload.close();
    other.reload.close();
    database.close();
  }

  @Test
  void anEditIsInUseAtTheOtherServer() {
    one.retire(SOMEBODY);
    assertEquals(StaffStatus.RETIRED, one.somebody().status());
    assertEquals(StaffStatus.ACTIVE, other.somebody().status());
    other.reload.catchUp();
    assertEquals(StaffStatus.RETIRED, other.somebody().status());
    // The one that made it has nothing to read.
    DirectoryIndex before = one.catalog.directory();
    one.reload.catchUp();
    assertSame(before, one.catalog.directory());
  }

  @Test
  void masterDataToo() {
    one.rename("gz", "广州二厂");
    assertEquals("广州二厂", one.nameOf("gz"));
    other.reload.catchUp();
    assertEquals("广州二厂", other.nameOf("gz"));
    assertInstanceOf(CatalogInput.MasterReplaced.class, other.told.getLast());
  }

  /** Else the own edit would hide that another one was missed. */
  @Test
  void anEditBehindAnotherServersTakesUpBoth() {
    one.retire(SOMEBODY);
    other.retire(new StaffId("E0026"));
    assertEquals(StaffStatus.RETIRED, other.somebody().status());
    one.rename("gz", "广州二厂");
    assertEquals(
        StaffStatus.RETIRED,
        one.catalog.directory().byId(new StaffId("E0026")).orElseThrow().status());
    other.reload.catchUp();
    assertEquals("广州二厂", other.nameOf("gz"));
  }

  @Test
  void whileTheDatabaseIsAwayTheLastKnownGoesOn() {
    one.retire(SOMEBODY);
    database.close();
    other.reload.catchUp();
    assertEquals(StaffStatus.ACTIVE, other.somebody().status());
  }
}
