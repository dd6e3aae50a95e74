package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.QueueOutcome;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.MissedCaseId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.missed.Closing;
import cti.core.missed.MissedCall;
import cti.core.missed.MissedCase;
import cti.server.web.WebFixture.User;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Missed cases over real sockets. */
class MissedCasesTest {
  private static final String PATH = "/api/v1/missed-cases";

  private final WebFixture web = new WebFixture();
  private final User agent = web.signIn("agent1");
  private final User other = web.signIn("agent2");
  private final User supervisor = web.signIn("supervisor");

  @AfterEach
  void stop() {
    web.close();
  }

  private MissedCall call(String id, DeskId desk, String number, String... staff) {
    web.clock.advance(Duration.ofMinutes(1));
    return new MissedCall(
        new CallId(id),
        web.clock.instant(),
        Optional.of(desk),
        new QueueName("q-" + desk),
        QueueOutcome.AGENT_NO_ANSWER,
        number,
        Arrays.stream(staff).map(StaffId::new).toList());
  }

  private void open(MissedCall... calls) {
    web.stores.missedCases.all.add(new MissedCase(List.of(calls), Optional.empty()));
  }

  private void recovered(String by, MissedCall... calls) {
    Closing talk =
        new Closing.ByTalk(
            new CallId(by),
            web.clock.instant(),
            web.clock.instant(),
            false,
            Optional.of(World.AGENT_1));
    web.stores.missedCases.all.add(new MissedCase(List.of(calls), Optional.of(talk)));
  }

  /** m1+m2 and m3 at the desk of agent1, m4 at that of agent2. */
  private void fourCalls() {
    open(
        call("m1", World.DESKTOP, "8001", "E0001"),
        call("m2", World.DESKTOP, "13800000001", "E0001"));
    recovered("c9", call("m3", World.DESKTOP, "8050", "E0001", "E0002"));
    open(call("m4", World.GUANGZHOU, ""));
    web.stores.missedCases.siteOfDesk.put(World.GUANGZHOU, new SiteId("gz"));
    web.clock.advance(Duration.ofMinutes(1));
  }

  private static void refused(HttpResponse<String> answer, int status, String type) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(type, WebFixture.json(answer).get("type").asString());
  }

  private List<String> ids(String query, User user) {
    HttpResponse<String> answer = web.get(PATH + query, user);
    assertEquals(200, answer.statusCode(), answer.body());
    List<String> ids = new ArrayList<>();
    WebFixture.json(answer).get("items").forEach(one -> ids.add(one.get("id").asString()));
    return ids;
  }

  @Test
  void listIsFilteredAndSeenByDesk() {
    fourCalls();
    assertEquals(List.of("m4", "m3", "m1"), ids("", supervisor));
    assertEquals(List.of("m3", "m1"), ids("", agent));
    assertEquals(List.of("m4"), ids("", other));
    assertEquals(List.of("m1"), ids("?state=open", agent));
    assertEquals(List.of("m3"), ids("?state=recovered", supervisor));
    assertEquals(List.of("m4"), ids("?desk=gz", supervisor));
    assertEquals(List.of("m4"), ids("?site=gz", supervisor));
    assertEquals(List.of(), ids("?desk=gz", agent));
    assertEquals(List.of("m3", "m1"), ids("?person=E0001", supervisor));
    assertEquals(List.of("m1"), ids("?number=1380", supervisor));
    assertEquals(List.of(), ids("?to=2026-01-01T00:00:00Z", supervisor));
    refused(web.get(PATH + "?state=lost", agent), 422, "invalid");
    refused(web.get(PATH + "?from=2020-01-01T00:00:00Z", agent), 422, "invalid");
    refused(web.get(PATH + "?format=xml", agent), 422, "invalid");
    refused(web.get(PATH, web.signIn("clerk")), 403, "forbidden");
  }

  @Test
  void caseShowsWhoAndHowItWasClosed() {
    fourCalls();
    JsonNode items = WebFixture.json(web.get(PATH, agent)).get("items");
    JsonNode recovered = items.get(0);
    assertEquals("recovered", recovered.get("state").asString());
    assertEquals("c9", recovered.get("closedByCall").asString());
    assertEquals("1001", recovered.get("closedByAgent").asString());
    assertEquals(2, recovered.get("callers").size(), "none is picked");
    JsonNode open = items.get(1);
    assertEquals("open", open.get("state").asString());
    assertEquals("本部(桌面)", open.get("deskName").asString());
    assertEquals(2, open.get("calls").asInt());
    assertEquals("员工0001", open.get("callers").get(0).get("name").asString());
    assertEquals(2, open.get("numbers").size());
    assertFalse(open.has("closedAt"));
    JsonNode detail = WebFixture.json(web.get(PATH + "/m2", agent));
    assertEquals("m1", detail.get("missedCase").get("id").asString());
    assertEquals("m2", detail.get("calls").get(1).get("call").asString());
    assertEquals("agent-no-answer", detail.get("calls").get(1).get("reason").asString());
    refused(web.get(PATH + "/m4", agent), 404, "no-such-missed-case");
    refused(web.get(PATH + "/m9", supervisor), 404, "no-such-missed-case");
  }

  @Test
  void oldOpenCasesStayOnTheList() {
    fourCalls();
    web.stores.missedCases.all.replaceAll(
        one ->
            new MissedCase(
                one.calls().stream()
                    .map(
                        call ->
                            new MissedCall(
                                call.call(),
                                call.at().minus(Duration.ofDays(30)),
                                call.desk(),
                                call.queue(),
                                call.reason(),
                                call.number(),
                                call.matches()))
                    .toList(),
                one.closing()));
    assertEquals(List.of(), ids("", supervisor));
    assertEquals(List.of("m4", "m1"), ids("?state=open", supervisor));
  }

  @Test
  void pagesHangTogether() {
    for (int i = 0; i < 5; i++) {
      open(call("p" + i, World.DESKTOP, "8001"));
    }
    web.clock.advance(Duration.ofMinutes(1));
    List<String> paged = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = WebFixture.json(web.get(PATH + "?limit=2" + after, agent));
      page.get("items").forEach(one -> paged.add(one.get("id").asString()));
      after = page.has("next") ? "&after=" + page.get("next").asString() : "";
    } while (!after.isEmpty());
    assertEquals(List.of("p4", "p3", "p2", "p1", "p0"), paged);
  }

  @Test
  void csvForSpreadsheets() {
    fourCalls();
    open(call("m5", World.DESKTOP, "=HYPERLINK(\"http://example.invalid\")"));
    web.send("POST", PATH + "/m5/close", "{\"reason\":\"骚扰, \\\"广告\\\"\\n电话\"}", agent);
    web.clock.advance(Duration.ofMinutes(1));
    HttpResponse<String> answer = web.get(PATH + "?format=csv", supervisor);
    assertEquals(200, answer.statusCode());
    assertEquals(
        "text/csv; charset=utf-8", answer.headers().firstValue("Content-Type").orElseThrow());
    assertEquals(
        "attachment; filename=\"missed-cases.csv\"",
        answer.headers().firstValue("Content-Disposition").orElseThrow());
    assertEquals(Optional.empty(), answer.headers().firstValue("Cti-Next"));
    String csv = answer.body();
    assertTrue(csv.startsWith("\ufeffid,state,desk,"), csv);
    String[] lines = csv.split("\r\n");
    assertEquals(5, lines.length, csv);
    assertTrue(
        lines[1].contains("\"'=HYPERLINK(\"\"http://example.invalid\"\")\""), "no formula: " + csv);
    assertTrue(lines[1].endsWith(",agent1,\"骚扰, \"\"广告\"\"\n电话\""), lines[1]);
    assertTrue(
        lines[4].startsWith(
            "m1,open,hq-desktop,本部(桌面),q-hq-desktop,2026-11-21T01:01:00Z,"
                + "2026-11-21T01:02:00Z,2,8001; 13800000001,员工0001 E0001,"),
        lines[4]);
    HttpResponse<String> part = web.get(PATH + "?format=csv&limit=3", supervisor);
    assertEquals(4, part.body().split("\r\n").length);
    String rest = part.headers().firstValue("Cti-Next").orElseThrow();
    assertTrue(web.get(PATH + "?format=csv&after=" + rest, supervisor).body().contains("\r\nm1,"));
  }

  @Test
  void csvByTheHeaderAccept() {
    fourCalls();
    String[][] table = {
      {"text/csv", "text/csv; charset=utf-8"},
      {"text/csv;q=0.9, */*", "text/csv; charset=utf-8"},
      {"application/json, text/csv", "application/json"},
      {"*/*", "application/json"}
    };
    for (String[] row : table) {
      HttpResponse<String> answer =
          web.send(agent.on(web.request(PATH)).header("Accept", row[0]).GET());
      assertEquals(row[1], answer.headers().firstValue("Content-Type").orElseThrow(), row[0]);
      assertEquals("Accept", answer.headers().firstValue("Vary").orElseThrow());
    }
    HttpResponse<String> asked =
        web.send(agent.on(web.request(PATH + "?format=json")).header("Accept", "text/csv").GET());
    assertEquals("application/json", asked.headers().firstValue("Content-Type").orElseThrow());
  }

  @Test
  void closedByHandWithAReasonAndReopened() {
    fourCalls();
    String close = PATH + "/m1/close";
    refused(web.send("POST", close, "{}", agent), 422, "invalid");
    refused(web.send("POST", close, "{\"reason\":\" \"}", agent), 422, "invalid");
    String tooLong = "{\"reason\":\"" + "长".repeat(501) + "\"}";
    refused(web.send("POST", close, tooLong, agent), 422, "invalid");
    refused(web.send("POST", close, "{\"reason\":\"面谈\"}", other), 404, "no-such-missed-case");
    refused(
        web.send(agent.on(web.request(PATH + "/m1/reopen")).POST(nothing())),
        409,
        "state-not-allowed");
    HttpResponse<String> closed = web.send("POST", close, "{\"reason\":\"面谈解决\"}", agent);
    assertEquals(200, closed.statusCode(), closed.body());
    assertEquals("closed", WebFixture.json(closed).get("state").asString());
    assertEquals("agent1", WebFixture.json(closed).get("closedByUser").asString());
    assertEquals("面谈解决", WebFixture.json(closed).get("reason").asString());
    refused(web.send("POST", close, "{\"reason\":\"再次\"}", agent), 409, "state-not-allowed");
    refused(
        web.send("POST", PATH + "/m3/close", "{\"reason\":\"x\"}", agent),
        409,
        "state-not-allowed");
    HttpResponse<String> open =
        web.send(supervisor.on(web.request(PATH + "/m1/reopen")).POST(nothing()));
    assertEquals("open", WebFixture.json(open).get("state").asString());
    JsonNode changes = WebFixture.json(web.get(PATH + "/m1", agent)).get("changes");
    assertEquals(2, changes.size());
    assertEquals("close", changes.get(0).get("action").asString());
    assertEquals("supervisor", changes.get(1).get("user").asString());
  }

  private static BodyPublisher nothing() {
    return BodyPublishers.noBody();
  }

  @Test
  void bothFiguresPerDesk() {
    fourCalls();
    JsonNode counts =
        WebFixture.json(web.get("/api/v1/missed-case-counts", supervisor)).get("items");
    assertEquals(2, counts.size());
    JsonNode desktop = counts.get(0);
    assertEquals("hq-desktop", desktop.get("desk").asString());
    assertEquals(3, desktop.get("calls").asInt());
    assertEquals(2, desktop.get("cases").asInt());
    assertEquals(1, desktop.get("open").asInt());
    assertEquals(1, desktop.get("recovered").asInt());
    assertEquals(
        1, WebFixture.json(web.get("/api/v1/missed-case-counts", other)).get("items").size());
  }

  @Test
  void theDatabaseIsAway() {
    assertEquals(List.of(), ids("", agent));
    web.stores.away = true;
    refused(web.get(PATH, agent), 503, "database-away");
  }

  private void tells(String... ids) {
    web.server
        .feed()
        .missedCasesChanged(Arrays.stream(ids).map(MissedCaseId::new).collect(Collectors.toSet()));
  }

  private static List<String> told(JsonNode counts) {
    return counts.get("missedCases").get("desks").values().stream()
        .map(desk -> desk.get("desk").asString() + "=" + desk.get("open").asInt())
        .toList();
  }

  /** Who subscribes while they are read is told by a frame, who comes later by the snapshot. */
  private static JsonNode counted(TestStream stream) {
    JsonNode snapshot = stream.subscribe("missed-cases").next("snapshot");
    stream.next("live");
    return snapshot.has("missedCases") ? snapshot : stream.next("missedCases");
  }

  @Test
  void screensAreToldOfTheCasesOfTheirDesks() {
    fourCalls();
    TestStream agents = web.stream(agent);
    TestStream all = web.stream(supervisor);
    assertEquals(List.of(World.DESKTOP + "=1"), told(counted(agents)));
    JsonNode both = counted(all);
    assertEquals(2, both.get("missedCases").get("open").asInt());
    assertEquals(2, told(both).size());

    open(call("m5", World.DESKTOP, "8060", "E0003"));
    tells("m5");
    JsonNode one = agents.untilType("missedCase");
    assertEquals("m5", one.get("id").asString());
    assertEquals("open", one.get("missedCase").get("state").asString());
    assertEquals(List.of(World.DESKTOP + "=2"), told(agents.untilType("missedCases")));

    open(call("m6", World.GUANGZHOU, "2001"));
    tells("m6");
    assertEquals("m5", all.untilType("missedCase").get("id").asString());
    assertEquals("m6", all.untilType("missedCase").get("id").asString());
    assertEquals(
        "missedCases", agents.next().get("type").asString(), "the other desk's case is not shown");
  }

  @Test
  void aCaseThatIsNoMoreIsToldSo() {
    TestStream stream = web.stream(supervisor);
    counted(stream);
    tells("m9");
    JsonNode gone = stream.untilType("missedCase");
    assertEquals("m9", gone.get("id").asString());
    assertFalse(gone.has("missedCase"));
  }

  @Test
  void whoComesLaterFindsTheCountsInTheSnapshot() {
    fourCalls();
    TestStream first = web.stream(supervisor).subscribe("missed-cases");
    assertFalse(first.next("snapshot").has("missedCases"), "they were not read yet");
    first.untilType("missedCases");
    JsonNode snapshot = web.stream(agent).subscribe("missed-cases", "calls").next("snapshot");
    assertEquals(List.of(World.DESKTOP + "=1"), told(snapshot));
  }

  @Test
  void whoDoesNotAskIsNotTold() {
    TestStream stream = web.stream(supervisor);
    assertFalse(stream.begin().has("missedCases"));
    tells("m1");
    assertEquals(List.of(), stream.untilPong());
  }

  @Test
  void whatCouldNotBeReadIsToldWhenTheStoreIsBack() {
    fourCalls();
    web.stores.away = true;
    TestStream stream = web.stream(supervisor).subscribe("missed-cases");
    stream.next("snapshot");
    stream.next("live");
    tells("m1");
    web.stores.away = false;
    assertEquals("m1", stream.untilType("missedCase").get("id").asString());
    assertEquals(2, stream.untilType("missedCases").get("missedCases").get("open").asInt());
  }
}
