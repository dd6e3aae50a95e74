package cti.core.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How often a number was to be called back within a day, so that nobody can have a stranger's phone
 * ring all day. Counted since the start of cti-server.
 */
final class CallbackWishes {
  /** Of one number in 24 hours. */
  static final int MOST = 3;

  private static final Duration DAY = Duration.ofDays(1);

  private final Map<String, Deque<Instant>> granted = new HashMap<>();

  /** Counts one more; false where there were as many as there may be. */
  boolean allow(String number, Instant now) {
    Instant cut = now.minus(DAY);
    granted.values().forEach(times -> times.removeIf(at -> !at.isAfter(cut)));
    granted.values().removeIf(Deque::isEmpty);
    Deque<Instant> times = granted.computeIfAbsent(number, _ -> new ArrayDeque<>());
    if (times.size() >= MOST) {
      return false;
    }
    times.add(now);
    return true;
  }
}
