package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SmokeTest {
  @Test
  void snapshotThenLive() {
    try (WebFixture web = new WebFixture()) {
      WebFixture.User agent = web.signIn("agent1");
      web.world.gatewayLive();
      TestStream stream = web.stream(agent);
      JsonNode snapshot = stream.begin();
      System.err.println(snapshot);
      web.world.logOn(World.AGENT_1, "8001", World.DESKTOP);
      web.world.call("c1").arrives(World.KNOWN_NUMBER).identified("E0001", "E0003").presses("1").queued(World.DESKTOP).rings(World.AGENT_1, "8001");
      stream.untilPong().forEach(System.err::println);
      System.err.println(web.get("/api/v1/calls", agent).body());
      System.err.println(web.get("/api/v1/me", agent).body());
      assertEquals(200, web.get("/api/v1/agents", agent).statusCode());
    }
  }
}
