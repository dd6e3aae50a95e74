package cti.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.event.AgentEvent.AgentReady;
import cti.core.id.AgentId;
import cti.core.port.JournalRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentRecordsTest {
  private final RecentRecords recent = new RecentRecords(4);

  private static List<JournalRecord> records(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(n -> new JournalRecord(n, new AgentReady(new AgentId("a" + n), Instant.EPOCH)))
        .toList();
  }

  @Test
  void theLastOnesAreThereInOrder() {
    assertEquals(List.of(), recent.from(1, 9));
    recent.add(records(1, 3));
    assertEquals(records(1, 3), recent.from(1, 9));
    recent.add(List.of());
    recent.add(records(4, 6));
    assertEquals(records(3, 6), recent.from(3, 9));
    assertEquals(records(4, 5), recent.from(4, 2));
    assertEquals(records(6, 6), recent.from(6, 9));
  }

  @Test
  void whatIsNotKeptIsNotMadeUp() {
    recent.add(records(1, 6));
    assertEquals(List.of(), recent.from(2, 9), "gone");
    assertEquals(List.of(), recent.from(7, 9), "not there yet");
  }

  @Test
  void aGapForgetsWhatWasBefore() {
    recent.add(records(1, 2));
    recent.add(records(5, 6));
    assertEquals(List.of(), recent.from(2, 9));
    assertEquals(records(5, 6), recent.from(5, 9));
  }
}
