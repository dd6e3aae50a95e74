package cti.server.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, to be stopped in reverse; every failure to stop is told, none ends the rest.
 */
final class Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

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
