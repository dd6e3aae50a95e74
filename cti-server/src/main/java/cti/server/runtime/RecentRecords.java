package cti.server.runtime;

import cti.core.port.JournalRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * The last records that became durable, in memory: whoever follows closely, as the shipper does,
 * need not read and decode what was written a moment ago. Thread-safe.
 */
final class RecentRecords {
  private final JournalRecord[] ring;

  /** The sequence after the last one kept; the records kept are those right before it. */
  private long next;

  private int kept;

  /**
   * @param capacity the most records kept, at least 1
   */
  RecentRecords(int capacity) {
    this.ring = new JournalRecord[capacity];
  }

  /** Takes records that are on disk, in order; a gap forgets what was before it. */
  synchronized void add(List<JournalRecord> records) {
    for (JournalRecord record : records) {
      kept = record.sequence() == next ? Math.min(kept + 1, ring.length) : 1;
      ring[slot(record.sequence())] = record;
      next = record.sequence() + 1;
    }
  }

  /**
   * Records from {@code first} on.
   *
   * @param most at most so many
   * @return empty where {@code first} is not among those kept
   */
  synchronized List<JournalRecord> from(long first, int most) {
    if (first >= next || first < next - kept) {
      return List.of();
    }
    int count = (int) Math.min(most, next - first);
    List<JournalRecord> records = new ArrayList<>(count);
    for (long sequence = first; sequence < first + count; sequence++) {
      records.add(ring[slot(sequence)]);
    }
    return records;
  }

  private int slot(long sequence) {
    return (int) (sequence % ring.length);
  }
}
