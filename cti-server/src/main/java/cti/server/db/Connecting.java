package cti.server.db;

import com.mysql.cj.jdbc.MysqlDataSource;
import cti.server.db.DatabaseStartException.DatabaseUnavailableException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** Makes connections the one way that we use, and says plainly why one cannot be made. */
final class Connecting {
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** Longer than any statement of ours; ends waits on a server that went away half-open. */
  static final Duration READ_LIMIT = Duration.ofSeconds(60);

  /**
   * The driver knows what it set itself: else it asks the server before each update whether the
   * session is read-only, and sets an isolation that is there already. The texts of statements are
   * read once.
   */
  private static final String FEWER_QUESTIONS =
      "&useLocalSessionState=true&readOnlyPropagatesToServer=false&elideSetAutoCommits=true"
          + "&cacheServerConfiguration=true&maintainTimeStats=false"
          + "&cachePrepStmts=true&prepStmtCacheSize=250&prepStmtCacheSqlLimit=2048";

  private Connecting() {}

  static DataSource dataSource(DatabaseAddress address) {
    MysqlDataSource source = new MysqlDataSource();
    // URL properties, not setters: the setters of the driver throw checked exceptions one by one.
    source.setUrl(
        "jdbc:mysql://"
            + address.host()
            + ":"
            + address.port()
            + "/"
            + address.name()
            + "?connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true"
            + "&characterEncoding=UTF-8&rewriteBatchedStatements=true&tinyInt1isBit=true"
            + FEWER_QUESTIONS
            + security(address)
            + "&connectTimeout="
            + CONNECT_LIMIT.toMillis()
            + "&socketTimeout="
            + READ_LIMIT.toMillis());
    source.setUser(address.user());
    source.setPassword(address.password().reveal());
    return source;
  }

  /**
   * Within this machine nothing is encrypted that nobody can overhear (7 % of what a call cost);
   * the password is all the same, with the server's key.
   */
  private static String security(DatabaseAddress address) {
    if (address.requireTls()) {
      return "&sslMode=REQUIRED";
    }
    return onLoopback(address.host())
        ? "&sslMode=DISABLED&allowPublicKeyRetrieval=true"
        : "&sslMode=PREFERRED";
  }

  /** A name that is not known yet is no reason not to ask later. */
  private static boolean onLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  /** Opens one connection and looks whom we talk to. */
  static ServerKind check(DatabaseAddress address) {
    try (Connection connection = dataSource(address).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT VERSION()")) {
      row.next();
      String version = row.getString(1);
      ServerKind server =
          new ServerKind(version.contains("MariaDB") ? "MariaDB" : "MySQL", version);
      if (!server.supported()) {
        throw new DatabaseUnavailableException(
            "the database "
                + address
                + " is "
                + server
                + ", expected MySQL 8.4 or MariaDB 11, or later");
      }
      return server;
    } catch (SQLException refused) {
      throw new DatabaseUnavailableException(explain(address, refused), refused);
    }
  }

  /**
   * Error numbers are the server's: 1044, 1045, 1049, 1698 of MariaDB; SQL state 08 is a failed
   * connection.
   */
  private static String explain(DatabaseAddress address, SQLException refused) {
    return switch (refused.getErrorCode()) {
      case 1045, 1698 ->
          "the database at "
              + address.host()
              + ":"
              + address.port()
              + " refuses the user '"
              + address.user()
              + "' with the password given, expected a user and password that it knows";
      case 1044 ->
          "the user '"
              + address.user()
              + "' may not use the database '"
              + address.name()
              + "' at "
              + address.host()
              + ":"
              + address.port()
              + ", expected: GRANT ALL ON "
              + address.name()
              + ".* TO that user";
      case 1049 ->
          "there is no database '"
              + address.name()
              + "' at "
              + address.host()
              + ":"
              + address.port()
              + ", expected one made with: CREATE DATABASE "
              + address.name()
              + " CHARACTER SET utf8mb4";
      default ->
          "the database at "
              + address.host()
              + ":"
              + address.port()
              + " does not take our connection ("
              + rootOf(refused)
              + "), expected MySQL 8.4 or MariaDB 11, or later, to listen there";
    };
  }

  private static String rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null
        ? root.toString()
        : root.getMessage().lines().findFirst().orElse("");
  }
}
