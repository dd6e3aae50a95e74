package cti.testbed.e2e;

import cti.testbed.client.Patience;
import cti.testbed.client.Unexpected;
import cti.testbed.gateway.TestbedEnvironment;
import cti.testbed.server.DatabaseChoice;
import cti.testbed.server.ServerProcess;
import cti.testbed.server.ServerSettings;
import cti.testbed.server.TemporaryDatabase;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Bad input at the start: one clear message, an exit code, nothing left running. */
final class StartSuite implements Suite {
  private static final int CONFIGURATION = 2;
  private static final int START_FAILED = 3;
  private static final Duration TO_FAIL = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "start";
  }

  @Override
  public void run(Workshop workshop) throws Exception {
    TestbedEnvironment testbed = workshop.testbed().environment();
    List<Scenario> scenarios =
        List.of(
            scenario("no configuration file", () -> noFile(workshop)),
            scenario("a key is missing in conf/cti.yaml", () -> missingKey(workshop)),
            scenario("a key is misspelt in conf/cti.yaml", () -> misspeltKey(workshop)),
            scenario("the web port is in use", () -> webPortInUse(workshop)),
            scenario("the FastAGI port is in use", () -> agiPortInUse(workshop)),
            scenario("the AMI password is wrong", () -> wrongPassword(workshop, testbed)),
            scenario("the gateway is away", () -> gatewayAway(workshop)),
            scenario("the database is away", () -> databaseAway(workshop, testbed)),
            scenario("the database's schema is too new", () -> schemaTooNew(workshop, testbed)));
    for (Scenario scenario : workshop.choice().of(scenarios)) {
      workshop.play(scenario.name(), () -> scenario.play().on(null));
    }
  }

  private static Scenario scenario(String name, Workshop.Act act) {
    return Scenario.alone("start: " + name, stage -> act.run()).inQuickRun();
  }

  private static void noFile(Workshop workshop) throws Exception {
    Attempt attempt = new Attempt(workshop, "no-file", new DatabaseChoice.Embedded());
    Path missing = attempt.settings.folder().resolve("elsewhere.yaml");
    attempt.fails(missing, CONFIGURATION, "elsewhere.yaml", "no such file");
    attempt.nothingRuns();
  }

  private static void missingKey(Workshop workshop) throws Exception {
    Attempt attempt = new Attempt(workshop, "missing-key", new DatabaseChoice.Embedded());
    attempt.write(yaml -> yaml.replaceFirst("(?m)^ *user: .*\n", ""));
    attempt.fails(CONFIGURATION, "gateway.ami.user", "expected");
    attempt.nothingRuns();
  }

  private static void misspeltKey(Workshop workshop) throws Exception {
    Attempt attempt = new Attempt(workshop, "misspelt-key", new DatabaseChoice.Embedded());
    attempt.write(yaml -> yaml.replace("journal:", "jornal:"));
    attempt.fails(CONFIGURATION, "jornal", "journal");
    attempt.nothingRuns();
  }

  private static void webPortInUse(Workshop workshop) throws Exception {
    Attempt attempt = new Attempt(workshop, "web-port", new DatabaseChoice.Embedded());
    attempt.write(UnaryOperator.identity());
    int port = attempt.settings.webPort();
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      attempt.fails(START_FAILED, "web.port", Integer.toString(taken.getLocalPort()), "in use");
    }
    attempt.nothingRuns();
  }

  private static void agiPortInUse(Workshop workshop) throws Exception {
    Attempt attempt = new Attempt(workshop, "agi-port", new DatabaseChoice.Embedded());
    attempt.write(UnaryOperator.identity());
    int port = attempt.settings.agiPort();
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      attempt.fails(
          START_FAILED, "FastAGI", Integer.toString(taken.getLocalPort()), "expected a free port");
    }
    attempt.nothingRuns();
  }

  private static void wrongPassword(Workshop workshop, TestbedEnvironment testbed)
      throws Exception {
    Attempt attempt = new Attempt(workshop, "wrong-password", new DatabaseChoice.Embedded());
    Path wrong = Files.writeString(attempt.settings.folder().resolve("wrong.secret"), "wrong\n");
    attempt.write(yaml -> yaml.replace(testbed.amiSecretFile().toString(), wrong.toString()));
    attempt.fails(START_FAILED, "gateway.ami", testbed.amiUser(), "expected");
    attempt.nothingRuns();
  }

  private static void gatewayAway(Workshop workshop) throws Exception {
    Attempt attempt = new Attempt(workshop, "gateway-away", new DatabaseChoice.Embedded());
    attempt.write(yaml -> yaml.replaceFirst("(?m)^    port: \\d+$", "    port: 1"));
    attempt.startsWithoutGateway();
    attempt.nothingRuns();
  }

  private static void databaseAway(Workshop workshop, TestbedEnvironment testbed) throws Exception {
    DatabaseChoice away =
        new DatabaseChoice.MySql(
            "127.0.0.1", 1, "cti_e2e_away", testbed.mysqlUser(), testbed.mysqlPasswordFile());
    Attempt attempt = new Attempt(workshop, "database-away", away);
    attempt.write(UnaryOperator.identity());
    attempt.fails(START_FAILED, "127.0.0.1:1", "expected");
    attempt.nothingRuns();
  }

  private static void schemaTooNew(Workshop workshop, TestbedEnvironment testbed) throws Exception {
    try (TemporaryDatabase database = TemporaryDatabase.create(testbed)) {
      // The table in which Flyway keeps what it has done, as a later version would have left it.
      database.execute(
          "CREATE TABLE schema_history (installed_rank INT NOT NULL PRIMARY KEY, version"
              + " VARCHAR(50), description VARCHAR(200) NOT NULL, type VARCHAR(20) NOT NULL,"
              + " script VARCHAR(1000) NOT NULL, checksum INT, installed_by VARCHAR(100) NOT NULL,"
              + " installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, execution_time INT"
              + " NOT NULL, success BOOLEAN NOT NULL)");
      database.execute(
          "INSERT INTO schema_history VALUES (1, '999', 'later', 'SQL', 'V999__later.sql', 1,"
              + " 'cti', CURRENT_TIMESTAMP, 1, TRUE)");
      Attempt attempt = new Attempt(workshop, "schema-too-new", database.choice());
      attempt.write(UnaryOperator.identity());
      attempt.fails(START_FAILED, "999", "expected at most");
      attempt.nothingRuns();
    }
  }

  /** One start that must fail. */
  private static final class Attempt {
    private final Workshop workshop;
    private final ServerSettings settings;

    Attempt(Workshop workshop, String name, DatabaseChoice database)
        throws IOException, InterruptedException {
      this.workshop = workshop;
      Path folder = workshop.serverFolder("start-" + name);
      // A FastAGI port of its own, so that a server that should not run cannot take calls.
      this.settings =
          ServerSettings.beside(workshop.testbed().environment(), folder, database)
              .withFreeAgiPort();
    }

    void write(UnaryOperator<String> fault) throws IOException {
      String sound = settings.yaml();
      String faulty = fault.apply(sound);
      Files.writeString(settings.file(), faulty);
    }

    void fails(int exitCode, String... words) throws IOException, InterruptedException {
      fails(settings.file(), exitCode, words);
    }

    /** The server must end with that code and say one message that holds the words. */
    void fails(Path configuration, int exitCode, String... words)
        throws IOException, InterruptedException {
      Path errors = settings.folder().resolve("stderr.log");
      try (ServerProcess server =
          ServerProcess.start(workshop.project(), configuration, settings.log(), errors)) {
        int code = server.awaitEnd(TO_FAIL);
        String message = Files.readString(errors).strip();
        Expect.equal("exit code (stderr: " + message + ")", exitCode, code);
        for (String word : words) {
          Expect.that("a message with '" + word + "'", message.contains(word), message);
        }
        Expect.that("no stack trace", !message.contains("\tat "), message);
        Expect.that("one message", message.lines().count() <= 4, message);
      }
    }

    /** A gateway that is away is no fault of the start: the server waits and says so. */
    void startsWithoutGateway() throws IOException, InterruptedException {
      Path errors = settings.folder().resolve("stderr.log");
      try (ServerProcess server =
          ServerProcess.start(workshop.project(), settings.file(), settings.log(), errors)) {
        Readiness.awaitNotReady(settings.address(), server, "gateway");
        Expect.equal("exit code on SIGTERM", 0, server.stop());
      }
    }

    private void nothingRuns() throws IOException, InterruptedException {
      String folder = settings.folder().toString();
      Patience.until(
          "nothing of the server runs any more",
          Duration.ofSeconds(10),
          () -> {
            List<String> left =
                ProcessHandle.allProcesses()
                    .filter(process -> process.pid() != ProcessHandle.current().pid())
                    .flatMap(process -> process.info().commandLine().stream())
                    .filter(line -> line.contains(folder))
                    .toList();
            return left.isEmpty() ? Optional.empty() : Optional.of(left.toString());
          });
      for (int port : new int[] {settings.webPort(), settings.agiPort()}) {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
          Expect.equal("port", port, free.getLocalPort());
        } catch (BindException taken) {
          throw new Unexpected("port " + port + " is held although the server has ended");
        }
      }
    }
  }
}
