package cti.server.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import cti.server.db.DatabaseStartException.DatabaseUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
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
  private static final int MOST_TRIES = 4;

  private final HikariDataSource pool;
  private final SqlSessionFactory sessions;
  private final ServerKind server;

  private Database(HikariDataSource pool, SqlSessionFactory sessions, ServerKind server) {
    this.pool = pool;
    this.sessions = sessions;
    this.server = server;
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
    HikariDataSource pool = pool(address, config);
    LOG.info("database {} is up: {}", address, server);
    return new Database(pool, sessions(pool), server);
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
    return server;
  }

  /** Connections in use now; for a gauge. */
  public int connectionsInUse() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  /** Callers that wait for a connection now; for a gauge. */
  public int callersWaiting() {
    return pool.getHikariPoolMXBean().getThreadsAwaitingConnection();
  }

  /** True where the database answers within 2 s; for the health page. */
  public boolean answers() {
    try (var connection = pool.getConnection()) {
      return connection.isValid(2);
    } catch (SQLException away) {
      LOG.warn("the database does not answer: {}", away.getMessage());
      return false;
    }
  }

  /**
   * Runs work in one transaction: committed when it returns, rolled back when it throws. Where the
   * server picked the transaction as the victim of a deadlock, it is run again, so work must be
   * free of effects outside the database.
   */
  public <M, T> T with(Class<M> mapper, Function<M, T> work) {
    return transaction(ExecutorType.SIMPLE, session -> work.apply(mapper(session, mapper)));
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
    transaction(
        ExecutorType.BATCH,
        session -> {
          work.accept(mapper(session, mapper));
          session.flushStatements();
          return null;
        });
  }

  /** Makes a mapper known at its first use. */
  private <M> M mapper(SqlSession session, Class<M> type) {
    Configuration configuration = sessions.getConfiguration();
    if (!configuration.hasMapper(type)) {
      synchronized (configuration) {
        if (!configuration.hasMapper(type)) {
          configuration.addMapper(type);
        }
      }
    }
    return session.getMapper(type);
  }

  private <T> T transaction(ExecutorType executor, Function<SqlSession, T> work) {
    for (int attempt = 1; ; attempt++) {
      try (SqlSession session =
          sessions.openSession(executor, TransactionIsolationLevel.READ_COMMITTED)) {
        T result = work.apply(session);
        session.commit(true);
        return result;
      } catch (PersistenceException failed) {
        if (attempt == MOST_TRIES || !deadlocked(failed)) {
          throw failed;
        }
        LOG.info("transaction lost a deadlock, attempt {} of {}", attempt, MOST_TRIES);
      }
    }
  }

  /** MySQL and MariaDB: 1213 ER_LOCK_DEADLOCK. The server has rolled the transaction back. */
  private static boolean deadlocked(PersistenceException failed) {
    return errorNumber(failed) == 1213;
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
    pool.close();
  }
}
