package cti.server.db.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.port.AuditTrail.Entry;
import cti.core.port.PromptRecords.Made;
import cti.core.port.Prompts.Source;
import cti.core.port.Prompts.Wording;
import cti.server.db.Database;
import cti.server.db.ManualClock;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class AddedPromptStoreTest {
  private final Database database;
  private final ManualClock clock = new ManualClock("2026-11-21T01:02:03.456789Z");
  private final AddedPromptStore store;

  AddedPromptStoreTest(TestDatabase database) {
    this.database = database.emptied();
    this.store = new AddedPromptStore(this.database, clock);
  }

  private static Wording wording(String id, String zh, Optional<Integer> number) {
    return new Wording(id, Map.of("zh", zh, "en", "Shots."), number);
  }

  @Test
  void whatIsAddedIsChangedAndRemovedWithItsRecordings() {
    Wording first = wording("flu-shots", "打针", Optional.of(601));
    Wording other = wording("canteen", "食堂", Optional.empty());
    assertTrue(store.add(first, "admin"));
    assertTrue(store.add(other, "admin"));
    assertFalse(store.add(wording("flu-shots", "别的", Optional.empty()), "admin"));
    assertEquals(List.of(other, first), store.all());
    Wording changed = wording("flu-shots", "不打针", Optional.empty());
    assertTrue(store.change(changed, "other"));
    assertFalse(store.change(wording("nothing", "无", Optional.empty()), "other"));
    assertEquals(List.of(other, changed), store.all());
    PromptStore recordings = new PromptStore(database, clock);
    Made made =
        new Made(
            Source.PHONE, Optional.empty(), new byte[9], Duration.ofSeconds(1), "a".repeat(64));
    recordings.add("flu-shots", "zh", made, "admin");
    recordings.add("canteen", "zh", made, "admin");
    assertTrue(store.remove("flu-shots", "admin"));
    assertFalse(store.remove("flu-shots", "admin"));
    assertEquals(List.of(other), store.all());
    assertEquals(List.of(), recordings.recordings("flu-shots"));
    assertEquals(1, recordings.recordings("canteen").size());
    assertEquals(1, recordings.inUse().size());
  }

  @Test
  void aNumberIsOfOnePrompt() {
    Wording first = wording("flu-shots", "打针", Optional.of(601));
    assertTrue(store.add(first, "admin"));
    assertFalse(store.add(wording("canteen", "食堂", Optional.of(601)), "admin"));
    Wording other = wording("canteen", "食堂", Optional.of(602));
    assertTrue(store.add(other, "admin"));
    assertFalse(store.change(wording("canteen", "食堂", Optional.of(601)), "admin"));
    assertEquals(List.of(other, first), store.all());
  }

  @Test
  void everyChangeIsAudited() {
    store.add(wording("flu-shots", "打针", Optional.of(601)), "admin");
    store.change(wording("flu-shots", "打针", Optional.of(601)), "nobody changes anything");
    store.change(wording("flu-shots", "不打针", Optional.of(602)), "other");
    store.remove("flu-shots", "admin");
    List<Entry> lines =
        new AuditStore(database)
            .entries(Optional.of("prompt flu-shots"), Optional.empty(), Optional.empty(), 10);
    assertEquals(
        List.of("prompt-removed", "prompt-reworded", "prompt-added"),
        lines.stream().map(Entry::action).toList());
    Entry reworded = lines.get(1);
    assertEquals("other", reworded.account());
    assertTrue(reworded.before().orElseThrow().contains("\"number\":601"), reworded.toString());
    assertTrue(reworded.after().orElseThrow().contains("不打针"), reworded.toString());
    assertEquals(Optional.empty(), lines.getFirst().after());
  }
}
