package cti.testbed.server;

import cti.testbed.gateway.TestbedEnvironment;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A fresh database on the testbed's MySQL, named after our process; closing drops it. */
public final class TemporaryDatabase implements AutoCloseable {
  private static final String PREFIX = "cti_e2e_";

  private final TestbedEnvironment testbed;
  private final String name;

  private TemporaryDatabase(TestbedEnvironment testbed, String name) {
    this.testbed = testbed;
    this.name = name;
  }

  /** Makes it, and drops those of runs that died. */
  public static TemporaryDatabase create(TestbedEnvironment testbed)
      throws SQLException, IOException {
    TemporaryDatabase database =
        new TemporaryDatabase(testbed, PREFIX + ProcessHandle.current().pid());
    try (Connection connection = database.connect("");
        Statement statement = connection.createStatement()) {
      for (String left : leftOver(statement)) {
        statement.execute("DROP DATABASE " + left);
      }
      statement.execute("DROP DATABASE IF EXISTS " + database.name);
      statement.execute("CREATE DATABASE " + database.name + " CHARACTER SET utf8mb4");
    }
    return database;
  }

  private static List<String> leftOver(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("SHOW DATABASES LIKE 'cti\\_e2e\\_%'")) {
      while (rows.next()) {
        String name = rows.getString(1);
        String pid = name.substring(PREFIX.length());
        if (pid.matches("[0-9]{1,10}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /** As cti-server is told of it. */
  public DatabaseChoice choice() {
    URI address = URI.create(testbed.mysqlUrl().substring("jdbc:".length()));
    return new DatabaseChoice.MySql(
        address.getHost(),
        address.getPort(),
        name,
        testbed.mysqlUser(),
        testbed.mysqlPasswordFile());
  }

  public Connection connect() throws SQLException, IOException {
    return connect(name);
  }

  private Connection connect(String database) throws SQLException, IOException {
    String url = testbed.mysqlUrl();
    return DriverManager.getConnection(
        url.substring(0, url.lastIndexOf('/') + 1) + database,
        testbed.mysqlUser(),
        testbed.mysqlPassword());
  }

  /** Runs a statement in it, for a fault that a test wants. */
  public void execute(String sql) throws SQLException, IOException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    execute("DROP DATABASE " + name);
  }
}
