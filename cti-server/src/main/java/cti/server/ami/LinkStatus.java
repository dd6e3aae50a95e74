package cti.server.ami;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What is known of a link's state: written on its event loop, read from any thread. */
final class LinkStatus {
  private static final long NEVER = Long.MIN_VALUE;

  private record Snapshot(
      AmiLinkState state, Instant since, int failedAttempts, Optional<LinkLoss> lastLoss) {}

  private final Clock clock;
  private final LongSupplier nanoTime;
  private final AtomicLong lastEventNanos = new AtomicLong(NEVER);
  private volatile Snapshot now;
  private volatile int pingsMissed;
  private long enteredNanos;

  LinkStatus(Clock clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.now = new Snapshot(AmiLinkState.NEW, clock.instant(), 0, Optional.empty());
  }

  AmiLinkState state() {
    return now.state();
  }

  void enter(AmiLinkState state) {
    enter(state, now.failedAttempts(), now.lastLoss());
  }

  /** A link or an attempt has ended. */
  void lost(AmiLinkState next, int failedAttempts, LinkLoss reason) {
    pingsMissed = 0;
    lastEventNanos.setOpaque(NEVER);
    enter(next, failedAttempts, Optional.of(reason));
  }

  void event(long receivedNanos) {
    lastEventNanos.setOpaque(receivedNanos);
  }

  void pingsMissed(int misses) {
    pingsMissed = misses;
  }

  /** Time in the state, by the monotonic clock; for the event loop. */
  Duration age() {
    return Duration.ofNanos(nanoTime.getAsLong() - enteredNanos);
  }

  AmiLinkHealth health(int actionsInFlight) {
    Snapshot seen = now;
    long last = lastEventNanos.getOpaque();
    Optional<Duration> eventAge =
        last == NEVER
            ? Optional.empty()
            : Optional.of(Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - last)));
    return new AmiLinkHealth(
        seen.state(),
        seen.since(),
        eventAge,
        pingsMissed,
        actionsInFlight,
        seen.failedAttempts(),
        seen.lastLoss());
  }

  private void enter(AmiLinkState state, int failedAttempts, Optional<LinkLoss> lastLoss) {
    enteredNanos = nanoTime.getAsLong();
    now = new Snapshot(state, clock.instant(), failedAttempts, lastLoss);
  }
}
