package cti.server.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, to be stopped in reverse; every failure to stop is told, none ends the rest.
 */
final class Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

  private static final long TO_END_SECONDS = 10;

  private final Deque<Part> parts = new ArrayDeque<>();

  private record Part(String name, Stop stop) {}

  /** Ends a part. */
  interface Stop {
    void run() throws Exception;
  }

  /** Notes a part that runs now. */
  void started(String name, Stop stop) {
    parts.push(new Part(name, stop));
  }

  /** Looks again and again from here on, a second from now first, on a thread of its own. */
  void regularly(String name, long everySeconds, Runnable look) {
    regularly(name, everySeconds, look, () -> {});
  }

  /**
   * The same with something to do when the thread has ended.
   *
   * @param everySeconds from the end of a look to the next
   * @param look throws nothing, or it is not looked again
   */
  void regularly(String name, long everySeconds, Runnable look, Stop last) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
    thread.scheduleWithFixedDelay(look, 1, everySeconds, TimeUnit.SECONDS);
    started(
        name,
        () -> {
          thread.shutdownNow();
          if (thread.awaitTermination(TO_END_SECONDS, TimeUnit.SECONDS)) {
            last.run();
          } else {
            log.warn("{}: the thread did not end within {} s", name, TO_END_SECONDS);
          }
        });
  }

  /**
   * Stops everything, last started first. Safe to call twice.
   *
   * @return false where a part did not stop as it should
   */
  synchronized boolean stop() {
    boolean clean = true;
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      try {
        part.stop().run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        clean = false;
      } catch (Exception e) {
        log.error("{} did not stop as it should: {}", part.name(), e.toString());
        clean = false;
      }
    }
    return clean;
  }
}
