package cti.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.server.runtime.DiskRules.Limit;
import cti.server.runtime.DiskState.Level;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiskGaugeTest {
  private static final long MIB = 1 << 20;
  private static final long TOTAL = 100_000 * MIB;

  private final DiskGauge gauge =
      new DiskGauge(
          new DiskRules(
              new Limit(2_048 * MIB, 10, Duration.ofDays(1)),
              new Limit(512 * MIB, 3, Duration.ofHours(1))));
  private long nanos = Long.MAX_VALUE - 5;

  private DiskState measured(long freeMebibytes) {
    return gauge.measured(freeMebibytes * MIB, TOTAL, nanos);
  }

  private DiskState after(Duration time, long freeMebibytes) {
    nanos += time.toNanos();
    return measured(freeMebibytes);
  }

  @Test
  void aShareThatIsTooSmallWarnsAndSaysWhatIsExpected() {
    assertEquals(Level.NORMAL, measured(10_000).level());
    DiskState low = measured(9_999);
    assertEquals(Level.WARN, low.level());
    assertEquals("10.0 % free, expected at least 10 %", low.why());
    assertEquals(Level.CRITICAL, measured(2_999).level());
    assertEquals("511 MiB free, expected at least 512 MiB", measured(511).why());
  }

  @Test
  void aLevelIsLeftOnlyATenthBeyondItsLimit() {
    measured(9_999);
    assertEquals(Level.WARN, measured(10_500).level());
    assertEquals(Level.NORMAL, measured(11_001).level());
    assertEquals(Level.NORMAL, measured(10_500).level());
    measured(2_999);
    assertEquals(Level.CRITICAL, measured(3_200).level());
    assertEquals(Level.WARN, measured(3_301).level());
  }

  @Test
  void aDiskThatFillsIsToldBeforeItIsFull() {
    measured(50_000);
    assertEquals(Optional.empty(), after(Duration.ofMinutes(4), 49_000).fullIn(), "too early");
    DiskState slow = after(Duration.ofMinutes(6), 49_000);
    assertEquals(Optional.of(Duration.ofMinutes(490)), slow.fullIn());
    assertEquals(Level.WARN, slow.level());
    assertEquals("full in 490 min at this pace, expected at least 1440 min", slow.why());
    DiskState fast = after(Duration.ofMinutes(5), 30_000);
    assertEquals(Level.CRITICAL, fast.level());
    assertEquals("full in 22 min at this pace, expected at least 60 min", fast.why());
  }

  @Test
  void whatHappenedBeforeTheWindowSaysNothing() {
    measured(90_000);
    after(Duration.ofMinutes(6), 50_000);
    DiskState state = after(Duration.ofMinutes(15), 50_000);
    assertEquals(Optional.empty(), state.fullIn());
    assertEquals(Level.NORMAL, state.level());
  }

  @Test
  void zeroAsksForNothing() {
    DiskGauge silent =
        new DiskGauge(
            new DiskRules(new Limit(0, 0, Duration.ZERO), new Limit(0, 0, Duration.ZERO)));
    assertEquals(Level.NORMAL, silent.measured(0, 0, 0).level());
    assertEquals(Level.NORMAL, silent.measured(0, TOTAL, 1).level());
  }
}
