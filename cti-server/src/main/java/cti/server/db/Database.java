package cti.server.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import cti.core.port.StoreUnavailableException;
import cti.server.db.DatabaseStartException.DatabaseUnavailableException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.logging.nologging.NoLoggingImpl;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.LocalCacheScope;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.session.TransactionIsolationLevel;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that is there, of a supported kind, with our schema on it, behind a pool. Thread-safe;
 * meant for virtual threads capped at the pool's size. A connection is waited for at most 5 s.
 */
public final class Database implements AutoCloseable {
  /** The longest wait for a free connection. */
  static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** What is to be done once the transaction under way is committed. */
  private static final ScopedValue<List<Runnable>> AFTER_COMMIT = ScopedValue.newInstance();

  private static final int MOST_TRIES = 4;

  /** ER_LOCK_DEADLOCK of MySQL and MariaDB. The server has rolled the transaction back. */
  private static final int DEADLOCK = 1213;

  /**
   * Error numbers of a server that cannot serve now: 1040 too many connections, 1053 shutting down,
   * 1205 a lock was waited for too long, 1290 and 1836 read-only, 1317 the statement was broken
   * off, 1927 and 4031 it ended the connection, 3024 the statement took too long.
   */
  private static final Set<Integer> AWAY =
      Set.of(1040, 1053, 1205, 1290, 1317, 1836, 1927, 3024, 4031);

  private volatile Opened opened;

  /** A server that was found, and the pool in front of it. */
  private record Opened(
      HikariDataSource pool,
      SqlSessionFactory sessions,
      ServerKind server,
      Set<Class<?>> mappers) {}

  private Database() {}

  /**
   * A database that has not come yet: every use is refused as {@link StoreUnavailableException}, at
   * once, until it {@link #comesAs}.
   */
  public static Database awaited() {
    return new Database();
  }

  /** What was opened elsewhere, and found good, is this one from here on; closed with this one. */
  public void comesAs(Database found) {
    opened = found.opened;
  }

  /** Whether it was there at any time of this run. */
  public boolean came() {
    return opened != null;
  }

  private Opened opened() {
    Opened there = opened;
    if (there == null) {
      throw new StoreUnavailableException("the database has not come yet", null);
    }
    return there;
  }

  /**
   * Connects, brings the schema up to date and opens the pool.
   *
   * @param poolSize most connections at a time, 2 to 100
   * @throws DatabaseStartException where that fails; nothing is left open
   */
  public static Database open(DatabaseAddress address, int poolSize) {
    if (poolSize < 2 || poolSize > 100) {
      throw new IllegalArgumentException("pool size is " + poolSize + ", expected 2 to 100");
    }
    ServerKind server = Connecting.check(address);
    SchemaMigration.run(address);
    HikariConfig config = new HikariConfig();
    config.setPoolName("cti-database");
    config.setDataSource(Connecting.dataSource(address));
    config.setMaximumPoolSize(poolSize);
    config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    HikariDataSource pool = pool(address, config);
    LOG.info("database {} is up: {}", address, server);
    Database database = new Database();
    database.opened = new Opened(pool, sessions(pool), server, ConcurrentHashMap.newKeySet());
    return database;
  }

  private static HikariDataSource pool(DatabaseAddress address, HikariConfig config) {
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException away) {
      throw new DatabaseUnavailableException(
          "the database " + address + " went away while it was being opened: " + away.getMessage(),
          away);
    }
  }

  private static SqlSessionFactory sessions(HikariDataSource pool) {
    Configuration configuration =
        new Configuration(new Environment("cti", new JdbcTransactionFactory(), pool));
    // It would write every parameter, hashes of passwords among them, at DEBUG.
    configuration.setLogImpl(NoLoggingImpl.class);
    configuration.setMapUnderscoreToCamelCase(true);
    configuration.setArgNameBasedConstructorAutoMapping(true);
    configuration.setReturnInstanceForEmptyRow(false);
    configuration.setLocalCacheScope(LocalCacheScope.STATEMENT);
    configuration.getTypeHandlerRegistry().register(Instant.class, new UtcInstantHandler());
    return new SqlSessionFactoryBuilder().build(configuration);
  }

  /** The server that was found. */
  public ServerKind server() {
    return opened().server();
  }

  /** Connections in use now; for a gauge. */
  public int connectionsInUse() {
    Opened there = opened;
    return there == null ? 0 : there.pool().getHikariPoolMXBean().getActiveConnections();
  }

  /** Callers that wait for a connection now; for a gauge. */
  public int callersWaiting() {
    Opened there = opened;
    return there == null ? 0 : there.pool().getHikariPoolMXBean().getThreadsAwaitingConnection();
  }

  /** True where the database answers within 2 s; for the health page. */
  public boolean answers() {
    Opened there = opened;
    if (there == null) {
      return false;
    }
    try (var connection = there.pool().getConnection()) {
      boolean valid = connection.isValid(2);
      if (!valid) {
        // No exception told the pool, which hands out what was in use a moment ago unlooked at.
        there.pool().evictConnection(connection);
      }
      return valid;
    } catch (SQLException away) {
      LOG.warn("the database does not answer: {}", away.getMessage());
      return false;
    }
  }

  /**
   * Runs work in one transaction: committed when it returns, rolled back when it throws. Where the
   * server picked the transaction as the victim of a deadlock, it is run again, so work must be
   * free of effects outside the database.
   *
   * @throws StoreUnavailableException where the database is away or did not answer in time
   * @throws PersistenceException where it refuses a statement
   */
  public <M, T> T with(Class<M> mapper, Function<M, T> work) {
    Opened there = opened();
    return transaction(
        there.sessions()::openSession,
        there,
        session -> work.apply(mapper(there, session, mapper)));
  }

  /**
   * The same for reading by several statements: all of them see what was committed before the
   * first.
   */
  public <M, T> T snapshot(Class<M> mapper, Function<M, T> work) {
    Opened there = opened();
    return transaction(
        () -> there.sessions().openSession(TransactionIsolationLevel.REPEATABLE_READ),
        there,
        session -> work.apply(mapper(there, session, mapper)));
  }

  /** The same without a result. */
  public <M> void run(Class<M> mapper, Consumer<M> work) {
    with(
        mapper,
        open -> {
          work.accept(open);
          return null;
        });
  }

  /**
   * The same with statements sent in batches: repeated statements go out together, in order. Counts
   * that such a statement returns mean nothing.
   */
  public <M> void runBatch(Class<M> mapper, Consumer<M> work) {
    withBatch(
        mapper,
        open -> {
          work.accept(open);
          return null;
        });
  }

  /** The same with a result. */
  public <M, T> T withBatch(Class<M> mapper, Function<M, T> work) {
    Opened there = opened();
    return transaction(
        () -> there.sessions().openSession(ExecutorType.BATCH),
        there,
        session -> {
          T result = work.apply(mapper(there, session, mapper));
          session.flushStatements();
          return result;
        });
  }

  /**
   * Makes a mapper known at its first use. MyBatis says that it has a mapper before it has read the
   * statements, so our own list counts.
   */
  private static <M> M mapper(Opened there, SqlSession session, Class<M> type) {
    Set<Class<?>> mappers = there.mappers();
    if (!mappers.contains(type)) {
      synchronized (mappers) {
        if (!mappers.contains(type)) {
          there.sessions().getConfiguration().addMapper(type);
          mappers.add(type);
        }
      }
    }
    return session.getMapper(type);
  }

  private static <T> T transaction(
      Supplier<SqlSession> opening, Opened there, Function<SqlSession, T> work) {
    for (int attempt = 1; ; attempt++) {
      List<Runnable> then = new ArrayList<>();
      T result;
      try (SqlSession session = opening.get()) {
        result = ScopedValue.where(AFTER_COMMIT, then).call(() -> work.apply(session));
        session.commit(true);
      } catch (PersistenceException failed) {
        if (away(there, failed)) {
          throw new StoreUnavailableException(
              "the database does not answer: " + rootOf(failed), failed);
        }
        if (errorNumber(failed) != DEADLOCK) {
          throw failed;
        }
        if (attempt == MOST_TRIES) {
          throw new StoreUnavailableException(
              "the transaction lost " + MOST_TRIES + " deadlocks in a row", failed);
        }
        LOG.info("transaction lost a deadlock, attempt {} of {}", attempt, MOST_TRIES);
        continue;
      }
      then.forEach(Runnable::run);
      return result;
    }
  }

  /**
   * Within work: does something once its transaction is committed, and nothing where it is not.
   *
   * @throws IllegalStateException outside of work
   */
  public static void afterCommit(Runnable then) {
    if (!AFTER_COMMIT.isBound()) {
      throw new IllegalStateException("no transaction is under way, expected one");
    }
    AFTER_COMMIT.get().add(then);
  }

  /**
   * Whether the failure is the server's absence, not a fault of ours: no connection in time, a
   * connection that broke, or one of {@link #AWAY}.
   */
  private static boolean away(Opened there, PersistenceException failed) {
    if (there.pool().isClosed()) {
      return true;
    }
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && away(sql)) {
        return true;
      }
    }
    return false;
  }

  private static boolean away(SQLException failed) {
    return failed instanceof SQLTransientConnectionException
        || failed instanceof SQLNonTransientConnectionException
        || failed instanceof SQLRecoverableException
        || failed instanceof SQLTimeoutException
        || (failed.getSQLState() != null && failed.getSQLState().startsWith("08"))
        || AWAY.contains(failed.getErrorCode());
  }

  private static String rootOf(Throwable failed) {
    Throwable root = failed;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }

  /** True where a unique key refused a row: 1062 ER_DUP_ENTRY. */
  public static boolean isDuplicate(PersistenceException failed) {
    return errorNumber(failed) == 1062;
  }

  private static int errorNumber(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql.getErrorCode();
      }
    }
    return 0;
  }

  @Override
  public void close() {
    Opened there = opened;
    if (there != null) {
      there.pool().close();
    }
  }
}
