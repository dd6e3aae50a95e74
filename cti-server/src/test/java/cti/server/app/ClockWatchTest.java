package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.server.runtime.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who is told that the server's clock was set. */
class ClockWatchTest {
  private Instant machine = Instant.parse("2026-11-26T08:30:00Z");
  private long nanos;

  @Test
  void whoComparesClocksIsToldOnceWhenTheServersOwnIsSet() {
    SteadyClock clock = new SteadyClock(() -> machine, () -> nanos);
    AtomicInteger told = new AtomicInteger();
    ClockWatch watch = new ClockWatch(clock, () -> true, told::incrementAndGet);
    machine = machine.plus(Duration.ofHours(1));
    watch.look();
    assertEquals(0, told.get(), "it may be taken back");
    for (int second = 0; second < 90; second++) {
      machine = machine.plusSeconds(1);
      nanos += 1_000_000_000L;
      watch.look();
    }
    assertEquals(1, told.get());
    assertEquals(machine, clock.instant());
  }
}
