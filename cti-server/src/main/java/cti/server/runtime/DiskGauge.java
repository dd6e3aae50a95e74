package cti.server.runtime;

import cti.server.runtime.DiskRules.Limit;
import cti.server.runtime.DiskState.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Judges a disk by what is free, and by how fast that went down in the last fifteen minutes. A
 * level is left again only a tenth beyond its limit, so that it does not come and go. Pure; not
 * safe for threads.
 */
final class DiskGauge {
  /** The pace is that of so long; of less than {@link #LEAST} none is told. */
  static final Duration WINDOW = Duration.ofMinutes(15);

  static final Duration LEAST = Duration.ofMinutes(5);

  /** Samples closer together are passed over, so that the window holds few. */
  private static final Duration APART = Duration.ofSeconds(10);

  private static final double TO_LEAVE = 1.1;

  private final DiskRules rules;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private DiskState state = DiskState.UNKNOWN;

  private record Sample(long nanos, long freeBytes) {}

  DiskGauge(DiskRules rules) {
    this.rules = rules;
  }

  /**
   * Takes a measure.
   *
   * @param nanos of the monotonic source
   */
  DiskState measured(long freeBytes, long totalBytes, long nanos) {
    Optional<Duration> fullIn = fullIn(freeBytes, nanos);
    String critical = exceeded(rules.critical(), Level.CRITICAL, freeBytes, totalBytes, fullIn);
    String warn = exceeded(rules.warn(), Level.WARN, freeBytes, totalBytes, fullIn);
    Level level =
        !critical.isEmpty() ? Level.CRITICAL : !warn.isEmpty() ? Level.WARN : Level.NORMAL;
    state =
        new DiskState(level, freeBytes, totalBytes, fullIn, critical.isEmpty() ? warn : critical);
    return state;
  }

  private Optional<Duration> fullIn(long freeBytes, long nanos) {
    if (samples.isEmpty() || nanos - samples.getLast().nanos() >= APART.toNanos()) {
      samples.addLast(new Sample(nanos, freeBytes));
    }
    while (nanos - samples.getFirst().nanos() > WINDOW.toNanos()) {
      samples.removeFirst();
    }
    Sample oldest = samples.getFirst();
    long passed = nanos - oldest.nanos();
    long used = oldest.freeBytes() - freeBytes;
    if (passed < LEAST.toNanos() || used <= 0) {
      return Optional.empty();
    }
    double left = (double) freeBytes / used * passed;
    return Optional.of(Duration.ofNanos((long) Math.min(left, Long.MAX_VALUE)));
  }

  /** The figure that is too low for this level; empty where none is. */
  private String exceeded(
      Limit limit, Level level, long free, long total, Optional<Duration> fullIn) {
    double room = state.level().compareTo(level) >= 0 ? TO_LEAVE : 1;
    if (free < limit.freeBytes() * room) {
      return "%d MiB free, expected at least %d MiB".formatted(free >> 20, limit.freeBytes() >> 20);
    }
    if (free * 100.0 < (double) total * limit.percent() * room) {
      return "%.1f %% free, expected at least %d %%"
          .formatted(total == 0 ? 0 : free * 100.0 / total, limit.percent());
    }
    return fullIn
        .filter(time -> time.toSeconds() < limit.fullWithin().toSeconds() * room)
        .map(
            time ->
                "full in %d min at this pace, expected at least %d min"
                    .formatted(time.toMinutes(), limit.fullWithin().toMinutes()))
        .orElse("");
  }
}
