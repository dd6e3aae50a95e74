package cti.server.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.Agent;
import cti.core.id.AgentId;
import cti.core.port.StoreUnavailableException;
import cti.server.config.Secret;
import cti.server.db.DatabaseStartException.DatabaseInUseException;
import cti.server.db.DatabaseStartException.DatabaseUnavailableException;
import cti.server.db.agents.AgentStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMariaDbTest {
  private static final Agent AGENT = new Agent(new AgentId("2001"), "员工0001", Map.of());

  @TempDir private Path temporary;

  private Path folder;

  /** The program is unpacked once for all tests; data and all else is each test's own. */
  @BeforeEach
  void shareTheProgram() throws IOException {
    TestServers.MARIADB.address();
    folder = temporary.resolve("database");
    Files.createDirectory(folder);
    try (Stream<Path> shared = Files.list(ForkFolder.named("embedded-mariadb"))) {
      Path program =
          shared
              .filter(path -> path.getFileName().toString().matches("program-[0-9.]+"))
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(folder.resolve(program.getFileName()), program.toAbsolutePath());
    }
  }

  @AfterEach
  void takeTheLinkAway() throws IOException {
    Files.delete(folder.resolve(programName()));
  }

  private static void awaitEnd(ProcessHandle process) throws Exception {
    process.onExit().get(30, TimeUnit.SECONDS);
  }

  private static ProcessHandle process(long pid) {
    return ProcessHandle.of(pid).orElseThrow();
  }

  @Test
  void dataIsKeptAndThePasswordIsNew() throws Exception {
    DatabaseAddress first;
    ProcessHandle server;
    try (EmbeddedMariaDb started = EmbeddedMariaDb.start(folder, 0)) {
      first = started.address();
      server = process(started.pid());
      assertEquals(
          "mariadbd", Files.readString(Path.of("/proc/" + server.pid() + "/comm")).strip());
      try (Database database = Database.open(first, 2)) {
        new AgentStore(database).save(AGENT);
      }
      assertFalse(Files.exists(folder.resolve("start.sql")), "the password is not left on disk");
    }
    assertFalse(server.isAlive());
    try (EmbeddedMariaDb again = EmbeddedMariaDb.start(folder, 0)) {
      assertNotEquals(first.password(), again.address().password());
      try (Database database = Database.open(again.address(), 2)) {
        assertEquals(List.of(AGENT), new AgentStore(database).load());
      }
    }
  }

  /** A MariaDB that starts deletes the temporary tables in its folder, whosever they are. */
  @Test
  void temporaryTablesAreInAFolderOfTheirOwn() throws Exception {
    try (EmbeddedMariaDb started = EmbeddedMariaDb.start(folder, 0);
        Connection connection = Connecting.dataSource(started.address()).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@tmpdir")) {
      assertTrue(row.next());
      assertEquals(folder.resolve("tmp").toRealPath(), Path.of(row.getString(1)).toRealPath());
    }
  }

  @Test
  void onlyTheUserWithThePasswordGetsIn() {
    try (EmbeddedMariaDb started = EmbeddedMariaDb.start(folder, 0)) {
      DatabaseAddress right = started.address();
      for (String user : List.of("root", "", "mysql", "cti")) {
        DatabaseAddress wrong =
            new DatabaseAddress(
                right.host(), right.port(), right.name(), user, new Secret(""), false);
        String message =
            assertThrows(DatabaseUnavailableException.class, () -> Connecting.check(wrong))
                .getMessage();
        assertTrue(message.contains("refuses the user '" + user + "'"), message);
      }
    }
  }

  @Test
  void aFolderInUseIsRefused() {
    try (EmbeddedMariaDb started = EmbeddedMariaDb.start(folder, 0)) {
      String message =
          assertThrows(DatabaseInUseException.class, () -> EmbeddedMariaDb.start(folder, 0))
              .getMessage();
      assertTrue(message.contains(folder + " is in use by another cti-server"), message);
      Connecting.check(started.address());
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String message =
          assertThrows(
                  DatabaseUnavailableException.class,
                  () -> EmbeddedMariaDb.start(folder, taken.getLocalPort()))
              .getMessage();
      assertTrue(message.contains("does not start on 127.0.0.1:" + taken.getLocalPort()), message);
      assertTrue(message.contains("Address already in use"), message);
    }
    try (EmbeddedMariaDb afterwards = EmbeddedMariaDb.start(folder, 0)) {
      Connecting.check(afterwards.address());
    }
  }

  @Test
  void aServerThatWentAwayIsNoticed() {
    EmbeddedMariaDb started = EmbeddedMariaDb.start(folder, 0);
    try (Database database = Database.open(started.address(), 2)) {
      assertTrue(database.answers());
      started.close();
      assertFalse(database.answers());
      AgentStore agents = new AgentStore(database);
      assertThrows(StoreUnavailableException.class, agents::load);
    } finally {
      started.close();
    }
  }

  @Test
  void aServerThatDiesIsStartedAgainAndTheSamePoolGoesOn() throws Exception {
    try (EmbeddedMariaDb started = EmbeddedMariaDb.start(folder, 0);
        Database database = Database.open(started.address(), 2)) {
      new AgentStore(database).save(AGENT);
      long before = started.pid();
      process(before).destroyForcibly();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> started.pid() != before && database.answers());
      assertEquals(List.of(AGENT), new AgentStore(database).load());
      assertTrue(Files.exists(folder.resolve("mariadbd.log.1")), "its last words are kept");
    }
    assertFalse(Files.exists(folder.resolve("start.sql")));
  }

  /** Another process of ours, killed without a chance to clean up. */
  @Test
  void theServerEndsWhenItsOwnerIsKilled() throws Exception {
    Process owner =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Owner.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    ProcessHandle server;
    try (BufferedReader lines = owner.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.startsWith("pid ")) {
        line = lines.readLine();
      }
      assertTrue(line != null, "the owner started the server");
      server = process(Long.parseLong(line.substring("pid ".length())));
      owner.destroyForcibly();
    }
    awaitEnd(owner.toHandle());
    awaitEnd(server);
    try (EmbeddedMariaDb afterwards = EmbeddedMariaDb.start(folder, 0)) {
      Connecting.check(afterwards.address());
    }
  }

  /** Starts a server, says its pid and waits to be killed. */
  static final class Owner {
    private Owner() {}

    public static void main(String[] arguments) throws IOException {
      EmbeddedMariaDb started = EmbeddedMariaDb.start(Path.of(arguments[0]), 0);
      System.out.println("pid " + started.pid());
      System.out.println("read " + System.in.read());
    }
  }

  @Test
  void aServerThatIsLeftOverIsStoppedByItsPid() throws Exception {
    EmbeddedMariaDb.start(folder, 0).close();
    Process left =
        new ProcessBuilder(
                folder.resolve("data/../" + programName() + "/bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + folder.resolve(programName()),
                "--datadir=" + folder.resolve("data"),
                "--pid-file=" + folder.resolve("mariadbd.pid"),
                "--skip-networking",
                "--skip-ssl",
                "--socket=mariadbd.sock",
                "--user=" + System.getProperty("user.name"))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = left.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.contains("ready for connections")) {
        line = lines.readLine();
      }
      assertTrue(line != null, "the server is up");
      Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(ignored -> {}));
      try (EmbeddedMariaDb started = EmbeddedMariaDb.start(folder, 0)) {
        assertFalse(left.toHandle().isAlive());
        Connecting.check(started.address());
      }
    } finally {
      left.destroyForcibly();
    }
  }

  private String programName() throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("program-"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void aStrangerWithTheOldPidIsLeftAlone() throws Exception {
    Process stranger = new ProcessBuilder("cat").start();
    try {
      Files.writeString(folder.resolve("mariadbd.pid"), stranger.pid() + "\n");
      try (EmbeddedMariaDb started = EmbeddedMariaDb.start(folder, 0)) {
        Connecting.check(started.address());
        assertTrue(stranger.isAlive());
      }
    } finally {
      stranger.destroyForcibly();
    }
  }
}
