package cti.testbed.faults;

import cti.testbed.client.Patience;
import java.time.Duration;
import java.util.Optional;

/** Lets time pass where time is what is tested: an outage, the seconds until ghosts are counted. */
final class Outage {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private Outage() {}

  static void lasts(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    Patience.until(
        time + " have passed",
        time.plus(GRACE),
        () -> System.nanoTime() - end >= 0 ? Optional.empty() : Optional.of("not yet"));
  }
}
