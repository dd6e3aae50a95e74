package cti.server.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.event.DomainEvent;
import cti.core.port.JournalRecord;
import cti.server.event.RandomEvents;
import cti.server.event.StateCodec;
import cti.server.web.view.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The screens' picture from a checkpoint and the rest is the one that is folded from everything.
 */
class KeptPictureTest {
  private final StateCodec codec = new StateCodec(List.of(LivePicture.Memory.class));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void nothingOfThePictureIsForgotten(long seed) {
    Random random = new Random(seed);
    List<JournalRecord> records = world(random, 1_000);
    int kept = 100 + random.nextInt(100);
    LivePicture everything = picture();
    LivePicture restored = picture();
    boolean underWay = false;
    for (JournalRecord record : records) {
      everything.apply(record, 0);
      underWay |= record.sequence() >= kept && !everything.memory().audiences().isEmpty();
      if (record.sequence() == kept) {
        String json = codec.encode(everything.memory());
        restored.restore(kept, codec.decode(json, LivePicture.Memory.class));
        assertEquals(everything.memory(), restored.memory());
      } else if (record.sequence() > kept) {
        restored.apply(record, 0);
      }
    }
    assertEquals(everything.memory(), restored.memory());
    assertEquals(everything.seq(), restored.seq());
    assertTrue(underWay, "calls were under way since it was kept");
  }

  private static List<JournalRecord> world(Random random, int count) {
    RandomEvents source = new RandomEvents(random);
    List<JournalRecord> taken = new ArrayList<>();
    LivePicture probe = picture();
    while (taken.size() < count) {
      DomainEvent event = source.next();
      JournalRecord record = new JournalRecord(taken.size() + 1, event);
      LivePicture.Memory before = probe.memory();
      try {
        probe.apply(record, 0);
        taken.add(record);
      } catch (RuntimeException nonsense) {
        probe = picture();
        probe.restore(taken.size(), before);
      }
    }
    return taken;
  }

  private static LivePicture picture() {
    Nobody nobody = new Nobody();
    return new LivePicture(new Views(nobody, nobody), (call, matches, number) -> {});
  }
}
