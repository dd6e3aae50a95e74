package cti.server.db;

import cti.server.config.Secret;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A fresh database with our schema on one of the {@link TestServers}, dropped at the end. */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final TestServers server;
  private DatabaseAddress address;
  private Database database;

  TestDatabase(TestServers server) {
    this.server = server;
  }

  /** Made at the first call; reports a test as skipped where the server is not there. */
  public synchronized Database open() {
    if (database == null) {
      database = Database.open(address(), 4);
    }
    return database;
  }

  /** The same, without rows of an earlier test. */
  public Database emptied() {
    Database opened = open();
    List<String> tables = new ArrayList<>();
    try (Connection connection = Connecting.dataSource(address).getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("SHOW TABLES")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      statement.execute("SET foreign_key_checks = 0");
      for (String table : tables) {
        switch (table) {
          case "schema_history" -> {}
          case "journal_mark" -> statement.execute("UPDATE journal_mark SET sequence = 0");
          default -> statement.execute("DELETE FROM " + table);
        }
      }
    } catch (SQLException broken) {
      throw new AssertionError("cannot empty " + address, broken);
    }
    return opened;
  }

  /** An empty database without a schema, for tests of opening one. */
  public synchronized DatabaseAddress address() {
    if (address == null) {
      DatabaseAddress any = server.address();
      address =
          any.withName("cti_test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet());
      execute(any, "CREATE DATABASE " + address.name() + " CHARACTER SET utf8mb4");
    }
    return address;
  }

  /** Runs one statement past the product's own code. */
  public void execute(String sql) {
    execute(address(), sql);
  }

  /** Changes rows past our own code; how many. */
  public int change(String sql) {
    try (Connection connection = Connecting.dataSource(address()).getConnection();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    } catch (SQLException broken) {
      throw new AssertionError(sql, broken);
    }
  }

  /** The first column of the first row, as the server prints it. */
  public String query(String sql) {
    try (Connection connection = Connecting.dataSource(address()).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    } catch (SQLException broken) {
      throw new AssertionError(sql, broken);
    }
  }

  private static void execute(DatabaseAddress address, String sql) {
    try (Connection connection = Connecting.dataSource(address).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException broken) {
      throw new AssertionError(sql, broken);
    }
  }

  DatabaseAddress withPassword(String other) {
    DatabaseAddress right = address();
    return new DatabaseAddress(
        right.host(), right.port(), right.name(), right.user(), new Secret(other), false);
  }

  @Override
  public synchronized void close() {
    if (database != null) {
      database.close();
    }
    if (address != null) {
      execute(server.address(), "DROP DATABASE IF EXISTS " + address.name());
    }
  }

  @Override
  public String toString() {
    return server.name();
  }
}
