package cti.server.app;

import cti.server.config.DatabaseConfig;
import cti.server.db.Database;
import cti.server.db.DatabaseAddress;
import cti.server.db.DatabaseStartException;
import cti.server.db.DatabaseStartException.DatabaseUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the database, at the start and after it for as long as it takes. Its schema is brought
 * up to date when it comes; it is used by nobody before it was found to be the right one.
 */
final class DatabaseArrival {
  private static final Logger log = LoggerFactory.getLogger(DatabaseArrival.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final DatabaseConfig config;
  private final Database awaited;
  private final Lifecycle servers = new Lifecycle();
  private final CountDownLatch closing = new CountDownLatch(1);
  private Optional<DatabaseAddress> address = Optional.empty();
  private Optional<Database> candidate = Optional.empty();
  private Thread trying;
  private volatile Optional<String> problem = Optional.empty();

  /** Looks whether a database is the right one, and readies what depends on it. */
  interface Admission {
    /**
     * @throws Exception where it is not to be used; it is closed then, and tried again later
     */
    void admit(Database found) throws Exception;
  }

  /**
   * @param awaited becomes the database that is found
   */
  DatabaseArrival(DatabaseConfig config, Database awaited) {
    this.config = config;
    this.awaited = awaited;
  }

  /**
   * The first try.
   *
   * @param copyIn where there is a last good copy, to go on without a database
   * @return the database, not in use yet: {@link #accept} it; absent where it is merely away
   * @throws DatabaseStartException where it cannot be used, or is away and there is no copy
   */
  Optional<Database> first(Path folder, boolean copy) {
    try {
      return Optional.of(open());
    } catch (DatabaseUnavailableException away) {
      if (!copy) {
        throw new DatabaseUnavailableException(
            away.getMessage()
                + "; nor is there a last good copy of desks, agents and directory in "
                + folder
                + " to start from (each start with a database makes one)",
            away);
      }
      problem = Optional.of(away.getMessage());
      log.error("started without the database, from the last good copy: {}", away.getMessage());
      return Optional.empty();
    }
  }

  /** The database that was found is the one for everybody from here on. */
  synchronized void accept() {
    awaited.comesAs(candidate.orElseThrow());
    candidate = Optional.empty();
    problem = Optional.empty();
  }

  /** Tries until it is there and admitted. */
  synchronized void keepTrying(Admission admission) {
    trying = Thread.ofPlatform().name("database-arrival").daemon().start(() -> keep(admission));
  }

  /** Why there is no database; absent once it came. */
  Optional<String> problem() {
    return problem;
  }

  private void keep(Admission admission) {
    Duration pause = FIRST_PAUSE;
    try {
      while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        if (tried(admission)) {
          return;
        }
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean tried(Admission admission) {
    try {
      admission.admit(open());
      accept();
      log.warn("the database has come: what was missed meanwhile is shipped");
      return true;
    } catch (Exception refused) {
      String message = String.valueOf(refused.getMessage());
      if (!problem.equals(Optional.of(message))) {
        log.error("the database is not in use: {}", message);
      }
      problem = Optional.of(message);
      discard();
      return false;
    }
  }

  private synchronized Database open() {
    if (address.isEmpty()) {
      address = Optional.of(ConfiguredDatabase.address(config, servers));
    }
    candidate = Optional.of(Database.open(address.get(), config.poolSize()));
    return candidate.get();
  }

  private synchronized void discard() {
    candidate.ifPresent(Database::close);
    candidate = Optional.empty();
  }

  /** Ends the waiting, the database's connections, and the embedded server where there is one. */
  void close() throws InterruptedException {
    closing.countDown();
    Thread thread = trying;
    if (thread != null) {
      thread.interrupt();
      thread.join(Duration.ofSeconds(60));
    }
    discard();
    awaited.close();
    if (!servers.stop()) {
      throw new IllegalStateException("the embedded database did not stop as it should");
    }
  }
}
