package cti.server.runtime;

import cti.core.port.JournalRecord;
import cti.core.port.RecordStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the journal into the database, in order. A database that is away is waited for; nothing is
 * passed over.
 */
public final class JournalShipper {
  private static final Logger log = LoggerFactory.getLogger(JournalShipper.class);
  private static final int MOST_RECORDS = 4_000;

  /**
   * Between two looks at the journal, so that records gather: a transaction costs some thirty
   * statements however few it stores, and a call is written once for all that gathered of it.
   */
  private static final Duration GATHER = Duration.ofSeconds(1);

  private static final int COMPARED = 200;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final JournalCursor reader;
  private final Journal journal;
  private final RecordStore store;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** Records became durable, or it is to stop. */
  private final Condition news = lock.newCondition();

  /** It is to stop: news come with each flush, some fifty a call, and do not shorten a pause. */
  private final Condition end = lock.newCondition();

  private final Thread thread;
  private volatile long shipped;
  private volatile boolean stopping;
  private volatile Optional<Problem> problem = Optional.empty();

  /** Why nothing is shipped at the moment. */
  public record Problem(Instant since, String message) {}

  public JournalShipper(Journal journal, RecordStore store, InstantSource clock) {
    this.journal = journal;
    this.reader = journal.cursor();
    this.store = store;
    this.clock = clock;
    journal.onDurable(sequence -> wake());
    this.thread = Thread.ofPlatform().name("journal-shipper").daemon().start(this::run);
  }

  /**
   * The last record that the database holds, where the journal goes as far.
   *
   * @throws JournalBehindDatabaseException where it does not: nothing may be started then
   * @throws DatabaseBehindJournalException where records between are dropped already
   * @throws RuntimeException where the records that both have are not the same, see {@link
   *     RecordStore#compare}
   * @throws cti.core.port.StoreUnavailableException where the database is away
   */
  public static long agreedMark(Journal journal, RecordStore store) {
    long mark = store.highWaterMark();
    if (mark > journal.durable()) {
      throw new JournalBehindDatabaseException(journal.folder(), journal.durable(), mark);
    }
    try {
      long first = journal.first();
      if (mark < first - 1) {
        throw new DatabaseBehindJournalException(journal.folder(), first, mark);
      }
      if (mark >= first) {
        store.compare(lastBefore(journal, Math.max(first, mark - COMPARED + 1), mark));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return mark;
  }

  /** The records that both should have: a database that was filled from another journal shows. */
  private static List<JournalRecord> lastBefore(Journal journal, long from, long mark)
      throws IOException {
    try (JournalCursor cursor = journal.cursor()) {
      List<JournalRecord> records = new ArrayList<>();
      while (from <= mark) {
        records.addAll(cursor.read(from, (int) (mark - from + 1)));
        from = records.getLast().sequence() + 1;
      }
      return records;
    }
  }

  /** The last sequence that is in the database, as far as this run knows. */
  public long shipped() {
    return shipped;
  }

  /** How many records wait on disk. */
  public long lag() {
    return Math.max(0, journal.durable() - shipped);
  }

  public Optional<Problem> problem() {
    return problem;
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    boolean markKnown = false;
    while (true) {
      try {
        if (!markKnown) {
          shipped = agreedMark(journal, store);
          markKnown = true;
        }
        shipAll();
        problem.ifPresent(p -> log.warn("records are shipped again, after: {}", p.message()));
        problem = Optional.empty();
        pause = FIRST_PAUSE;
        if (stopping) {
          return;
        }
        await(GATHER, true);
        await(Duration.ofSeconds(1), false);
      } catch (IOException | RuntimeException e) {
        markKnown = false;
        if (problem.isEmpty()) {
          log.error("records cannot be shipped to the database: {}", e.getMessage());
          problem = Optional.of(new Problem(clock.instant(), String.valueOf(e.getMessage())));
        }
        if (stopping) {
          log.warn("stopped with {} records on disk only; the next start ships them", lag());
          return;
        }
        await(pause, true);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }

  private void shipAll() throws IOException {
    while (true) {
      List<JournalRecord> records = reader.read(shipped + 1, MOST_RECORDS);
      if (records.isEmpty()) {
        return;
      }
      store.store(records);
      shipped = records.getLast().sequence();
    }
  }

  private void wake() {
    lock.lock();
    try {
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for news, or out a pause that news must not shorten. */
  private void await(Duration time, boolean whole) {
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0 && !stopping && (whole || shipped >= journal.durable())) {
        left = (whole ? end : news).awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    } finally {
      lock.unlock();
    }
  }

  /** Ships what is on disk if the database takes it, then ends. */
  public void close() throws IOException, InterruptedException {
    stopping = true;
    lock.lock();
    try {
      news.signal();
      end.signal();
    } finally {
      lock.unlock();
    }
    thread.join(Duration.ofSeconds(10));
    reader.close();
  }
}
