package cti.server.runtime;

import cti.core.event.DomainEvent;
import cti.core.port.JournalReader;
import cti.core.port.JournalRecord;
import cti.server.event.EventCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local append-only journal. One owner appends and numbers the records; {@link JournalWriter}
 * writes them and makes them durable in groups: all that has gathered is written, forced to disk
 * once, and acknowledged. Who only shows what happened need not wait for the disk (docs/adr/0011).
 */
public final class Journal implements JournalReader {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);
  private static final int MOST_BATCHES_WAITING = 65_536;
  private static final int READ_AT_ONCE = 500;
  private static final int KEPT_IN_MEMORY = 16_384;

  private final JournalFiles files;
  private final int mostBatches;
  private final Semaphore room;
  private final AtomicLong durable = new AtomicLong();
  private final FileChannel lockFile;
  private final FileLock lock;
  private final JournalWriter writer;
  private volatile String slow = "";
  private final RecentRecords recent = new RecentRecords(KEPT_IN_MEMORY);
  private Consumer<Long> durableListener = sequence -> {};
  private long appended;
  private final SegmentWriter segments;

  /** Where a replay begins. */
  @FunctionalInterface
  public interface Beginning {
    /** Everything that was ever written, which must be there. */
    Beginning FROM_THE_FIRST = (first, last) -> 0;

    /**
     * @param first the first record that the journal still has
     * @param last its last record
     * @return the record behind which the replay begins
     */
    long after(long first, long last) throws IOException;
  }

  /**
   * Opens the journal of a folder, replaying what it holds.
   *
   * @param replay told every record, in order, before this returns
   * @param segmentBytes size at which a new segment is begun
   * @throws IOException where the folder cannot be used, or another process has it
   * @throws JournalDamagedException see {@link JournalFiles#scan}
   */
  public static Journal open(
      Path folder, EventCodec codec, long segmentBytes, Consumer<JournalRecord> replay)
      throws IOException {
    return open(folder, codec, segmentBytes, MOST_BATCHES_WAITING, replay);
  }

  /** The same, replaying only what {@code beginning} does not know. */
  public static Journal open(
      Path folder,
      EventCodec codec,
      long segmentBytes,
      Beginning beginning,
      Consumer<JournalRecord> replay)
      throws IOException {
    return open(
        new JournalFiles(folder, codec), segmentBytes, MOST_BATCHES_WAITING, beginning, replay);
  }

  /**
   * The same with a bound of its own.
   *
   * @param mostBatches how many batches may be taken that are not on disk yet
   */
  static Journal open(
      Path folder,
      EventCodec codec,
      long segmentBytes,
      int mostBatches,
      Consumer<JournalRecord> replay)
      throws IOException {
    return open(
        new JournalFiles(folder, codec),
        segmentBytes,
        mostBatches,
        Beginning.FROM_THE_FIRST,
        replay);
  }

  private static Journal open(
      JournalFiles files,
      long segmentBytes,
      int mostBatches,
      Beginning beginning,
      Consumer<JournalRecord> replay)
      throws IOException {
    Path folder = files.folder();
    Files.createDirectories(folder);
    FileChannel lockFile =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = lock(lockFile, folder);
      long first = files.first();
      long after = beginning.after(first, files.end().sequence());
      if (after < first - 1) {
        throw new CheckpointMissingException(folder, first, List.of());
      }
      JournalFiles.End end = files.scan(after, replay);
      files.truncate(end);
      return new Journal(files, segmentBytes, mostBatches, end, lockFile, lock);
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  private static FileLock lock(FileChannel channel, Path folder) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new IOException(
          "journal folder " + folder + " is in use by another cti-server, expected one of its own");
    }
    return lock;
  }

  private Journal(
      JournalFiles files,
      long segmentBytes,
      int mostBatches,
      JournalFiles.End end,
      FileChannel lockFile,
      FileLock lock)
      throws IOException {
    this.files = files;
    this.mostBatches = mostBatches;
    this.room = new Semaphore(mostBatches);
    this.lockFile = lockFile;
    this.lock = lock;
    this.appended = end.sequence();
    this.durable.set(end.sequence());
    this.segments = SegmentWriter.open(files, end, segmentBytes);
    this.writer = new JournalWriter(segments, this::acknowledge);
  }

  /** Told each new durable sequence, on the thread that forces. Set it before the first append. */
  public void onDurable(Consumer<Long> listener) {
    durableListener = listener;
  }

  /**
   * Waits until one more batch can be taken. The owner asks before it decides anything: what was
   * decided is journalled, or a sequence would mean one thing on a screen and another on disk.
   *
   * <p>While the disk takes nothing there is none: what was decided meanwhile would be seen by
   * nobody and done by no gateway.
   *
   * @return false where there was no room within {@code limit}
   */
  boolean awaitRoom(Duration limit) throws InterruptedException {
    if (!writer.failure().isEmpty() && !writer.awaitWriting(limit)) {
      return false;
    }
    if (!room.tryAcquire()) {
      if (slow.isEmpty()) {
        slow = "the disk is too slow or full: " + mostBatches + " batches wait";
        log.error("journal takes no more, so nothing more is decided: {}", slow);
      }
      if (!room.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    }
    room.release();
    return true;
  }

  /**
   * Numbers events and hands them to the writer. For the owner only; never waits.
   *
   * @param events none to be told merely when all before is on disk
   * @param whenDurable given the records, on the thread that forces, once they are on disk; in
   *     order
   * @throws IllegalStateException where there is no room; see {@link #awaitRoom}
   */
  List<JournalRecord> append(List<DomainEvent> events, Consumer<List<JournalRecord>> whenDurable) {
    return append(events, records -> {}, whenDurable, () -> {});
  }

  /**
   * The same with something that does not wait for the disk, and something that nobody waits for.
   *
   * @param whenWritten given the records, on the writer's thread, once the system has them: they
   *     outlast a kill of this process, though not yet a loss of power; once, in order, before
   *     {@code whenDurable}
   * @param afterwards run on the thread that forces when all that became durable together is told
   */
  List<JournalRecord> append(
      List<DomainEvent> events,
      Consumer<List<JournalRecord>> whenWritten,
      Consumer<List<JournalRecord>> whenDurable,
      Runnable afterwards) {
    if (!room.tryAcquire()) {
      throw new IllegalStateException(
          mostBatches + " batches wait for the disk, expected room to be asked for first");
    }
    List<JournalRecord> records = new ArrayList<>(events.size());
    for (DomainEvent event : events) {
      records.add(new JournalRecord(++appended, event));
    }
    writer.add(new JournalBatch(records, whenWritten, whenDurable, afterwards));
    return records;
  }

  List<JournalRecord> append(List<DomainEvent> events, Runnable whenDurable) {
    return append(events, records -> whenDurable.run());
  }

  /** The last sequence that is on disk. */
  public long durable() {
    return durable.get();
  }

  /** Waits until a record is on disk; false where it is not within {@code limit}. */
  boolean awaitDurable(long sequence, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    synchronized (durable) {
      while (durable.get() < sequence) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        durable.wait(left);
      }
    }
    return true;
  }

  /** The first sequence that is still on disk. */
  public long first() throws IOException {
    return files.first();
  }

  /** The first sequence of the segment that is written now. */
  long segmentBegan() {
    return segments.began();
  }

  /** See {@link JournalFiles#drop}. */
  int drop(long covered, int reserve, Instant writtenBefore) throws IOException {
    return files.drop(covered, reserve, writtenBefore);
  }

  /** Bytes of all segments. */
  long bytes() throws IOException {
    return files.bytes();
  }

  /** Where it is kept. */
  Path folder() {
    return files.folder();
  }

  /** Why nothing is written at the moment; empty while all is well. */
  public String failure() {
    String failure = writer.failure();
    return failure.isEmpty() ? slow : failure;
  }

  public int batchesWaiting() {
    return writer.batchesWaiting();
  }

  /** For the shipper: each read goes on where the last one ended. */
  JournalCursor cursor() {
    return new JournalCursor(files, durable::get, recent);
  }

  @Override
  public void read(long sequence, Consumer<JournalRecord> each) {
    try (JournalCursor cursor = cursor()) {
      long next = sequence + 1;
      while (true) {
        List<JournalRecord> records = cursor.read(next, READ_AT_ONCE);
        if (records.isEmpty()) {
          return;
        }
        records.forEach(each);
        next = records.getLast().sequence() + 1;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acknowledge(List<JournalBatch> group) {
    if (!slow.isEmpty()) {
      log.warn("journal writes again after: {}", slow);
      slow = "";
    }
    long last = durable.get();
    for (JournalBatch batch : group) {
      last = batch.records().isEmpty() ? last : batch.records().getLast().sequence();
      recent.add(batch.records());
    }
    boolean news = last > durable.get();
    synchronized (durable) {
      durable.set(last);
      durable.notifyAll();
    }
    if (news) {
      durableListener.accept(last);
    }
    room.release(group.size());
    for (JournalBatch batch : group) {
      batch.whenDurable().accept(batch.records());
    }
    for (JournalBatch batch : group) {
      batch.afterwards().run();
    }
  }

  /** Writes what waits, then lets go of the folder. */
  public void close() throws IOException, InterruptedException {
    writer.close();
    segments.close();
    lock.release();
    lockFile.close();
  }
}
