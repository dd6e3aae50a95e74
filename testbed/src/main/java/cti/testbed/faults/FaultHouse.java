package cti.testbed.faults;

import cti.testbed.client.AgentView;
import cti.testbed.client.Api;
import cti.testbed.client.Stream;
import cti.testbed.client.Unexpected;
import cti.testbed.faults.Fault.Place;
import cti.testbed.faults.LoadCatalogue.Seat;
import cti.testbed.gateway.Testbed;
import cti.testbed.server.SampleAccount;
import cti.testbed.server.ServerProcess;
import cti.testbed.server.ServerSettings;
import cti.testbed.server.TemporaryDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A cti-server on MySQL whose way to the gateway's manager interface we hold in our hands, with the
 * desks of the load and a supervisor who watches everything.
 */
final class FaultHouse implements AutoCloseable {
  private static final List<String> TOPICS = List.of("calls", "agents", "gateway");
  private static final Duration LINK_LIVE = Duration.ofSeconds(60);

  private static final int LOG_LINES = 50;
  private static final Pattern LOG_TIME = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z ");

  private final Path project;
  private final Testbed testbed;
  private final TemporaryDatabase database;
  private final AmiProxy line;
  private final ServerSettings settings;
  private final Surroundings surroundings;
  private ServerProcess server;
  private Api supervisor;
  private Stream observer;
  private int dialled;

  private FaultHouse(
      Path project,
      Testbed testbed,
      TemporaryDatabase database,
      AmiProxy line,
      ServerSettings settings,
      Surroundings surroundings) {
    this.project = project;
    this.testbed = testbed;
    this.database = database;
    this.line = line;
    this.settings = settings;
    this.surroundings = surroundings;
  }

  /**
   * Starts the server, gives it the desks of the load, and logs every agent on.
   *
   * @param folder for everything that the server writes
   * @param place what its surroundings are
   */
  static FaultHouse open(Path project, Testbed testbed, Path folder, Place place)
      throws IOException, InterruptedException, SQLException {
    // What phones were told by callers of an earlier database; numbers begin anew with each.
    testbed.switchConsole("database deltree rung");
    TemporaryDatabase database = TemporaryDatabase.create(testbed.environment());
    AmiProxy line = AmiProxy.to(testbed.environment().amiHost(), testbed.environment().amiPort());
    ServerSettings settings =
        ServerSettings.beside(testbed.environment(), folder, database.choice())
            .withAmiPort(line.port());
    Files.writeString(settings.file(), settings.yaml());
    FaultHouse house =
        new FaultHouse(
            project, testbed, database, line, settings, Surroundings.of(place, settings, testbed));
    try {
      house.startServer();
      try (Connection connection = database.connect()) {
        LoadCatalogue.store(connection);
      }
      house.server.stop();
      house.startServer();
      house.signIn();
      house.watch();
      house.logEverybodyOn();
      return house;
    } catch (IOException | InterruptedException | SQLException | RuntimeException fault) {
      house.close();
      throw fault;
    }
  }

  private void signIn() throws IOException, InterruptedException {
    SampleAccount account =
        SampleAccount.read(settings.accounts()).stream()
            .filter(sample -> sample.role().equals("supervisor"))
            .findFirst()
            .orElseThrow(() -> Unexpected.instead("a supervisor's account", settings.accounts()));
    supervisor = Api.signIn(settings.address(), account.user(), account.password());
  }

  private void logEverybodyOn() throws IOException, InterruptedException {
    for (Seat seat : LoadCatalogue.seats()) {
      supervisor.logOn(seat.agent(), seat.extension(), List.of(seat.desk()));
      supervisor.ready(seat.agent());
    }
    awaitEverybodyReady();
  }

  /**
   * Everybody takes calls, and begins to count unanswered rings anew: what an agent missed in the
   * fault before is in no log of this one.
   */
  void makeEverybodyReady() throws IOException, InterruptedException {
    for (AgentView agent : agents()) {
      if (agent.state().equals("ready")) {
        supervisor.notReady(agent.id(), "break");
      }
      supervisor.ready(agent.id());
    }
    awaitEverybodyReady();
  }

  private void awaitEverybodyReady() throws InterruptedException {
    Set<String> own = LoadCatalogue.seats().stream().map(Seat::agent).collect(Collectors.toSet());
    observer.await(
        "every agent of the load is ready",
        Duration.ofSeconds(10),
        picture ->
            own.stream()
                    .allMatch(
                        agent ->
                            picture.agent(agent).filter(a -> a.state().equals("ready")).isPresent())
                ? Optional.of(true)
                : Optional.empty(),
        picture ->
            own.stream()
                .flatMap(agent -> picture.agent(agent).stream())
                .collect(Collectors.groupingBy(AgentView::state, Collectors.counting())));
  }

  Testbed testbed() {
    return testbed;
  }

  ServerProcess server() {
    return server;
  }

  ServerSettings settings() {
    return settings;
  }

  TemporaryDatabase database() {
    return database;
  }

  AmiProxy line() {
    return line;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Api supervisor() {
    return supervisor;
  }

  Stream observer() {
    return observer;
  }

  /** The agents of the load as REST shows them. */
  List<AgentView> agents() throws IOException, InterruptedException {
    Map<String, AgentView> all =
        supervisor.agents().stream().collect(Collectors.toMap(AgentView::id, Function.identity()));
    return LoadCatalogue.seats().stream()
        .map(
            seat ->
                Optional.ofNullable(all.get(seat.agent()))
                    .orElseThrow(() -> Unexpected.instead("agent " + seat.agent(), all.keySet())))
        .toList();
  }

  /** Numbers for so many callers that nobody here has used yet. */
  int takeNumbers(int calls) {
    int first = dialled;
    dialled += calls;
    return first;
  }

  void startServer() throws IOException, InterruptedException {
    server =
        ServerProcess.start(project, settings.file(), settings.log(), surroundings.environment());
    server.awaitReady(settings.address());
  }

  /** Opens the stream again, as pages do when the server is back. */
  void reconnect() throws InterruptedException {
    observer.close();
    watch();
  }

  private void watch() throws InterruptedException {
    observer = Stream.openGathered(supervisor, TOPICS);
    awaitLink();
  }

  /** Waits until the server has its link to the gateway. */
  void awaitLink() throws InterruptedException {
    observer.await(
        "the gateway's link is live",
        LINK_LIVE,
        picture -> picture.gatewayLive() ? Optional.of(true) : Optional.empty());
  }

  void awaitLinkLost(Duration limit) throws InterruptedException {
    observer.await(
        "the gateway's link is lost",
        limit,
        picture -> picture.gatewayLive() ? Optional.empty() : Optional.of(true));
  }

  /** A fault that the server does not feel proves nothing. */
  void expectNotReady(String reason) throws IOException, InterruptedException {
    String readiness = supervisor.readiness();
    if (!readiness.startsWith("503") || !readiness.contains(reason)) {
      throw Unexpected.instead("/health/ready to say 503 because of the " + reason, readiness);
    }
  }

  /** A whole figure of /metrics. */
  long figure(String name) throws IOException, InterruptedException {
    String metrics = supervisor.metrics();
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length()).strip()))
        .findFirst()
        .orElseThrow(() -> Unexpected.instead("a line '" + name + " …' in /metrics", metrics));
  }

  /** What time the server says it is, in the last line of its log that begins with one. */
  Instant serversTime() {
    return server
        .logTail(LOG_LINES)
        .lines()
        .filter(line -> LOG_TIME.matcher(line).find())
        .reduce((earlier, later) -> later)
        .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
        .orElseThrow(
            () -> Unexpected.instead("a line with a time in the log", server.logTail(LOG_LINES)));
  }

  /** Ends the server by its own pid. */
  @Override
  public void close() throws IOException, SQLException {
    try (surroundings;
        database;
        line) {
      if (observer != null) {
        observer.close();
      }
      if (supervisor != null) {
        supervisor.close();
      }
      if (server != null) {
        server.close();
      }
    }
  }
}
