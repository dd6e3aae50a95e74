package cti.server.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The server's one clock. It takes the machine's time once, at the start, and from then on counts
 * by the monotonic source: it never goes back, and lengths of time are right whatever somebody does
 * to the machine's clock. Small corrections of the machine's clock (a time server's) are followed
 * slowly. A step is noticed and not followed while calls are under way: every call would be wrong
 * by it. Once it has lasted and no call is under way, the machine's time is taken anew.
 *
 * <p>{@link #look} is for one thread; the time may be read by all.
 */
public final class SteadyClock implements InstantSource {
  /** The machine's clock was set, not corrected. */
  static final Duration STEP = Duration.ofSeconds(2);

  /** A step that is taken back within this was a mistake. */
  static final Duration LASTING = Duration.ofMinutes(1);

  /** So much faster or slower at most, to follow small corrections: 5 ms a second. */
  private static final double MOST_SLEW = 0.005;

  private static final double NANOS_A_SECOND = 1e9;

  private final InstantSource machine;
  private final LongSupplier nanoTime;
  private volatile Anchor anchor;
  private volatile Duration offset = Duration.ZERO;
  private volatile long steps;
  private long steppedNanos;

  /** From here on it counts, a little faster or slower than the monotonic source. */
  private record Anchor(Instant at, long nanos, double slew) {
    Instant now(long nanoTime) {
      long passed = nanoTime - nanos;
      return at.plusNanos(passed + Math.round(passed * slew));
    }
  }

  /** What a look found. */
  public sealed interface Finding {
    /**
     * The machine's clock was set.
     *
     * @param by how much; negative where it was put back
     * @param offset how far it is now before this clock
     */
    record Stepped(Duration by, Duration offset) implements Finding {}

    /** The machine's time was taken; this clock was set by so much. */
    record Followed(Duration by) implements Finding {}
  }

  public SteadyClock(InstantSource machine, LongSupplier nanoTime) {
    this.machine = machine;
    this.nanoTime = nanoTime;
    this.anchor = new Anchor(machine.instant(), nanoTime.getAsLong(), 0);
  }

  @Override
  public Instant instant() {
    return anchor.now(nanoTime.getAsLong());
  }

  /** By how much the machine's clock was before this one at the last look. */
  public Duration offset() {
    return offset;
  }

  /** How often the machine's clock was set since the start. */
  public long steps() {
    return steps;
  }

  /**
   * Compares with the machine's clock; to be called about every second.
   *
   * @param quiet whether no call is under way
   * @return what is worth telling
   */
  public Optional<Finding> look(BooleanSupplier quiet) {
    long nanos = nanoTime.getAsLong();
    Instant now = anchor.now(nanos);
    Duration before = offset;
    offset = Duration.between(now, machine.instant());
    Duration change = offset.minus(before);
    if (change.abs().compareTo(STEP) >= 0) {
      steps++;
      steppedNanos = nanos;
      anchor = new Anchor(now, nanos, 0);
      return Optional.of(new Finding.Stepped(change, offset));
    }
    if (offset.abs().compareTo(STEP) < 0) {
      double wanted = offset.toNanos() / NANOS_A_SECOND;
      anchor = new Anchor(now, nanos, Math.clamp(wanted, -MOST_SLEW, MOST_SLEW));
      return Optional.empty();
    }
    if (nanos - steppedNanos < LASTING.toNanos() || !quiet.getAsBoolean()) {
      return Optional.empty();
    }
    Duration by = offset;
    anchor = new Anchor(now.plus(by), nanos, 0);
    offset = Duration.ZERO;
    return Optional.of(new Finding.Followed(by));
  }
}
