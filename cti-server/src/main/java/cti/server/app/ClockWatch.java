package cti.server.app;

import cti.server.runtime.SteadyClock;
import cti.server.runtime.SteadyClock.Finding;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second whether the machine's clock was set; tells it, once each time. */
final class ClockWatch {
  private static final Logger log = LoggerFactory.getLogger(ClockWatch.class);

  private final SteadyClock clock;
  private final BooleanSupplier quiet;
  private final Runnable followed;

  ClockWatch(SteadyClock clock, BooleanSupplier quiet, Runnable followed) {
    this.clock = clock;
    this.quiet = quiet;
    this.followed = followed;
  }

  /**
   * @param quiet whether no call is under way
   * @param followed run when the server's clock was set; never blocks
   */
  static void begin(
      SteadyClock clock,
      BooleanSupplier quiet,
      Runnable followed,
      ServerMetrics metrics,
      Lifecycle lifecycle) {
    metrics.gauge(
        "cti.clock.steps", "How often the machine's clock was set since the start", clock::steps);
    metrics.gauge(
        "cti.clock.offset.seconds",
        "How far the machine's clock is before the server's own",
        () -> clock.offset().toMillis() / 1_000.0);
    ScheduledExecutorService turns =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("clock-watch").daemon().factory());
    turns.scheduleWithFixedDelay(
        new ClockWatch(clock, quiet, followed)::look, 1, 1, TimeUnit.SECONDS);
    lifecycle.started("clock watch", turns::shutdownNow);
  }

  void look() {
    try {
      clock.look(quiet).ifPresent(this::tell);
    } catch (RuntimeException e) {
      log.error("the machine's clock could not be looked at", e);
    }
  }

  private void tell(Finding finding) {
    switch (finding) {
      case Finding.Stepped(Duration by, Duration offset) ->
          log.warn(
              "the machine's clock was set by {} ms and is now {} ms before the server's, which"
                  + " goes on as it was; it is followed once it has lasted and no call is under"
                  + " way",
              by.toMillis(),
              offset.toMillis());
      case Finding.Followed(Duration by) -> {
        log.warn("the server's clock follows the machine's: set by {} ms", by.toMillis());
        followed.run();
      }
    }
  }
}
