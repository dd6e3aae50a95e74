package cti.bridge.local;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.bridge.config.BridgeConfig.LocalRules;
import cti.bridge.pairing.PairingFile;
import cti.bridge.phone.Outcome;
import cti.bridge.phone.Phone;
import cti.bridge.phone.PhoneCall;
import cti.bridge.phone.PhoneFeature;
import cti.bridge.phone.PhoneListener;
import cti.bridge.phone.PhoneOrder;
import cti.bridge.phone.PhoneStatus;
import cti.bridge.pop.PopRules;
import cti.bridge.pop.ScreenPop;
import cti.bridge.server.ServerHttp;
import cti.bridge.server.ServerLink;
import cti.bridge.server.ServerListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

class LocalApiTest {
  private static final String LISTED = "https://crm.example";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNode DOCUMENT =
      YAMLMapper.builder().build().readTree(Path.of("../docs/api/bridge-openapi.yaml").toFile());

  @TempDir Path folder;
  private final List<PhoneOrder> orders = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private ServerHttp http;
  private ServerLink link;
  private ScreenPop pop;
  private LocalToken token;
  private LocalApi api;
  private volatile Outcome next = new Outcome.Done();

  /** A phone that takes every order and has one call. */
  private final class OnePhone implements Phone {
    @Override
    public String kind() {
      return "baresip";
    }

    @Override
    public void start(PhoneListener listener) {
      // Nothing happens at it.
    }

    @Override
    public PhoneStatus status() {
      return new PhoneStatus(
          Optional.of("8031"),
          Optional.of(true),
          Optional.empty(),
          Optional.of(new PhoneStatus.Devices("alsa,default", "alsa,usb")),
          Optional.empty(),
          Optional.of(new PhoneStatus.Quality(1, 2, 3)),
          List.of(new PhoneCall("c1", true, "139", "", PhoneCall.State.TALKING, false)));
    }

    @Override
    public Set<PhoneFeature> features() {
      return Set.of(PhoneFeature.ANSWER);
    }

    @Override
    public CompletionStage<Outcome> perform(PhoneOrder order) {
      orders.add(order);
      return CompletableFuture.completedFuture(next);
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  @BeforeEach
  void begin() throws IOException {
    http = ServerHttp.trusting(Optional.empty());
    link =
        new ServerLink(
            new PairingFile(folder),
            http,
            new ServerListener() {
              @Override
              public void pop(JsonNode shown, long nanos) {
                // None comes.
              }

              @Override
              public void call(JsonNode call, long nanos) {
                // None comes.
              }

              @Override
              public void changed() {
                // It is never started.
              }
            });
    pop = new ScreenPop(PopRules.NONE, folder);
    token = LocalToken.of(folder);
    api = start(0);
  }

  private LocalApi start(int port) throws IOException {
    return LocalApi.start(
        new LocalRules(port, Set.of(LISTED)), token, new LocalDesk(link, new OnePhone(), pop));
  }

  @AfterEach
  void end() {
    api.close();
    pop.close();
    http.close();
    client.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
        .timeout(Duration.ofSeconds(10))
        .header("Authorization", "Bearer " + token.value());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> order(String method, String path, String body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  private static String type(HttpResponse<String> answer) {
    return JSON.readTree(answer.body()).path("type").asString();
  }

  @Test
  void whatItShowsIsWhatTheDocumentSays() throws Exception {
    for (String path : List.of("state", "calls")) {
      JsonNode shown = JSON.readTree(send(request("/v1/" + path).GET()).body());
      String name = path.equals("state") ? "State" : "Calls";
      compare(shown, DOCUMENT.at("/components/schemas/" + name), name);
    }
  }

  /** Every field that is shown is documented, and whatever is required is there. */
  private static void compare(JsonNode shown, JsonNode schema, String where) {
    if (shown.isArray()) {
      shown.values().forEach(item -> compare(item, schema.path("items"), where));
      return;
    }
    if (!shown.isObject()) {
      if (schema.has("enum")) {
        assertTrue(schema.get("enum").values().contains(shown), where + " is " + shown);
      }
      return;
    }
    schema
        .path("required")
        .values()
        .forEach(field -> assertTrue(shown.has(field.asString()), where + "." + field));
    for (String field : shown.propertyNames()) {
      JsonNode inner = schema.path("properties").path(field);
      assertTrue(!inner.isMissingNode() || schema.has("additionalProperties"), where + "." + field);
      compare(shown.get(field), inner, where + "." + field);
    }
  }

  @Test
  void routesOrdersAndFeaturesAreThoseOfTheDocument() {
    Set<String> documented = new TreeSet<>();
    DOCUMENT
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .propertyNames()
                    .forEach(
                        method ->
                            documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    assertEquals(new TreeSet<>(LocalApi.ROUTES), documented);
    assertEquals(
        LocalDesk.ORDERS,
        texts(DOCUMENT.at("/paths/~1v1~1calls~1{id}~1{order}/post/parameters/1/schema/enum")));
    List<String> features = new ArrayList<>();
    for (PhoneFeature feature : PhoneFeature.values()) {
      features.add(feature.word());
    }
    assertEquals(
        features,
        texts(
            DOCUMENT.at(
                "/components/schemas/State/properties/phone/properties/features/required")));
  }

  private static List<String> texts(JsonNode list) {
    return list.values().stream().map(JsonNode::asString).toList();
  }

  @Test
  void ordersReachThePhone() throws Exception {
    assertEquals(204, order("POST", "/v1/calls/c1/answer", "").statusCode());
    assertEquals(204, order("POST", "/v1/calls/c1/mute", "{\"on\":true}").statusCode());
    assertEquals(
        204, order("POST", "/v1/calls/c1/transfer", "{\"number\":\"tel:80-07\"}").statusCode());
    assertEquals(204, order("POST", "/v1/calls/c1/keys", "{\"keys\":\"1#\"}").statusCode());
    assertEquals(204, order("PUT", "/v1/auto-answer", "{\"on\":true}").statusCode());
    // The server is not there: the phone dials by itself.
    assertEquals(204, order("POST", "/v1/dial", "{\"number\":\"sip:8005@h\"}").statusCode());
    assertEquals(
        List.of(
            new PhoneOrder.Answer("c1"),
            new PhoneOrder.Mute("c1", true),
            new PhoneOrder.Transfer("c1", "8007"),
            new PhoneOrder.Keys("c1", "1#"),
            new PhoneOrder.AutoAnswer(true),
            new PhoneOrder.Dial("8005")),
        orders);
    next = new Outcome.Refused("wrong-state", "call c1 is talking, expected held");
    HttpResponse<String> refused = order("POST", "/v1/calls/c1/retrieve", "");
    assertEquals(409, refused.statusCode());
    assertEquals("wrong-state", type(refused));
    assertEquals(204, order("PUT", "/v1/pop", "{\"on\":false}").statusCode());
    assertFalse(pop.isOn());
  }

  @Test
  void whatIsUnsoundIsSaidToBeSo() throws Exception {
    String[][] unsound = {
      {"POST", "/v1/calls/c1/mute", "{}", "on is missing"},
      {"POST", "/v1/calls/c1/keys", "{\"keys\":\"x\"}", "keys are 'x'"},
      {"POST", "/v1/dial", "{\"number\":\"nobody\"}", "'nobody' holds no number"},
      {"POST", "/v1/dial", "{", "no JSON"},
      {"PUT", "/v1/pop", "{\"on\":1}", "on is 1"},
    };
    for (String[] row : unsound) {
      HttpResponse<String> answer = order(row[0], row[1], row[2]);
      assertEquals(422, answer.statusCode(), row[2]);
      assertTrue(answer.body().contains(row[3]), answer.body());
    }
    assertEquals(404, order("POST", "/v1/calls/c1/explode", "").statusCode());
    assertEquals(404, order("GET", "/v1/nothing", "").statusCode());
    assertEquals(List.of(), orders);
  }

  @Test
  void whoeverHasNoTokenGetsNothing() throws Exception {
    URI state = URI.create("http://127.0.0.1:" + api.port() + "/v1/state");
    for (String wrong : List.of("Bearer x", "Basic x", token.value())) {
      HttpResponse<String> answer =
          send(HttpRequest.newBuilder(state).header("Authorization", wrong));
      assertEquals(401, answer.statusCode(), wrong);
      assertEquals("token-needed", type(answer));
    }
    assertEquals(401, send(HttpRequest.newBuilder(state)).statusCode());
    assertFalse(token.toString().contains(token.value()));
  }

  /** Even with the token, and without a header by which its browser would let it read. */
  @Test
  void aPageOfAForeignOriginGetsNothing() throws Exception {
    for (String method : List.of("GET", "OPTIONS")) {
      HttpResponse<String> answer =
          send(
              request("/v1/state")
                  .header("Origin", "https://evil.example")
                  .method(method, BodyPublishers.noBody()));
      assertEquals(403, answer.statusCode());
      assertEquals("foreign-origin", type(answer));
      assertTrue(answer.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }
    HttpResponse<String> plain =
        send(
            request("/v1/dial")
                .header("Origin", "null")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"number\":\"8005\"}")));
    assertEquals(403, plain.statusCode());
    assertEquals(List.of(), orders);
  }

  @Test
  void aPageOfAListedOriginMayAskWithTheToken() throws Exception {
    HttpResponse<String> leave =
        send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + "/v1/state"))
                .header("Origin", LISTED)
                .method("OPTIONS", BodyPublishers.noBody()));
    assertEquals(204, leave.statusCode());
    assertEquals(LISTED, leave.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
    HttpResponse<String> state = send(request("/v1/state").header("Origin", LISTED).GET());
    assertEquals(200, state.statusCode());
    assertEquals(LISTED, state.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
    HttpResponse<String> without =
        send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + "/v1/state"))
                .header("Origin", LISTED));
    assertEquals(401, without.statusCode());
  }

  /** A name of somebody else's that was made to lead here (DNS rebinding). */
  @Test
  void aForeignHostGetsNothing() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", api.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET /v1/state HTTP/1.1\r\nHost: evil.example:"
                  + api.port()
                  + "\r\nConnection: close\r\nAuthorization: Bearer "
                  + token.value()
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
      assertTrue(answer.contains("wrong-host"), answer);
    }
  }

  @Test
  void programsThatListenAreTold() throws Exception {
    HttpResponse<InputStream> stream =
        client.send(request("/v1/events").GET().build(), BodyHandlers.ofInputStream());
    assertEquals("text/event-stream", stream.headers().firstValue("Content-Type").orElseThrow());
    StringBuilder heard = new StringBuilder();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  byte[] part = new byte[4096];
                  try (InputStream in = stream.body()) {
                    for (int read = in.read(part); read > 0; read = in.read(part)) {
                      synchronized (heard) {
                        heard.append(new String(part, 0, read, StandardCharsets.UTF_8));
                      }
                    }
                  } catch (IOException closed) {
                    // The test ends it.
                  }
                });
    await().until(() -> has(heard, "event: state\ndata: {\"server\""));
    api.changed();
    await().until(() -> has(heard, "event: calls\ndata: {\"items\""));
    api.close();
    reader.join(Duration.ofSeconds(5));
    assertFalse(reader.isAlive(), "the stream ends with the bridge");
  }

  private static boolean has(StringBuilder heard, String text) {
    synchronized (heard) {
      return heard.indexOf(text) >= 0;
    }
  }

  @Test
  void aPortThatIsTakenIsSaidToBeSo() {
    IOException fault = assertThrows(IOException.class, () -> start(api.port()));
    assertTrue(fault.getMessage().contains("does another bridge run?"), fault.getMessage());
  }
}
