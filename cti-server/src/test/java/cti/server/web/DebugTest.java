package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.id.CallId;
import cti.core.port.CallTraces.Asked;
import cti.core.port.CallTraces.Recorded;
import cti.core.port.CallTraces.Step;
import cti.core.port.CallTraces.Trace;
import cti.core.port.ComponentState;
import cti.core.port.ComponentState.Figure;
import cti.server.web.WebFixture.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DebugTest {
  private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");
  private final WebFixture web = new WebFixture();

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void aCallThatIsOverShowsItsLastSteps() {
    CallId call = new CallId("gw1:1795737366.411");
    Trace trace =
        new Trace(
            call,
            3,
            List.of(
                new Step(
                    NOON,
                    "HangUp agent=1001",
                    List.of(new Recorded(7, NOON, "TalkEnded by=AGENT")),
                    List.of(new Asked("HangUp channel=1.1", Optional.of("done"))),
                    Optional.of("Accepted"))));
    web.traces = id -> Optional.of(trace).filter(kept -> kept.call().equals(id));
    User admin = web.signIn("admin");
    JsonNode answer = WebFixture.json(web.get("/debug/call/gw1:1795737366.411", admin));
    assertEquals(3, answer.get("forgotten").asInt());
    JsonNode step = answer.get("steps").get(0);
    assertEquals(7, step.get("events").get(0).get("sequence").asInt());
    assertEquals("done", step.get("actions").get(0).get("answer").asString());
    assertEquals("Accepted", step.get("reply").asString());
    assertEquals(404, web.get("/debug/call/gw1:1.1", admin).statusCode());
  }

  @Test
  void everyComponentTellsHowItIs() {
    web.components.add(new ComponentState("loop", List.of(Figure.of("inputs waiting", 0))));
    JsonNode answer = WebFixture.json(web.get("/debug/state", web.signIn("admin")));
    assertEquals("loop", answer.get("components").get(0).get("name").asString());
    assertEquals(
        "0", answer.get("components").get(0).get("figures").get(0).get("value").asString());
  }

  @Test
  void nobodyButAdministratorsLooks() {
    for (String path : List.of("/debug/call/gw1:1.1", "/debug/state")) {
      assertEquals(401, web.get(path, User.NOBODY).statusCode());
      assertEquals(403, web.get(path, web.signIn("supervisor")).statusCode());
    }
  }
}
