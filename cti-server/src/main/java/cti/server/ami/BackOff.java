package cti.server.ami;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: anywhere between the minimum and a ceiling that doubles
 * with each failure up to the maximum (exponential, full jitter), so that many clients of a gateway
 * that restarts do not return at the same instant. Not safe for threads.
 */
final class BackOff {
  private static final int MOST_DOUBLINGS = 30;

  private final long minimumNanos;
  private final long maximumNanos;
  private final DoubleSupplier jitter;
  private int failures;

  /**
   * @param jitter numbers from 0 (included) to 1 (excluded)
   */
  BackOff(Duration minimum, Duration maximum, DoubleSupplier jitter) {
    this.minimumNanos = minimum.toNanos();
    this.maximumNanos = maximum.toNanos();
    this.jitter = jitter;
  }

  Duration next() {
    failures++;
    int doublings = Math.min(failures, MOST_DOUBLINGS);
    double ceiling = Math.min((double) maximumNanos, (double) minimumNanos * (1L << doublings));
    double wait = minimumNanos + jitter.getAsDouble() * (ceiling - minimumNanos);
    return Duration.ofNanos((long) wait);
  }

  /** The wait where trying again soon cannot help. */
  Duration longest() {
    failures++;
    return Duration.ofNanos(maximumNanos);
  }

  void reset() {
    failures = 0;
  }

  int failures() {
    return failures;
  }
}
