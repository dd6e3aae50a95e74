package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.web.WebFixture.User;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The stream: bad frames, sessions, peers that say nothing. */
class StreamFramesTest extends StreamFixture {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | the body is no JSON",
        "[1] | expected an object",
        "{} | op is missing",
        "{\"op\":\"dance\"} | op is \"dance\", expected one of [subscribe, ping, command]",
        "{\"op\":\"subscribe\"} | topics is empty",
        "{\"op\":\"subscribe\",\"topics\":[\"weather\"]} | expected one of [calls, agents, pops",
        "{\"op\":\"subscribe\",\"topics\":\"calls\"} | expected a list",
        "{\"op\":\"subscribe\",\"topics\":[\"calls\"],\"resume\":{\"epoch\":\"e\"}} | seq is"
            + " missing",
        "{\"op\":\"ping\",\"topics\":[]} | field \"topics\" is not known",
        "{\"op\":\"command\",\"id\":\"c\",\"command\":\"fly\"} | expected one of [logOn, ready",
      })
  void badFrameIsExplainedAndClosed(String frame, String detail) {
    TestStream stream = web.stream(web.signIn("agent1"));
    stream.send(frame);
    JsonNode error = stream.next("error");
    assertEquals(4400, error.get("code").asInt());
    assertTrue(error.get("detail").asString().contains(detail), error.toString());
    assertEquals(4400, stream.closeCode());
    web.stream(web.signIn("agent2")).begin();
  }

  @Test
  void binaryFrameIsClosed() {
    TestStream stream = web.stream(web.signIn("agent1"));
    stream.sendBytes(new byte[] {1, 2, 3});
    assertEquals(1003, stream.closeCode());
  }

  @Test
  void frameMayComeInPartsButNotTooLarge() {
    TestStream parts = web.stream(web.signIn("agent1"));
    parts.sendPart("{\"op\":", false);
    parts.sendPart("\"pi", false);
    parts.sendPart("ng\"}", true);
    parts.next("pong");
    TestStream large = web.stream(web.signIn("agent1"));
    large.send("{\"op\":\"" + "x".repeat(70_000) + "\"}");
    assertEquals(1009, large.closeCode());
    TestStream manyParts = web.stream(web.signIn("agent1"));
    manyParts.sendPart("x".repeat(40_000), false);
    manyParts.sendPart("x".repeat(40_000), true);
    assertEquals(1009, manyParts.closeCode());
    parts.send("{\"op\":\"ping\"}").next("pong");
  }

  @Test
  void agentWithoutANumberMayNotHavePops() {
    TestStream stream = web.stream(web.signIn("clerk"));
    stream.subscribe("pops");
    assertEquals(4403, stream.next("error").get("code").asInt());
    assertEquals(4403, stream.closeCode());
  }

  @Test
  void expiredSessionClosesTheStream() {
    User agent = web.signIn("agent1");
    TestStream quiet = web.stream(agent);
    quiet.begin();
    web.clock.advance(Duration.ofMinutes(31));
    assertEquals(4401, quiet.closeCode());
  }

  @Test
  void framesKeepTheSessionInUseUntilItsLongestTime() {
    User agent = web.signIn("agent1");
    TestStream stream = web.stream(agent);
    stream.begin();
    for (int i = 0; i < 24; i++) {
      stream.untilPong();
      web.clock.advance(Duration.ofMinutes(29).plusSeconds(50));
    }
    stream.untilPong();
    web.clock.advance(Duration.ofMinutes(10));
    assertEquals(4401, stream.closeCode());
  }

  @Test
  void upgradeNeedsASessionAndTheRightOrigin() {
    HttpClient http = HttpClient.newHttpClient();
    User agent = web.signIn("agent1");
    String own = "http://127.0.0.1:" + web.port;
    TestStream.open(http, web.port, agent.withCookie(), Optional.of(own)).close();
    TestStream.open(http, web.port, agent, Optional.empty()).close();
    for (Optional<String> origin :
        List.of(Optional.of("https://evil.example"), Optional.<String>empty())) {
      assertThrows(
          CompletionException.class,
          () -> TestStream.open(http, web.port, agent.withCookie(), origin),
          "cookie with origin " + origin);
    }
    assertThrows(
        CompletionException.class,
        () -> TestStream.open(http, web.port, agent, Optional.of("https://evil.example")));
    assertThrows(
        CompletionException.class,
        () -> TestStream.open(http, web.port, new User("no", "", false), Optional.empty()));
    assertEquals(426, web.get("/api/v1/stream", agent).statusCode());
    http.close();
  }

  @Test
  void silentPeerIsFound() throws Exception {
    try (RawClient client = SlowClient.open(web.port, web.signIn("agent1"), 0)) {
      assertTrue(SlowClient.frames(client).contains("close 4410"));
    }
  }
}
