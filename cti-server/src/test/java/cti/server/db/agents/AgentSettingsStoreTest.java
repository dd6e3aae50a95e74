package cti.server.db.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.AgentRules;
import cti.core.agent.PauseReason;
import cti.core.id.DeskId;
import cti.core.port.AgentSettings.Change;
import cti.core.port.AgentSettings.Rules;
import cti.core.port.AgentSettings.Saved;
import cti.core.port.AuditTrail;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.SampleCatalog;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditStore;
import cti.server.db.directory.DirectoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class AgentSettingsStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T01:02:03.456789Z");
  private static final DeskId DESK = new DeskId("gz");
  private final TestDatabase database;
  private final AgentSettingsStore store;
  private final AuditStore chain;

  AgentSettingsStoreTest(TestDatabase database) {
    this.database = database;
    Database emptied = database.emptied();
    new DirectoryStore(emptied).replace(SampleCatalog.catalog());
    store = new AgentSettingsStore(emptied, new ManualClock(NOW.toString()));
    chain = new AuditStore(emptied);
  }

  @Test
  void reasonsComeBackAsTheyWereInTheOrderInWhichTheyWereMade() {
    for (PauseReason reason : PauseReason.SHIPPED) {
      assertEquals(new Saved.Done(), store.save(reason, "supervisor"));
    }
    assertEquals(Rules.SHIPPED, store.load());
    PauseReason longer = reason("meal", Optional.of(1), true);
    store.save(longer, "supervisor");
    assertEquals(longer, store.load().reasons().getFirst(), "a change moves nothing");
  }

  @Test
  void aKeyIsThatOfOneReasonOnOffer() {
    store.save(reason("meal", Optional.of(1), true), "a");
    assertEquals(new Saved.KeyTaken("meal"), store.save(reason("tea", Optional.of(1), true), "a"));
    store.save(reason("meal", Optional.of(1), false), "a");
    assertEquals(new Saved.Done(), store.save(reason("tea", Optional.of(1), true), "a"));
    assertEquals(new Saved.KeyTaken("tea"), store.save(reason("meal", Optional.of(1), true), "a"));
  }

  @Test
  void rulesOfADeskReplaceTheUsualOnes() {
    AgentRules rules = new AgentRules(Duration.ofSeconds(90), 1, 0, false);
    assertEquals(new Saved.NoSuchDesk(), store.save(new DeskId("moon"), rules, "a"));
    assertEquals(new Saved.Done(), store.save(DESK, AgentRules.USUAL, "a"));
    assertEquals(new Saved.Done(), store.save(DESK, rules, "a"));
    assertEquals(Map.of(DESK, rules), store.load().ofDesks());
  }

  @Test
  void everyChangeHasALineWithWhatStoodThereBefore() {
    PauseReason first = reason("meal", Optional.of(1), true);
    PauseReason second = reason("meal", Optional.empty(), true);
    store.save(first, "supervisor");
    store.save(second, "admin");
    store.save(new DeskId("moon"), AgentRules.USUAL, "admin");
    assertEquals(
        List.of(
            new Change(NOW, "admin", "pause-reason meal", first.toString(), second.toString()),
            new Change(NOW, "supervisor", "pause-reason meal", "", first.toString())),
        store.changes(10));
    assertEquals(1, store.changes(1).size());
  }

  @Test
  void everyChangeIsALineOfTheChainedLogToo() {
    store.save(reason("meal", Optional.of(1), true), "supervisor");
    store.save(reason("meal", Optional.of(2), true), "admin");
    store.save(DESK, AgentRules.USUAL, "admin");
    store.save(DESK, new AgentRules(Duration.ofSeconds(90), 1, 0, false), "admin");
    List<AuditTrail.Entry> lines =
        chain.entries(Optional.empty(), Optional.empty(), Optional.empty(), 10);
    assertEquals(
        List.of(
            "admin change agent-rules gz",
            "admin change agent-rules gz",
            "admin change pause-reason meal",
            "supervisor create pause-reason meal"),
        lines.stream()
            .map(line -> line.account() + " " + line.action() + " " + line.subject())
            .toList());
    assertTrue(lines.get(2).before().orElseThrow().contains("\"phoneKey\":1"));
    assertTrue(lines.get(2).after().orElseThrow().contains("\"phoneKey\":2"));
    assertEquals(Optional.empty(), chain.check().broken());
  }

  @Test
  void aDeskThatGoesTakesItsRulesWithIt() {
    store.save(DESK, AgentRules.USUAL, "a");
    database.execute("DELETE FROM desk WHERE desk_id = 'gz'");
    assertEquals(Map.of(), store.load().ofDesks());
  }

  private static PauseReason reason(String id, Optional<Integer> key, boolean active) {
    return new PauseReason(
        id, "用餐 \"午\"", "Meal", Optional.of(Duration.ofHours(1)), false, key, active);
  }
}
