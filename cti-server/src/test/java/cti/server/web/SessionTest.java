package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.port.SignInTrail.Line;
import cti.core.port.SignInTrail.What;
import cti.server.web.WebFixture.User;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Signing in, staying in, getting out. */
class SessionTest {
  private final WebFixture web = new WebFixture();

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void signInSetsACookieThatScriptsCannotRead() {
    HttpResponse<String> answer =
        web.send(
            "POST",
            "/api/v1/session",
            "{\"user\":\"agent1\",\"password\":\"correct horse\"}",
            User.NOBODY);
    assertEquals(201, answer.statusCode());
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.contains("HTTPOnly"), cookie);
    assertTrue(cookie.contains("SameSite=Strict"), cookie);
    JsonNode session = WebFixture.json(answer);
    assertEquals("1001", session.get("agent").asString());
    assertEquals("agent", session.get("roles").get(0).asString());
    assertFalse(session.has("token"), "a token nobody asked for");
    String token = cookie.split("[=;]", 3)[1];
    assertFalse(answer.body().contains(token));
    assertFalse(web.stores.sessions.all().containsKey(token), "the token itself is stored");
  }

  @Test
  void unknownUserAndWrongPasswordLookTheSame() {
    HttpResponse<String> unknown = web.trySignIn("nobody", "x");
    HttpResponse<String> wrong = web.trySignIn("agent1", "x");
    assertEquals(401, unknown.statusCode());
    assertEquals(unknown.body(), wrong.body());
    assertEquals(unknown.headers().map().keySet(), wrong.headers().map().keySet());
  }

  private List<Line> linesOfSignIns() {
    return web.administration.signIns;
  }

  @Test
  void whoComesInAndLeavesIsALineWithTheAddress() {
    User agent = web.signIn("agent1");
    assertEquals(204, web.send("DELETE", "/api/v1/session", "", agent).statusCode());
    assertEquals(
        List.of(
            new Line(What.SIGNED_IN, "agent1", "127.0.0.1", Optional.empty(), 0),
            new Line(What.SIGNED_OUT, "agent1", "127.0.0.1", Optional.empty(), 0)),
        linesOfSignIns());
  }

  @Test
  void aRefusedSignInIsALineThatDoesNotTellWhoHasAnAccount() {
    web.trySignIn("nobody", "x");
    web.trySignIn("AGENT1", "x");
    assertEquals(
        List.of(
            new Line(What.REFUSED, "nobody", "127.0.0.1", Optional.empty(), 0),
            new Line(What.REFUSED, "agent1", "127.0.0.1", Optional.empty(), 0)),
        linesOfSignIns());
    for (int i = 0; i < 5; i++) {
      web.trySignIn("agent1", "x");
    }
    assertEquals(
        new Line(
            What.LOCKED,
            "agent1",
            "127.0.0.1",
            Optional.of(web.clock.instant().plus(Duration.ofMinutes(15))),
            0),
        linesOfSignIns().getLast());
  }

  @Test
  void aFloodOfRefusedSignInsIsCountedAndNotWritten() {
    for (int i = 0; i < 300; i++) {
      web.trySignIn("user" + i, "guess");
    }
    assertEquals(21, linesOfSignIns().size(), linesOfSignIns()::toString);
    assertEquals(What.LEFT_OUT, linesOfSignIns().getLast().what());
    web.clock.advance(Duration.ofHours(1));
    web.signIn("agent1");
    assertEquals(280, linesOfSignIns().get(21).leftOut(), linesOfSignIns()::toString);
    assertEquals(What.SIGNED_IN, linesOfSignIns().get(22).what());
    web.trySignIn("user", "guess");
    assertEquals(What.REFUSED, linesOfSignIns().getLast().what());
  }

  @Test
  void guessingIsSlowedDownPerUserAndForgotten() {
    for (int i = 0; i < 5; i++) {
      assertEquals(401, web.trySignIn("agent1", "guess" + i).statusCode());
    }
    HttpResponse<String> sixth = web.trySignIn("agent1", MemoryStores.PASSWORD);
    assertEquals(429, sixth.statusCode());
    assertEquals("900", sixth.headers().firstValue("Retry-After").orElseThrow());
    assertEquals(201, web.trySignIn("agent2", MemoryStores.PASSWORD).statusCode());
    assertEquals(429, web.trySignIn("AGENT1", MemoryStores.PASSWORD).statusCode());
    web.clock.advance(Duration.ofMinutes(15));
    assertEquals(201, web.trySignIn("agent1", MemoryStores.PASSWORD).statusCode());
  }

  @Test
  void guessingManyUsersFromOneAddressIsSlowedDown() {
    for (int i = 0; i < 50; i++) {
      assertEquals(401, web.trySignIn("user" + i, "guess").statusCode());
    }
    assertEquals(429, web.trySignIn("agent1", MemoryStores.PASSWORD).statusCode());
  }

  @Test
  void attemptsWhileTheStoreIsAwayDoNotCount() {
    web.stores.away = true;
    for (int i = 0; i < 8; i++) {
      assertEquals(503, web.trySignIn("agent1", MemoryStores.PASSWORD).statusCode());
    }
    web.stores.away = false;
    assertEquals(201, web.trySignIn("agent1", MemoryStores.PASSWORD).statusCode());
  }

  @Test
  void idleSessionEnds() {
    User agent = web.signIn("agent1");
    for (int i = 0; i < 4; i++) {
      web.clock.advance(Duration.ofMinutes(29));
      assertEquals(200, web.get("/api/v1/me", agent).statusCode());
    }
    web.clock.advance(Duration.ofMinutes(30));
    assertEquals(401, web.get("/api/v1/me", agent).statusCode());
  }

  @Test
  void whoseSessionIsFoundToBeOverIsALineWithItsEnd() {
    User agent = web.signIn("agent1");
    Instant used = web.clock.instant();
    web.clock.advance(Duration.ofMinutes(31));
    assertEquals(401, web.get("/api/v1/me", agent).statusCode());
    assertEquals(401, web.get("/api/v1/me", agent).statusCode());
    Awaitility.await().until(() -> linesOfSignIns().size() > 1);
    web.signIn("agent2");
    assertEquals(
        List.of(
            new Line(What.SIGNED_IN, "agent1", "127.0.0.1", Optional.empty(), 0),
            expired("agent1", used.plus(Duration.ofMinutes(30))),
            new Line(What.SIGNED_IN, "agent2", "127.0.0.1", Optional.empty(), 0)),
        linesOfSignIns());
  }

  @Test
  void whoseSessionNobodyAsksForIsALineWithTheNextSignIn() {
    web.signIn("agent1");
    Instant used = web.clock.instant();
    web.clock.advance(Duration.ofHours(13));
    web.signIn("agent2");
    assertEquals(
        List.of(
            new Line(What.SIGNED_IN, "agent1", "127.0.0.1", Optional.empty(), 0),
            new Line(What.SIGNED_IN, "agent2", "127.0.0.1", Optional.empty(), 0),
            expired("agent1", used.plus(Duration.ofMinutes(30)))),
        linesOfSignIns());
    assertEquals(1, web.stores.sessions.all().size());
  }

  @Test
  void aSessionInUseOutlivesAStoreThatWasAway() {
    User agent = web.signIn("agent1");
    web.stores.away = true;
    for (int i = 0; i < 4; i++) {
      web.clock.advance(Duration.ofMinutes(20));
      assertEquals(200, web.get("/api/v1/me", agent).statusCode());
    }
    web.stores.away = false;
    web.signIn("agent2");
    assertEquals(200, web.get("/api/v1/me", agent).statusCode());
    assertEquals(
        List.of(What.SIGNED_IN, What.SIGNED_IN),
        linesOfSignIns().stream().map(Line::what).toList());
  }

  private static Line expired(String user, Instant end) {
    return new Line(What.EXPIRED, user, "", Optional.of(end), 0);
  }

  @Test
  void noSessionOutlivesItsLongestTime() {
    Instant began = web.clock.instant();
    User agent = web.signIn("agent1");
    for (int i = 0; i < 24; i++) {
      assertEquals(200, web.get("/api/v1/me", agent).statusCode());
      web.clock.advance(Duration.ofMinutes(29).plusSeconds(59));
    }
    assertEquals(200, web.get("/api/v1/me", agent).statusCode());
    web.clock.advance(Duration.ofMinutes(1));
    assertEquals(401, web.get("/api/v1/me", agent).statusCode());
    Awaitility.await().until(() -> linesOfSignIns().getLast().what() == What.EXPIRED);
    assertEquals(expired("agent1", began.plus(Duration.ofHours(12))), linesOfSignIns().getLast());
  }

  @Test
  void changesByCookieNeedTheToken() {
    User agent = web.signIn("agent1").withCookie();
    String path = "/api/v1/agents/1001/logoff";
    assertEquals(204, web.send("POST", path, "{}", agent).statusCode());
    for (String wrong : new String[] {"", "0".repeat(64)}) {
      HttpResponse<String> answer = web.send("POST", path, "{}", agent.withCsrf(wrong));
      assertEquals(403, answer.statusCode());
      assertEquals("csrf-token-missing", WebFixture.json(answer).get("type").asString());
    }
    assertEquals(200, web.get("/api/v1/session", agent.withCsrf("")).statusCode());
  }

  @Test
  void foreignPagesMayNotChangeAnything() {
    User agent = web.signIn("agent1");
    String path = "/api/v1/agents/1001/logoff";
    String[][] rows = {
      {"http://127.0.0.1:" + web.port, "204"},
      {"https://desk.example", "204"},
      {"https://evil.example", "403"},
      {"null", "403"},
    };
    for (String[] row : rows) {
      HttpResponse<String> answer =
          web.send(
              agent
                  .on(web.request(path))
                  .header("Origin", row[0])
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{}")));
      assertEquals(Integer.parseInt(row[1]), answer.statusCode(), row[0]);
    }
  }

  @Test
  void signOutEndsTheSessionEverywhere() {
    User agent = web.signIn("agent1");
    TestStream stream = web.stream(agent);
    stream.begin();
    assertEquals(204, web.send(agent.on(web.request("/api/v1/session")).DELETE()).statusCode());
    assertEquals(4401, stream.closeCode());
    assertEquals(401, web.get("/api/v1/me", agent).statusCode());
    assertTrue(web.stores.sessions.all().isEmpty());
  }

  @Test
  void sessionOutlivesARestart() {
    User agent = web.signIn("agent1").withCookie();
    web.server.stop();
    WebServer next = web.restarted(web.port);
    next.start();
    try {
      HttpResponse<String> answer = web.get("/api/v1/session", agent);
      assertEquals(200, answer.statusCode());
      assertEquals(agent.csrfToken(), WebFixture.json(answer).get("csrfToken").asString());
      web.clock.advance(Duration.ofMinutes(31));
      assertEquals(401, web.get("/api/v1/session", agent).statusCode());
    } finally {
      next.stop();
    }
  }

  @Test
  void disabledAccountIsOutWithinAMinute() {
    User agent = web.signIn("agent1");
    web.stores.accounts.disable("agent1");
    web.clock.advance(Duration.ofMinutes(1));
    web.get("/api/v1/me", agent);
    Awaitility.await().until(() -> web.get("/api/v1/me", agent).statusCode() == 401);
  }

  @Test
  void nonsenseIsNoSession() {
    for (String token : new String[] {"x", "a".repeat(43), "a".repeat(5_000)}) {
      assertEquals(401, web.get("/api/v1/me", new User(token, "", false)).statusCode(), token);
      assertEquals(401, web.get("/api/v1/me", new User(token, "", true)).statusCode(), token);
    }
  }
}
