package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.id.CallId;
import cti.core.port.Completeness.Hour;
import cti.core.port.CompletenessWatch;
import cti.core.port.CompletenessWatch.Counts;
import cti.core.port.DayChecks;
import cti.core.recovery.CheckedCall;
import cti.core.recovery.LoggedCall.Sources;
import cti.core.recovery.Verdict;
import cti.server.web.WebFixture.User;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How complete the records are, as supervisors see it. */
class CompletenessTest {
  private static final Instant HOUR = Instant.parse("2026-11-21T00:00:00Z");

  private final WebFixture web = new WebFixture();

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void withoutALogItSaysThatNothingWasChecked() {
    JsonNode view = WebFixture.json(web.get("/api/v1/completeness", web.signIn("supervisor")));
    assertEquals(false, view.get("configured").asBoolean());
    assertTrue(view.get("problem").asString().contains("gateway.logs"), view.toString());
    assertEquals(0, view.get("items").size());
  }

  @Test
  void hoursAreShownAndWrittenAsATable() {
    checkedHour();
    User supervisor = web.signIn("supervisor");
    JsonNode view = WebFixture.json(web.get("/api/v1/completeness", supervisor));
    assertEquals(true, view.get("configured").asBoolean());
    JsonNode hour = view.get("items").get(0);
    assertEquals("2026-11-21T00:00:00Z", hour.get("hour").asString());
    assertEquals(12, hour.get("logged").asInt());
    assertEquals(3, hour.get("recovered").asInt());
    assertEquals("2026-11-21T00:59:00Z", hour.get("checkedAt").asString());
    HttpResponse<String> csv = web.get("/api/v1/completeness?format=csv", supervisor);
    assertEquals(
        "\ufeffhour,logged,queueLog,callDetails,live,recovered,lostTrack,missing,different,unknown,"
            + "checkedAt\r\n2026-11-21T00:00:00Z,12,10,12,8,3,1,0,0,0,2026-11-21T00:59:00Z\r\n",
        csv.body());
  }

  @Test
  void aFigureOpensTheCallsThatItCounts() {
    web.completeness.checked.add(
        new CheckedCall(
            new CallId("gw1:1.1"),
            HOUR.plusSeconds(5),
            Optional.empty(),
            new Sources(true, false),
            Verdict.MISSING,
            "not on record"));
    web.completeness.unknown.add(new CallId("gw1:2.2"));
    User supervisor = web.signIn("supervisor");
    JsonNode missing =
        WebFixture.json(web.get("/api/v1/completeness/calls?verdict=missing", supervisor));
    assertEquals("gw1:1.1", missing.get("items").get(0).get("call").asString());
    assertEquals("queue_log", missing.get("items").get(0).get("source").asString());
    JsonNode none =
        WebFixture.json(web.get("/api/v1/completeness/calls?verdict=different", supervisor));
    assertEquals(0, none.get("items").size());
    JsonNode unknown = WebFixture.json(web.get("/api/v1/completeness/unknown-calls", supervisor));
    assertEquals("gw1:2.2", unknown.get("items").get(0).asString());
  }

  @Test
  void aWholeDayIsCheckedWhenAnAdministratorAsks() {
    List<LocalDate> asked = new ArrayList<>();
    web.completeness.days =
        new DayChecks() {
          @Override
          public State state() {
            return new State(
                asked.stream().findFirst(),
                Optional.of(
                    new Day(LocalDate.parse("2026-11-20"), HOUR.plusSeconds(1), 120, 3, 1, 0)),
                1,
                3);
          }

          @Override
          public Answer ask(LocalDate day) {
            if (day.getYear() > 2026) {
              return Answer.NOT_OVER;
            }
            if (!asked.isEmpty()) {
              return Answer.BUSY;
            }
            asked.add(day);
            return Answer.ACCEPTED;
          }
        };
    User admin = web.signIn("admin");
    HttpResponse<String> begun = ask(admin, "2026-11-19");
    assertEquals(202, begun.statusCode());
    assertEquals("2026-11-19", WebFixture.json(begun).get("day").asString());
    assertEquals(409, ask(admin, "2026-11-18").statusCode());
    HttpResponse<String> never = ask(admin, "2026-13-01");
    assertEquals(422, never.statusCode());
    assertTrue(never.body().contains("2026-13-01"), never.body());
    assertEquals(422, ask(admin, "2027-01-01").statusCode());
    assertEquals(403, ask(web.signIn("supervisor"), "2026-11-18").statusCode());

    JsonNode view = WebFixture.json(web.get("/api/v1/completeness", web.signIn("supervisor")));
    assertEquals("2026-11-19", view.get("dayUnderWay").asString());
    assertEquals("2026-11-20", view.get("day").get("day").asString());
    assertEquals(3, view.get("day").get("told").asInt());
  }

  private HttpResponse<String> ask(User user, String day) {
    return web.send("POST", "/api/v1/completeness/day-checks", "{\"day\":\"" + day + "\"}", user);
  }

  @Test
  void agentsDoNotSeeIt() {
    assertEquals(403, web.get("/api/v1/completeness", web.signIn("agent1")).statusCode());
  }

  private void checkedHour() {
    Instant checked = HOUR.plusSeconds(3_540);
    web.completeness.state =
        new CompletenessWatch.State(
            true, "", Optional.of(checked), Optional.of(HOUR), 0, Optional.empty(), Counts.NONE);
    web.completeness.hours.add(new Hour(HOUR, 12, 10, 12, 8, 3, 1, 0, 0, 0, Optional.of(checked)));
  }
}
