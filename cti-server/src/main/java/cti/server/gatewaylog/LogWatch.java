package cti.server.gatewaylog;

import cti.core.port.CompletenessWatch;
import cti.core.port.DayChecks;
import cti.core.port.GatewayLogStore;
import cti.core.port.Mailbox;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that follows the gateway's logs. A fault is told once and tried again: neither a file
 * that cannot be read nor a database that is away stops any call.
 */
public final class LogWatch implements CompletenessWatch {
  private static final Logger log = LoggerFactory.getLogger(LogWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final GatewayLogs logs;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param durable the last journal record on disk
   * @param shipped the last one in the database
   */
  public LogWatch(
      LogSettings settings,
      GatewayLogStore store,
      Mailbox mailbox,
      Link link,
      LongSupplier durable,
      LongSupplier shipped,
      InstantSource clock) {
    this.logs =
        new GatewayLogs(
            settings, store, mailbox, new GatewayLogs.Surroundings(link, durable, shipped, clock));
    this.thread = Thread.ofPlatform().name("gateway-logs").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  @Override
  public State state() {
    return logs.state();
  }

  @Override
  public DayChecks days() {
    return logs.days();
  }

  private void run() {
    try {
      do {
        try {
          logs.turn(System.nanoTime());
        } catch (IOException | RuntimeException e) {
          logs.problem(e);
          log.debug("a turn over the gateway's logs failed", e);
        }
      } while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the thread; what was not settled is read again by the next run. */
  public void close() throws IOException, InterruptedException {
    stopping.countDown();
    thread.join(Duration.ofSeconds(10));
    logs.close();
  }
}
