package cti.server.runtime;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the journal's folder: writes a checkpoint now and then, at the turn of a segment and at the
 * end, and drops the segments that are shipped and behind the checkpoints. One thread of its own;
 * the loop only hands over what it has.
 */
public final class JournalKeeper {
  private static final Logger log = LoggerFactory.getLogger(JournalKeeper.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration MEMORY_WITHIN = Duration.ofSeconds(10);
  private static final Duration DURABLE_WITHIN = Duration.ofSeconds(10);

  private final Journal journal;
  private final Checkpoints checkpoints;
  private final JournalRules rules;
  private final LongSupplier shipped;
  private final InstantSource clock;
  private final BooleanSupplier scarce;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile long checkpoint;
  private volatile String failure = "";
  private long segmentOfCheckpoint;

  /**
   * Begins to keep the folder.
   *
   * @param shipped the last record that the database is known to hold; 0 while nothing is known
   * @param scarce whether the disk is so full that nothing is kept in reserve
   */
  public JournalKeeper(
      Journal journal,
      Checkpoints checkpoints,
      JournalRules rules,
      LongSupplier shipped,
      InstantSource clock,
      BooleanSupplier scarce)
      throws IOException {
    this.journal = journal;
    this.checkpoints = checkpoints;
    this.rules = rules;
    this.shipped = shipped;
    this.clock = clock;
    this.scarce = scarce;
    this.checkpoint = checkpoints.newest();
    this.segmentOfCheckpoint = journal.segmentBegan();
    this.thread = Thread.ofPlatform().name("journal-keeper").daemon().start(this::run);
  }

  /** The record behind which a start would replay; 0 for everything. */
  public long checkpoint() {
    return checkpoint;
  }

  /** Why no checkpoint can be written at the moment; empty while all is well. */
  public String failure() {
    return failure;
  }

  private void run() {
    try {
      while (!closing.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      if (scarce.getAsBoolean()) {
        // Without space nothing can be written before something is dropped.
        drop();
      }
      if (due()) {
        write();
      }
      drop();
      if (!failure.isEmpty()) {
        log.info("the journal's folder is kept again, after: {}", failure);
        failure = "";
      }
    } catch (IOException | RuntimeException e) {
      // The journal itself goes on; a start has more to replay, and segments stay.
      if (failure.isEmpty()) {
        log.warn("no checkpoint, and no segment is dropped; tried every {}", TICK, e);
      }
      failure = e.toString();
    }
  }

  private boolean due() {
    return checkpoints.stale()
        || journal.durable() - checkpoint >= rules.checkpointEvery()
        || journal.segmentBegan() != segmentOfCheckpoint;
  }

  /** Asks every picture, waits until all that is in them is on disk, and writes. */
  private void write() throws IOException, InterruptedException {
    long segment = journal.segmentBegan();
    Map<String, CompletableFuture<? extends Folded.Memory<?>>> asked = new LinkedHashMap<>();
    for (Folded<?> picture : checkpoints.pictures()) {
      asked.put(picture.name(), picture.memory().toCompletableFuture());
    }
    Map<String, Folded.Memory<?>> memories = new LinkedHashMap<>();
    long last = 0;
    long first = Long.MAX_VALUE;
    for (var picture : asked.entrySet()) {
      Folded.Memory<?> memory = await(picture.getKey(), picture.getValue());
      memories.put(picture.getKey(), memory);
      last = Math.max(last, memory.sequence());
      first = Math.min(first, memory.sequence());
    }
    if (!journal.awaitDurable(last, DURABLE_WITHIN)) {
      throw new IOException("record " + last + " is not on disk within " + DURABLE_WITHIN);
    }
    checkpoints.write(memories);
    checkpoint = first;
    segmentOfCheckpoint = segment;
  }

  private static <M> M await(String name, CompletableFuture<M> memory)
      throws IOException, InterruptedException {
    try {
      return memory.get(MEMORY_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the picture " + name + " did not come within " + MEMORY_WITHIN, e);
    } catch (ExecutionException e) {
      throw new IOException("the picture " + name + " did not come", e.getCause());
    }
  }

  private void drop() throws IOException {
    long covered = Math.min(shipped.getAsLong(), checkpoints.coveredBoth());
    if (covered > 0 && scarce.getAsBoolean()) {
      // Being behind is worse than a database that could not be filled again from here.
      journal.drop(covered, 0, Instant.MAX);
    } else if (covered > 0) {
      journal.drop(covered, rules.keepSegments(), clock.instant().minus(rules.keepFor()));
    }
  }

  /**
   * Writes the last checkpoint; after the loop has ended and before the journal is closed. Without
   * it nothing is lost: the next start replays more.
   */
  public void close() throws InterruptedException {
    closing.countDown();
    thread.join(Duration.ofSeconds(30));
    try {
      if (checkpoints.stale() || journal.durable() > checkpoint) {
        write();
      }
      drop();
    } catch (IOException | RuntimeException e) {
      log.warn("no checkpoint at the end: {}", e.toString());
    }
  }
}
