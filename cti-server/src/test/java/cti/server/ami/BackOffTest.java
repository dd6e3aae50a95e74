package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {
  private static final Duration MINIMUM = Duration.ofMillis(500);
  private static final Duration MAXIMUM = Duration.ofSeconds(30);

  @Test
  void theCeilingDoublesUpToTheMaximum() {
    double justBelowOne = Math.nextDown(1.0);
    BackOff highest = new BackOff(MINIMUM, MAXIMUM, () -> justBelowOne);
    long[] ceilings = {1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000};
    for (long ceiling : ceilings) {
      assertEquals(ceiling, highest.next().plusNanos(999_999).toMillis());
    }
    for (int failure = 0; failure < 100; failure++) {
      assertTrue(highest.next().compareTo(MAXIMUM) <= 0);
    }
    highest.reset();
    assertEquals(0, highest.failures());
    assertEquals(1_000, highest.next().plusNanos(999_999).toMillis());
  }

  @Test
  void theMinimumIsAlwaysWaited() {
    BackOff lowest = new BackOff(MINIMUM, MAXIMUM, () -> 0.0);
    for (int failure = 0; failure < 50; failure++) {
      assertEquals(MINIMUM, lowest.next());
    }
    assertEquals(MAXIMUM, lowest.longest());
  }

  @Test
  void jitterCoversTheWholeSpan() {
    BackOff middle = new BackOff(MINIMUM, MAXIMUM, () -> 0.5);
    assertEquals(750, middle.next().toMillis());
    assertEquals(1_250, middle.next().toMillis());
  }

  @Test
  void threeSilentPingsAreDeathAndAnyByteIsLife() {
    PingWatch watch = new PingWatch(3);
    assertFalse(watch.missed(100), "nothing was sent yet");
    watch.pingSent(100);
    assertTrue(watch.missed(100));
    watch.pingSent(100);
    assertTrue(watch.missed(100));
    assertFalse(watch.dead());
    watch.pingSent(100);
    assertFalse(watch.missed(101), "events came");
    assertEquals(0, watch.misses());
    for (int ping = 0; ping < 3; ping++) {
      assertFalse(watch.dead());
      watch.pingSent(101);
      assertTrue(watch.missed(101));
    }
    assertTrue(watch.dead());
    watch.answered();
    assertFalse(watch.dead());
  }
}
