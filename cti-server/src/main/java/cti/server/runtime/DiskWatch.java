package cti.server.runtime;

import cti.server.runtime.DiskState.Level;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every two seconds how much room the journal's disk has. Tells each change of level once: a
 * line in the log, and the listener. One thread of its own.
 */
public final class DiskWatch {
  private static final Logger log = LoggerFactory.getLogger(DiskWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Path folder;
  private final DiskGauge gauge;
  private final Consumer<DiskState> changed;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile DiskState state = DiskState.UNKNOWN;
  private boolean blind;

  /**
   * Begins to look.
   *
   * @param folder of the journal
   * @param changed told each change of level, on the watch's thread
   */
  public DiskWatch(Path folder, DiskRules rules, Consumer<DiskState> changed) {
    this.folder = folder;
    this.gauge = new DiskGauge(rules);
    this.changed = changed;
    this.thread = Thread.ofPlatform().name("disk-watch").daemon().start(this::run);
  }

  /** As of the last look. */
  public DiskState state() {
    return state;
  }

  /** No room is left for what nobody needs. */
  public boolean critical() {
    return state.level() == Level.CRITICAL;
  }

  private void run() {
    try {
      do {
        look();
      } while (!closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      FileStore disk = Files.getFileStore(folder);
      DiskState next =
          gauge.measured(disk.getUsableSpace(), disk.getTotalSpace(), System.nanoTime());
      Level before = state.level();
      state = next;
      blind = false;
      if (next.level() != before) {
        tell(next);
        changed.accept(next);
      }
    } catch (IOException | RuntimeException e) {
      if (!blind) {
        log.error("the disk of {} cannot be measured; tried every {}", folder, EVERY, e);
      }
      blind = true;
    }
  }

  private void tell(DiskState next) {
    switch (next.level()) {
      case NORMAL ->
          log.info("the journal's disk has room again: {} MiB free", next.freeBytes() >> 20);
      case WARN -> log.warn("the journal's disk runs low: {}", next.why());
      case CRITICAL ->
          log.error(
              "the journal's disk is nearly full: {}; shipped segments are dropped at once",
              next.why());
    }
  }

  public void close() throws InterruptedException {
    closing.countDown();
    thread.join(EVERY);
  }
}
