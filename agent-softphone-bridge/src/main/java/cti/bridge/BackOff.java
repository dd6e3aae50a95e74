package cti.bridge;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: half a second at first, twice as long each time, never
 * longer than the limit, each time a random part of up to a half less, so that not all bridges come
 * at once. Not thread-safe.
 */
public final class BackOff {
  private static final Duration FIRST = Duration.ofMillis(500);

  private final Duration longest;
  private final RandomGenerator random;
  private Duration next = FIRST;

  public BackOff(Duration longest, RandomGenerator random) {
    this.longest = longest;
    this.random = random;
  }

  /** The wait before the next try. */
  public Duration next() {
    Duration whole = next;
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(longest) > 0 ? longest : twice;
    return Duration.ofMillis((long) (whole.toMillis() * (1 - random.nextDouble() / 2)));
  }

  /** It went well: the next fault begins anew. */
  public void succeeded() {
    next = FIRST;
  }
}
