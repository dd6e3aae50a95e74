package cti.bench.house;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Waits of a measurement: a process of another is looked at again and again, up to a limit. */
public final class Clocked {
  private static final long LOOK_EVERY_MILLIS = 250;

  private Clocked() {}

  /** What is looked at. */
  @FunctionalInterface
  public interface Look {
    boolean there() throws IOException, InterruptedException;
  }

  /**
   * Waits until something is so.
   *
   * @throws IOException where it is not at the limit
   */
  public static void until(String what, Duration limit, Look look)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!look.there()) {
      if (System.nanoTime() > end) {
        throw new IOException("not within " + limit.toSeconds() + " s: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  /** The wall clock, in microseconds since 1970; processes of one machine share it. */
  public static long micros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }

  /** Lets a load run. */
  public static void run(double seconds) throws InterruptedException {
    TimeUnit.MICROSECONDS.sleep(Math.round(seconds * 1e6));
  }
}
