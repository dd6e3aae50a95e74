package cti.server.db;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mysql.cj.jdbc.MysqlDataSource;
import cti.server.config.Secret;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the way to the database is encrypted. */
class ConnectingTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, false, DISABLED",
    "localhost, false, DISABLED",
    "127.0.0.1, true, REQUIRED",
    "192.0.2.7, false, PREFERRED",
    "192.0.2.7, true, REQUIRED",
  })
  void withinTheMachineOnlyWhereItIsAskedFor(String host, boolean requireTls, String mode) {
    DatabaseAddress address =
        new DatabaseAddress(host, 3306, "cti", "cti", new Secret("secret"), requireTls);
    String url = ((MysqlDataSource) Connecting.dataSource(address)).getUrl();
    assertTrue(url.contains("&sslMode=" + mode + "&"), url);
  }
}
