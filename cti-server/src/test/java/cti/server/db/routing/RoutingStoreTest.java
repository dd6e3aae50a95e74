package cti.server.db.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.port.Routing.Draft;
import cti.core.port.Routing.Version;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class RoutingStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T01:02:03.456789Z");
  private final RoutingStore store;

  RoutingStoreTest(TestDatabase database) {
    Database emptied = database.emptied();
    ManualClock clock = new ManualClock(NOW.toString());
    store = new RoutingStore(emptied, clock);
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
  void whoChangesADraftThatTheyDidNotSeeChangesNothing() {
    Draft first = store.save("main", "one", 0, 1, "admin");
    assertEquals(new Draft("main", "one", 1, "admin", NOW, 1), first);
    assertEquals(first, store.save("main", "other", 0, 1, "somebody"));
    Draft second = store.save("main", "two", 1, 7, "other");
    assertEquals(new Draft("main", "two", 1, "other", NOW, 2), second);
    assertEquals(Optional.of(second), store.draft("main"));
    assertTrue(store.drop("main"));
    assertFalse(store.drop("main"));
    assertEquals(0, store.save("gone", "x", 3, 1, "admin").revision());
    assertEquals(Optional.empty(), store.draft("gone"));
  }
}
