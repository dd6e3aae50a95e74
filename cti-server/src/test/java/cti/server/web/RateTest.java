package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.web.WebFixture.User;
import cti.server.web.http.RateLimits;
import cti.server.web.http.RateLimits.Rate;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever asks too much is told to wait, over real sockets. */
class RateTest {
  private final WebFixture web =
      new WebFixture(WebFixture.settings(new RateLimits(new Rate(1, 5), new Rate(1, 8))));

  @AfterEach
  void stop() {
    web.close();
  }

  private void refusedAfter(int requests, String path, User user) {
    HttpResponse<String> answer = web.get(path, user);
    for (int i = 1; i < requests; i++) {
      assertTrue(answer.statusCode() != 429, "request " + i + " gave " + answer.body());
      answer = web.get(path, user);
    }
    answer = web.get(path, user);
    assertEquals(429, answer.statusCode());
    assertEquals("too-many-requests", WebFixture.json(answer).get("type").asString());
    assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
  }

  @Test
  void aSessionHasALimitOfItsOwn() {
    User one = web.signIn("agent1");
    User other = web.signIn("agent2");
    refusedAfter(5, "/api/v1/session", one);
    assertEquals(200, web.get("/api/v1/session", other).statusCode());
    assertEquals(1, web.server.rateLimited());
  }

  /** The upgrade and each frame count as requests of the session. */
  @Test
  void aStreamThatSendsTooMuchIsClosed() {
    TestStream stream = web.stream(web.signIn("agent1"));
    for (int i = 0; i < 5; i++) {
      stream.send("{\"op\":\"ping\"}");
    }
    assertEquals(1013, stream.closeCode());
    assertEquals(1, web.server.rateLimited());
  }

  @Test
  void whoeverHasNoSessionIsCountedByAddressAndPagesAreNotCounted() {
    refusedAfter(8, "/api/v1/calls", User.NOBODY);
    assertEquals(429, web.trySignIn("agent1", MemoryStores.PASSWORD).statusCode());
    for (int i = 0; i < 20; i++) {
      assertEquals(200, web.get("/", User.NOBODY).statusCode());
    }
  }
}
