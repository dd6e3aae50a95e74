package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.account.Limits;
import cti.core.account.Role;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.port.CallHistory.CallRecord;
import cti.core.port.CallHistory.CallRow;
import cti.core.routing.MajorIncident;
import cti.server.web.WebFixture.User;
import cti.server.web.http.Route;
import cti.server.web.http.Words;
import cti.server.web.stream.Topic;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table of who may do what, walked line by line over real sockets. */
class RolesTest {
  private final WebFixture web = new WebFixture();
  private int keys;

  @AfterEach
  void stop() {
    web.close();
  }

  private int status(Route route, User user) {
    return answer(route, user).statusCode();
  }

  private HttpResponse<String> answer(Route route, User user) {
    String path = route.path().text().replace("{id}", "1001");
    return web.send(
        user.on(web.request(path))
            .header("Content-Type", "application/json")
            .method(
                route.method(),
                route.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString("{}")));
  }

  @Test
  void everyRouteRefusesWhoeverIsTooLow() {
    Map<Role, String> users = new EnumMap<>(Role.class);
    users.put(Role.AGENT, "agent1");
    users.put(Role.SUPERVISOR, "supervisor");
    users.put(Role.ADMIN, "admin");
    users.put(Role.AUDITOR, "auditor");
    List<String> walked = new ArrayList<>();
    for (Route route : web.server.routes()) {
      String line = route.method() + " " + route.path().text();
      walked.add(line);
      Optional<Role> least = route.least();
      if (least.isEmpty()) {
        assertNotEquals(403, status(route, User.NOBODY), line);
        continue;
      }
      assertEquals(401, status(route, User.NOBODY), line);
      for (Role role : Role.values()) {
        int status = status(route, web.signIn(users.get(role)));
        if (may(role, route, least.get())) {
          assertTrue(status != 401 && status != 403, line + " as " + role + " gave " + status);
        } else {
          assertEquals(403, status, line + " as " + role);
        }
      }
    }
    assertTrue(walked.size() >= 25, walked.toString());
  }

  /** Told apart from the rule itself: auditors read what supervisors read, and change nothing. */
  private static boolean may(Role role, Route route, Role least) {
    return switch (role) {
      case AGENT -> least == Role.AGENT;
      case SUPERVISOR -> least != Role.ADMIN;
      case ADMIN -> true;
      case AUDITOR ->
          route.beforePasswordChange() || (route.method().equals("GET") && least != Role.ADMIN);
    };
  }

  @Test
  void anAuditorGivesNoCommandsOverTheStream() {
    TestStream stream = web.stream(web.signIn("auditor"));
    stream.begin();
    stream.send("{\"op\":\"command\",\"id\":\"1\",\"command\":\"ready\",\"agent\":\"1001\"}");
    assertEquals("forbidden", stream.next("reply").get("refusal").get("id").asString());
  }

  /** Of every topic and list a limited account is shown the desks that it is limited to. */
  @Test
  void limitsHoldForRoutesRowsAndFrames() {
    for (String name : List.of("supervisor", "auditor")) {
      web.stores.accounts.limit(name, Set.of(World.GUANGZHOU));
    }
    web.world.gatewayLive();
    web.world.call("near").arrives("1").queued(World.GUANGZHOU);
    web.world.call("far").arrives("2").queued(World.ERP);
    for (String name : List.of("supervisor", "auditor")) {
      User limited = web.signIn(name);
      String calls = web.get("/api/v1/calls", limited).body();
      assertTrue(calls.contains("near") && !calls.contains("far"), name + " " + calls);
      assertEquals(404, web.get("/api/v1/calls/far", limited).statusCode(), name);
      TestStream stream = web.stream(limited);
      String snapshot = stream.begin().toString();
      assertTrue(snapshot.contains("near") && !snapshot.contains("far"), name + " " + snapshot);
    }
    // 1001 sits elsewhere, 1002 at gz.
    User supervisor = web.signIn("supervisor");
    String ready = "{\"state\":\"not-ready\",\"reason\":\"rest\"}";
    web.world.logOn(World.AGENT_1, "8001", World.DESKTOP);
    web.world.logOn(World.AGENT_2, "8002", World.GUANGZHOU);
    assertEquals(403, web.send("PUT", "/api/v1/agents/1001/state", ready, supervisor).statusCode());
    assertEquals(204, web.send("PUT", "/api/v1/agents/1002/state", ready, supervisor).statusCode());
    TestStream stream = web.stream(supervisor);
    stream.send("{\"op\":\"command\",\"id\":\"1\",\"command\":\"logOff\",\"agent\":\"1001\"}");
    assertEquals("forbidden", stream.next("reply").get("refusal").get("id").asString());
  }

  private int status(String method, String path, String body, User user) {
    return web.send(method, path, body, user).statusCode();
  }

  private int status(String path, User user) {
    return web.get(path, user).statusCode();
  }

  /**
   * Of a limited account: what is of other desks is not there, what is of every desk is refused.
   */
  @Test
  void limitsHoldForWhatIsAskedByNumber() {
    web.majorIncidents.begin(incident(new SiteId("hq")), "admin");
    web.majorIncidents.begin(incident(new SiteId("gz")), "admin");
    web.stores.history.records.add(record("far", World.ERP));
    web.stores.history.records.add(record("near", World.GUANGZHOU));
    for (String name : List.of("supervisor", "auditor")) {
      User free = web.signIn(name);
      assertEquals(200, status("/api/v1/completeness/calls", free));
      assertEquals(200, status("/api/v1/completeness/unknown-calls", free));
      assertEquals(200, status("/api/v1/calls/far/routing", free));
      assertEquals(200, status("/api/v1/major-incidents/1/affected", free));
      assertEquals(404, status("/api/v1/routing/what-if/1/changes", free));
      assertEquals(200, status("/api/v1/audit", free));
      assertEquals(200, status("/api/v1/audit/check", free));
      web.stores.accounts.limit(name, new Limits(Set.of(new SiteId("gz")), Set.of()));
      User limited = web.signIn(name);
      assertEquals(403, status("/api/v1/completeness/calls", limited));
      assertEquals(403, status("/api/v1/completeness/unknown-calls", limited));
      assertEquals(404, status("/api/v1/calls/far/routing", limited));
      assertEquals(200, status("/api/v1/calls/near/routing", limited));
      assertEquals(403, status("/api/v1/major-incidents/1/affected", limited));
      assertEquals(200, status("/api/v1/major-incidents/2/affected", limited));
      assertEquals(403, status("/api/v1/routing/what-if/1/changes", limited));
      assertEquals(403, status("/api/v1/audit", limited));
      assertEquals(403, status("/api/v1/audit/check", limited));
    }
  }

  @Test
  void aLimitedSupervisorChangesOnlyWhatIsOfTheirDesksAndSites() {
    web.majorIncidents.begin(incident(new SiteId("hq")), "admin");
    web.majorIncidents.begin(incident(new SiteId("gz")), "admin");
    web.stores.accounts.limit("supervisor", new Limits(Set.of(new SiteId("gz")), Set.of()));
    User limited = web.signIn("supervisor");
    String phone = "{\"extension\":\"8001\"}";
    assertEquals(403, status("PUT", "/api/v1/agents/1001/phone", phone, limited));
    assertEquals(200, status("PUT", "/api/v1/agents/1002/phone", phone, limited));
    String rules =
        "{\"wrapUpExtensionSeconds\":30,\"wrapUpExtensions\":1,\"missesInARow\":2,"
            + "\"unreachableAtOnce\":true}";
    assertEquals(403, status("PUT", "/api/v1/agent-rules/hq-erp", rules, limited));
    assertEquals(200, status("PUT", "/api/v1/agent-rules/gz", rules, limited));
    String level = "{\"formula\":\"standard\",\"answerWithinSeconds\":20,\"shortSeconds\":5}";
    assertEquals(403, status("PUT", "/api/v1/service-levels/hq-erp", level, limited));
    assertEquals(200, status("PUT", "/api/v1/service-levels/gz", level, limited));
    String incidents = "/api/v1/major-incidents";
    String text = "{\"title\":\"t\",\"prompt\":\"p\",\"sites\":[%s]}";
    for (String sites : List.of("", "\"hq\"", "\"gz\",\"hq\"")) {
      String body = text.formatted(sites);
      assertEquals(403, status("POST", incidents, body, limited), sites);
      assertEquals(403, status("PUT", incidents + "/2", body, limited), sites);
    }
    String near = text.formatted("\"gz\"");
    assertEquals(403, status("PUT", incidents + "/1", near, limited));
    assertEquals(403, status("POST", incidents + "/1/end", "", limited));
    assertEquals(200, status("POST", incidents, near, limited));
    assertEquals(200, status("PUT", incidents + "/2", near, limited));
    web.clock.advance(Duration.ofSeconds(1));
    assertEquals(200, status("POST", incidents + "/2/end", "", limited));
  }

  private String ticket(String where, User user) {
    HttpResponse<String> answer = opened(where, user);
    assertEquals(201, answer.statusCode(), answer.body());
    return WebFixture.json(answer).get("id").asString();
  }

  private HttpResponse<String> opened(String where, User user) {
    return web.send(
        user.on(web.request("/api/v1/incidents"))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "key" + keys++)
            .POST(
                BodyPublishers.ofString(
                    "{\"title\":\"t\",\"source\":\"电话\",\"level\":\"IV\"" + where + "}")));
  }

  @Test
  void limitsHoldForIncidents() {
    User agent = web.signIn("agent1");
    String far = ticket(",\"desk\":\"hq-erp\",\"site\":\"gz\"", agent);
    String near = ticket(",\"desk\":\"gz\"", agent);
    String site = ticket(",\"site\":\"gz\"", agent);
    String nowhere = ticket("", agent);
    for (String name : List.of("supervisor", "auditor")) {
      User free = web.signIn(name);
      for (String id : List.of(far, near, site, nowhere)) {
        assertEquals(200, status("/api/v1/incidents/" + id, free), name + " " + id);
      }
      web.stores.accounts.limit(name, new Limits(Set.of(new SiteId("gz")), Set.of()));
      User limited = web.signIn(name);
      String list = web.get("/api/v1/incidents", limited).body();
      for (String id : List.of(far, nowhere)) {
        assertEquals(404, status("/api/v1/incidents/" + id, limited), name + " " + id);
        assertTrue(!list.contains(id), list);
      }
      for (String id : List.of(near, site)) {
        assertEquals(200, status("/api/v1/incidents/" + id, limited), name + " " + id);
        assertTrue(list.contains(id), list);
      }
    }
    User limited = web.signIn("supervisor");
    String solved = "{\"solution\":\"s\"}";
    assertEquals(404, status("PATCH", "/api/v1/incidents/" + far, solved, limited));
    assertEquals(200, status("PATCH", "/api/v1/incidents/" + near, solved, limited));
    assertEquals(403, opened(",\"desk\":\"hq-erp\"", limited).statusCode());
    assertEquals(403, opened(",\"site\":\"hq\"", limited).statusCode());
    assertEquals(201, opened(",\"desk\":\"gz\"", limited).statusCode());
    // They own it, so they see it.
    assertEquals(200, status("/api/v1/incidents/" + ticket("", limited), limited));
    // Agents see what a caller reported earlier, at whatever desk.
    assertEquals(200, status("/api/v1/incidents/" + far, web.signIn("agent2")));
  }

  private MajorIncident incident(SiteId site) {
    return new MajorIncident(
        "0",
        "t",
        "p",
        Set.of(site),
        Set.of(),
        Optional.empty(),
        web.clock.instant(),
        Optional.empty());
  }

  private CallRecord record(String call, DeskId desk) {
    CallRow row =
        new CallRow(
            new CallId(call),
            Optional.of(World.GATEWAY),
            Direction.INBOUND,
            web.clock.instant(),
            Optional.empty(),
            "13800000001",
            "1",
            List.of(),
            Optional.of(desk),
            Optional.empty(),
            Optional.empty(),
            ClearedBy.CALLER,
            DataQuality.LIVE,
            false,
            Duration.ZERO,
            Duration.ZERO,
            Optional.empty());
    return new CallRecord(row, List.of(), List.of(), List.of(), List.of());
  }

  /** A one-time password opens what it takes to choose another, and nothing else, for no role. */
  @Test
  void everyOtherRouteWaitsForThePasswordToBeChanged() {
    List<String> answered = new ArrayList<>();
    for (String name : List.of("agent1", "supervisor", "admin")) {
      web.stores.accounts.mustChange(name);
    }
    for (Route route : web.server.routes()) {
      String line = route.method() + " " + route.path().text();
      for (String name : List.of("agent1", "supervisor", "admin")) {
        HttpResponse<String> answer = answer(route, web.signIn(name));
        if (route.least().isEmpty() || route.beforePasswordChange()) {
          assertNotEquals(403, answer.statusCode(), line + " as " + name);
          if (name.equals("agent1") && route.least().isPresent()) {
            answered.add(line);
          }
        } else {
          assertEquals(403, answer.statusCode(), line + " as " + name);
          assertEquals(
              "password-change-required", WebFixture.json(answer).get("type").asString(), line);
        }
      }
    }
    assertEquals(
        List.of("GET /api/v1/session", "DELETE /api/v1/session", "PUT /api/v1/me/password"),
        answered);
    assertEquals(200, web.get("/", web.signIn("agent1")).statusCode());
  }

  @Test
  void onlyThePathsThatMustAreOpen() {
    List<String> open =
        web.server.routes().stream()
            .filter(route -> route.least().isEmpty())
            .map(route -> route.method() + " " + route.path().text())
            .toList();
    assertEquals(
        List.of(
            "POST /api/v1/session",
            "POST /api/v1/bridges",
            // In the demo alone; 404 everywhere else (SoftphoneTest).
            "GET /try",
            "GET /api/v1/try",
            "POST /api/v1/try",
            "GET /api/v1/try/sip",
            "GET /api/v1/big-screens/stream",
            "GET /health/live",
            "GET /health/ready",
            "GET /metrics"),
        open);
  }

  @Test
  void everyTopicIsOpenToWhoeverItIsFor() {
    String[][] mayPops = {
      {"agent1", "true"},
      {"clerk", "false"},
      {"supervisor", "true"},
      {"admin", "true"},
      {"auditor", "true"}
    };
    for (String[] row : mayPops) {
      User user = web.signIn(row[0]);
      for (Topic topic : Topic.values()) {
        TestStream stream = web.stream(user);
        stream.subscribe(Words.of(topic));
        if (topic == Topic.POPS && row[1].equals("false")) {
          assertEquals(4403, stream.closeCode());
        } else {
          stream.next("snapshot");
        }
      }
    }
  }
}
