package cti.server.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings batches to the disk by two threads, so that a write never waits for a flush: one writes
 * what has gathered, the other forces to disk what was written meanwhile, all of it at once, and
 * has it acknowledged. Both try until the disk takes it: what was decided must not be forgotten.
 */
final class JournalWriter {
  private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int GROUP_AT_MOST = 4_096;
  private static final int LOOK_EVERY_MILLIS = 100;

  /** Guarded by itself, but for forcing; what is in {@link #written} is in it. */
  private final SegmentWriter segments;

  private final Consumer<List<JournalBatch>> acknowledge;
  private final BlockingQueue<JournalBatch> waiting = new LinkedBlockingQueue<>();
  private final BlockingQueue<JournalBatch> written = new LinkedBlockingQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Object health = new Object();
  private volatile String writeFailure = "";
  private volatile String syncFailure = "";

  /** Why a thread ended for good, by a defect: going on would leave a gap. */
  private volatile String ended = "";

  private final Thread writer;
  private final Thread syncer;

  /**
   * Starts both threads.
   *
   * @param acknowledge given batches that are on disk, in order, on the thread that forces
   */
  JournalWriter(SegmentWriter segments, Consumer<List<JournalBatch>> acknowledge) {
    this.segments = segments;
    this.acknowledge = acknowledge;
    this.writer = thread("journal-writer", this::write);
    this.syncer = thread("journal-sync", this::sync);
    writer.start();
    syncer.start();
  }

  private Thread thread(String name, Step step) {
    return Thread.ofPlatform().name(name).daemon().unstarted(() -> run(step));
  }

  /** One turn of a thread. */
  @FunctionalInterface
  private interface Step {
    /**
     * @return false to end
     */
    boolean go() throws InterruptedException;
  }

  private void run(Step step) {
    try {
      boolean more = true;
      while (more && ended.isEmpty()) {
        more = step.go();
      }
    } catch (RuntimeException e) {
      ended = "the journal's writer ended: " + e;
      log.error("the journal ends here; restart cti-server", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void add(JournalBatch batch) {
    waiting.add(batch);
  }

  /** Why nothing gets to the disk at the moment; empty while all is well. */
  String failure() {
    return !ended.isEmpty() ? ended : !writeFailure.isEmpty() ? writeFailure : syncFailure;
  }

  int batchesWaiting() {
    return waiting.size() + written.size();
  }

  /** Waits while the disk takes nothing; false where it did not within {@code limit}. */
  boolean awaitWriting(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    synchronized (health) {
      for (long left = limit.toMillis(); !failure().isEmpty() && left > 0; ) {
        health.wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    }
    return failure().isEmpty();
  }

  private boolean write() throws InterruptedException {
    List<JournalBatch> group = gathered(waiting);
    if (group.isEmpty()) {
      return closing.getCount() > 0;
    }
    while (true) {
      try {
        synchronized (segments) {
          segments.write(group);
          // Before it can be acknowledged.
          group.forEach(batch -> batch.whenWritten().accept(batch.records()));
          written.addAll(group);
        }
        if (!writeFailure.isEmpty()) {
          writesAgain(writeFailure);
          writeFailure = "";
          wake();
        }
        return true;
      } catch (IOException e) {
        writeFailure = failed(writeFailure, "cannot write", e);
      }
      if (closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
        log.error("{} batches could not be written before the stop", group.size());
        return false;
      }
    }
  }

  private static List<JournalBatch> gathered(BlockingQueue<JournalBatch> from)
      throws InterruptedException {
    List<JournalBatch> group = new ArrayList<>();
    JournalBatch first = from.poll(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    if (first != null) {
      group.add(first);
      from.drainTo(group, GROUP_AT_MOST);
    }
    return group;
  }

  private boolean sync() throws InterruptedException {
    List<JournalBatch> group = gathered(written);
    if (group.isEmpty()) {
      // Nothing is written any more once the writer has ended.
      return writer.isAlive() || !written.isEmpty();
    }
    SegmentWriter.Mark mark;
    synchronized (segments) {
      written.drainTo(group);
      mark = segments.mark();
    }
    if (!force(mark, group)) {
      return false;
    }
    acknowledge.accept(group);
    if (segments.isFull()) {
      return roll();
    }
    return true;
  }

  /** What was written meanwhile must be on disk before nobody forces its segment any more. */
  private boolean roll() throws InterruptedException {
    List<JournalBatch> rest = new ArrayList<>();
    synchronized (segments) {
      written.drainTo(rest);
      if (!rest.isEmpty() && !force(segments.mark(), rest)) {
        return false;
      }
      segments.roll();
    }
    if (!rest.isEmpty()) {
      acknowledge.accept(rest);
    }
    return true;
  }

  /**
   * @param group what is not on disk yet; takes in what is written while the disk fails
   * @return false where the disk did not take it before the stop
   */
  private boolean force(SegmentWriter.Mark mark, List<JournalBatch> group)
      throws InterruptedException {
    try {
      segments.force(mark);
      return true;
    } catch (IOException e) {
      syncFailure = failed(syncFailure, "cannot be forced to disk", e);
    }
    // After a flush that failed the system may have thrown away what it held: all is written anew.
    synchronized (segments) {
      written.drainTo(group);
      while (true) {
        if (closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          log.error("{} batches could not be forced to disk before the stop", group.size());
          return false;
        }
        try {
          segments.writeAnew(group);
          segments.force(segments.mark());
          writesAgain(syncFailure);
          syncFailure = "";
          wake();
          return true;
        } catch (IOException e) {
          syncFailure = failed(syncFailure, "cannot be forced to disk", e);
        }
      }
    }
  }

  private static String failed(String before, String what, IOException why) {
    if (before.isEmpty()) {
      log.error("journal {}: {}; it is tried every {}", what, why.getMessage(), RETRY);
    }
    return String.valueOf(why.getMessage());
  }

  private static void writesAgain(String after) {
    log.warn("journal writes again after: {}", after);
  }

  private void wake() {
    synchronized (health) {
      health.notifyAll();
    }
  }

  /** Writes what waits, and ends both threads. */
  void close() throws InterruptedException {
    closing.countDown();
    writer.join(Duration.ofSeconds(10));
    syncer.join(Duration.ofSeconds(10));
  }
}
