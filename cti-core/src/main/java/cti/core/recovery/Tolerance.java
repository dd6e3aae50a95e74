package cti.core.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How far two moments may be apart and still be the same. */
public final class Tolerance {
  /** queue_log cuts a moment down to its second. */
  public static final Duration MOST = Duration.ofSeconds(1);

  private Tolerance() {}

  public static boolean same(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(MOST) <= 0;
  }

  public static boolean same(Optional<Instant> one, Optional<Instant> other) {
    return one.isPresent() && other.isPresent()
        ? same(one.get(), other.get())
        : one.isEmpty() && other.isEmpty();
  }

  /** Whether two spans begin and end at the same time and last as long. */
  public static boolean same(Instant from, Instant to, Instant otherFrom, Instant otherTo) {
    return same(from, otherFrom)
        && same(to, otherTo)
        && same(Duration.between(from, to), Duration.between(otherFrom, otherTo));
  }

  public static boolean same(Duration one, Duration other) {
    return one.minus(other).abs().compareTo(MOST) <= 0;
  }
}
