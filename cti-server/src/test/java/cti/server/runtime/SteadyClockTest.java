package cti.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.runtime.SteadyClock.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyClockTest {
  private static final Instant BEGIN = Instant.parse("2026-11-26T08:30:00Z");

  private Instant machine = BEGIN;
  private long nanos = 7;
  private boolean quiet;
  private final SteadyClock clock = new SteadyClock(() -> machine, () -> nanos);

  private void passes(Duration time) {
    machine = machine.plus(time);
    nanos += time.toNanos();
  }

  private Optional<Finding> secondsPass(int seconds) {
    Optional<Finding> found = Optional.empty();
    for (int i = 0; i < seconds && found.isEmpty(); i++) {
      passes(Duration.ofSeconds(1));
      found = clock.look(() -> quiet);
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(longs = {3_600, -3_600})
  void aStepIsToldOnceAndLengthsStayRight(long seconds) {
    Duration step = Duration.ofSeconds(seconds);
    secondsPass(5);
    machine = machine.plus(step);
    assertEquals(Optional.of(new Finding.Stepped(step, step)), secondsPass(1));
    assertEquals(BEGIN.plusSeconds(6), clock.instant());
    assertEquals(Optional.empty(), secondsPass(600), "calls are under way");
    assertEquals(BEGIN.plusSeconds(606), clock.instant());
    assertEquals(step, clock.offset());
    assertEquals(1, clock.steps());
  }

  @Test
  void aStepThatIsTakenBackLeavesNothing() {
    machine = machine.plus(Duration.ofHours(1));
    secondsPass(1);
    quiet = true;
    assertEquals(Optional.empty(), secondsPass(15));
    machine = machine.minus(Duration.ofHours(1));
    assertEquals(
        Optional.of(new Finding.Stepped(Duration.ofHours(-1), Duration.ZERO)), secondsPass(1));
    assertEquals(Optional.empty(), secondsPass(600));
    assertEquals(machine, clock.instant());
    assertEquals(2, clock.steps());
  }

  @Test
  void aStepThatLastsIsFollowedOnceNoCallIsUnderWay() {
    Duration back = Duration.ofHours(-1);
    machine = machine.plus(back);
    secondsPass(1);
    assertEquals(Optional.empty(), secondsPass(120));
    quiet = true;
    assertEquals(Optional.of(new Finding.Followed(back)), secondsPass(1));
    assertEquals(machine, clock.instant());
    assertEquals(Optional.empty(), secondsPass(600));
  }

  @Test
  void smallCorrectionsAreFollowedSlowlyAndTheClockNeverGoesBack() {
    machine = machine.minusMillis(500);
    Instant before = clock.instant();
    for (int i = 0; i < 200; i++) {
      passes(Duration.ofSeconds(1));
      assertEquals(Optional.empty(), clock.look(() -> false));
      Instant now = clock.instant();
      Duration passed = Duration.between(before, now);
      assertTrue(passed.compareTo(Duration.ofMillis(990)) > 0, () -> passed + " in a second");
      before = now;
    }
    assertTrue(
        Duration.between(machine, clock.instant()).abs().compareTo(Duration.ofMillis(10)) < 0);
    assertEquals(0, clock.steps());
  }
}
