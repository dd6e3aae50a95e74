package cti.testbed.client;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for what tells nobody when it happens: a row in a database, a channel of the gateway, a
 * process that becomes ready. What is told (frames of a stream) is waited for in {@link Stream}.
 */
public final class Patience {
  private static final long LOOKS_AGAIN_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private Patience() {}

  /** Looks once; says what is not yet as it should be, or nothing. */
  @FunctionalInterface
  public interface Look {
    Optional<String> notYet() throws InterruptedException;
  }

  /**
   * Looks until all is well.
   *
   * @throws Unexpected with what the last look saw, when the limit has passed
   */
  public static void until(String what, Duration limit, Look look) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<String> notYet = look.notYet();
      if (notYet.isEmpty()) {
        return;
      }
      if (System.nanoTime() - end >= 0) {
        throw Unexpected.instead(what + " within " + seconds(limit), notYet.get());
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(LOOKS_AGAIN_AFTER_NANOS);
    }
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
