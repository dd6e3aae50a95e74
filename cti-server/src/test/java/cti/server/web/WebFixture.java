package cti.server.web;

import cti.core.port.Readiness;
import cti.core.port.Readiness.Reason;
import cti.server.PhonesInMemory;
import cti.server.prompt.PromptHouse;
import cti.server.routing.Replays;
import cti.server.routing.RoutingInMemory;
import cti.server.web.http.HttpLimits;
import cti.server.web.http.RateLimits;
import cti.server.web.session.SessionRules;
import cti.server.web.stream.StreamRules;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A web server on a port of its own, over memory ports; for tests and for looking at the page. */
final class WebFixture implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().build();
  static final StreamRules QUICK =
      new StreamRules(
          Duration.ofMillis(100),
          65_536,
          Duration.ofSeconds(2),
          new StreamRules.OutboxBounds(64, 256, 1L << 20));

  /** Tests ask faster than people do. */
  private static final RateLimits MANY =
      new RateLimits(new RateLimits.Rate(10_000, 100_000), new RateLimits.Rate(10_000, 100_000));

  final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T01:00:00Z"));
  final MemoryStores stores = new MemoryStores(clock);
  final World world = new World(clock);
  final PhonesInMemory phones = new PhonesInMemory();
  final AgentSettingsInMemory agentSettings = new AgentSettingsInMemory(clock);
  final DeskFiguresInMemory figures = new DeskFiguresInMemory();
  final AgentDaysInMemory days = new AgentDaysInMemory();
  final CompletenessInMemory completeness = new CompletenessInMemory();
  volatile cti.core.engine.GatewaySight sight = cti.core.engine.GatewaySight.NONE;
  volatile cti.core.port.CallTraces traces = cti.core.port.CallTraces.NONE;
  private final WebPorts.BrowserPhones browserPhones;
  final List<cti.core.port.ComponentState> components = new CopyOnWriteArrayList<>();
  final List<Reason> warnings = new CopyOnWriteArrayList<>();
  final List<Reason> notReady = new CopyOnWriteArrayList<>();
  final Queue<Long> latencies = new ConcurrentLinkedQueue<>();
  final AdministrationInMemory administration = new AdministrationInMemory(clock);
  final BridgesInMemory bridges = new BridgesInMemory();
  final RecordingsInMemory recordings = new RecordingsInMemory();
  final RoutingInMemory rules = new RoutingInMemory(clock);
  final Replays replays =
      new Replays(rules, rules.routing::plan, () -> rules.directory, rules.routing::read, clock);
  final LeftInMemory left = new LeftInMemory();
  final PromptHouse prompts = new PromptHouse(clock);
  final SupervisedInMemory supervised = new SupervisedInMemory(clock);
  final MajorIncidentsInMemory majorIncidents = new MajorIncidentsInMemory(clock);
  volatile Function<String, Optional<Path>> audio = name -> Optional.empty();
  final WebServer server;
  final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<AutoCloseable> clients = new ArrayList<>();

  WebFixture() {
    this(settings(QUICK));
  }

  WebFixture(WebSettings settings) {
    this(settings, WebPorts.BrowserPhones.NONE);
  }

  /** With phones in browsers. */
  WebFixture(WebPorts.BrowserPhones browserPhones) {
    this(settings(QUICK), browserPhones);
  }

  private WebFixture(WebSettings settings, WebPorts.BrowserPhones browserPhones) {
    this.browserPhones = browserPhones;
    rules.added = prompts.book::now;
    rules.flows.begin();
    rules.routing.begin();
    server = new WebServer(settings, ports());
    world.pushTo(server.feed());
    port = server.start();
  }

  private WebPorts ports() {
    Readiness readiness =
        new Readiness() {
          @Override
          public List<Reason> reasons() {
            return List.copyOf(notReady);
          }

          @Override
          public List<Reason> warnings() {
            return List.copyOf(warnings);
          }
        };
    return new WebPorts(
        new WebPorts.Stores(
            stores.accounts,
            stores.sessions,
            bridges,
            stores.history,
            stores.missedCases,
            stores.incidents,
            administration.ports(stores.reload),
            new WebPorts.Recorded(
                recordings,
                recordings,
                name -> audio.apply(name),
                new WebPorts.Left(left, left, left, name -> audio.apply(name))),
            new WebPorts.Counted(completeness, figures, days),
            new WebPorts.RoutingDesk(
                rules.routing,
                rules.flows,
                rules,
                replays,
                majorIncidents,
                new WebPorts.PromptDesk(prompts.room(), prompts.pins, prompts.room()::audio)),
            new WebPorts.Supervised(supervised, supervised.notes, supervised.screens)),
        world,
        world,
        world,
        world,
        new WebPorts.AgentDesk(agentSettings, phones, browserPhones),
        new WebPorts.Watching(
            readiness,
            () -> "cti_up 1\n",
            latencies::add,
            () -> sight,
            completeness.watch(),
            new WebPorts.Debugging(call -> traces.of(call), () -> components)),
        clock);
  }

  static WebSettings settings(StreamRules streams) {
    return settings(streams, HttpLimits.USUAL, 0);
  }

  static WebSettings settings(StreamRules streams, HttpLimits limits, int port) {
    return settings(streams, limits, port, MANY);
  }

  static WebSettings settings(RateLimits rates) {
    return settings(QUICK, HttpLimits.USUAL, 0, rates);
  }

  private static WebSettings settings(
      StreamRules streams, HttpLimits limits, int port, RateLimits rates) {
    return new WebSettings(
        "127.0.0.1",
        port,
        List.of("https://desk.example"),
        Set.of(),
        4,
        Duration.ofSeconds(5),
        limits,
        rates,
        SessionRules.USUAL,
        streams);
  }

  /** Another server over the same stores and the same journal, as after a restart. */
  WebServer restarted(int onPort) {
    WebServer next = new WebServer(settings(QUICK, HttpLimits.USUAL, onPort), ports());
    world.journal().forEach(next.feed()::restore);
    world.pushTo(next.feed());
    return next;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(10));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError("no answer from " + request.build().uri(), e);
    }
  }

  HttpResponse<String> get(String path, User user) {
    return send(user.on(request(path)).GET());
  }

  HttpResponse<String> send(String method, String path, String body, User user) {
    return send(
        user.on(request(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  /** Somebody with a session: how they authenticate is up to the request. */
  record User(String token, String csrfToken, boolean byCookie) {
    static final User NOBODY = new User("", "", false);

    HttpRequest.Builder on(HttpRequest.Builder request) {
      if (token.isEmpty()) {
        return request;
      }
      return byCookie
          ? request.header("Cookie", "cti_session=" + token).header("X-CSRF-Token", csrfToken)
          : request.header("Authorization", "Bearer " + token);
    }

    User withCookie() {
      return new User(token, csrfToken, true);
    }

    User withCsrf(String other) {
      return new User(token, other, byCookie);
    }
  }

  HttpResponse<String> trySignIn(String user, String password) {
    return send(
        "POST",
        "/api/v1/session",
        "{\"user\":\"%s\",\"password\":\"%s\",\"token\":true}".formatted(user, password),
        User.NOBODY);
  }

  User signIn(String user) {
    HttpResponse<String> answer = trySignIn(user, MemoryStores.PASSWORD);
    if (answer.statusCode() != 201) {
      throw new AssertionError("sign-in answered " + answer.statusCode() + " " + answer.body());
    }
    JsonNode session = json(answer);
    return new User(session.get("token").asString(), session.get("csrfToken").asString(), false);
  }

  /** Opens a stream. */
  TestStream stream(User user) {
    TestStream stream = TestStream.open(http, port, user, Optional.empty());
    clients.add(stream);
    return stream;
  }

  /** Opens the stream of a big screen, without a session. */
  TestStream screen(String token) {
    TestStream stream = TestStream.openTo(http, port, "/api/v1/big-screens/stream");
    clients.add(stream);
    return stream.send("{\"token\":\"" + token + "\"}");
  }

  @Override
  public void close() {
    for (AutoCloseable client : clients) {
      try {
        client.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
    stores.gate.countDown();
    server.stop();
    administration.close();
    prompts.close();
    http.close();
  }
}
