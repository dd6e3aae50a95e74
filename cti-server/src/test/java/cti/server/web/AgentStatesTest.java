package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.DeviceState;
import cti.core.agent.DriftKind;
import cti.core.engine.GatewayInput.Looked;
import cti.core.engine.GatewayInput.MemberActivity;
import cti.core.engine.GatewayInput.MemberFacts;
import cti.core.event.AgentEvent;
import cti.core.event.GatewayEvent.DriftHealed;
import cti.core.id.Extension;
import cti.core.id.QueueName;
import cti.server.web.WebFixture.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Agents seen three ways, and what they and their supervisors are told. */
class AgentStatesTest {
  private static final String PATH = "/api/v1/agents/states";
  private static final String MEMBER = "Local/8001@cti-agents/n";

  private final WebFixture web = new WebFixture();
  private final User supervisor = web.signIn("supervisor");
  private final QueueName queue =
      web.world.desks().stream()
          .filter(desk -> desk.id().equals(World.DESKTOP))
          .findFirst()
          .orElseThrow()
          .queue();

  @BeforeEach
  void logOn() {
    web.world.gatewayLive();
    web.world.logOn(World.AGENT_1, "8001", World.DESKTOP);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void onlySupervisorsSeeIt() {
    assertEquals(403, web.get(PATH, web.signIn("agent1")).statusCode());
    assertEquals(200, web.get(PATH, supervisor).statusCode());
  }

  @Test
  void allThreeStandSideBySideWithSinceWhen() {
    Instant first = web.clock.instant();
    look(false, DeviceState.NOT_INUSE);
    web.clock.advance(java.time.Duration.ofSeconds(15));
    look(false, DeviceState.NOT_INUSE);
    JsonNode row = states().get("items").get(0);
    assertTrue(row.get("agree").asBoolean(), row.toString());
    assertEquals("ready", row.get("agent").get("state").asString());
    JsonNode member = row.get("members").get(0);
    assertEquals(queue.value(), member.get("queue").asString());
    assertEquals("not-inuse", member.get("seen").get("status").asString());
    assertFalse(member.get("wanted").get("paused").asBoolean());
    assertEquals(first.toString(), member.get("since").asString());
    assertEquals("Custom:8001", row.get("device").get("device").asString());
    assertEquals(first.toString(), row.get("device").get("since").asString());
  }

  @Test
  void whatIsApartIsSeenToBe() {
    look(true, DeviceState.NOT_INUSE);
    JsonNode row = states().get("items").get(0);
    assertFalse(row.get("agree").asBoolean());
    assertFalse(row.get("members").get(0).get("agree").asBoolean());
    web.sight =
        web.sight.next(
            new Looked(
                World.GATEWAY,
                web.clock.instant(),
                List.of(),
                Map.of(),
                List.of(),
                java.util.Set.of()));
    JsonNode gone = states().get("items").get(0).get("members").get(0);
    assertFalse(gone.get("there").asBoolean());
    assertFalse(gone.has("seen"));
  }

  @Test
  void aPhoneInUseWhileItsAgentIsInNoCallDoesNotAgree() {
    web.world.happen(new AgentEvent.AgentNotReady(World.AGENT_1, web.clock.instant(), "meal"));
    look(true, DeviceState.INUSE);
    JsonNode row = states().get("items").get(0);
    assertFalse(row.get("device").get("agree").asBoolean(), row.toString());
  }

  @Test
  void aMemberForWhomNobodyIsLoggedOnIsAStray() {
    web.world.happen(
        new AgentEvent.AgentLoggedOff(World.AGENT_1, web.clock.instant(), "end of shift"));
    look(false, DeviceState.NOT_INUSE);
    JsonNode states = states();
    assertEquals(0, states.get("items").size());
    JsonNode stray = states.get("strays").get(0);
    assertEquals("8001", stray.get("extension").asString());
    assertFalse(stray.has("wanted"));
  }

  @Test
  void takeOversAndLimitsAreToldToThoseConcernedAndToSupervisors() {
    TestStream first = subscribed("agent1");
    TestStream second = subscribed("agent2");
    TestStream above = subscribed("supervisor");
    Instant now = web.clock.instant();
    web.world.happen(
        new AgentEvent.AgentNotReady(World.AGENT_1, now, "ring-no-answer"),
        new AgentEvent.AgentPauseOverdue(World.AGENT_1, now, "meal"),
        new AgentEvent.AgentTakenOver(World.AGENT_1, now, new Extension("8001"), World.AGENT_2),
        new DriftHealed(
            World.GATEWAY,
            now,
            DriftKind.MEMBER_PAUSE,
            Optional.empty(),
            Optional.of(new Extension("8001")),
            Optional.of(queue),
            "paused cli",
            "not paused"));
    for (TestStream each : List.of(first, above)) {
      assertEquals("ring-no-answer", each.untilType("notice").get("kind").asString());
      JsonNode overdue = each.untilType("notice");
      assertEquals("pause-overdue", overdue.get("kind").asString());
      assertEquals("meal", overdue.get("reason").asString());
      assertEquals("taken-over", each.untilType("notice").get("kind").asString());
    }
    JsonNode taken = second.untilType("notice");
    assertEquals(World.AGENT_1.value(), taken.get("agent").asString());
    assertEquals(World.AGENT_2.value(), taken.get("by").asString());
    JsonNode healed = above.untilType("notice");
    assertEquals("member-pause", healed.get("drift").get("what").asString());
    assertEquals("paused cli", healed.get("drift").get("found").asString());
  }

  private TestStream subscribed(String user) {
    TestStream stream = web.stream(web.signIn(user));
    stream.send("{\"op\":\"subscribe\",\"topics\":[\"agents\"]}");
    stream.untilType("live");
    return stream;
  }

  private void look(boolean paused, DeviceState device) {
    web.sight =
        web.sight.next(
            new Looked(
                World.GATEWAY,
                web.clock.instant(),
                List.of(
                    new MemberFacts(
                        queue,
                        MEMBER,
                        World.AGENT_1.value(),
                        true,
                        paused,
                        "",
                        0,
                        new MemberActivity(device, false, Optional.empty()))),
                Map.of("Custom:8001", device),
                List.of(),
                java.util.Set.of()));
  }

  private JsonNode states() {
    return WebFixture.json(web.get(PATH, supervisor));
  }
}
