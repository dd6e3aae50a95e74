package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.agi.AsteriskCall;
import cti.server.config.ConfigReader;
import cti.server.config.CtiConfig;
import cti.server.db.DatabaseAddress;
import cti.server.web.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server on a database that is not there, and comes later. */
class WithoutDatabaseTest {
  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private EmbeddedServer embedded;
  private Forwarder database;
  private CtiConfig config;
  private Lifecycle lifecycle = new Lifecycle();

  @BeforeEach
  void configure() throws IOException {
    embedded = EmbeddedServer.withoutData();
    DatabaseAddress address = embedded.address();
    database = new Forwarder(address.port());
    config =
        new ConfigReader(folder, Map.of())
            .read(
                "cti.yaml",
                """
                gateway: {id: gw1, ami: {host: 127.0.0.1, port: %d, user: cti, secret: "unused"}}
                agi: {port: %d}
                web: {port: %d}
                database:
                  kind: mysql
                  mysql: {host: 127.0.0.1, port: %d, name: %s, user: %s, password: "%s"}
                sample-data: true
                recordings: {folder: %s}
                ivr: {scripts: %s}
                """
                    .formatted(
                        freePort(),
                        freePort(),
                        freePort(),
                        database.port(),
                        address.name(),
                        address.user(),
                        address.password().reveal(),
                        folder.resolve("no-recordings"),
                        scripts()));
  }

  /** Files of one's own: they may be changed while the server runs. */
  private Path scripts() throws IOException {
    Path own = Files.createDirectories(folder.resolve("scripts"));
    for (String file : List.of("hotline.yaml", "routing.yaml", "prompts.yaml")) {
      Files.copy(Path.of("../ivr-scripts", file), own.resolve(file));
    }
    return own;
  }

  @AfterEach
  void stop() throws IOException {
    lifecycle.stop();
    database.close();
    embedded.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void aFirstStartNeedsTheDatabaseAndSaysSo() {
    StartException refused =
        assertThrows(StartException.class, () -> Wiring.start(config, false, lifecycle));
    for (String named :
        List.of("127.0.0.1:" + database.port(), "last good copy", folder + "/data/last-good")) {
      assertTrue(refused.getMessage().contains(named), refused.getMessage());
    }
  }

  @Test
  void aLaterStartGoesOnWithoutItUntilItComes() throws Exception {
    database.open();
    Wiring.start(config, false, lifecycle);
    HttpResponse<String> signedIn = signIn();
    assertEquals(201, signedIn.statusCode(), signedIn.body());
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    assertFalse(get("/health/ready", cookie).body().contains("\"database\""));
    Awaitility.await("recordings have nowhere to be, calls go on: a warning, no reason")
        .atMost(Duration.ofSeconds(60))
        .until(() -> warnings(get("/health/ready", cookie).body()).contains("\"recordings\""));
    assertFalse(reasons(get("/health/ready", cookie).body()).contains("\"recordings\""));
    HttpResponse<String> own = putPhone(cookie, "1002", "8002");
    assertEquals(200, own.statusCode(), own.body());
    assertTrue(lifecycle.stop());

    database.close();
    lifecycle = new Lifecycle();
    Wiring.start(config, false, lifecycle);
    assertTrue(get("/health/ready", cookie).body().contains("\"database\""));
    assertEquals(200, get("/health/live", cookie).statusCode());
    assertTrue(get("/api/v1/session", cookie).body().contains("admin"), "still signed in");
    assertEquals(12, count(get("/api/v1/desks", cookie).body(), "\"queue\""));
    assertTrue(get("/api/v1/directory/staff?q=员工", cookie).body().contains("员工"));
    assertEquals(200, get("/api/v1/agents", cookie).statusCode());
    String queue = hotline("13900000001", "3").variable("CTI_QUEUE");
    assertTrue(queue.startsWith("cti-"), "routed: " + queue);
    assertEquals(
        "phone-logged-on",
        new AsteriskCall(config.agi().port()).request("agent", "8002", "61", "").run().heard());
    assertTrue(get("/api/v1/agents", cookie).body().contains("\"8002\""));
    HttpResponse<String> incidents = get("/api/v1/incidents", cookie);
    assertEquals(503, incidents.statusCode());
    assertTrue(incidents.body().contains("database-away"), incidents.body());
    HttpResponse<String> refused = signIn();
    assertEquals(503, refused.statusCode());
    assertTrue(refused.body().contains("database-away"), refused.body());

    database.open();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !get("/health/ready", cookie).body().contains("\"database\""));
    assertEquals(200, get("/api/v1/incidents", cookie).statusCode());
    assertEquals(201, signIn().statusCode());
  }

  @Test
  void aFlowWithAPromptOfOnesOwnGoesOnWithoutTheDatabase() throws Exception {
    database.open();
    Wiring.start(config, false, lifecycle);
    HttpResponse<String> signedIn = signIn();
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    String flow =
        Files.readString(Path.of("../ivr-scripts/hotline.yaml"))
            .replace("greeting: welcome", "greeting: flu-shots");
    String draft =
        new String(Json.bytes(Map.of("yaml", flow, "revision", 0)), StandardCharsets.UTF_8);
    assertTrue(
        change("PUT", "/api/v1/ivr/drafts/own", draft, cookie)
            .body()
            .contains("greeting: no prompt flu-shots"));
    HttpResponse<String> added =
        change(
            "POST",
            "/api/v1/ivr/prompts",
            "{\"id\":\"flu-shots\",\"zh\":\"接种按9。\",\"en\":\"Shots: 9.\"}",
            cookie);
    assertEquals(201, added.statusCode(), added.body());
    HttpResponse<String> published =
        change("POST", "/api/v1/ivr/drafts/own/publish", "{\"comment\":\"x\"}", cookie);
    assertEquals(200, published.statusCode(), published.body());
    assertTrue(hotline("13900000001", "3").heard().contains("flu-shots"));
    HttpResponse<String> used = change("DELETE", "/api/v1/ivr/prompts/flu-shots", "", cookie);
    assertEquals(409, used.statusCode(), used.body());
    assertTrue(used.body().contains("flow hotline at greeting"), used.body());
    assertTrue(lifecycle.stop());

    database.close();
    lifecycle = new Lifecycle();
    Wiring.start(config, false, lifecycle);
    assertFalse(get("/health/ready", cookie).body().contains("call-flow"));
    AsteriskCall call = hotline("13900000001", "3");
    assertTrue(call.heard().contains("flu-shots"), call.heard());
    assertTrue(call.variable("CTI_QUEUE").startsWith("cti-"), call.variable("CTI_QUEUE"));
  }

  @Test
  void theManifestIsTakenUpWithoutARestart() throws Exception {
    database.open();
    Wiring.start(config, false, lifecycle);
    String cookie = signIn().headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    Path file = folder.resolve("scripts/prompts.yaml");
    String before = Files.readString(file);
    Files.writeString(file, before + "  flu-shots:\n    zh: \"接种按9。\"\n    en: \"Shots: 9.\"\n");
    String flow =
        Files.readString(folder.resolve("scripts/hotline.yaml"))
            .replace("greeting: welcome", "greeting: flu-shots");
    String draft =
        new String(Json.bytes(Map.of("yaml", flow, "revision", 0)), StandardCharsets.UTF_8);
    HttpResponse<String> put = change("PUT", "/api/v1/ivr/drafts/own", draft, cookie);
    assertFalse(put.body().contains("no prompt flu-shots"), put.body());
    HttpResponse<String> published =
        change("POST", "/api/v1/ivr/drafts/own/publish", "{\"comment\":\"x\"}", cookie);
    assertEquals(200, published.statusCode(), published.body());
    assertTrue(hotline("13900000001", "3").heard().contains("flu-shots"));
    assertTrue(get("/api/v1/ivr/prompts", cookie).body().contains("Shots: 9."));

    // The flow in force needs it: a manifest without it changes nothing.
    Files.writeString(file, before);
    change("PUT", "/api/v1/ivr/drafts/other", draft, cookie);
    assertTrue(get("/api/v1/ivr/prompts", cookie).body().contains("Shots: 9."));
    assertFalse(get("/health/ready", cookie).body().contains("call-flow"));
    assertTrue(hotline("13900000001", "3").heard().contains("flu-shots"));
  }

  private HttpResponse<String> change(String method, String path, String body, String cookie)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .header("Cookie", cookie)
            .header("X-CSRF-Token", csrfToken(cookie))
            .header("Origin", "http://127.0.0.1:" + config.web().port())
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String reasons(String health) {
    return health.substring(0, health.indexOf("\"warnings\""));
  }

  private static String warnings(String health) {
    return health.substring(health.indexOf("\"warnings\""));
  }

  private HttpResponse<String> signIn() throws Exception {
    String password =
        Files.readAllLines(folder.resolve("data/sample-accounts.tsv")).getFirst().split("\t")[1];
    return http.send(
        request("/api/v1/session")
            .header("Content-Type", "application/json")
            .header("Origin", "http://127.0.0.1:" + config.web().port())
            .POST(
                BodyPublishers.ofString(
                    "{\"user\":\"admin\",\"password\":\"%s\"}".formatted(password)))
            .build(),
        BodyHandlers.ofString());
  }

  private AsteriskCall hotline(String caller, String... keys) throws IOException {
    return new AsteriskCall(config.agi().port())
        .request("hotline", caller, "8000", "", "")
        .caller(keys)
        .run();
  }

  private String csrfToken(String cookie) throws IOException, InterruptedException {
    String session = get("/api/v1/session", cookie).body();
    return session.replaceAll("^.*\"csrfToken\":\"([^\"]+)\".*$", "$1");
  }

  private HttpResponse<String> putPhone(String cookie, String agent, String extension)
      throws IOException, InterruptedException {
    return http.send(
        request("/api/v1/agents/" + agent + "/phone")
            .header("Cookie", cookie)
            .header("X-CSRF-Token", csrfToken(cookie))
            .header("Content-Type", "application/json")
            .header("Origin", "http://127.0.0.1:" + config.web().port())
            .PUT(BodyPublishers.ofString("{\"extension\":\"%s\"}".formatted(extension)))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String cookie)
      throws IOException, InterruptedException {
    return http.send(request(path).header("Cookie", cookie).GET().build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    String escaped = path.replace("员工", "%E5%91%98%E5%B7%A5");
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + config.web().port() + escaped))
        .timeout(Duration.ofSeconds(20));
  }

  private static int count(String text, String word) {
    return text.split(word, -1).length - 1;
  }
}
