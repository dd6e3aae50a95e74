package cti.server.ami;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.function.Consumer;

/** Pings one connection after the other and finds out when nobody answers. On the event loop. */
final class Pinger {
  private static final AmiAction PING = AmiAction.of("Ping");

  private final Duration interval;
  private final PingWatch watch;
  private final LoopTimer timer;
  private final AmiCounters counters;
  private final LinkStatus status;
  private final ActionIds actionIds;

  Pinger(
      EventLoop loop,
      AmiTimings timings,
      AmiCounters counters,
      LinkStatus status,
      ActionIds actionIds) {
    this.interval = timings.pingInterval();
    this.watch = new PingWatch(timings.pingMisses());
    this.timer = new LoopTimer(loop);
    this.counters = counters;
    this.status = status;
    this.actionIds = actionIds;
  }

  /**
   * Pings the session from one interval on.
   *
   * @param dead told when as many pings were missed as may be
   */
  void start(AmiSession session, Consumer<LinkLoss> dead) {
    watch.reset();
    timer.set(interval, () -> due(session, dead));
  }

  void stop() {
    timer.cancel();
  }

  /**
   * A response of the gateway.
   *
   * @return true where it answers a ping
   */
  boolean takes(AmiMessage response) {
    if (!ActionIds.isPing(response.actionId())) {
      return false;
    }
    watch.answered();
    status.pingsMissed(0);
    return true;
  }

  private void due(AmiSession session, Consumer<LinkLoss> dead) {
    if (!session.isReading()) {
      // We do not read, so we cannot tell; the first ping after it is a fresh start.
      watch.reset();
    } else if (watch.missed(counters.bytesRead())) {
      counters.pingsLost.increment();
    }
    status.pingsMissed(watch.misses());
    if (watch.dead()) {
      dead.accept(new LinkLoss.PingLost(watch.misses(), interval));
      return;
    }
    // Set anew each time: after a pause of this process one ping is due, not several at once.
    // Set before the write, which ends the session where it fails.
    timer.set(interval, () -> due(session, dead));
    if (session.isReading()) {
      watch.pingSent(counters.bytesRead());
      counters.pingsSent.increment();
      session.write(actionIds.nextPing(), PING);
    }
  }
}
