package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.client.Api;
import cti.testbed.client.CompletenessView;
import cti.testbed.client.Patience;
import cti.testbed.client.Stream;
import cti.testbed.client.Unexpected;
import cti.testbed.gateway.Testbed;
import cti.testbed.server.DatabaseChoice;
import cti.testbed.server.SampleAccount;
import cti.testbed.server.ServerProcess;
import cti.testbed.server.ServerSettings;
import cti.testbed.server.TemporaryDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A cti-server beside the testbed, with its sample catalogue, a supervisor who watches everything,
 * and agents who sign in when they are first asked for.
 */
final class House implements AutoCloseable {
  private static final List<String> ALL_TOPICS = List.of("calls", "agents", "pops", "gateway");
  private static final Duration LINK_LIVE = Duration.ofSeconds(20);

  private final Path project;
  private final Testbed testbed;
  private final ServerSettings settings;
  private final Map<String, AgentDesk> desks = new TreeMap<>();
  private final long queueLogBegin;
  private final long detailsBegin;
  private ServerProcess server;
  private Map<String, SampleAccount> accounts = Map.of();
  private Api supervisor;
  private Api admin;
  private Stream observer;
  private Optional<Records> records = Optional.empty();

  private House(
      Path project,
      Testbed testbed,
      ServerSettings settings,
      long queueLogBegin,
      long detailsBegin) {
    this.project = project;
    this.testbed = testbed;
    this.settings = settings;
    this.queueLogBegin = queueLogBegin;
    this.detailsBegin = detailsBegin;
  }

  /**
   * Starts the server and waits until it is ready.
   *
   * @param database the server's, where it is not the embedded one
   * @param folder for everything that the server writes
   */
  static House open(
      Path project, Testbed testbed, Optional<TemporaryDatabase> database, Path folder)
      throws IOException, InterruptedException, SQLException {
    return open(project, testbed, database, folder, "");
  }

  /**
   * The same with more in its configuration.
   *
   * @param more further sections of cti.yaml
   */
  static House open(
      Path project, Testbed testbed, Optional<TemporaryDatabase> database, Path folder, String more)
      throws IOException, InterruptedException, SQLException {
    DatabaseChoice choice =
        database.map(TemporaryDatabase::choice).orElseGet(DatabaseChoice.Embedded::new);
    ServerSettings settings = ServerSettings.beside(testbed.environment(), folder, choice);
    Files.writeString(settings.file(), settings.yaml() + more);
    House house =
        new House(
            project, testbed, settings, testbed.queueLogEnd(), testbed.callDetailRecordsEnd());
    try {
      house.startServer();
      house.accounts =
          SampleAccount.read(settings.accounts()).stream()
              .collect(Collectors.toMap(SampleAccount::user, Function.identity()));
      SampleAccount watcher = house.account("supervisor");
      house.supervisor = Api.signIn(settings.address(), watcher.user(), watcher.password());
      house.watch();
      if (database.isPresent()) {
        house.records = Optional.of(new Records(database.get().connect()));
      }
      return house;
    } catch (IOException | InterruptedException | SQLException | RuntimeException fault) {
      house.close();
      throw fault;
    }
  }

  private SampleAccount account(String role) {
    return accounts.values().stream()
        .filter(account -> account.role().equals(role))
        .findFirst()
        .orElseThrow(
            () -> Unexpected.instead("a sample account of role " + role, accounts.values()));
  }

  /** The sample account of a user: an agent's number, or the name of one without a phone. */
  SampleAccount accountOf(String user) {
    SampleAccount account = accounts.get(user);
    if (account == null) {
      throw Unexpected.instead("a sample account " + user, accounts.keySet());
    }
    return account;
  }

  Path project() {
    return project;
  }

  Testbed testbed() {
    return testbed;
  }

  /** REST as the administrator; for the caller to close. */
  Api administrator() throws IOException, InterruptedException {
    SampleAccount admin = account("admin");
    return Api.signIn(settings.address(), admin.user(), admin.password());
  }

  ServerSettings settings() {
    return settings;
  }

  ServerProcess server() {
    return server;
  }

  /** Empty with the embedded database, whose password nobody but the server knows. */
  Optional<Records> records() {
    return records;
  }

  /** REST as a supervisor. */
  Api supervisor() {
    return supervisor;
  }

  /** REST as an administrator. */
  synchronized Api admin() throws IOException, InterruptedException {
    if (admin == null) {
      SampleAccount account = account("admin");
      admin = Api.signIn(settings.address(), account.user(), account.password());
    }
    return admin;
  }

  /** REST as an administrator, of a session of its own. */
  Api signInAsAdmin() throws IOException, InterruptedException {
    SampleAccount admin = account("admin");
    return Api.signIn(settings.address(), admin.user(), admin.password());
  }

  /** The stream of a supervisor: every call, every agent, every pop. */
  Stream observer() {
    return observer;
  }

  /** The stays of a call as queue_log has them. */
  List<GatewayStay> stays(String call) throws IOException, InterruptedException {
    Set<String> channels = new HashSet<>(Set.of(call));
    testbed.callDetailRecordsSince(detailsBegin).stream()
        .filter(leg -> leg.linkedId().equals(call))
        .forEach(leg -> channels.add(leg.uniqueId()));
    return GatewayStay.of(channels, testbed.queueLogSince(queueLogBegin));
  }

  /** Signs the agent in, the first time. Agent 1001 has the phone 8005, 1002 has 8006, … */
  AgentDesk desk(String agent) throws IOException, InterruptedException {
    return desk(agent, extension(agent));
  }

  /** The same with another phone; an agent has one for the whole run. */
  synchronized AgentDesk desk(String agent, String extension)
      throws IOException, InterruptedException {
    AgentDesk known = desks.get(agent);
    if (known != null) {
      return known;
    }
    SampleAccount account = accountOf(agent);
    AgentDesk desk =
        AgentDesk.signIn(settings.address(), agent, account.password(), extension, frame -> {});
    desks.put(agent, desk);
    return desk;
  }

  /** Not 8001 to 8004: those are the members of the static queue. */
  static String extension(String agent) {
    return Integer.toString(Integer.parseInt(agent) - 1000 + 8004);
  }

  void startServer() throws IOException, InterruptedException {
    server = ServerProcess.start(project, settings.file(), settings.log());
    server.awaitReady(settings.address());
  }

  /** Ends the server in good order and starts it with another configuration. */
  void reconfigure(UnaryOperator<String> change) throws IOException, InterruptedException {
    String before = Files.readString(settings.file());
    String after = change.apply(before);
    if (after.equals(before)) {
      throw Unexpected.instead("another configuration", before);
    }
    server.close();
    Files.writeString(settings.file(), after);
    startServer();
    reconnect();
  }

  /** Starts it while the database is away: everything else must be there. */
  void startServerWithoutDatabase() throws IOException, InterruptedException {
    server = ServerProcess.start(project, settings.file(), settings.log());
    server.awaitReadyBut(settings.address(), "database");
  }

  /** Opens every stream again, as pages do when the server is back. */
  void reconnect() throws InterruptedException {
    observer.close();
    watch();
    for (AgentDesk desk : desks.values()) {
      desk.reopen();
    }
  }

  private void watch() throws InterruptedException {
    observer = Stream.open(supervisor, ALL_TOPICS);
    awaitLink();
  }

  /**
   * Waits until the server has its link to the gateway. The gateway is asked first: of a link that
   * was cut a moment ago the server may not know yet.
   */
  void awaitLink() throws InterruptedException {
    Patience.until(
        "cti-server is logged in to the gateway",
        LINK_LIVE,
        () -> {
          try {
            return CutLink.sessions(testbed).isEmpty()
                ? Optional.of("no session")
                : Optional.empty();
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
    observer.await(
        "the gateway's link is live",
        LINK_LIVE,
        picture -> picture.gatewayLive() ? Optional.of(true) : Optional.empty());
  }

  /** At the end of a run: no call, no channel, no member of a queue is left. */
  void expectEmpty() throws InterruptedException {
    Patience.until(
        "no call and no channel is left at the end",
        Duration.ofSeconds(10),
        () -> {
          try {
            List<String> left =
                supervisor.calls().stream().map(call -> "call " + call.id()).toList();
            if (!left.isEmpty()) {
              return Optional.of(left.toString());
            }
            String channels = testbed.gatewayConsole("core show channels concise").strip();
            return channels.isEmpty() ? Optional.empty() : Optional.of(channels);
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
  }

  /** Every call of the gateway's own logs is on record, and the logs say the same of it. */
  void expectComplete() throws InterruptedException {
    Patience.until(
        "the records are complete by the gateway's logs",
        Duration.ofSeconds(60),
        () -> {
          try {
            CompletenessView view = supervisor.completeness();
            return view.whole() && view.logged() > 0
                ? Optional.empty()
                : Optional.of(view + " " + supervisor.different());
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
  }

  /** Ends the server by its own pid. */
  @Override
  public void close() throws IOException, SQLException {
    for (AgentDesk desk : desks.values()) {
      desk.close();
    }
    if (observer != null) {
      observer.close();
    }
    if (supervisor != null) {
      supervisor.close();
    }
    if (admin != null) {
      admin.close();
    }
    if (server != null) {
      server.close();
    }
    if (records.isPresent()) {
      records.get().close();
    }
  }
}
