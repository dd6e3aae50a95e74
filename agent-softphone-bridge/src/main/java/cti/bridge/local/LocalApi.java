package cti.bridge.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import cti.bridge.config.BridgeConfig.LocalRules;
import cti.bridge.phone.Outcome;
import cti.bridge.phone.PhoneOrder;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The API for other programs on this computer, on 127.0.0.1; docs/api/bridge-openapi.yaml. */
public final class LocalApi implements AutoCloseable {
  private static final Logger log = System.getLogger(LocalApi.class.getName());
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_BYTES = 16_384;
  private static final long TO_PERFORM_SECONDS = 12;
  private static final Pattern ORDER = Pattern.compile("/v1/calls/([^/]{1,128})/([A-Za-z]+)");

  /** Every path with its method, as the document has them. */
  static final List<String> ROUTES =
      List.of(
          "GET /v1/state",
          "GET /v1/calls",
          "POST /v1/dial",
          "POST /v1/calls/{id}/{order}",
          "PUT /v1/auto-answer",
          "PUT /v1/pop",
          "GET /v1/events");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LocalGate gate;
  private final LocalDesk desk;
  private final EventStreams events = new EventStreams();

  private LocalApi(HttpServer server, LocalGate gate, LocalDesk desk) {
    this.server = server;
    this.gate = gate;
    this.desk = desk;
  }

  /**
   * Listens.
   *
   * @throws IOException where the port is taken, with one clear message
   */
  public static LocalApi start(LocalRules rules, LocalToken token, LocalDesk desk)
      throws IOException {
    HttpServer server;
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(
                  InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), rules.port()),
              0);
    } catch (BindException taken) {
      throw new IOException(
          "port 127.0.0.1:"
              + rules.port()
              + " is taken, expected it free: does another bridge run? (local.port in bridge.yaml)",
          taken);
    }
    int port = server.getAddress().getPort();
    LocalApi api = new LocalApi(server, new LocalGate(rules.origins(), port, token), desk);
    server.setExecutor(api.threads);
    server.createContext("/", api::handle);
    server.start();
    log.log(Level.INFO, "local: listening on 127.0.0.1 port {0}", Integer.toString(port));
    return api;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Tells programs that listen what is so now. */
  public void changed() {
    if (events.isEmpty()) {
      return;
    }
    events.tell("state", JSON.writeValueAsString(desk.state()));
    events.tell("calls", JSON.writeValueAsString(desk.calls()));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      Optional<LocalGate.Refusal> refusal = gate.check(exchange);
      if (refusal.isPresent()) {
        LocalGate.Refusal why = refusal.get();
        refuse(exchange, why.status(), why.type(), why.detail());
      } else if (LocalGate.isPreflight(exchange)) {
        LocalGate.answerPreflight(exchange);
      } else {
        route(exchange);
      }
    } catch (IllegalArgumentException unsound) {
      refuse(exchange, 422, "invalid", unsound.getMessage());
    } catch (RuntimeException e) {
      log.log(Level.ERROR, "local: " + exchange.getRequestURI().getPath() + " failed", e);
      refuse(exchange, 500, "internal", "the fault is in the bridge's log");
    } finally {
      exchange.close();
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String line = exchange.getRequestMethod() + " " + path;
    Matcher order = ORDER.matcher(path);
    switch (line) {
      case "GET /v1/state" -> answer(exchange, desk.state());
      case "GET /v1/calls" -> answer(exchange, desk.calls());
      case "POST /v1/dial" ->
          outcome(exchange, desk.dial(LocalDesk.text(body(exchange), "number")));
      case "PUT /v1/auto-answer" ->
          outcome(
              exchange,
              desk.perform(new PhoneOrder.AutoAnswer(LocalDesk.flag(body(exchange), "on"))));
      case "PUT /v1/pop" -> {
        desk.pop(LocalDesk.flag(body(exchange), "on"));
        exchange.sendResponseHeaders(204, -1);
        changed();
      }
      case "GET /v1/events" -> {
        if (events.hasRoom()) {
          events.serve(exchange, () -> JSON.writeValueAsString(desk.state()));
        } else {
          refuse(exchange, 503, "busy", "enough programs listen already");
        }
      }
      default -> {
        if (exchange.getRequestMethod().equals("POST")
            && order.matches()
            && LocalDesk.ORDERS.contains(order.group(2))) {
          outcome(exchange, desk.perform(order.group(2), order.group(1), body(exchange)));
        } else {
          refuse(exchange, 404, "not-found", line + ", expected one of " + ROUTES);
        }
      }
    }
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException("the body has more than " + MOST_BYTES + " bytes");
    }
    if (bytes.length == 0) {
      return JSON.createObjectNode();
    }
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    // Anything else a page may send without asking first.
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw new IllegalArgumentException("Content-Type is " + type + ", expected application/json");
    }
    try {
      JsonNode body = JSON.readTree(bytes);
      if (body.isObject()) {
        return body;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("the body is no JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("the body is no JSON object");
  }

  private static void outcome(HttpExchange exchange, CompletionStage<Outcome> coming)
      throws IOException {
    CompletableFuture<Outcome> future = coming.toCompletableFuture();
    Outcome outcome;
    try {
      outcome = future.get(TO_PERFORM_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      outcome = new Outcome.Refused("no-answer", "nothing came of it in time; it may still happen");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      outcome = new Outcome.Refused("phone-away", "the bridge ends");
    }
    switch (outcome) {
      case Outcome.Done() -> exchange.sendResponseHeaders(204, -1);
      case Outcome.Refused(String id, String message) -> refuse(exchange, 409, id, message);
    }
  }

  private static void answer(HttpExchange exchange, JsonNode body) throws IOException {
    send(exchange, 200, "application/json", body);
  }

  /** As cti-server does it (RFC 9457). */
  private static void refuse(HttpExchange exchange, int status, String type, String detail)
      throws IOException {
    ObjectNode problem = JSON.createObjectNode();
    problem.put("type", type);
    problem.put("status", status);
    problem.put("detail", detail);
    send(exchange, status, "application/problem+json", problem);
  }

  private static void send(HttpExchange exchange, int status, String type, JsonNode body)
      throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    events.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
