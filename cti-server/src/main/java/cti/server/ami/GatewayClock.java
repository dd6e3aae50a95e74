package cti.server.ami;

import cti.core.id.GatewayId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records have one clock, ours: what a gateway stamps is put right by the difference. Compares the
 * clocks when the link comes up, every five seconds, and at once where one of them was set. Safe
 * for threads.
 */
final class GatewayClock {
  private static final Logger log = LoggerFactory.getLogger(GatewayClock.class);

  /** Clocks are compared so often, and sooner where the last answer told nothing. */
  private static final long EVERY_MILLIS = 5_000;

  private static final long RETRY_MILLIS = 500;

  private final GatewayId gateway;
  private final InstantSource clock;
  private final ScheduledExecutorService timers;
  private final ClockDifference clocks = new ClockDifference();
  private volatile Duration ahead = Duration.ZERO;

  /** Null while it is away. */
  private AmiLink link;

  /** The comparison that counts; every later one and a lost link end it. */
  private int comparison;

  /**
   * @param clock ours
   * @param timers not shut down here
   */
  GatewayClock(GatewayId gateway, InstantSource clock, ScheduledExecutorService timers) {
    this.gateway = gateway;
    this.clock = clock;
    this.timers = timers;
  }

  /** By how much the gateway's is before ours, as last compared; zero where they agree. */
  Duration ahead() {
    return ahead;
  }

  synchronized void linkUp(AmiLink with) {
    link = with;
    compare();
  }

  synchronized void linkLost() {
    link = null;
    comparison++;
  }

  /** Ours was set: the difference is another one now. */
  synchronized void oursWasSet() {
    clocks.doubt();
    if (link != null) {
      compare();
    }
  }

  /** When something happened, by our clock. */
  synchronized Instant timeOf(AmiMessage event) {
    Instant now = clock.instant();
    Instant stamped = event.timestamp();
    if (stamped == null) {
      return now;
    }
    boolean sure = !clocks.doubtful();
    Instant at = clocks.ours(stamped, now);
    if (sure && clocks.doubtful()) {
      log.warn(
          "gateway {}: stamped {} at {}: a clock was set; its stamps are not used until clocks are"
              + " compared again",
          gateway,
          stamped,
          now);
      compare();
    }
    return at;
  }

  private void compare() {
    int asking = ++comparison;
    Instant asked = clock.instant();
    link.send(AmiAction.of("Ping"))
        .handle((pong, failure) -> failure == null ? pong.response().timestamp() : null)
        .thenAccept(stamped -> told(asking, asked, stamped));
  }

  private synchronized void told(int asking, Instant asked, Instant stamped) {
    if (asking != comparison) {
      return;
    }
    ClockDifference.Finding finding =
        stamped == null
            ? ClockDifference.Finding.AS_BEFORE
            : clocks.told(asked, clock.instant(), stamped);
    if (finding == ClockDifference.Finding.ANOTHER) {
      ahead = clocks.ahead();
      if (ahead.isZero()) {
        log.info("gateway {}: its clock and ours agree again", gateway);
      } else {
        log.warn(
            "gateway {}: its clock is {} ms before ours, expected less than {}; its stamps are put"
                + " right by that, but both should follow one time server",
            gateway,
            ahead.toMillis(),
            ClockDifference.AGREE.toMillis());
      }
    }
    timers.schedule(
        () -> compareAgain(asking),
        finding == ClockDifference.Finding.UNSURE ? RETRY_MILLIS : EVERY_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  private synchronized void compareAgain(int asked) {
    if (asked == comparison && link != null) {
      compare();
    }
  }
}
