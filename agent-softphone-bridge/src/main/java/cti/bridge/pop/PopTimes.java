package cti.bridge.pop;

import java.util.Arrays;

/** How long pops took, of the newest 1,000. Thread-safe. */
public final class PopTimes {
  private static final int KEPT = 1_000;
  private final long[] micros = new long[KEPT];
  private long count;

  /** All since the begin, and of the newest: half began sooner, of a hundred one began later. */
  public record Figures(long count, long p50Micros, long p99Micros) {}

  synchronized void add(long nanos) {
    micros[(int) (count++ % KEPT)] = Math.max(0, nanos / 1_000);
  }

  public synchronized Figures figures() {
    int kept = (int) Math.min(count, KEPT);
    if (kept == 0) {
      return new Figures(0, 0, 0);
    }
    long[] sorted = Arrays.copyOf(micros, kept);
    Arrays.sort(sorted);
    return new Figures(count, at(sorted, 50), at(sorted, 99));
  }

  private static long at(long[] sorted, int percent) {
    return sorted[Math.max(0, (sorted.length * percent + 99) / 100 - 1)];
  }
}
