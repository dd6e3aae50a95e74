package cti.server.web.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.web.stream.Scope.Audience;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When gathered changes go. */
class ListenersTest {
  private static final long PERIOD = Subscribers.GATHER.toNanos();
  private static final long BEGIN = Duration.ofHours(1).toNanos();

  private long leastPeriod = PERIOD;
  private final Listeners listeners = listeners(0);
  private long seq;

  private Listeners listeners(double phase) {
    return new Listeners(
        new Interest(Set.of(Topic.AGENTS), new Scope(true, Optional.empty(), Set.of()), true),
        0,
        phase,
        () -> leastPeriod,
        BEGIN);
  }

  private void change(int bytes, long now) {
    change(listeners, bytes, now);
  }

  private void change(Listeners group, int bytes, long now) {
    seq++;
    byte[] json = new byte[bytes];
    group.hand(
        new Frame(
            seq,
            true,
            Topic.AGENTS,
            "agent " + seq,
            Audience.EVERYBODY,
            new Frame.Rendering.ByScope(_ -> json)),
        0,
        now);
  }

  /** Changes come all the time; after how many periods behind the last parcel the next is due. */
  private double periods(int bytesAPeriod) {
    long now = BEGIN;
    long due = now;
    for (int i = 0; i < 10; i++) {
      for (long at = now + PERIOD; at <= due || at == now + PERIOD; at += PERIOD) {
        change(bytesAPeriod, at);
      }
      now = Math.max(due, now + PERIOD);
      listeners.deliverAll(now);
      change(1, now);
      due = listeners.dueNanos(now);
    }
    return (double) (due - now) / PERIOD;
  }

  @Test
  void aFewChangesAreToldAboutTenTimesASecond() {
    assertEquals(1, periods(20_000));
  }

  @Test
  void manyAreToldLessOften() {
    assertEquals(3, periods(100_000));
  }

  @Test
  void whereThousandsListenAFewChangesAreToldLessOften() {
    leastPeriod = PERIOD * 3 / 2;
    assertEquals(1.5, periods(20_000));
    assertEquals(3, periods(100_000));
  }

  @Test
  void groupsTakeTurnsWithinThePeriodHoweverLongItIs() {
    leastPeriod = PERIOD * 3 / 2;
    Listeners half = listeners(0.5);
    for (Listeners group : List.of(listeners, half)) {
      change(group, 1, BEGIN);
      group.deliverAll(BEGIN);
      change(group, 1, BEGIN);
    }
    assertEquals(BEGIN + leastPeriod, listeners.dueNanos(BEGIN));
    assertEquals(BEGIN + leastPeriod / 2, half.dueNanos(BEGIN));
  }

  @Test
  void whereThousandsListenTheFirstAfterAQuietMomentGoesInTurnsToo() {
    leastPeriod = PERIOD * 3 / 2;
    Listeners half = listeners(0.5);
    change(listeners, 1, BEGIN);
    change(half, 1, BEGIN);
    assertEquals(BEGIN + leastPeriod, listeners.dueNanos(BEGIN));
    assertEquals(BEGIN + leastPeriod / 2, half.dueNanos(BEGIN));
    half.deliverAll(BEGIN);
    long later = BEGIN + Duration.ofMinutes(1).toNanos();
    assertEquals(later + leastPeriod / 2, half.dueNanos(later));
  }

  @Test
  void onceASecondHoweverManyTheyAre() {
    assertEquals(10, periods(1_000_000));
  }

  @Test
  void theFirstAfterAQuietMomentGoesAtOnce() {
    periods(1_000_000);
    long later = BEGIN + Duration.ofMinutes(1).toNanos();
    change(10, later);
    assertEquals(later, listeners.dueNanos(later));
    listeners.deliverAll(later);
    change(10, later + 1);
    assertTrue(listeners.dueNanos(later + 1) - later <= PERIOD + 1, "and the next one soon");
  }
}
