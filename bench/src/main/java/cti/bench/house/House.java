package cti.bench.house;

import cti.bench.console.AskedTimes;
import cti.bench.console.Heard;
import cti.bench.gateway.Played;
import cti.server.config.Secret;
import cti.server.db.DatabaseAddress;
import cti.server.db.EmbeddedMariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Everything that a measurement needs, each in a process of its own, on loopback ports and in a
 * temporary folder: the embedded database with a catalogue, cti-server, the synthetic gateway,
 * consoles. Closing it leaves nothing.
 */
public final class House implements AutoCloseable {
  private static final String SUPERVISOR = "supervisor";
  private static final Duration TO_OPEN = Duration.ofSeconds(180);

  private final Settings settings;
  private final Path folder;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final String password = random();
  private Configuration configuration;
  private Catalogue catalogue;
  private String token;
  private List<String> agentTokens = List.of();
  private boolean closed;
  private Server server;
  private Helper gateway;
  private Helper consoles;

  private House(Settings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
  }

  /** Builds it and logs all agents on; what was started is ended again where that fails. */
  public static House open(Settings settings)
      throws IOException, InterruptedException, SQLException {
    House house = new House(settings, Files.createTempDirectory("cti-bench-"));
    // Ctrl-C too leaves nothing running.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(house::closeAtExit));
    try {
      house.build();
      return house;
    } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
      house.tail();
      house.close();
      throw e;
    }
  }

  private void build() throws IOException, InterruptedException, SQLException {
    configuration = Configuration.in(folder, false);
    say("a catalogue of %d agents and %d people".formatted(settings.agents(), settings.staff()));
    catalogue = Catalogue.of(settings.agents(), settings.staff(), settings.wrapUp());
    agentTokens = catalogue.store(folder.resolve("database"), SUPERVISOR, new Secret(password));
    Path numbers = Files.write(folder.resolve("callers.txt"), catalogue.numbers());
    gateway =
        Helper.gateway(
            configuration,
            numbers,
            settings.events(),
            settings.ringMillis(),
            settings.talkMillis(),
            folder.resolve("helpers.log"));
    running.push(gateway);
    server = Server.start(configuration, settings.heapMib(), folder.resolve("server.log"));
    running.push(server);
    server.awaitReady();
    token = server.signIn(SUPERVISOR, password);
    say("logging " + settings.agents() + " agents on");
    LogOn.all(server, token, catalogue.agents());
    openConsoles();
  }

  /** Opens all consoles anew: those that were closed for being slow count again. */
  public void openConsoles() throws IOException, InterruptedException {
    if (consoles != null) {
      running.remove(consoles);
      consoles.close();
    }
    say("opening " + settings.consoles().streams() + " consoles");
    consoles =
        Helper.start(
            "listen",
            folder.resolve("helpers.log"),
            List.of(
                "--port=" + server.address().getPort(),
                "--token-file=" + Files.write(folder.resolve("tokens"), consoleTokens()),
                "--asked=" + asked(),
                "--count=" + settings.consoles().streams(),
                "--topics=" + settings.consoles().topics(),
                "--gather=" + settings.consoles().gather()));
    running.push(consoles);
    Clocked.until(
        "consoles are live", TO_OPEN, () -> heard().live() == settings.consoles().streams());
  }

  private Path asked() {
    return folder.resolve("asked");
  }

  private List<String> consoleTokens() {
    return switch (settings.consoles().who()) {
      case SUPERVISOR -> List.of(token);
      case AGENTS -> agentTokens;
    };
  }

  public Server server() {
    return server;
  }

  /** Begins calls at a rate, for a time. */
  public void play(double perSecond, double seconds) {
    gateway.tell("play " + perSecond + " " + seconds);
  }

  /** What the gateway did. */
  public Played played() {
    return gateway.status(Played.class);
  }

  /** What the consoles were told. */
  public Heard heard() {
    return consoles.status(Heard.class);
  }

  /** CPU of the server so far, by its threads. */
  public Threads serverThreads() throws IOException {
    return Threads.of(server.pid());
  }

  /** CPU that the generator has used: gateway and consoles. */
  public Duration generatorCpu() {
    return gateway.cpu().plus(consoles.cpu());
  }

  /** What stands at a path of the API, as the supervisor sees it. */
  public JsonNode read(String path) throws IOException, InterruptedException {
    return server.read(path, token);
  }

  /** Has the server take sites, desks, agents and people from the database anew. */
  public void reloadCatalog() throws IOException, InterruptedException {
    server.post("/api/v1/catalog/reload", token);
  }

  /** The token of a session of the administrator. */
  public String administrator() throws IOException, InterruptedException {
    return server.signIn(Catalogue.ADMINISTRATOR, password);
  }

  /** Where the server answers FastAGI. */
  public int agiPort() {
    return configuration.agiPort();
  }

  /** Agents who are not ready for another reason, one after the other, as commands of theirs. */
  public StateChanges stateChanges() throws IOException {
    return new StateChanges(server, token, catalogue.agents(), AskedTimes.in(asked()));
  }

  /** Cuts the gateway link. */
  public void cut() {
    gateway.tell("cut");
  }

  /** A warm-up is over: times of pops so far do not count. */
  public void forgetTimes() {
    consoles.tell("forget");
  }

  /**
   * Ends the server and counts the calls on record, by outcome; NULL stands for a call that has not
   * ended.
   */
  public Map<String, Long> stopAndCount() throws SQLException {
    running.remove(server);
    server.close();
    Map<String, Long> counts = new TreeMap<>();
    try (EmbeddedMariaDb database = EmbeddedMariaDb.start(folder.resolve("database"), 0);
        Connection connection = connect(database.address());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT LOWER(COALESCE(outcome, 'NULL')), COUNT(*) FROM call_record GROUP BY 1")) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    }
    return counts;
  }

  private static Connection connect(DatabaseAddress address) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://%s:%d/%s".formatted(address.host(), address.port(), address.name()),
        address.user(),
        address.password().reveal());
  }

  /** Progress, for whoever waits. */
  public static void say(String what) {
    System.err.println("bench: " + what);
  }

  private void tail() throws IOException {
    for (String name : List.of("server.log", "helpers.log")) {
      Path log = folder.resolve(name);
      if (Files.isRegularFile(log)) {
        List<String> lines = Files.readAllLines(log);
        lines.subList(Math.max(0, lines.size() - 12), lines.size()).forEach(System.err::println);
      }
    }
  }

  /** Lines of the server's log that are no news but a warning or an error. */
  public long warnings() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("server.log"))) {
      return lines.filter(line -> line.contains(" WARN ") || line.contains(" ERROR ")).count();
    }
  }

  private void closeAtExit() {
    try {
      close();
    } catch (IOException e) {
      System.err.println("bench: " + folder + " was not removed: " + e.getMessage());
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        System.err.println("bench: a process did not end well: " + e);
      }
    }
    if (System.getenv("CTI_BENCH_KEEP") != null) {
      say("kept: " + folder);
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  static String random() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
