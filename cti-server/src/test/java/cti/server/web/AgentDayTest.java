package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cti.core.account.Limits;
import cti.core.agent.AgentState;
import cti.core.call.Direction;
import cti.core.id.CallId;
import cti.core.id.StaffId;
import cti.core.port.AgentDays.AgentDay;
import cti.core.port.AgentDays.DayCall;
import cti.core.port.AgentDays.DayFigure;
import cti.core.stats.StateTimes.Spent;
import cti.server.web.WebFixture.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An agent's day as pages get it, and whom it is shown to. */
class AgentDayTest {
  private static final String PATH = "/api/v1/agents/1001/day";

  private final WebFixture web = new WebFixture();

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void figuresAndStatesOfADayAreToldInMilliseconds() {
    web.days.days.put(
        World.AGENT_1,
        new AgentDay(
            3,
            2,
            1,
            4,
            2,
            Duration.ofSeconds(90),
            Duration.ofSeconds(5),
            Duration.ofSeconds(40),
            List.of(new Spent(AgentState.NOT_READY, "meal", Duration.ofMinutes(2)))));
    JsonNode day = WebFixture.json(web.get(PATH, web.signIn("agent1")));
    assertEquals(3, day.get("calls").asInt());
    assertEquals(4, day.get("missed").asInt());
    assertEquals(30_000, day.get("averageTalkMillis").asInt());
    assertEquals("not-ready", day.get("states").get(0).get("state").asString());
    assertEquals("meal", day.get("states").get(0).get("reason").asString());
    assertEquals(120_000, day.get("states").get(0).get("millis").asInt());
  }

  @Test
  void withoutCallsThereIsNoAverage() {
    JsonNode day = WebFixture.json(web.get(PATH, web.signIn("agent1")));
    assertEquals(0, day.get("calls").asInt());
    assertFalse(day.has("averageTalkMillis"), day.toString());
  }

  @Test
  void aFigureOpensItsCallsByName() {
    web.days.calls.add(
        new DayCall(
            new CallId("c1"),
            Instant.parse("2026-11-21T00:10:00Z"),
            Direction.INBOUND,
            World.KNOWN_NUMBER,
            "8000",
            List.of(new StaffId("E0001")),
            Optional.of(World.DESKTOP),
            false,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO));
    JsonNode page =
        WebFixture.json(web.get(PATH + "/calls?figure=wrapped-up", web.signIn("agent1")));
    assertEquals(Optional.of(DayFigure.WRAPPED_UP), web.days.asked);
    assertEquals("c1", page.get("items").get(0).get("call").asString());
    assertEquals(422, web.get(PATH + "/calls?figure=x", web.signIn("agent1")).statusCode());
  }

  @Test
  void agentsSeeTheirOwnAndSupervisorsThoseOfTheirDesks() {
    User agent = web.signIn("agent1");
    assertEquals(200, web.get(PATH, agent).statusCode());
    assertEquals(403, web.get("/api/v1/agents/1002/day", agent).statusCode());
    assertEquals(403, web.get("/api/v1/agents/1002/day/calls", agent).statusCode());
    assertEquals(200, web.get("/api/v1/agents/1002/day", web.signIn("supervisor")).statusCode());
    assertEquals(200, web.get(PATH, web.signIn("auditor")).statusCode());
    // 1001 sits elsewhere, 1002 at gz.
    web.stores.accounts.limit("supervisor", new Limits(Set.of(), Set.of(World.GUANGZHOU)));
    User limited = web.signIn("supervisor");
    assertEquals(403, web.get(PATH, limited).statusCode());
    assertEquals(200, web.get("/api/v1/agents/1002/day", limited).statusCode());
  }
}
