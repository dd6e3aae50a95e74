package cti.bench.house;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How late this machine wakes a thread that does nothing but sleep a millisecond at a time: what
 * any latency on it has on top, whoever takes the processors.
 */
public final class Hiccups implements AutoCloseable {
  private static final long SLEEP_NANOS = 1_000_000;

  private final Histogram lateMicros = new Histogram(60_000_000, 3);
  private final Thread thread = Thread.ofPlatform().name("hiccups").daemon().unstarted(this::run);
  private volatile boolean stopping;

  private Hiccups() {}

  /** Begins to watch. */
  public static Hiccups watch() {
    Hiccups hiccups = new Hiccups();
    hiccups.thread.start();
    return hiccups;
  }

  private void run() {
    try {
      while (!stopping) {
        long begin = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(SLEEP_NANOS);
        long late = System.nanoTime() - begin - SLEEP_NANOS;
        lateMicros.recordValue(Math.clamp(late / 1_000, 0, 60_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Milliseconds at a percentile; only after {@link #close}. */
  public double millis(double percentile) {
    return lateMicros.getValueAtPercentile(percentile) / 1_000.0;
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
