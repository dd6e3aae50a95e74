package cti.server.db;

import cti.server.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/**
 * The database servers that tests run on: the embedded one, started once for the process, and the
 * MySQL of the testbed.
 *
 * <p>CTI_TEST_MYSQL says what happens where the testbed is not up: {@code required} fails the
 * tests, {@code if-present} (the default) reports them as skipped, with the reason.
 */
enum TestServers {
  MARIADB {
    @Override
    DatabaseAddress address() {
      return Embedded.SERVER.address();
    }
  },
  MYSQL {
    @Override
    DatabaseAddress address() {
      return testbed();
    }
  };

  /** A server and a user that may make databases whose names start with cti_. */
  abstract DatabaseAddress address();

  private static final class Embedded {
    /** It ends with this process; the folder is kept, so that it is unpacked only once. */
    static final EmbeddedMariaDb SERVER =
        EmbeddedMariaDb.start(ForkFolder.named("embedded-mariadb"), 0);
  }

  private static DatabaseAddress testbed() {
    Path file = testbedHome().resolve("run").resolve("testbed.env");
    Map<String, String> settings = new HashMap<>();
    try {
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          int equals = line.indexOf('=');
          if (equals > 0) {
            settings.put(line.substring(0, equals), line.substring(equals + 1));
          }
        }
      }
      String url = settings.get("CTI_MYSQL_URL");
      if (url == null) {
        throw notRun("no CTI_MYSQL_URL in " + file);
      }
      var matcher =
          java.util.regex.Pattern.compile("jdbc:mysql://([^:/]+):([0-9]+)/(\\w+)").matcher(url);
      if (!matcher.matches()) {
        throw new AssertionError(
            "CTI_MYSQL_URL is " + url + ", expected jdbc:mysql://host:port/name");
      }
      String password = Files.readString(Path.of(settings.get("CTI_MYSQL_PASSWORD_FILE"))).strip();
      DatabaseAddress address =
          new DatabaseAddress(
              matcher.group(1),
              Integer.parseInt(matcher.group(2)),
              matcher.group(3),
              settings.get("CTI_MYSQL_USER"),
              new Secret(password),
              false);
      try {
        Connecting.check(address);
      } catch (DatabaseStartException away) {
        throw notRun(away.getMessage());
      }
      return address;
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read " + file, broken);
    }
  }

  private static Path testbedHome() {
    return Optional.ofNullable(System.getenv("CTI_TESTBED_HOME"))
        .map(Path::of)
        .orElseGet(
            () ->
                Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                    .map(Path::of)
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                    .resolve("cti-testbed"));
  }

  private static RuntimeException notRun(String reason) {
    String wanted = System.getenv().getOrDefault("CTI_TEST_MYSQL", "if-present");
    return switch (wanted) {
      case "required" ->
          new IllegalStateException("CTI_TEST_MYSQL=required, but MySQL is not there: " + reason);
      case "if-present" -> new TestAbortedException("not run on MySQL: " + reason);
      default ->
          new IllegalArgumentException(
              "CTI_TEST_MYSQL is '" + wanted + "', expected required or if-present");
    };
  }
}
