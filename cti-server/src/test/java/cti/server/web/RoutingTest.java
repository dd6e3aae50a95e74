package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.port.MajorIncidents;
import cti.core.port.RoutedCalls.RoutedCall;
import cti.server.web.WebFixture.User;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Versions, drafts, explaining and replaying of rules, over real sockets. */
class RoutingTest {
  private static final String EVERYBODY_TO_GZ =
      "rules:\\n  - id: everybody\\n    when: { always: true }\\n    desk: gz\\n";

  private final WebFixture web = new WebFixture();
  private final User admin = web.signIn("admin");
  private final User supervisor = web.signIn("supervisor");

  @AfterEach
  void stop() {
    web.close();
  }

  private JsonNode ok(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    return WebFixture.json(answer);
  }

  private JsonNode put(String draft, String yaml, int revision) {
    return ok(
        web.send(
            "PUT",
            "/api/v1/routing/drafts/" + draft,
            "{\"yaml\":\"" + yaml + "\",\"revision\":" + revision + "}",
            admin));
  }

  private HttpResponse<String> publish(String draft, String fields) {
    return web.send(
        "POST",
        "/api/v1/routing/drafts/" + draft + "/publish",
        "{\"comment\":\"because\"" + fields + "}",
        admin);
  }

  @Test
  void aDraftIsPublishedComparedAndRolledBack() {
    JsonNode saved = put("night", EVERYBODY_TO_GZ, 0);
    assertEquals(1, saved.get("draft").get("revision").asInt());
    assertEquals(1, saved.get("draft").get("basedOn").asInt());
    assertTrue(saved.get("faults").isEmpty(), saved::toString);
    JsonNode diff = ok(web.get("/api/v1/routing/diff?to=night", supervisor));
    assertTrue(diff.get("text").asString().contains("+  - id: everybody"), diff::toString);
    assertTrue(diff.get("text").asString().contains("-  - id: choice-desktop"), diff::toString);
    JsonNode version = ok(publish("night", "")).get("version");
    assertEquals(2, version.get("version").asInt());
    assertTrue(version.get("inForce").asBoolean());
    assertEquals("admin", version.get("author").asString());
    JsonNode versions = ok(web.get("/api/v1/routing/versions", supervisor));
    assertEquals(2, versions.get("inForce").asInt());
    assertEquals(2, versions.get("items").size());
    assertTrue(ok(web.get("/api/v1/routing/drafts", supervisor)).get("items").isEmpty());
    JsonNode back =
        ok(
            web.send(
                "POST", "/api/v1/routing/versions/1/rollback", "{\"comment\":\"wrong\"}", admin));
    assertEquals(3, back.get("version").get("version").asInt());
    assertEquals(1, back.get("version").get("restores").asInt());
    assertEquals(
        web.rules.shipped,
        ok(web.get("/api/v1/routing/versions/3", supervisor)).get("yaml").asString());
  }

  @Test
  void aScheduledVersionIsTakenBack() {
    put("later", EVERYBODY_TO_GZ, 0);
    String at = web.clock.instant().plus(Duration.ofHours(1)).toString();
    JsonNode version = ok(publish("later", ",\"at\":\"" + at + "\"")).get("version");
    assertFalse(version.get("inForce").asBoolean());
    JsonNode back =
        ok(web.send("POST", "/api/v1/routing/versions/2/withdraw", "", admin)).get("version");
    assertTrue(back.has("withdrawnAt"));
    assertEquals(
        409, web.send("POST", "/api/v1/routing/versions/1/withdraw", "", admin).statusCode());
  }

  @Test
  void whatCannotBePublishedIsToldWithEveryFault() {
    JsonNode saved =
        put("bad", "rules:\\n  - id: a\\n    when: { site: moon }\\n    desk: nowhere\\n", 0);
    assertTrue(saved.get("faults").size() >= 2, saved::toString);
    HttpResponse<String> refused = publish("bad", "");
    assertEquals(422, refused.statusCode());
    JsonNode problem = WebFixture.json(refused);
    assertEquals("faulty-rules", problem.get("type").asString());
    assertEquals(saved.get("faults"), problem.get("expected"));
    assertEquals(404, publish("gone", "").statusCode());
  }

  @Test
  void twoWhoChangeTheSameAreTold() {
    put("main", EVERYBODY_TO_GZ, 0);
    HttpResponse<String> late =
        web.send(
            "PUT", "/api/v1/routing/drafts/main", "{\"yaml\":\"rules: []\",\"revision\":0}", admin);
    assertEquals(409, late.statusCode());
    assertEquals("draft-changed", WebFixture.json(late).get("type").asString());
    put("other", EVERYBODY_TO_GZ, 0);
    ok(publish("main", ""));
    HttpResponse<String> outdated = publish("other", "");
    assertEquals(409, outdated.statusCode());
    assertEquals("outdated-draft", WebFixture.json(outdated).get("type").asString());
    assertEquals(204, web.send("DELETE", "/api/v1/routing/drafts/other", "", admin).statusCode());
  }

  @Test
  void aCallIsExplained() {
    JsonNode explained =
        ok(
            web.send(
                "POST",
                "/api/v1/routing/explain",
                """
                {"from":"13900000001","at":"2026-11-23T02:30:00Z","keys":"2"}\
                """,
                supervisor));
    assertEquals("hq-oa", explained.get("desk").asString());
    assertEquals("choice-oa", explained.get("details").get("rule").asString());
    assertEquals("E0001", explained.get("people").get(0).get("id").asString());
    JsonNode other =
        ok(
            web.send(
                "POST",
                "/api/v1/routing/explain",
                "{\"from\":\"13900000001\",\"yaml\":\"" + EVERYBODY_TO_GZ + "\"}",
                supervisor));
    assertEquals("gz", other.get("desk").asString());
    assertEquals(0, other.get("details").get("version").asInt());
  }

  @Test
  void hoursAndDutyAreShown() {
    String yaml =
        """
        calendars:
          cn:
            - { from: 2026-10-01, name: 国庆节 }
        hours:
          - { desks: gz, calendar: cn, week: { mon-fri: "08:30-17:00" }, make_up: "08:30-17:00" }
        rosters:
          gz-duty:
            hand_over: mon 08:30
            weeks: { "2026-11-16": E0001 }
        rules:
          - { id: everybody, when: { always: true }, desk: gz }
        """;
    put("main", yaml.replace("\n", "\\n").replace("\"", "\\\""), 0);
    JsonNode published = ok(publish("main", ""));
    assertTrue(
        published.get("warnings").get(0).asString().startsWith("roster gz-duty: nobody is on duty"),
        published::toString);
    JsonNode calendar = ok(web.get("/api/v1/routing/calendar?at=2026-11-20T10:00:00Z", supervisor));
    assertFalse(calendar.get("desks").get(0).get("open").asBoolean());
    assertEquals(
        "desk gz is closed at 18:00: Friday, 08:30-17:00",
        calendar.get("desks").get(0).get("why").asString());
    JsonNode roster = calendar.get("rosters").get(0);
    assertEquals("13900000001", roster.get("people").get(0).get("mobile").asString());
    assertEquals("2026-11-23T00:30:00Z", roster.get("until").asString());
    assertEquals("2026-11-23T00:30:00Z", roster.get("gaps").get(0).get("from").asString());
  }

  @Test
  void anICalendarFileIsReadIntoAText() {
    JsonNode read =
        ok(
            web.send(
                "POST",
                "/api/v1/routing/holidays",
                """
                {"ical":"BEGIN:VCALENDAR\\nBEGIN:VEVENT\\nDTSTART;VALUE=DATE:20261001\\n\
                SUMMARY:国庆节（休）\\nEND:VEVENT\\nEND:VCALENDAR\\n","yaml":"rules: []\\n"}\
                """,
                supervisor));
    assertEquals("2026-10-01", read.get("days").get(0).get("date").asString());
    assertEquals("holiday", read.get("days").get(0).get("type").asString());
    assertEquals(
        "rules: []\ncalendars:\n  cn:\n    - { from: 2026-10-01, name: \"国庆节\" }\n",
        read.get("yaml").asString());
    HttpResponse<String> refused =
        web.send("POST", "/api/v1/routing/holidays", "{\"ical\":\"no\"}", supervisor);
    assertEquals("faulty-calendar", WebFixture.json(refused).get("type").asString());
  }

  @Test
  void callsOfThePastAreReplayed() {
    for (int i = 0; i < 1200; i++) {
      boolean factory = i % 3 == 0;
      web.rules.calls.add(
          new RoutedCall(
              new CallId("gw1:%05d".formatted(i)),
              Instant.parse("2026-11-02T01:00:00Z").plusSeconds(i),
              factory ? "13900000025" : "13900000001",
              "8000",
              List.of(new StaffId(factory ? "E0025" : "E0001")),
              factory ? "" : "1",
              factory ? "site-gz" : "choice-desktop",
              new DeskId(factory ? "gz" : "hq-desktop"),
              Optional.empty()));
    }
    String body =
        "{\"name\":\"all to gz\",\"yaml\":\""
            + EVERYBODY_TO_GZ
            + "\",\"from\":\"2026-11-01T00:00:00Z\",\"to\":\"2026-12-01T00:00:00Z\"}";
    String id =
        ok(web.send("POST", "/api/v1/routing/what-if", body, supervisor)).get("id").asString();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ok(web.get("/api/v1/routing/what-if/" + id, supervisor)).has("endedAt"));
    JsonNode replay = ok(web.get("/api/v1/routing/what-if/" + id, supervisor));
    assertEquals(1200, replay.get("calls").asInt());
    assertEquals(1200, replay.get("done").asInt());
    assertEquals(400, replay.get("same").asInt(), replay::toString);
    assertEquals(800, replay.get("changed").asInt());
    JsonNode page =
        ok(web.get("/api/v1/routing/what-if/" + id + "/changes?offset=500&limit=300", supervisor));
    assertEquals(300, page.get("items").size());
    assertEquals(800, page.get("next").asInt());
    JsonNode change = page.get("items").get(0);
    assertEquals(
        "rule choice-desktop for desk hq-desktop: desk hq-desktop",
        change.get("before").asString());
    assertEquals("rule everybody for desk gz: desk gz", change.get("after").asString());
    HttpResponse<String> csv =
        web.get("/api/v1/routing/what-if/" + id + "/changes?format=csv", supervisor);
    assertEquals(801, csv.body().lines().count());
    assertEquals(
        422,
        web.send(
                "POST",
                "/api/v1/routing/what-if",
                body.replace("2026-12-01", "2027-12-01"),
                supervisor)
            .statusCode());
  }

  @Test
  void aMajorIncidentIsToldUntilItIsEnded() {
    JsonNode begun =
        ok(
            web.send(
                "POST",
                "/api/v1/major-incidents",
                """
                {"title":"网络中断","prompt":"sorry","sites":["gz"],"incident":"42"}\
                """,
                supervisor));
    assertTrue(begun.get("now").asBoolean());
    String id = begun.get("id").asString();
    assertEquals(
        1, ok(web.get("/api/v1/major-incidents", web.signIn("agent1"))).get("items").size());
    web.majorIncidents.affected.add(
        new MajorIncidents.Affected(new CallId("gw1:1.1"), web.clock.instant(), "13900000025"));
    JsonNode told =
        ok(web.get("/api/v1/major-incidents/" + id + "/affected", web.signIn("agent1")));
    assertEquals("13900000025", told.get("items").get(0).get("number").asString());
    assertEquals(404, web.get("/api/v1/major-incidents/77/affected", supervisor).statusCode());
    web.clock.advance(Duration.ofMinutes(5));
    JsonNode ended = ok(web.send("POST", "/api/v1/major-incidents/" + id + "/end", "", supervisor));
    assertFalse(ended.get("now").asBoolean());
    assertEquals("supervisor", ended.get("endedBy").asString());
    HttpResponse<String> upsideDown =
        web.send(
            "POST",
            "/api/v1/major-incidents",
            """
            {"title":"x","prompt":"sorry","begins":"2026-11-23T02:00:00Z",\
            "ends":"2026-11-23T01:00:00Z"}\
            """,
            supervisor);
    assertEquals(422, upsideDown.statusCode(), upsideDown.body());
  }

  private static final String WITH_DUTY =
      """
      calendars:
        cn:
          - { from: 2026-10-01, to: 2026-10-07, name: 国庆节 }
          - { from: 2026-10-10, make_up: true, name: 国庆节调休 }
      hours:
        - desks: [gz]
          calendar: cn
          week: { mon-fri: "08:30-17:00" }
          make_up: "08:30-16:00"
      rosters:
        gz-duty:
          hand_over: mon 08:30
          weeks:
            "2026-10-05": E0025
      rules:
        - id: night
          when: { closed: gz }
          desk: gz
          targets:
            - { duty: gz-duty, limit: 30 }
            - { desk: gz }
        - id: everybody
          when: { always: true }
          desk: gz
      """;

  private static String inJson(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Test
  void aWeekShowsHoursHolidaysAndWhoIsOnDuty() {
    put("duty", inJson(WITH_DUTY), 0);
    ok(publish("duty", ""));
    JsonNode week = ok(web.get("/api/v1/routing/week?from=2026-10-05", supervisor));
    JsonNode days = week.get("desks").get(0).get("days");
    assertEquals(7, days.size());
    assertTrue(days.get(2).get("spans").isEmpty(), days::toString);
    assertTrue(days.get(2).get("special").asString().contains("国庆节"), days::toString);
    assertEquals("08:30-17:00", days.get(3).get("spans").get(0).asString());
    assertEquals("08:30-16:00", days.get(5).get("spans").get(0).asString());
    assertTrue(days.get(6).get("spans").isEmpty(), days::toString);
    JsonNode shift = week.get("rosters").get(0).get("shifts").get(0);
    assertEquals("2026-10-05T00:30:00Z", shift.get("from").asString());
    assertEquals("2026-10-11T16:00:00Z", shift.get("until").asString());
    assertEquals("员工0025", shift.get("people").get(0).get("name").asString());
    assertFalse(shift.get("swap").asBoolean());
    assertEquals(422, web.get("/api/v1/routing/week?from=soon", supervisor).statusCode());
  }

  @Test
  void aSwapIsWrittenIntoTheTextAndStandsInOnceThatIsPublished() {
    put("duty", inJson(WITH_DUTY), 0);
    ok(publish("duty", ""));
    String swap =
        """
        {"yaml":"%s","roster":"%s","from":"2026-10-06T00:30:00Z","until":"2026-10-07T00:30:00Z",\
        "people":["E0026"]}\
        """;
    String first =
        ok(web.send(
                "POST",
                "/api/v1/routing/swaps",
                swap.formatted(inJson(WITH_DUTY), "gz-duty"),
                supervisor))
            .get("yaml")
            .asString();
    assertTrue(
        first.contains(
            "    swaps:\n      - { from: \"2026-10-06T08:30\", until: \"2026-10-07T08:30\","
                + " people: [\"E0026\"] }\nrules:"),
        first);
    String second =
        ok(web.send(
                "POST",
                "/api/v1/routing/swaps",
                swap.formatted(inJson(first), "gz-duty").replace("10-07T00", "10-06T12"),
                supervisor))
            .get("yaml")
            .asString();
    assertEquals(2, second.split("people: \\[", -1).length - 1, second);
    JsonNode saved = put("duty", inJson(second), 0);
    assertTrue(saved.get("faults").isEmpty(), saved::toString);
    ok(publish("duty", ""));
    JsonNode shifts =
        ok(web.get("/api/v1/routing/week?from=2026-10-05", supervisor))
            .get("rosters")
            .get(0)
            .get("shifts");
    assertTrue(shifts.get(1).get("swap").asBoolean(), shifts::toString);
    assertEquals("E0026", shifts.get(1).get("people").get(0).get("id").asString());
    HttpResponse<String> unknown =
        web.send(
            "POST",
            "/api/v1/routing/swaps",
            swap.formatted(inJson(WITH_DUTY), "sg-duty"),
            supervisor);
    assertEquals(422, unknown.statusCode(), unknown.body());
    HttpResponse<String> upsideDown =
        web.send(
            "POST",
            "/api/v1/routing/swaps",
            swap.formatted(inJson(WITH_DUTY), "gz-duty").replace("10-07T00", "10-05T00"),
            supervisor);
    assertEquals(422, upsideDown.statusCode(), upsideDown.body());
  }

  private static final String WITH_HOURS =
      """
      # who works when
      calendars:
        cn:
          - { from: 2026-10-01, to: 2026-10-03, name: 国庆节 }
          - { from: 2026-10-10, make_up: true, name: 国庆节调休 }
      hours:
        - desks: [gz, sg]
          calendar: cn
          week: { mon-fri: ["08:30-12:00", "13:30-17:00"], sat: "09:00-12:00" }
          make_up: "08:30-17:00"
      rules:
        # the rest
        - id: rest
          when: { always: true }
          desk: gz
      """;

  private HttpResponse<String> hours(String yaml, String fields) {
    return web.send(
        "POST",
        "/api/v1/routing/hours",
        "{\"yaml\":\"" + inJson(yaml) + "\"" + fields + "}",
        supervisor);
  }

  @Test
  void hoursOfATextAreReadAndOnlyWhatChangedIsWrittenBack() {
    JsonNode read = ok(hours(WITH_HOURS, ""));
    JsonNode group = read.get("hours").get(0);
    assertEquals("[\"gz\",\"sg\"]", group.get("desks").toString());
    assertEquals("[\"08:30-12:00\",\"13:30-17:00\"]", group.get("week").get("tue").toString());
    assertFalse(group.get("week").has("sun"));
    assertEquals(
        "{\"from\":\"2026-10-01\",\"to\":\"2026-10-03\",\"makeUp\":false,\"name\":\"国庆节\"}",
        read.get("calendars").get(0).get("days").get(0).toString());
    assertFalse(read.has("yaml"));

    String same = ok(hours(WITH_HOURS, ",\"hours\":" + read.get("hours"))).get("yaml").asString();
    assertEquals(WITH_HOURS, same);

    String changed =
        ok(hours(
                WITH_HOURS,
                ",\"hours\":[{\"desks\":[\"sg\"],\"week\":{\"sun\":[\"00:00-24:00\"]},\"makeUp\":[]},"
                    + "{\"desks\":[\"gz\"],\"calendar\":\"cn\",\"week\":{\"mon\":[\"13:00-17:00\","
                    + "\"08:00-12:00\"],\"tue\":[\"08:00-12:00\",\"13:00-17:00\"]},\"makeUp\":"
                    + "[\"09:00-17:00\"]}]"))
            .get("yaml")
            .asString();
    assertTrue(
        changed.contains(
            """
            hours:
              - desks: [gz]
                calendar: cn
                week: { mon-tue: ["08:00-12:00", "13:00-17:00"] }
                make_up: "09:00-17:00"
              - desks: [sg]
                week: { sun: "00:00-24:00" }
            rules:
              # the rest
            """),
        changed);
    assertTrue(changed.startsWith(WITH_HOURS.substring(0, WITH_HOURS.indexOf("hours:"))), changed);
    assertEquals(2, ok(hours(changed, "")).get("hours").size());
    assertTrue(put("hours", inJson(changed), 0).get("faults").isEmpty());

    String without = ok(hours(WITH_HOURS, ",\"hours\":[]")).get("yaml").asString();
    assertFalse(without.contains("hours:"), without);
    String days =
        ok(hours(
                "rules: []\n",
                ",\"calendars\":[{\"name\":\"cn\",\"days\":[]},{\"name\":\"on\",\"days\":[{\"from\":"
                    + "\"2027-01-01\",\"name\":\"元旦\"}]}],\"hours\":[{\"desks\":[\"gz\"],\"calendar\":"
                    + "\"on\",\"week\":{},\"makeUp\":[]}]"))
            .get("yaml")
            .asString();
    JsonNode again = ok(hours(days.replace("rules: []", "rules:\n" + REST), ""));
    assertEquals("on", again.get("hours").get(0).get("calendar").asString(), days);
    assertEquals(2, again.get("calendars").size(), days);
  }

  private static final String REST = "  - { id: rest, when: { always: true }, desk: gz }";

  @Test
  void hoursThatCannotBeAreRefusedWithTheValue() {
    record Refused(String hours, String why) {}
    for (Refused one :
        List.of(
            new Refused("\"week\":{\"mon\":[\"17:00-08:00\"]}", "17:00-08:00"),
            new Refused("\"week\":{\"mon\":[\"08:00-08:00\"]}", "08:00-08:00"),
            new Refused("\"week\":{\"mon\":[\"08:00-12:00\",\"11:00-13:00\"]}", "overlap"),
            new Refused("\"week\":{\"mon\":[\"early\"]}", "early"),
            new Refused("\"week\":{\"fun\":[]}", "fun"),
            new Refused("\"calendar\":\"de\"", "no calendar de"))) {
      HttpResponse<String> answer =
          hours(WITH_HOURS, ",\"hours\":[{\"desks\":[\"gz\"]," + one.hours() + "}]");
      assertEquals(422, answer.statusCode(), answer.body());
      assertTrue(answer.body().contains(one.why()), answer.body());
    }
    for (String days :
        List.of(
            "{\"from\":\"2026-10-05\",\"to\":\"2026-10-01\"}",
            "{\"from\":\"2026-10-05\"},{\"from\":\"2026-10-01\",\"to\":\"2026-10-07\"}",
            "{\"from\":\"5.10.2026\"}")) {
      HttpResponse<String> answer =
          hours(WITH_HOURS, ",\"calendars\":[{\"name\":\"cn\",\"days\":[" + days + "]}]");
      assertEquals(422, answer.statusCode(), answer.body());
      assertTrue(answer.body().contains("2026"), answer.body());
    }
    HttpResponse<String> twice =
        hours(WITH_HOURS, ",\"hours\":[{\"desks\":[\"gz\"]},{\"desks\":[\"gz\"]}]");
    assertTrue(twice.body().contains("desk gz has hours twice"), twice.body());
    HttpResponse<String> faulty = hours("rules: 5", "");
    assertEquals("faulty-rules", WebFixture.json(faulty).get("type").asString());
  }

  @Test
  void faultsAndWarningsAreSaidByTheirCodesToo() {
    String yaml =
        """
        hotline: ["8000"]
        lists:
          loop: [{ list: loop }]
        rosters:
          night: { hand_over: mon 08:30, weeks: { "2026-11-16": E9999 } }
        rules:
          - { id: a, when: { site: nowhere }, desk: nowhere }
          - id: b
            when: { open: gz }
            desk: gz
            targets: [{ number: "8000" }, { list: gone }, { duty: none }, { announcement: none }]
          - { id: b, when: { holiday: cn }, desk: gz, targets: [{ callback: gz }] }
        """;
    JsonNode checked =
        ok(
            web.send(
                "POST",
                "/api/v1/routing/check",
                "{\"yaml\":\"" + inJson(yaml) + "\"}",
                supervisor));
    assertEquals(
        checked.get("faults").size() + checked.get("warnings").size(),
        checked.get("said").size(),
        checked::toString);
    for (JsonNode said : checked.get("said")) {
      assertTrue(said.has("code"), said::toString);
    }
    JsonNode first = checked.get("said").get(0);
    assertEquals(checked.get("faults").get(0).asString(), first.get("text").asString());
    assertEquals("no-site", first.get("code").asString(), checked::toString);
    assertEquals("rule a", first.get("place").asString());
    assertEquals("[\"nowhere\"]", first.get("values").toString());
    JsonNode saved = put("coded", inJson("rules: 5"), 0);
    assertEquals("list-expected", saved.get("said").get(0).get("code").asString(), saved::toString);
  }
}
