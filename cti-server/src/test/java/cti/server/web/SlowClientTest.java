package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.event.AgentEvent;
import cti.server.web.http.HttpLimits;
import cti.server.web.stream.StreamRules;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A client that stops reading: its views are coalesced, then it is closed; nobody else notices. */
class SlowClientTest {
  private static final String SUBSCRIBE =
      "{\"op\":\"subscribe\",\"topics\":[\"calls\",\"agents\",\"pops\",\"gateway\"]}";

  private final WebFixture web =
      new WebFixture(
          WebFixture.settings(
              new StreamRules(
                  Duration.ofSeconds(20),
                  65_536,
                  Duration.ofSeconds(5),
                  new StreamRules.OutboxBounds(64, 200, 1L << 20)),
              HttpLimits.USUAL,
              0));

  @AfterEach
  void stop() {
    web.close();
  }

  private void agentChanges(int from, int to) {
    String reason = "x".repeat(200);
    for (int i = from; i < to; i++) {
      web.world.happen(
          new AgentEvent.AgentNotReady(World.AGENT_1, web.clock.instant(), i + reason));
    }
  }

  @Test
  void viewsAreCoalescedAndPopsAreNot() throws IOException {
    web.world.gatewayLive();
    TestStream other = web.stream(web.signIn("supervisor"));
    other.begin();
    try (RawClient slow = SlowClient.open(web.port, web.signIn("agent1"), 4_096)) {
      SlowClient.send(slow, SUBSCRIBE);
      SlowClient.frames(slow, frame -> frame.startsWith("{\"type\":\"live\""));
      agentChanges(0, 10_000);
      for (int i = 0; i < 20; i++) {
        TestCall call = web.world.call("c" + i).arrives("1").queued(World.DESKTOP);
        call.rings(World.AGENT_1, "8001").notAnswered();
      }
      agentChanges(10_000, 20_000);
      other.until(
          frame ->
              frame.get("type").asString().equals("agent")
                  && frame.get("agent").get("reason").asString().startsWith("19999"));
      assertEquals(2, web.server.openStreams());
      List<String> frames = SlowClient.frames(slow, frame -> frame.contains("\"reason\":\"19999x"));
      assertTrue(web.server.coalesced() > 0, "nothing was coalesced");
      assertTrue(frames.size() < 20_000, frames.size() + " frames, expected fewer");
      assertEquals(20, frames.stream().filter(f -> f.startsWith("{\"type\":\"pop\"")).count());
      assertEquals(20, frames.stream().filter(f -> f.startsWith("{\"type\":\"popEnded\"")).count());
      assertTrue(frames.getLast().contains("19999x"), frames.getLast());
    }
  }

  @Test
  void tooSlowIsClosedWithItsCodeAndOthersGoOn() throws IOException {
    web.world.gatewayLive();
    TestStream other = web.stream(web.signIn("supervisor"));
    other.begin();
    try (RawClient slow = SlowClient.open(web.port, web.signIn("agent1"), 4_096)) {
      SlowClient.send(slow, SUBSCRIBE);
      SlowClient.frames(slow, frame -> frame.startsWith("{\"type\":\"live\""));
      // Every call has a key of its own, so that nothing can be left out.
      int calls = 0;
      while (web.server.openStreams() == 2 && calls < 50_000) {
        web.world.call("c" + calls).arrives("1").queued(World.DESKTOP);
        calls++;
        if (calls % 50 == 0) {
          String last = "c" + (calls - 1);
          other.until(
              frame ->
                  frame.has("call")
                      && frame.get("call").get("id").asString().equals(last)
                      && frame.get("event").asString().equals("Queued"));
          if (web.server.tooSlow() > 0) {
            break;
          }
        }
      }
      assertEquals(1, web.server.tooSlow());
      List<String> frames = SlowClient.frames(slow);
      assertEquals("close 4408", frames.getLast());
    }
    Awaitility.await().until(() -> web.server.openStreams() == 1);
    web.world.call("after").arrives("1");
    JsonNode after =
        other.until(
            frame -> frame.has("call") && frame.get("call").get("id").asString().equals("after"));
    assertFalse(other.isClosed());
    assertEquals("ServiceInitiated", after.get("event").asString());
  }
}
