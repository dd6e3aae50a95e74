package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.QueueOutcome;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.port.DeskFigures.Counted;
import cti.core.port.DeskFigures.DeskFigure;
import cti.core.port.DeskFigures.Handling;
import cti.core.port.DeskFigures.Stay;
import cti.core.port.DeskFigures.TrendPoint;
import cti.core.stats.DeskCounts;
import cti.server.web.WebFixture.User;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Figures as screens get them: with their formula, and n/a instead of a division by zero. */
class DeskFiguresTest {
  private static final DeskCounts COUNTS =
      new DeskCounts(
          10,
          6,
          5,
          2,
          1,
          1,
          1,
          1,
          0,
          0,
          0,
          0,
          0,
          0,
          Duration.ofSeconds(60),
          Duration.ofSeconds(31));

  private final WebFixture web = new WebFixture();

  @AfterEach
  void stop() {
    web.close();
  }

  private JsonNode desk(User user, String id) {
    JsonNode items = WebFixture.json(web.get("/api/v1/desk-figures", user)).get("items");
    return StreamSupport.stream(items.spliterator(), false)
        .filter(item -> item.get("desk").asString().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no desk " + id + " in " + items));
  }

  @Test
  void figuresNameTheirFormulaAndBothNumbers() {
    web.figures.figures.add(
        new DeskFigure(
            World.DESKTOP,
            COUNTS,
            new Handling(
                4, Duration.ofSeconds(100), Duration.ofSeconds(20), Duration.ofSeconds(40))));
    JsonNode desk = desk(web.signIn("supervisor"), World.DESKTOP.value());
    assertEquals(6, desk.get("answerRate").get("part").asInt());
    assertEquals(8, desk.get("answerRate").get("whole").asInt());
    assertEquals(0.75, desk.get("answerRate").get("value").asDouble());
    assertEquals("A_T / (A + B − B_s)", desk.get("serviceLevel").get("formula").asString());
    assertEquals(5, desk.get("serviceLevel").get("part").asInt());
    assertEquals(6, desk.get("serviceLevel").get("whole").asInt());
    assertEquals(2, desk.get("queueMissed").asInt());
    assertEquals(10_000, desk.get("averageSpeedOfAnswerMillis").asInt());
    assertEquals(40_000, desk.get("averageHandlingMillis").asInt());
    assertEquals(31_000, desk.get("longestWaitMillis").asInt());
  }

  @Test
  void whereNothingWasCountedTheShareIsAbsent() {
    JsonNode desk = desk(web.signIn("supervisor"), World.ERP.value());
    assertEquals(0, desk.get("queued").asInt());
    assertFalse(desk.get("answerRate").has("value"), desk.toString());
    assertFalse(desk.has("averageSpeedOfAnswerMillis"), desk.toString());
  }

  @Test
  void agentsSeeTheirOwnDesksOnly() {
    JsonNode items =
        WebFixture.json(web.get("/api/v1/desk-figures", web.signIn("agent1"))).get("items");
    for (JsonNode item : items) {
      assertFalse(
          item.get("desk").asString().equals(World.GUANGZHOU.value()),
          "agent1 has no seat there: " + item);
    }
    assertTrue(items.size() >= 1);
  }

  @Test
  void aFigureOpensTheCallsThatItCounts() {
    web.figures.stays.add(
        new Stay(
            "c1/v1",
            new CallId("c1"),
            Optional.of(World.DESKTOP),
            Instant.parse("2026-11-21T00:10:00Z"),
            Optional.of(Instant.parse("2026-11-21T00:10:20Z")),
            Duration.ofSeconds(20),
            Optional.of(QueueOutcome.ABANDONED),
            World.KNOWN_NUMBER,
            Optional.<AgentId>empty()));
    JsonNode page =
        WebFixture.json(
            web.get(
                "/api/v1/desk-figures/stays?figure=queue-missed&desk=" + World.DESKTOP,
                web.signIn("supervisor")));
    assertEquals(Optional.of(Counted.QUEUE_MISSED), web.figures.asked);
    JsonNode stay = page.get("items").get(0);
    assertEquals("c1", stay.get("call").asString());
    assertEquals("abandoned", stay.get("outcome").asString());
    assertEquals(20_000, stay.get("waitedMillis").asInt());
  }

  @Test
  void aDeskIsYellowAndRedByItsOwnLimits() {
    User supervisor = web.signIn("supervisor");
    String path = "/api/v1/wallboard-thresholds/" + World.DESKTOP;
    JsonNode usual = desk(supervisor, World.DESKTOP.value()).get("thresholds");
    assertEquals(20, usual.get("waitYellowSeconds").asInt());
    HttpResponse<String> answer =
        web.send(
            "PUT",
            path,
            "{\"waitYellowSeconds\":5,\"waitRedSeconds\":15,\"waitingRed\":3}",
            supervisor);
    assertEquals(200, answer.statusCode(), answer.body());
    JsonNode own = desk(supervisor, World.DESKTOP.value()).get("thresholds");
    assertEquals(15, own.get("waitRedSeconds").asInt());
    assertEquals(0, own.get("waitingYellow").asInt());
    assertEquals(3, own.get("waitingRed").asInt());
    HttpResponse<String> refused =
        web.send("PUT", path, "{\"waitYellowSeconds\":50,\"waitRedSeconds\":15}", supervisor);
    assertEquals(422, refused.statusCode());
    assertTrue(refused.body().contains("waitRedSeconds is 15"), refused.body());
    assertEquals(
        404,
        web.send(
                "PUT",
                "/api/v1/wallboard-thresholds/nowhere",
                "{\"waitYellowSeconds\":5,\"waitRedSeconds\":15}",
                supervisor)
            .statusCode());
  }

  @Test
  void aTrendIsOfTheDesksThatOneSeesAndOfBoundedLength() {
    Instant hour = Instant.parse("2026-11-21T00:00:00Z");
    web.figures.trend.add(new TrendPoint(World.DESKTOP, hour, 4, 3, 0, 1));
    web.figures.trend.add(new TrendPoint(World.GUANGZHOU, hour, 1, 1, 0, 0));
    JsonNode all = WebFixture.json(web.get("/api/v1/desk-figures/trend", web.signIn("supervisor")));
    assertEquals(60, all.get("minutes").asInt());
    assertEquals(2, all.get("items").size());
    JsonNode own = WebFixture.json(web.get("/api/v1/desk-figures/trend", web.signIn("agent1")));
    assertEquals(1, own.get("items").size(), own.toString());
    assertEquals(4, own.get("items").get(0).get("queued").asInt());
    assertEquals(
        422,
        web.get(
                "/api/v1/desk-figures/trend?minutes=5&from=2026-11-01T00:00:00Z",
                web.signIn("supervisor"))
            .statusCode());
  }

  @Test
  void aPromiseIsChangedFromAMomentOn() {
    User supervisor = web.signIn("supervisor");
    HttpResponse<String> answer =
        web.send(
            "PUT",
            "/api/v1/service-levels/" + World.DESKTOP,
            "{\"formula\":\"asterisk-sl\",\"answerWithinSeconds\":30,\"shortSeconds\":3}",
            supervisor);
    assertEquals(200, answer.statusCode(), answer.body());
    JsonNode rule = desk(supervisor, World.DESKTOP.value()).get("rule");
    assertEquals("asterisk-sl", rule.get("formula").asString());
    assertEquals(30, rule.get("answerWithinSeconds").asInt());
    assertEquals("supervisor", rule.get("by").asString());
  }

  @Test
  void aPromiseThatCannotBeIsRefused() {
    User supervisor = web.signIn("supervisor");
    HttpResponse<String> answer =
        web.send(
            "PUT",
            "/api/v1/service-levels/" + World.DESKTOP,
            "{\"formula\":\"standard\",\"answerWithinSeconds\":0,\"shortSeconds\":3}",
            supervisor);
    assertEquals(422, answer.statusCode());
    assertTrue(answer.body().contains("answerWithin is 0 s, expected 1 to 3600 s"), answer.body());
    answer =
        web.send(
            "PUT",
            "/api/v1/service-levels/nowhere",
            "{\"formula\":\"standard\",\"answerWithinSeconds\":20,\"shortSeconds\":3}",
            supervisor);
    assertEquals(404, answer.statusCode());
    assertTrue(web.figures.rules.isEmpty());
  }
}
