package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.call.QueueOutcome;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.StaffId;
import cti.core.port.CallHistory.CallRecord;
import cti.core.port.CallHistory.CallRow;
import cti.core.port.CallHistory.MissedRow;
import cti.core.port.CatalogReload;
import cti.server.web.WebFixture.User;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The resources of the REST side, one by one. */
class RestTest {
  private static final String INCIDENT =
      "{\"title\":\"打印机卡纸\",\"source\":\"电话\",\"level\":\"IV\",\"callerStaff\":\"E0001\","
          + "\"desk\":\"hq-desktop\",\"calls\":[{\"call\":\"c1\"}]}";

  private final WebFixture web = new WebFixture();
  private final World world = web.world;
  private final User agent = web.signIn("agent1");
  private final User supervisor = web.signIn("supervisor");

  @AfterEach
  void stop() {
    web.close();
  }

  private void refused(HttpResponse<String> answer, int status, String type) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(type, WebFixture.json(answer).get("type").asString());
  }

  private HttpResponse<String> post(String body, String key, User user) {
    return web.send(
        user.on(web.request("/api/v1/incidents"))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void agentLogsOnGetsReadyAndLogsOff() {
    world.gatewayLive();
    refused(
        web.send("PUT", "/api/v1/agents/1001/state", "{\"state\":\"ready\"}", agent),
        409,
        "not-logged-on");
    String logOn = "{\"extension\":\"8001\",\"desks\":[\"hq-desktop\",\"hq-erp\"]}";
    assertEquals(204, web.send("POST", "/api/v1/agents/1001/logon", logOn, agent).statusCode());
    assertEquals(
        204,
        web.send("PUT", "/api/v1/agents/1001/state", "{\"state\":\"ready\"}", agent).statusCode());
    JsonNode me = WebFixture.json(web.get("/api/v1/me", agent)).get("agent");
    assertEquals("ready", me.get("state").asString());
    assertEquals("8001", me.get("extension").asString());
    assertEquals(2, me.get("desks").size());
    refused(
        web.send("POST", "/api/v1/agents/1009/logon", logOn, supervisor), 409, "extension-taken");
    refused(
        web.send("PUT", "/api/v1/agents/1001/state", "{\"state\":\"not-ready\"}", agent),
        422,
        "invalid");
    refused(
        web.send("PUT", "/api/v1/agents/1001/state", "{\"state\":\"busy\"}", agent),
        422,
        "invalid");
    refused(
        web.send("POST", "/api/v1/agents/1001/logon", "{\"extension\":\"8001\"}", agent),
        422,
        "invalid");
    assertEquals(204, web.send("POST", "/api/v1/agents/1001/logoff", "{}", agent).statusCode());
    assertEquals(
        "logged-off",
        WebFixture.json(web.get("/api/v1/agents/1001", agent)).get("state").asString());
  }

  @Test
  void agentsActForThemselvesSupervisorsForAll() {
    String ready = "{\"state\":\"not-ready\",\"reason\":\"rest\"}";
    refused(web.send("PUT", "/api/v1/agents/1002/state", ready, agent), 403, "forbidden");
    world.logOn(World.AGENT_2, "8002", World.GUANGZHOU);
    assertEquals(204, web.send("PUT", "/api/v1/agents/1002/state", ready, supervisor).statusCode());
    refused(web.send("PUT", "/api/v1/agents/9999/state", ready, supervisor), 404, "no-such-agent");
    refused(web.get("/api/v1/agents/9999", supervisor), 404, "no-such-agent");
    refused(web.get("/api/v1/agents/" + "9".repeat(40), supervisor), 422, "invalid");
  }

  @Test
  void liveCallsAreThoseThatOneSees() {
    world.gatewayLive();
    world.call("c1").arrives("1").queued(World.DESKTOP);
    world.call("c 2/x").arrives("2").queued(World.GUANGZHOU);
    assertEquals(1, WebFixture.json(web.get("/api/v1/calls", agent)).get("items").size());
    assertEquals(2, WebFixture.json(web.get("/api/v1/calls", supervisor)).get("items").size());
    refused(web.get("/api/v1/calls/c%202%2Fx", agent), 404, "no-such-call");
    JsonNode seen = WebFixture.json(web.get("/api/v1/calls/c%202%2Fx", supervisor));
    assertEquals("waiting", seen.get("live").get("phase").asString());
    assertFalse(seen.has("record"));
  }

  private void record(int number, DeskId desk, AgentId by, CallOutcome outcome) {
    web.stores.history.records.add(
        new CallRecord(
            new CallRow(
                new CallId("r" + number),
                Optional.of(World.GATEWAY),
                Direction.INBOUND,
                web.clock.instant(),
                Optional.of(web.clock.instant().plusSeconds(60)),
                "1390000000" + number,
                "2000",
                List.of(new StaffId("E0001")),
                Optional.of(desk),
                Optional.of(by),
                Optional.of(outcome),
                ClearedBy.CALLER,
                DataQuality.LIVE,
                false,
                Duration.ofSeconds(9),
                Duration.ofSeconds(51)),
            List.of(),
            List.of(),
            List.of(),
            List.of()));
    web.clock.advance(Duration.ofSeconds(number % 2));
  }

  @Test
  void historyIsPagedWithoutGapOrDoubleAndFiltered() {
    for (int i = 0; i < 7; i++) {
      record(i, World.DESKTOP, World.AGENT_1, CallOutcome.ANSWERED);
    }
    record(7, World.GUANGZHOU, World.AGENT_2, CallOutcome.NOT_ANSWERED);
    record(8, World.GUANGZHOU, World.AGENT_1, CallOutcome.ANSWERED);
    web.clock.advance(Duration.ofMinutes(5));
    List<String> paged = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = WebFixture.json(web.get("/api/v1/call-history?limit=3" + after, supervisor));
      page.get("items").forEach(row -> paged.add(row.get("id").asString()));
      after = page.has("next") ? "&after=" + page.get("next").asString() : "";
    } while (!after.isEmpty());
    assertEquals(9, paged.size());
    assertEquals(9, paged.stream().distinct().count());
    assertEquals(8, count("/api/v1/call-history", agent), "own desks and own calls");
    assertEquals(1, count("/api/v1/call-history?outcome=not-answered", supervisor));
    assertEquals(2, count("/api/v1/call-history?desk=gz", supervisor));
    assertEquals(1, count("/api/v1/call-history?number=0003", supervisor));
    assertEquals(0, count("/api/v1/call-history?to=2026-01-01T00:00:00Z", supervisor));
    JsonNode one = WebFixture.json(web.get("/api/v1/calls/r0", agent));
    assertEquals(51, one.get("record").get("call").get("talkedSeconds").asLong());
    assertEquals(
        "员工0001", one.get("record").get("call").get("callers").get(0).get("name").asString());
    refused(web.get("/api/v1/calls/r7", agent), 404, "no-such-call");
    assertEquals(0, count("/api/v1/call-history?person=E9999", supervisor));
    HttpResponse<String> table = web.get("/api/v1/call-history?format=csv", supervisor);
    assertTrue(table.headers().firstValue("Content-Type").orElse("").startsWith("text/csv"));
    assertEquals(10, table.body().lines().count(), "names and nine calls");
    assertTrue(table.body().contains("员工0001"), table.body());
    assertEquals(
        3, web.get("/api/v1/call-history?format=csv&limit=2", supervisor).body().lines().count());
    refused(web.get("/api/v1/call-history", web.signIn("clerk")), 403, "forbidden");
    refused(web.get("/api/v1/call-history?from=2020-01-01T00:00:00Z", agent), 422, "invalid");
  }

  private int count(String path, User user) {
    return WebFixture.json(web.get(path, user)).get("items").size();
  }

  @Test
  void missedCallsAreListed() {
    web.stores.history.missed.add(
        new MissedRow(
            new CallId("m1"),
            web.clock.instant(),
            Optional.of(World.DESKTOP),
            new QueueName("q"),
            QueueOutcome.ABANDONED,
            "13900000001",
            List.of()));
    web.clock.advance(Duration.ofMinutes(1));
    JsonNode missed = WebFixture.json(web.get("/api/v1/missed-calls", agent)).get("items").get(0);
    assertEquals("abandoned", missed.get("reason").asString());
    assertEquals("本部(桌面)", missed.get("deskName").asString());
    assertEquals(0, count("/api/v1/missed-calls", web.signIn("agent2")));
  }

  @Test
  void incidentIsOpenedOncePerKey() {
    HttpResponse<String> first = post(INCIDENT, "k1", agent);
    assertEquals(201, first.statusCode());
    String id = WebFixture.json(first).get("id").asString();
    assertEquals("/api/v1/incidents/" + id, first.headers().firstValue("Location").orElseThrow());
    HttpResponse<String> again = post(INCIDENT, "k1", agent);
    assertEquals(200, again.statusCode());
    assertEquals(first.body(), again.body());
    refused(post(INCIDENT.replace("卡纸", "缺墨"), "k1", agent), 409, "idempotency-key-reused");
    refused(web.send("POST", "/api/v1/incidents", INCIDENT, agent), 400, "idempotency-key-missing");
    JsonNode incident = WebFixture.json(web.get("/api/v1/incidents/" + id, agent));
    assertEquals("opened-from", incident.get("calls").get(0).get("role").asString());
    assertEquals("1001", incident.get("owner").asString());
    assertEquals("new", incident.get("state").asString());
    assertEquals(1, count("/api/v1/incidents?call=c1&state=new&owner=1001", agent));
    assertEquals(0, count("/api/v1/incidents?state=closed", agent));
    refused(web.get("/api/v1/incidents/INC-9", agent), 404, "no-such-incident");
  }

  @Test
  void aCallGoesWithAnIncidentThatIsThere() {
    String path =
        "/api/v1/incidents/" + WebFixture.json(post(INCIDENT, "k9", agent)).get("id").asString();
    HttpResponse<String> linked = web.send("POST", path + "/calls", "{\"call\":\"c7\"}", agent);
    assertEquals(200, linked.statusCode(), linked.body());
    web.send("POST", path + "/calls", "{\"call\":\"c7\",\"role\":\"related\"}", agent);
    assertEquals(2, WebFixture.json(web.get(path, agent)).get("calls").size());
    assertEquals(1, count("/api/v1/incidents?call=c7", agent));
    refused(
        web.send("POST", "/api/v1/incidents/INC-9/calls", "{\"call\":\"c7\"}", agent),
        404,
        "no-such-incident");
    refused(web.send("POST", path + "/calls", "{}", agent), 422, "invalid");
  }

  @Test
  void incidentChangesAsItsStateAllows() {
    String id = WebFixture.json(post(INCIDENT, "k1", agent)).get("id").asString();
    String path = "/api/v1/incidents/" + id;
    JsonNode closed =
        WebFixture.json(
            web.send("PATCH", path, "{\"state\":\"closed\",\"solution\":\"清纸\"}", agent));
    assertEquals("closed", closed.get("state").asString());
    assertEquals("清纸", closed.get("solution").asString());
    refused(web.send("PATCH", path, "{\"state\":\"new\"}", agent), 409, "state-not-allowed");
    refused(web.send("PATCH", path, "{}", agent), 422, "invalid");
    refused(web.send("PATCH", path, "{\"state\":\"done\"}", agent), 422, "invalid");
  }

  @Test
  void incidentFieldsAreChecked() {
    String[][] rows = {
      {"{}", "title is missing, expected a text of 1 to 200 characters"},
      {"{\"title\":7}", "title is 7, expected a text of 1 to 200 characters"},
      {
        "{\"title\":\"t\",\"source\":\"电话\",\"level\":\"V\"}",
        "level is \"V\", expected I, II, III or IV"
      },
      {
        "{\"title\":\"t\",\"calls\":[{\"call\":\"c\",\"role\":\"x\"}]}",
        "role is \"x\", expected one of [opened-from, related, callback]"
      },
      {
        "{\"title\":\"" + "t".repeat(201) + "\"}",
        "title has 201 characters, expected a text of 1 to 200 characters"
      },
    };
    for (String[] row : rows) {
      HttpResponse<String> answer = post(row[0], "k", agent);
      refused(answer, 422, "invalid");
      assertEquals(row[1], WebFixture.json(answer).get("detail").asString());
    }
  }

  @Test
  void directoryIsSearchedByNumberOrText() {
    JsonNode both =
        WebFixture.json(web.get("/api/v1/directory/staff?number=" + World.KNOWN_NUMBER, agent));
    assertEquals(2, both.get("items").size());
    assertEquals(1, count("/api/v1/directory/staff?q=E0002", agent));
    assertEquals(3, count("/api/v1/directory/staff", agent));
    refused(web.get("/api/v1/directory/staff?q=a&number=1", agent), 422, "invalid");
  }

  @Test
  void catalogAndDesksAreListed() {
    JsonNode catalog = WebFixture.json(web.get("/api/v1/catalog", agent));
    assertTrue(catalog.get("sources").toString().contains("电话"));
    assertEquals(4, catalog.get("levels").size());
    assertEquals(3, count("/api/v1/desks", agent));
  }

  @Test
  void masterDataIsReloadedBySupervisorsAndRefusalsAreTold() {
    assertEquals(403, reload(agent).statusCode());
    HttpResponse<String> done = reload(supervisor);
    assertEquals(200, done.statusCode(), done.body());
    assertEquals(200, WebFixture.json(done).get("staff").asInt());
    web.stores.reloaded = new CatalogReload.Outcome.Refused("desk 'x' of the flow is not there");
    HttpResponse<String> refused = reload(supervisor);
    assertEquals(409, refused.statusCode());
    assertTrue(refused.body().contains("desk 'x'"), refused.body());
    web.stores.away = true;
    HttpResponse<String> away = reload(supervisor);
    assertEquals(503, away.statusCode());
    assertEquals("database-away", WebFixture.json(away).get("type").asString());
  }

  private HttpResponse<String> reload(User user) {
    return web.send(user.on(web.request("/api/v1/catalog/reload")).POST(BodyPublishers.noBody()));
  }
}
