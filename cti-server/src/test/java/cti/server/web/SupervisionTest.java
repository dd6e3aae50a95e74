package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.engine.SupervisorCommand;
import cti.core.event.SupervisorEvent.ListeningEnded;
import cti.core.event.SupervisorEvent.ListeningHeard;
import cti.core.id.CallId;
import cti.core.id.ListeningId;
import cti.core.supervision.ListeningEnd;
import cti.core.supervision.ListeningMode;
import cti.server.web.WebFixture.User;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Supervisors over the web: who may, who sees it, what is in the audit log. */
class SupervisionTest {
  private final WebFixture web = new WebFixture();

  @AfterEach
  void stop() {
    web.close();
  }

  private void agentTalks() {
    web.world.gatewayLive();
    web.world.logOn(World.AGENT_1, "8001", World.DESKTOP);
    web.world.logOn(World.AGENT_2, "8002", World.GUANGZHOU);
    web.world.call("near").arrives("1").queued(World.DESKTOP).rings(World.AGENT_1, "8001");
    web.world.call("near").queuedAs(World.DESKTOP);
    web.world.call("talk").arrives("2").queued(World.DESKTOP).answered(World.AGENT_1, "8001");
  }

  private static TestStream hearing(TestStream stream) {
    stream.subscribe("listenings", "agents");
    stream.untilType("live");
    return stream;
  }

  @Test
  void listeningIsInTheAuditLogFirstAndNotDoneWithoutIt() {
    agentTalks();
    User supervisor = web.signIn("supervisor");
    String body = "{\"agent\":\"1001\",\"extension\":\"8090\",\"mode\":\"whisper\"}";
    web.supervised.away = true;
    JsonNode away = WebFixture.json(web.send("POST", "/api/v1/listenings", body, supervisor));
    assertEquals("database-away", away.get("type").asString());
    assertEquals(List.of(), web.world.supervisorCommands);
    web.supervised.away = false;
    var answer = web.send("POST", "/api/v1/listenings", body, supervisor);
    assertEquals(201, answer.statusCode(), answer.body());
    assertEquals("whisper", WebFixture.json(answer).get("mode").asString());
    assertEquals(List.of("supervisor listen agent 1001"), web.supervised.audit);
    SupervisorCommand.Listen given =
        (SupervisorCommand.Listen) web.world.supervisorCommands.getFirst();
    assertEquals(Optional.of(World.AGENT_9), given.by().agent());
  }

  @Test
  void onlyWhoListensMayChangeItAndAdministrators() {
    agentTalks();
    web.world.supervisorListens(true);
    String id = "cti-ear-0";
    for (String user : List.of("supervisor", "admin")) {
      assertEquals(
          204,
          web.send("PUT", "/api/v1/listenings/" + id, "{\"mode\":\"barge\"}", web.signIn(user))
              .statusCode(),
          user);
    }
    assertEquals(
        403,
        web.send("PUT", "/api/v1/listenings/" + id, "{\"mode\":\"barge\"}", web.signIn("agent1"))
            .statusCode());
    assertEquals(404, delete("/api/v1/listenings/none", web.signIn("supervisor")));
  }

  /** The agent alone where the desk tells them, never a colleague of the same desk. */
  @Test
  void whoListensIsSeenBySupervisorsOfTheDeskAndByTheAgentWhereTold() {
    agentTalks();
    web.stores.accounts.limit("auditor", Set.of(World.GUANGZHOU));
    TestStream supervisor = hearing(web.stream(web.signIn("supervisor")));
    TestStream agent = hearing(web.stream(web.signIn("agent1")));
    TestStream other = hearing(web.stream(web.signIn("agent2")));
    TestStream elsewhere = hearing(web.stream(web.signIn("auditor")));
    web.world.supervisorListens(false);
    assertFalse(supervisor.next("listening").get("listening").get("told").asBoolean());
    assertEquals(List.of(), agent.untilPong(), "not told");
    ListeningId hidden = new ListeningId("cti-ear-0");
    web.world.happen(
        new ListeningEnded(
            hidden, new CallId("talk"), web.clock.instant(), ListeningEnd.NOT_ANSWERED));
    assertEquals(
        "not-answered", supervisor.next("listening").get("listening").get("end").asString());
    web.world.supervisorListens(true);
    web.world.happen(
        new ListeningHeard(hidden, new CallId("talk"), web.clock.instant(), ListeningMode.BARGE));
    for (TestStream stream : List.of(supervisor, agent)) {
      JsonNode last = stream.until(frame -> frame.get("event").asString().equals("ListeningHeard"));
      assertEquals("barge", last.get("listening").get("mode").asString());
      assertEquals("班长0001", last.get("listening").get("by").asString());
    }
    assertEquals(List.of(), other.untilPong());
    assertEquals(List.of(), elsewhere.untilPong());
    TestStream again = web.stream(web.signIn("agent1"));
    again.subscribe("listenings");
    assertEquals(1, again.next("snapshot").get("listenings").size());
    TestStream colleague = web.stream(web.signIn("agent2"));
    colleague.subscribe("listenings");
    assertEquals(0, colleague.next("snapshot").get("listenings").size());
  }

  @Test
  void aMoveNeedsAReasonOneTargetAndDesksWithinTheLimits() {
    agentTalks();
    User supervisor = web.signIn("supervisor");
    String path = "/api/v1/calls/near/move";
    for (String faulty :
        List.of(
            "{\"toDesk\":\"gz\"}",
            "{\"reason\":\"急\"}",
            "{\"toDesk\":\"gz\",\"toAgent\":\"1002\",\"reason\":\"急\"}")) {
      assertEquals(422, web.send("POST", path, faulty, supervisor).statusCode(), faulty);
    }
    String sound = "{\"toDesk\":\"gz\",\"first\":true,\"reason\":\"急\"}";
    assertEquals(204, web.send("POST", path, sound, supervisor).statusCode());
    assertEquals(List.of("supervisor move-caller call near"), web.supervised.audit);
    web.stores.accounts.limit("supervisor", Set.of(World.DESKTOP));
    assertEquals(403, web.send("POST", path, sound, web.signIn("supervisor")).statusCode());
    web.stores.accounts.limit("supervisor", Set.of(World.GUANGZHOU));
    assertEquals(403, web.send("POST", path, sound, web.signIn("supervisor")).statusCode());
    assertEquals(1, web.world.supervisorCommands.size());
  }

  @Test
  void whoIsSetByASupervisorIsToldWithTheirWords() {
    agentTalks();
    TestStream agent = hearing(web.stream(web.signIn("agent2")));
    TestStream other = hearing(web.stream(web.signIn("agent1")));
    String body = "{\"state\":\"not-ready\",\"reason\":\"meeting\",\"note\":\"三号会议室\"}";
    assertEquals(
        204,
        web.send("PUT", "/api/v1/agents/1002/state", body, web.signIn("supervisor")).statusCode());
    JsonNode told = agent.untilType("notice");
    assertEquals("set-not-ready", told.get("kind").asString());
    assertEquals("班长0001", told.get("by").asString());
    assertEquals("meeting", told.get("reason").asString());
    assertEquals("三号会议室", told.get("text").asString());
    assertEquals(List.of("supervisor agent-become-not-ready agent 1002"), web.supervised.audit);
    assertTrue(other.untilPong().stream().noneMatch(frame -> frame.has("kind")));
    String own = "{\"state\":\"ready\"}";
    assertEquals(
        204, web.send("PUT", "/api/v1/agents/1002/state", own, web.signIn("agent2")).statusCode());
    assertEquals(1, web.supervised.audit.size(), "what agents do themselves is no act");
  }

  @Test
  void aNoteLastsUntilItExpiresOrIsWithdrawn() {
    User supervisor = web.signIn("supervisor");
    String body = "{\"text\":\"系统升级\",\"desks\":[\"gz\"],\"minutes\":10}";
    String id =
        WebFixture.json(web.send("POST", "/api/v1/notes", body, supervisor)).get("id").asString();
    assertEquals(1, notes("agent2"));
    assertEquals(0, notes("agent1"), "of another desk");
    web.clock.advance(Duration.ofMinutes(11));
    assertEquals(0, notes("agent2"));
    id = WebFixture.json(web.send("POST", "/api/v1/notes", body, supervisor)).get("id").asString();
    TestStream agent = web.stream(web.signIn("agent2"));
    agent.begin();
    assertEquals(204, delete("/api/v1/notes/" + id, supervisor));
    assertTrue(agent.next("note").get("withdrawn").asBoolean());
    assertEquals(404, delete("/api/v1/notes/" + id, supervisor));
  }

  private int notes(String user) {
    return WebFixture.json(web.get("/api/v1/notes", web.signIn(user))).get("items").size();
  }

  private int delete(String path, User user) {
    return web.send(user.on(web.request(path)).method("DELETE", BodyPublishers.noBody()))
        .statusCode();
  }

  private JsonNode link(String more) {
    String body = "{\"title\":\"大屏\",\"desks\":[\"hq-desktop\"]" + more + "}";
    var answer = web.send("POST", "/api/v1/big-screens", body, web.signIn("supervisor"));
    assertEquals(201, answer.statusCode(), answer.body());
    return WebFixture.json(answer);
  }

  @Test
  void aScreenShowsWhatItsLinkSaysAndNothingElse() {
    agentTalks();
    web.world.call("far").arrives("2").queued(World.GUANGZHOU);
    web.world.call("wait").arrives(World.KNOWN_NUMBER).queued(World.DESKTOP);
    TestStream screen = web.screen(link("").get("token").asString());
    JsonNode frame = screen.next("screen");
    assertEquals(1, frame.get("desks").size());
    assertEquals("hq-desktop", frame.get("desks").get(0).get("id").asString());
    assertEquals(0, frame.get("agents").size());
    assertEquals(0, frame.get("waiting").size());
    assertFalse(frame.toString().contains(World.KNOWN_NUMBER));
    assertFalse(frame.toString().contains("坐席"));
    int before = frame.get("desks").get(0).get("waiting").asInt();
    web.world.call("next").arrives("3").queued(World.DESKTOP);
    assertEquals(
        before + 1, screen.next("screen").get("desks").get(0).get("waiting").asInt(), "pushed");

    TestStream open =
        web.screen(link(",\"agentNames\":true,\"numbers\":true").get("token").asString());
    JsonNode more = open.next("screen");
    assertTrue(more.toString().contains(World.KNOWN_NUMBER), more.toString());
    assertTrue(more.get("agents").toString().contains("坐席0001"));
    assertFalse(more.get("agents").toString().contains("坐席0002"), "of another desk");
    for (JsonNode one : more.get("waiting")) {
      assertFalse(one.has("name"));
    }
  }

  @Test
  void aScreenGoesDarkWhenItsLinkIsRevokedOrExpires() {
    JsonNode made = link("");
    TestStream screen = web.screen(made.get("token").asString());
    screen.next("screen");
    User supervisor = web.signIn("supervisor");
    String id = made.get("screen").get("id").asString();
    assertEquals(204, delete("/api/v1/big-screens/" + id, supervisor));
    assertEquals(4401, screen.closeCode());
    assertEquals(4401, web.screen(made.get("token").asString()).closeCode());
    assertEquals(404, delete("/api/v1/big-screens/" + id, supervisor));

    TestStream brief = web.screen(link(",\"days\":1").get("token").asString());
    brief.next("screen");
    web.clock.advance(Duration.ofDays(1));
    assertEquals(4401, brief.closeCode());
    assertEquals(4401, web.screen("x".repeat(43)).closeCode());
    assertEquals(4401, web.screen("short").closeCode());
  }

  @Test
  void aScreenTakesNoCommands() {
    TestStream screen = web.screen(link("").get("token").asString());
    screen.next("screen");
    screen.send("{\"op\":\"subscribe\",\"topics\":[\"calls\"]}");
    assertEquals(4400, screen.closeCode());
  }

  /** Every route and the stream with every topic, with the token in each place for one. */
  @Test
  void theTokenOfALinkOpensNothingElse() {
    String token = link("").get("token").asString();
    User bearer = new User(token, "", false);
    for (User user : List.of(bearer, bearer.withCookie())) {
      web.server
          .routes()
          .forEach(
              route -> {
                if (route.least().isPresent()) {
                  String path = route.path().text().replace("{id}", "1001");
                  var request =
                      user.on(web.request(path))
                          .header("Content-Type", "application/json")
                          .method(
                              route.method(),
                              route.body().isEmpty()
                                  ? BodyPublishers.noBody()
                                  : BodyPublishers.ofString("{}"));
                  assertEquals(401, web.send(request).statusCode(), route.method() + " " + path);
                }
              });
    }
    for (User user : List.of(bearer, bearer.withCookie())) {
      boolean opened;
      try {
        web.stream(user);
        opened = true;
      } catch (java.util.concurrent.CompletionException refused) {
        opened = false;
      }
      assertFalse(opened, "the stream of sessions");
    }
  }

  @Test
  void linksAreMadeForDesksWithinTheLimitsAndTheTokenIsKeptNowhere() {
    JsonNode made = link("");
    String listed = web.get("/api/v1/big-screens", web.signIn("supervisor")).body();
    assertFalse(listed.contains(made.get("token").asString()));
    assertNotEquals(
        Optional.empty(),
        web.supervised.screens.one(Long.parseLong(made.get("screen").get("id").asString())));
    assertTrue(web.supervised.screens.find(made.get("token").asString()).isEmpty(), "a hash");
    web.stores.accounts.limit("supervisor", Set.of(World.GUANGZHOU));
    User limited = web.signIn("supervisor");
    assertEquals(0, WebFixture.json(web.get("/api/v1/big-screens", limited)).get("items").size());
    String beyond = "{\"title\":\"x\",\"desks\":[\"hq-desktop\"]}";
    assertEquals(403, web.send("POST", "/api/v1/big-screens", beyond, limited).statusCode());
    assertEquals(
        403, delete("/api/v1/big-screens/" + made.get("screen").get("id").asString(), limited));
  }
}
