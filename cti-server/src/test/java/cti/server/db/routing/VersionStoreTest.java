package cti.server.db.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.id.IncidentId;
import cti.core.id.SiteId;
import cti.core.port.MajorIncidents.Entry;
import cti.core.port.VersionedTexts.Draft;
import cti.core.port.VersionedTexts.Version;
import cti.core.routing.MajorIncident;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class VersionStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T01:02:03.456789Z");
  private final VersionStore store;
  private final VersionStore flows;
  private final AuditStore audit;
  private final MajorIncidentStore incidents;

  VersionStoreTest(TestDatabase database) {
    Database emptied = database.emptied();
    ManualClock clock = new ManualClock(NOW.toString());
    store = new VersionStore(emptied, clock, VersionStore.Kind.RULES);
    flows = new VersionStore(emptied, clock, VersionStore.Kind.FLOW);
    audit = new AuditStore(emptied);
    incidents = new MajorIncidentStore(emptied, clock);
  }

  private static Version version(int number, Optional<Integer> basedOn) {
    return new Version(
        number,
        "rules: [] # 规则 " + number,
        "0".repeat(64),
        "admin",
        "第一版",
        NOW,
        NOW.plusSeconds(60),
        basedOn,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void versionsComeBackAsTheyWereWithoutGaps() {
    assertTrue(store.add(version(1, Optional.empty()), Optional.empty()));
    assertFalse(store.add(version(3, Optional.of(1)), Optional.empty()));
    assertFalse(store.add(version(1, Optional.empty()), Optional.empty()));
    assertTrue(store.add(version(2, Optional.of(1)), Optional.empty()));
    assertEquals(
        List.of(version(1, Optional.empty()), version(2, Optional.of(1))), store.versions());
  }

  @Test
  void publishingDropsTheDraftOrNeither() {
    store.save("main", "rules: []", 0, 0, "admin");
    assertFalse(store.add(version(2, Optional.empty()), Optional.of("main")));
    assertEquals(1, store.drafts().size());
    assertTrue(store.add(version(1, Optional.empty()), Optional.of("main")));
    assertEquals(List.of(), store.drafts());
  }

  @Test
  void aVersionIsTakenBackOnce() {
    store.add(version(1, Optional.empty()), Optional.empty());
    assertTrue(store.withdraw(1, NOW, "admin"));
    assertFalse(store.withdraw(1, NOW, "admin"));
    assertFalse(store.withdraw(2, NOW, "admin"));
    assertEquals(Optional.of(NOW), store.versions().getFirst().withdrawnAt());
  }

  @Test
  void theFlowHasVersionsOfItsOwn() {
    store.add(version(1, Optional.empty()), Optional.empty());
    assertEquals(List.of(), flows.versions());
    flows.save("main", "flow: x", 0, 0, "admin");
    assertTrue(flows.add(version(1, Optional.empty()), Optional.of("main")));
    assertEquals(List.of(), flows.drafts());
    assertEquals(List.of(version(1, Optional.empty())), flows.versions());
  }

  @Test
  void whoChangedWhatStandsInTheAuditLog() {
    flows.save("main", "flow: x", 0, 0, "one");
    flows.add(version(1, Optional.empty()), Optional.of("main"));
    flows.save("other", "flow: y", 0, 1, "two");
    flows.drop("other", "two");
    flows.withdraw(1, NOW, "three");
    assertEquals(
        List.of(
            "three withdraw flow-version 1",
            "two remove flow-draft other",
            "two change flow-draft other",
            "admin publish flow-version 1",
            "one change flow-draft main"),
        audit.entries(Optional.empty(), Optional.empty(), Optional.empty(), 10).stream()
            .map(entry -> entry.account() + " " + entry.action() + " " + entry.subject())
            .toList());
  }

  @Test
  void whoChangesADraftThatTheyDidNotSeeChangesNothing() {
    Draft first = store.save("main", "one", 0, 1, "admin");
    assertEquals(new Draft("main", "one", 1, "admin", NOW, 1), first);
    assertEquals(first, store.save("main", "other", 0, 1, "somebody"));
    Draft second = store.save("main", "two", 1, 7, "other");
    assertEquals(new Draft("main", "two", 1, "other", NOW, 2), second);
    assertEquals(Optional.of(second), store.draft("main"));
    assertTrue(store.drop("main", "admin"));
    assertFalse(store.drop("main", "admin"));
    assertEquals(0, store.save("gone", "x", 3, 1, "admin").revision());
    assertEquals(Optional.empty(), store.draft("gone"));
  }

  @Test
  void majorIncidentsComeBackAndEnd() {
    MajorIncident network =
        new MajorIncident(
            "0",
            "广州厂网络中断",
            "sorry",
            Set.of(new SiteId("gz"), new SiteId("sg")),
            Set.of("erp"),
            Optional.of(new IncidentId("42")),
            NOW.minusSeconds(60),
            Optional.empty());
    Entry entry = incidents.add(network, "supervisor");
    MajorIncident kept = entry.incident();
    assertEquals(List.of(kept), incidents.notOver());
    assertEquals(network.sites(), kept.sites());
    assertEquals(network.services(), kept.services());
    assertEquals(network.incident(), kept.incident());
    MajorIncident over =
        new MajorIncident(
            kept.id(),
            kept.title(),
            kept.prompt(),
            kept.sites(),
            kept.services(),
            kept.incident(),
            kept.begins(),
            Optional.of(NOW));
    assertEquals(
        Optional.of("admin"),
        incidents.change(over, Optional.of("admin"), "admin").orElseThrow().endedBy());
    assertEquals(List.of(), incidents.notOver());
    assertEquals(over, incidents.newest(5).getFirst().incident());
    assertEquals(Optional.empty(), incidents.one("4711"));
    assertEquals(Optional.empty(), incidents.one("x"));
  }
}
