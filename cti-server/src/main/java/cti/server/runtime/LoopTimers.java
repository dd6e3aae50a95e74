package cti.server.runtime;

import cti.core.engine.TimerInput;
import java.time.Duration;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The timers of a loop, by the monotonic source: whoever sets a clock moves none of them. For the
 * loop's thread; only {@link #armed} is for all.
 */
final class LoopTimers {
  private final PriorityQueue<Armed> timers =
      new PriorityQueue<>((one, other) -> Long.signum(one.dueNanos() - other.dueNanos()));
  private volatile int armed;

  private record Armed(long dueNanos, TimerInput timer) {}

  /** Hands {@code timer} out once {@code delay} is over; at once where that is negative. */
  void arm(Duration delay, TimerInput timer) {
    timers.add(new Armed(System.nanoTime() + delay.toNanos(), timer));
    armed = timers.size();
  }

  /** How long nothing is due; {@code longest} at most. */
  Duration idle(Duration longest) {
    if (timers.isEmpty()) {
      return longest;
    }
    Duration left = Duration.ofNanos(timers.peek().dueNanos() - System.nanoTime());
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(longest) < 0 ? left : longest;
  }

  /** Whether one is due. */
  boolean due() {
    return !timers.isEmpty() && timers.peek().dueNanos() - System.nanoTime() <= 0;
  }

  /** Takes the one that is due first. */
  Optional<TimerInput> take() {
    Optional<TimerInput> next = Optional.ofNullable(timers.poll()).map(Armed::timer);
    armed = timers.size();
    return next;
  }

  /** How many are armed; those that are void count until they are due. */
  int armed() {
    return armed;
  }
}
