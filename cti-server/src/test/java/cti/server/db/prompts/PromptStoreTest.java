package cti.server.db.prompts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.port.AuditTrail.Entry;
import cti.core.port.PromptRecords;
import cti.core.port.PromptRecords.Made;
import cti.core.port.PromptRecords.Recording;
import cti.core.port.Prompts.Source;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class PromptStoreTest {
  private final Database database;
  private final ManualClock clock = new ManualClock("2026-11-21T01:02:03.456789Z");
  private final PromptStore store;

  PromptStoreTest(TestDatabase database) {
    this.database = database.emptied();
    this.store = new PromptStore(this.database, clock);
  }

  private static Made made(int length) {
    byte[] wav = new byte[length];
    Arrays.fill(wav, (byte) length);
    return new Made(
        Source.UPLOAD, Optional.of("欢迎.mp3"), wav, Duration.ofMillis(length), "a".repeat(64));
  }

  @Test
  void versionsAreKeptWithTheirSoundAndTheLastOneIsPlayed() {
    assertEquals(1, store.add("welcome", "zh", made(2_000_000), "admin"));
    clock.advance(Duration.ofMinutes(1));
    assertEquals(2, store.add("welcome", "zh", made(900), "other"));
    assertEquals(1, store.add("welcome", "en", made(900), "admin"));
    assertArrayEquals(made(2_000_000).wav(), store.audio("welcome", "zh", 1).orElseThrow());
    assertEquals(
        List.of(2, 1),
        store.recordings("welcome").stream()
            .filter(one -> one.language().equals("zh"))
            .map(Recording::version)
            .toList());
    assertEquals(Optional.of("欢迎.mp3"), store.recordings("welcome").getLast().fileName());
    assertEquals(2, store.played().size());
    assertTrue(store.use("welcome", "zh", 1, "admin"));
    assertTrue(store.use("welcome", "en", 0, "admin"));
    assertFalse(store.use("welcome", "en", 9, "admin"));
    assertEquals(List.of(1), store.played().stream().map(Recording::version).toList());
    assertEquals(3, store.add("welcome", "zh", made(900), "admin"));
  }

  @Test
  void theOldestVersionsGo() {
    for (int i = 0; i < PromptRecords.KEPT + 3; i++) {
      store.add("welcome", "zh", made(900), "admin");
    }
    List<Recording> kept = store.recordings("welcome");
    assertEquals(PromptRecords.KEPT, kept.size());
    assertEquals(4, kept.getLast().version());
    assertEquals(Optional.empty(), store.audio("welcome", "zh", 3));
  }

  @Test
  void everyChangeIsAudited() {
    store.add("welcome", "zh", made(900), "admin");
    store.use("welcome", "zh", 0, "other");
    store.use("welcome", "zh", 0, "other");
    List<Entry> lines =
        new AuditStore(database)
            .entries(Optional.of("prompt welcome/zh"), Optional.empty(), Optional.empty(), 10);
    assertEquals(
        List.of("prompt-chosen", "prompt-recorded"), lines.stream().map(Entry::action).toList());
    assertEquals("other", lines.getFirst().account());
    assertTrue(lines.getFirst().before().orElseThrow().contains("\"version\":1"));
    assertTrue(lines.getFirst().after().orElseThrow().contains("\"version\":0"));
    assertTrue(lines.getLast().after().orElseThrow().contains("UPLOAD"));
  }
}
