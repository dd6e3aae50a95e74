package cti.testbed.faults;

import cti.testbed.client.Patience;
import cti.testbed.server.TemporaryDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table that nobody else may write to, until it is closed. */
final class TableLock implements AutoCloseable {
  private final Connection owner;
  private final Connection observer;
  private final String table;

  private TableLock(Connection owner, Connection observer, String table) {
    this.owner = owner;
    this.observer = observer;
    this.table = table;
  }

  static TableLock on(TemporaryDatabase database, String table) throws SQLException, IOException {
    Connection owner = database.connect();
    try (Statement statement = owner.createStatement()) {
      statement.execute("LOCK TABLES " + table + " WRITE");
    }
    return new TableLock(owner, database.connect(), table);
  }

  /** Waits until another connection wants to write to it, in its transaction. */
  void awaitSomebodyWaiting(Duration limit) throws InterruptedException {
    Patience.until(
        "a transaction waits for the table " + table,
        limit,
        () -> {
          try {
            List<String> waiting = waiting();
            return waiting.isEmpty() ? Optional.of("nobody waits") : Optional.empty();
          } catch (SQLException fault) {
            return Optional.of(fault.toString());
          }
        });
  }

  private List<String> waiting() throws SQLException {
    List<String> waiting = new ArrayList<>();
    try (Statement statement = observer.createStatement();
        ResultSet rows = statement.executeQuery("SHOW FULL PROCESSLIST")) {
      while (rows.next()) {
        String state = rows.getString("State");
        String info = rows.getString("Info");
        if (state != null
            && state.startsWith("Waiting for table")
            && info != null
            && info.contains(table)) {
          waiting.add(info);
        }
      }
    }
    return waiting;
  }

  @Override
  public void close() throws SQLException {
    try (owner;
        observer) {
      try (Statement statement = owner.createStatement()) {
        statement.execute("UNLOCK TABLES");
      }
    }
  }
}
