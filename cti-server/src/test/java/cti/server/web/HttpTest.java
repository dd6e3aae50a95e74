package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.port.Readiness.Reason;
import cti.server.web.WebFixture.User;
import cti.server.web.http.HttpLimits;
import cti.server.web.http.PortInUseException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP as it is spoken, and as it is misspoken, over real sockets. */
class HttpTest {
  private final WebFixture web = new WebFixture();

  @AfterEach
  void stop() {
    web.close();
  }

  private void stillServes() {
    assertEquals(200, web.get("/health/live", User.NOBODY).statusCode());
  }

  private String answerTo(String request) throws IOException {
    try (RawClient client = new RawClient(web.port)) {
      return client.write(request).readToEnd();
    }
  }

  private static void assertProblem(String answer, int status, String type) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertTrue(answer.contains("content-type: application/problem+json"), answer);
    assertTrue(answer.contains("\"type\":\"" + type + "\""), answer);
    assertTrue(answer.contains("connection: close"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET /health/live HTTP/9.x\r\nHost: a\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
        "GET /health/live HTTP/1.1\r\nHost: a\r\nBroken Header: x\r\n\r\n",
        "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: minus\r\n\r\n",
        "GET /health/live HTTP/1.1\r\n\r\n",
        "GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET http://elsewhere/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /api/v1/calls/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /api/v1/calls?a=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      })
  void malformedRequestIsAnsweredAndClosed(String request) throws IOException {
    assertProblem(answerTo(request), 400, "bad-request");
    stillServes();
  }

  @Test
  void lengthAndChunksTogetherAreRefused() throws IOException {
    String answer =
        answerTo(
            "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"
                + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
    assertFalse(answer.contains("smuggled"), answer);
    stillServes();
  }

  /** A reset would take the answer with it: no page could say why an upload was refused. */
  @Test
  void whoStillSendsWhatIsRefusedHearsWhy() throws IOException {
    try (RawClient client = new RawClient(web.port)) {
      client.write(
          "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
              + "Content-Length: 4000000\r\n\r\n");
      String begin = client.readUntil("H");
      for (int i = 0; i < 100; i++) {
        client.write(new byte[40_000]);
      }
      String answer = begin + new String(client.bytesToEnd(), StandardCharsets.UTF_8);
      assertProblem(answer, 413, "body-too-large");
    }
    stillServes();
  }

  @Test
  void requestMayComeByteByByte() throws IOException {
    try (RawClient client = new RawClient(web.port)) {
      for (byte one :
          "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.ISO_8859_1)) {
        client.write(new byte[] {one});
      }
      assertTrue(client.readToEnd().startsWith("HTTP/1.1 200 OK"));
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    User agent = web.signIn("agent1");
    String authorization = "Authorization: Bearer " + agent.token() + "\r\n";
    String answer =
        answerTo(
            "GET /api/v1/incidents HTTP/1.1\r\nHost: a\r\n"
                + authorization
                + "\r\n"
                + "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"
                + "GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    int first = answer.indexOf("\"items\":[]");
    int second = answer.indexOf("\"status\":\"up\"");
    int third = answer.indexOf("\"type\":\"not-found\"");
    assertTrue(0 < first && first < second && second < third, answer);
  }

  @Test
  void connectionIsKept() throws IOException {
    try (RawClient client = new RawClient(web.port)) {
      for (int i = 0; i < 3; i++) {
        client.write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
        assertTrue(client.readUntil("\"warnings\":[]}").contains("connection: keep-alive"));
      }
    }
  }

  @Test
  void headHasTheHeadersAndNoBody() throws IOException {
    String answer = answerTo("HEAD /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertTrue(answer.contains("content-length: 42"), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  @Test
  void tooMuchIsRefused() throws IOException {
    String big = "x".repeat(300_000);
    assertProblem(
        answerTo("GET /" + big.substring(0, 5_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
        414,
        "target-too-long");
    assertProblem(
        answerTo("GET / HTTP/1.1\r\nHost: a\r\nX: " + big.substring(0, 20_000) + "\r\n\r\n"),
        431,
        "headers-too-large");
    assertProblem(
        answerTo("POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n"),
        413,
        "body-too-large");
    assertProblem(
        answerTo(
            "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(big.length())
                + "\r\n"
                + big
                + "\r\n0\r\n\r\n"),
        413,
        "body-too-large");
    stillServes();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/nothing,404,not-found",
    "GET,/../etc/passwd,404,not-found",
    "GET,/app.js.map,404,not-found",
    "DELETE,/api/v1/calls,405,method-not-allowed",
    "POST,/health/live,405,method-not-allowed",
    "GET,/api/v1/calls,401,sign-in-needed",
    "GET,/api/v1/stream,401,sign-in-needed",
  })
  void refusalsHaveATypeAndADetail(String method, String path, int status, String type) {
    HttpResponse<String> answer =
        web.send(web.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    assertEquals(status, answer.statusCode());
    assertEquals(type, WebFixture.json(answer).get("type").asString());
    assertFalse(WebFixture.json(answer).get("detail").asString().isEmpty());
  }

  @Test
  void methodNotAllowedNamesThoseThatAre() {
    HttpResponse<String> answer =
        web.send(web.request("/api/v1/session").PUT(HttpRequest.BodyPublishers.noBody()));
    assertEquals("DELETE, GET, HEAD, POST", answer.headers().firstValue("Allow").orElseThrow());
  }

  @Test
  void bodyMustBeJsonOfKnownFields() {
    HttpResponse<String> text =
        web.send(
            web.request("/api/v1/session")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertEquals(415, text.statusCode());
    for (String broken :
        List.of("{", "[]", "\"a\"", "", "{} {}", "{\"user\":1,\"user\":2}", "[".repeat(100))) {
      HttpResponse<String> answer = web.send("POST", "/api/v1/session", broken, User.NOBODY);
      assertEquals(400, answer.statusCode(), broken);
      assertEquals("bad-request", WebFixture.json(answer).get("type").asString());
    }
    HttpResponse<String> unknown =
        web.send("POST", "/api/v1/session", "{\"usr\":\"a\"}", User.NOBODY);
    assertEquals(422, unknown.statusCode());
    assertEquals(
        "field \"usr\" is not known, expected one of [user, password, token]",
        WebFixture.json(unknown).get("detail").asString());
  }

  @Test
  void parametersAreReadByType() {
    User agent = web.signIn("agent1");
    String[][] wrong = {
      {"limit=0", "limit is \"0\", expected a whole number from 1 to 200"},
      {"limit=x", "limit is \"x\", expected a whole number from 1 to 200"},
      {"from=yesterday", "from is \"yesterday\", expected a time like 2026-01-31T08:30:00Z"},
      {"after=%21", "after is no cursor, expected the value of next of an earlier answer"},
      {"limit=1&limit=2", "limit is given 2 times, expected once"},
    };
    for (String[] row : wrong) {
      HttpResponse<String> answer = web.get("/api/v1/call-history?" + row[0], agent);
      assertEquals(422, answer.statusCode(), row[0]);
      assertEquals(row[1], WebFixture.json(answer).get("detail").asString());
    }
    assertTrue(web.get("/api/v1/call-history?outcome=lost", agent).body().contains("lost-track"));
    assertTrue(web.get("/api/v1/call-history?lmit=1", agent).body().contains("unknown-parameter"));
  }

  @Test
  void pageComesWithItsPolicyAndIsNotSentTwice() {
    HttpResponse<String> page = web.get("/", User.NOBODY);
    assertEquals(200, page.statusCode());
    String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertFalse(policy.contains("unsafe"), policy);
    assertTrue(policy.startsWith("default-src 'none'"), policy);
    assertEquals("nosniff", page.headers().firstValue("X-Content-Type-Options").orElseThrow());
    assertFalse(page.body().contains("style="), "inline style");
    assertFalse(page.body().replace("https://www.w3.org", "").contains("http"), "foreign address");
    String tag = page.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = web.send(web.request("/").header("If-None-Match", tag).GET());
    assertEquals(304, again.statusCode());
  }

  @Test
  void apiAnswersAreNotStored() {
    assertEquals(
        "no-store",
        web.get("/api/v1/session", User.NOBODY)
            .headers()
            .firstValue("Cache-Control")
            .orElseThrow());
  }

  @Test
  void storeThatIsAwayIsSaidWithoutItsSecrets() {
    User agent = web.signIn("agent1");
    web.stores.away = true;
    HttpResponse<String> answer = web.get("/api/v1/incidents", agent);
    assertEquals(503, answer.statusCode());
    assertEquals("database-away", WebFixture.json(answer).get("type").asString());
    assertFalse(answer.body().contains("secret-host"), answer.body());
    assertEquals("5", answer.headers().firstValue("Retry-After").orElseThrow());
    assertEquals(200, web.get("/api/v1/calls", agent).statusCode());
    web.stores.away = false;
    assertEquals(200, web.get("/api/v1/incidents", agent).statusCode());
  }

  @Test
  void storeThreadsAreBoundedAndLiveGoesOn() {
    User agent = web.signIn("agent1");
    web.stores.gate = new CountDownLatch(1);
    List<CompletableFuture<HttpResponse<String>>> under = new ArrayList<>();
    IntStream.range(0, 12)
        .forEach(
            i ->
                under.add(
                    CompletableFuture.supplyAsync(
                        () -> web.get("/api/v1/incidents", agent),
                        task -> Thread.ofVirtual().start(task))));
    Awaitility.await().until(() -> under.stream().filter(CompletableFuture::isDone).count() == 4);
    assertEquals(200, web.get("/api/v1/calls", agent).statusCode());
    web.stores.gate.countDown();
    List<Integer> codes =
        under.stream().map(answer -> answer.join().statusCode()).sorted().toList();
    assertEquals(List.of(200, 200, 200, 200, 200, 200, 200, 200, 503, 503, 503, 503), codes);
    HttpResponse<String> refused =
        under.stream()
            .map(CompletableFuture::join)
            .filter(a -> a.statusCode() == 503)
            .findFirst()
            .orElseThrow();
    assertEquals("busy", WebFixture.json(refused).get("type").asString());
    assertEquals("1", refused.headers().firstValue("Retry-After").orElseThrow());
  }

  @Test
  void healthTellsWhatIsAway() {
    assertEquals(200, web.get("/health/ready", User.NOBODY).statusCode());
    web.notReady.add(new Reason("gateway", "gw1 is away"));
    HttpResponse<String> answer = web.get("/health/ready", User.NOBODY);
    assertEquals(503, answer.statusCode());
    assertEquals("gateway", WebFixture.json(answer).get("reasons").get(0).get("id").asString());
    assertEquals("cti_up 1\n", web.get("/metrics", User.NOBODY).body());
  }

  @Test
  void aWarningLeavesTheServerReady() {
    web.warnings.add(new Reason("disk", "the journal's disk: 9.0 % free, expected at least 10 %"));
    HttpResponse<String> answer = web.get("/health/ready", User.NOBODY);
    assertEquals(200, answer.statusCode());
    assertEquals("disk", WebFixture.json(answer).get("warnings").get(0).get("id").asString());
  }

  @Test
  void slowRequestAndIdleConnectionAreClosed() throws IOException {
    HttpLimits quick =
        new HttpLimits(16_384, 10_000, Duration.ofMillis(600), Duration.ofMillis(200), 100);
    WebSettings settings = WebFixture.settings(WebFixture.QUICK, quick, 0);
    try (WebFixture hasty = new WebFixture(settings)) {
      try (RawClient slow = new RawClient(hasty.port)) {
        assertProblem(slow.write("GET /health").readToEnd(), 408, "request-timeout");
      }
      try (RawClient idle = new RawClient(hasty.port)) {
        assertEquals("", idle.readToEnd());
      }
    }
  }

  @Test
  void connectionsAreBounded() throws IOException {
    HttpLimits two =
        new HttpLimits(16_384, 10_000, Duration.ofSeconds(60), Duration.ofSeconds(60), 2);
    try (WebFixture small = new WebFixture(WebFixture.settings(WebFixture.QUICK, two, 0));
        RawClient first = new RawClient(small.port);
        RawClient second = new RawClient(small.port)) {
      for (RawClient client : List.of(first, second)) {
        client.write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
        client.readUntil("\"warnings\":[]}");
      }
      try (RawClient third = new RawClient(small.port)) {
        assertEquals("", third.readToEnd());
      }
    }
  }

  @Test
  void portInUseIsOneClearMessageAndLeavesNothing() {
    WebSettings settings = WebFixture.settings(WebFixture.QUICK, HttpLimits.USUAL, web.port);
    // Some threads of the first server begin with its first work.
    stillServes();
    long threads = webThreads();
    PortInUseException refused =
        assertThrows(PortInUseException.class, () -> new WebFixture(settings));
    assertEquals(
        "web.port " + web.port + " on 127.0.0.1 is in use, expected a free port",
        refused.getMessage());
    Awaitility.await().untilAsserted(() -> assertEquals(threads, webThreads()));
  }

  @Test
  void stopClosesStreamsAndLeavesNoThread() {
    try (WebFixture other = new WebFixture()) {
      User agent = other.signIn("agent1");
      other.get("/api/v1/incidents", agent);
      TestStream stream = other.stream(agent);
      stream.begin();
      long before = webThreads();
      other.server.stop();
      assertEquals(1001, stream.closeCode());
      assertEquals(0, other.server.openConnections());
      assertTrue(webThreads() < before);
    }
    web.close();
    // A pool that has terminated still has its last thread on the way out.
    Awaitility.await().untilAsserted(() -> assertEquals(0, webThreads()));
  }

  private static long webThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("cti-web"))
        .count();
  }
}
