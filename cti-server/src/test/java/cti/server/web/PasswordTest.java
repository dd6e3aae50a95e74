package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.web.WebFixture.User;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Choosing a password of one's own. */
class PasswordTest {
  private static final String NEXT = "battery staple";

  private final WebFixture web = new WebFixture();

  @AfterEach
  void stop() {
    web.close();
  }

  private HttpResponse<String> change(User user, String current, String next) {
    return web.send(
        "PUT",
        "/api/v1/me/password",
        "{\"current\":\"%s\",\"next\":\"%s\"}".formatted(current, next),
        user);
  }

  private static String type(HttpResponse<String> answer) {
    return WebFixture.json(answer).get("type").asString();
  }

  private boolean mustChange(User user) {
    return WebFixture.json(web.get("/api/v1/session", user)).get("mustChangePassword").asBoolean();
  }

  @Test
  void aOneTimePasswordOpensTheRestOnceItIsChanged() {
    web.stores.accounts.mustChange("agent1");
    HttpResponse<String> signedIn = web.trySignIn("agent1", MemoryStores.PASSWORD);
    assertTrue(WebFixture.json(signedIn).get("mustChangePassword").asBoolean());
    User agent = web.signIn("agent1");
    assertTrue(mustChange(agent));
    HttpResponse<String> refused = web.get("/api/v1/me", agent);
    assertEquals(403, refused.statusCode());
    assertEquals("password-change-required", type(refused));
    assertEquals(204, change(agent, MemoryStores.PASSWORD, NEXT).statusCode());
    assertFalse(mustChange(agent));
    assertEquals(200, web.get("/api/v1/me", agent).statusCode());
    web.stream(agent).begin();
    assertEquals(401, web.trySignIn("agent1", MemoryStores.PASSWORD).statusCode());
    assertEquals(201, web.trySignIn("agent1", NEXT).statusCode());
  }

  @Test
  void theStreamIsRefusedUntilThen() {
    web.stores.accounts.mustChange("agent1");
    User agent = web.signIn("agent1");
    CompletionException refused = assertThrows(CompletionException.class, () -> web.stream(agent));
    assertEquals(
        403,
        assertInstanceOf(WebSocketHandshakeException.class, refused.getCause())
            .getResponse()
            .statusCode());
  }

  @Test
  void allOtherSessionsOfTheUserEndAndOnlyThose() {
    User one = web.signIn("agent1");
    User other = web.signIn("agent1");
    User colleague = web.signIn("agent2");
    TestStream mine = web.stream(one);
    mine.begin();
    TestStream others = web.stream(other);
    others.begin();
    assertEquals(204, change(one.withCookie(), MemoryStores.PASSWORD, NEXT).statusCode());
    assertEquals(4401, others.closeCode());
    assertEquals(401, web.get("/api/v1/me", other).statusCode());
    assertEquals(200, web.get("/api/v1/me", colleague).statusCode());
    web.world.gatewayLost();
    mine.next("gateway");
    web.clock.advance(Duration.ofMinutes(2));
    assertEquals(200, web.get("/api/v1/me", one).statusCode());
    assertEquals(2, web.stores.sessions.all().size());
  }

  @Test
  void theSessionThatGoesOnOutlivesARestart() {
    User agent = web.signIn("agent1");
    assertEquals(204, change(agent, MemoryStores.PASSWORD, NEXT).statusCode());
    web.server.stop();
    WebServer next = web.restarted(web.port);
    next.start();
    try {
      assertEquals(200, web.get("/api/v1/me", agent).statusCode());
    } finally {
      next.stop();
    }
  }

  @Test
  void whatCannotBeTakenIsToldAndChangesNothing() {
    User agent = web.signIn("agent1");
    String[][] rows = {
      {"wrong horse", NEXT, "403", "wrong-password"},
      {MemoryStores.PASSWORD, "short", "422", "password-too-short"},
      {MemoryStores.PASSWORD, MemoryStores.PASSWORD, "422", "password-unchanged"},
      {MemoryStores.PASSWORD, "", "422", "invalid"},
      {"", NEXT, "422", "invalid"},
      {MemoryStores.PASSWORD, "x".repeat(257), "422", "invalid"},
    };
    for (String[] row : rows) {
      HttpResponse<String> answer = change(agent, row[0], row[1]);
      assertEquals(Integer.parseInt(row[2]), answer.statusCode(), row[3]);
      assertEquals(row[3], type(answer));
      assertFalse(answer.body().contains(MemoryStores.PASSWORD), answer.body());
    }
    assertEquals(
        "next has 5 characters, expected 10 to 200",
        WebFixture.json(change(agent, MemoryStores.PASSWORD, "short")).get("detail").asString());
    assertEquals(201, web.trySignIn("agent1", MemoryStores.PASSWORD).statusCode());
    assertEquals(401, change(User.NOBODY, MemoryStores.PASSWORD, NEXT).statusCode());
    HttpResponse<String> noToken =
        change(agent.withCookie().withCsrf(""), MemoryStores.PASSWORD, NEXT);
    assertEquals("csrf-token-missing", type(noToken));
  }

  @Test
  void guessingByAStolenSessionIsSlowedDown() {
    User agent = web.signIn("agent1");
    for (int i = 0; i < 5; i++) {
      assertEquals("wrong-password", type(change(agent, "guess" + i, NEXT)));
    }
    HttpResponse<String> sixth = change(agent, MemoryStores.PASSWORD, NEXT);
    assertEquals(429, sixth.statusCode());
    assertEquals("900", sixth.headers().firstValue("Retry-After").orElseThrow());
    web.clock.advance(Duration.ofMinutes(15));
    web.stores.accounts.lockedUntil = Optional.of(web.clock.instant().plusSeconds(4));
    HttpResponse<String> locked = change(agent, MemoryStores.PASSWORD, NEXT);
    assertEquals(429, locked.statusCode());
    assertEquals("4", locked.headers().firstValue("Retry-After").orElseThrow());
  }

  @Test
  void whileTheStoreIsAwayNothingIsChangedAndNothingCounted() {
    User agent = web.signIn("agent1");
    web.stores.away = true;
    for (int i = 0; i < 6; i++) {
      assertEquals(503, change(agent, MemoryStores.PASSWORD, NEXT).statusCode());
    }
    web.stores.away = false;
    assertEquals(204, change(agent, MemoryStores.PASSWORD, NEXT).statusCode());
  }

  @Test
  void aResetElsewhereEndsLiveSessionsWithinAMinute() {
    User agent = web.signIn("agent1");
    TestStream stream = web.stream(agent);
    stream.begin();
    web.stores.accounts.mustChange("agent1");
    web.clock.advance(Duration.ofMinutes(1));
    web.get("/api/v1/me", agent);
    Awaitility.await().until(() -> web.get("/api/v1/me", agent).statusCode() == 401);
    assertEquals(4401, stream.closeCode());
  }
}
