package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.account.Role;
import cti.core.id.AgentId;
import cti.server.web.WebFixture.User;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pairing a bridge, what it may, what it tells of the phone, revoking it. */
class BridgeTest {
  private static final String UNREGISTERED =
      "{\"extension\":\"8031\",\"registered\":false,\"problem\":\"403 Forbidden\"}";
  private static final String REGISTERED = "{\"extension\":\"8031\",\"registered\":true}";

  private final WebFixture web = new WebFixture();
  private final User person = web.signIn("agent1");

  @AfterEach
  void stop() {
    web.close();
  }

  private String code(User user) {
    HttpResponse<String> answer =
        web.send(user.on(web.request("/api/v1/bridges/codes")).POST(none()));
    assertEquals(201, answer.statusCode(), answer.body());
    return WebFixture.json(answer).get("code").asString();
  }

  private static java.net.http.HttpRequest.BodyPublisher none() {
    return java.net.http.HttpRequest.BodyPublishers.noBody();
  }

  private HttpResponse<String> pair(String code) {
    return web.send(
        "POST",
        "/api/v1/bridges",
        "{\"code\":\"%s\",\"computer\":\"pc-1\",\"system\":\"Linux\",\"version\":\"0.1.0\"}"
            .formatted(code),
        User.NOBODY);
  }

  private User paired() {
    HttpResponse<String> answer = pair(code(person));
    assertEquals(201, answer.statusCode(), answer.body());
    return new User(WebFixture.json(answer).get("token").asString(), "", false);
  }

  private static String type(HttpResponse<String> answer) {
    return WebFixture.json(answer).get("type").asString();
  }

  @Test
  void aCodeIsGoodOnceAndHoweverItIsTyped() {
    String code = code(person);
    assertTrue(code.matches("[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}"), code);
    HttpResponse<String> answer = pair(" " + code.toLowerCase().replace("-", " ") + " ");
    assertEquals(201, answer.statusCode(), answer.body());
    JsonNode paired = WebFixture.json(answer);
    assertEquals("1001", paired.at("/bridge/agent").asString());
    assertEquals("pc-1", paired.at("/bridge/computer").asString());
    HttpResponse<String> again = pair(code);
    assertEquals(403, again.statusCode());
    assertEquals("pairing-code-refused", type(again));
  }

  @Test
  void wrongAndOldAndReplacedCodesAreRefusedAlike() {
    HttpResponse<String> wrong = pair("2222-2222");
    assertEquals(403, wrong.statusCode());
    String replaced = code(person);
    String old = code(person);
    assertEquals(wrong.body(), pair(replaced).body());
    web.clock.advance(Duration.ofMinutes(10));
    assertEquals(wrong.body(), pair(old).body());
  }

  @Test
  void neitherCodeNorTokenIsKept() {
    String code = code(person);
    String token = WebFixture.json(pair(code)).get("token").asString();
    for (String kept : web.bridges.kept()) {
      assertFalse(kept.contains(token) || kept.contains(code), kept);
      assertEquals(64, kept.length());
    }
  }

  @Test
  void guessingIsSlowedDownAndAStoreThatIsAwayDoesNotCount() {
    web.bridges.away = true;
    for (int i = 0; i < 12; i++) {
      assertEquals(503, pair("3333-3333").statusCode());
    }
    web.bridges.away = false;
    String code = code(person);
    for (int i = 0; i < 10; i++) {
      assertEquals(403, pair("3333-333" + i).statusCode());
    }
    HttpResponse<String> late = pair(code);
    assertEquals(429, late.statusCode());
    assertEquals("900", late.headers().firstValue("Retry-After").orElseThrow());
    web.clock.advance(Duration.ofMinutes(15));
    assertEquals(201, pair(code(web.signIn("agent1"))).statusCode());
  }

  @Test
  void codesAreNotForWhoeverIsNoAgentNorForBridgesNorWithoutEnd() {
    HttpResponse<String> clerk =
        web.send(web.signIn("clerk").on(web.request("/api/v1/bridges/codes")).POST(none()));
    assertEquals(409, clerk.statusCode());
    assertEquals("no-agent", type(clerk));
    User bridge = paired();
    assertEquals(
        403, web.send(bridge.on(web.request("/api/v1/bridges/codes")).POST(none())).statusCode());
    for (int i = 1; i < 10; i++) {
      code(person);
    }
    assertEquals(
        429, web.send(person.on(web.request("/api/v1/bridges/codes")).POST(none())).statusCode());
  }

  /** Whatever role its account has. */
  @Test
  void aBridgeIsItsAgentAndNoMore() {
    User supervisor = web.signIn("supervisor");
    User bridge =
        new User(WebFixture.json(pair(code(supervisor))).get("token").asString(), "", false);
    JsonNode me = WebFixture.json(web.get("/api/v1/session", bridge));
    assertEquals("1009", me.get("agent").asString());
    assertEquals("[\"agent\"]", me.get("roles").toString());
    assertEquals(403, web.get("/api/v1/agents/1001/phone", bridge).statusCode());
    assertEquals(200, web.get("/api/v1/agents/1001/phone", supervisor).statusCode());
    assertEquals(1, WebFixture.json(web.get("/api/v1/bridges", bridge)).get("items").size());
  }

  @Test
  void agentsSeeTheirOwnBridgesAndSupervisorsAll() {
    paired();
    assertEquals(1, WebFixture.json(web.get("/api/v1/bridges", person)).get("items").size());
    User other = web.signIn("agent2");
    assertEquals(0, WebFixture.json(web.get("/api/v1/bridges", other)).get("items").size());
    User supervisor = web.signIn("supervisor");
    assertEquals(1, WebFixture.json(web.get("/api/v1/bridges", supervisor)).get("items").size());
    web.stores.accounts.limit("supervisor", Set.of(World.GUANGZHOU));
    User limited = web.signIn("supervisor");
    assertEquals(0, WebFixture.json(web.get("/api/v1/bridges", limited)).get("items").size());
    web.stores.accounts.limit("supervisor", Set.of(World.DESKTOP));
    User near = web.signIn("supervisor");
    assertEquals(1, WebFixture.json(web.get("/api/v1/bridges", near)).get("items").size());
    assertEquals(
        404,
        web.send(other.on(web.request("/api/v1/bridges/1")).DELETE()).statusCode(),
        "another's bridge");
  }

  @Test
  void aRevokedBridgeIsPutOutAtOnceAndStaysOut() {
    User bridge = paired();
    TestStream stream = web.stream(bridge);
    stream.begin();
    User admin = web.signIn("admin");
    assertEquals(204, web.send(admin.on(web.request("/api/v1/bridges/1")).DELETE()).statusCode());
    assertEquals(4401, stream.closeCode());
    assertEquals(401, web.get("/api/v1/session", bridge).statusCode());
    HttpResponse<String> again = web.send(admin.on(web.request("/api/v1/bridges/1")).DELETE());
    assertEquals(404, again.statusCode());
    assertEquals("no-such-bridge", type(again));
  }

  @Test
  void whatAnotherNodeRevokedIsFoundWithinAMinuteOfUse() {
    User bridge = paired();
    assertEquals(200, web.get("/api/v1/session", bridge).statusCode());
    web.bridges.revoke(new cti.core.id.BridgeId("1"), "admin", web.clock.instant());
    web.clock.advance(Duration.ofSeconds(61));
    assertEquals(200, web.get("/api/v1/session", bridge).statusCode());
    Awaitility.await()
        .untilAsserted(() -> assertEquals(401, web.get("/api/v1/session", bridge).statusCode()));
  }

  /** An agent of another number, an auditor: neither is the agent of the bridge. */
  @Test
  void aBridgeEndsWhenItsAccountIsThatAgentNoMore() {
    User bridge = paired();
    assertEquals(200, web.get("/api/v1/session", bridge).statusCode());
    TestStream stream = web.stream(bridge);
    stream.begin();
    web.stores.accounts.become("agent1", Role.AUDITOR, Optional.empty());
    web.clock.advance(Duration.ofSeconds(61));
    assertEquals(200, web.get("/api/v1/session", bridge).statusCode(), "checked beside it");
    Awaitility.await()
        .untilAsserted(() -> assertEquals(401, web.get("/api/v1/session", bridge).statusCode()));
    assertEquals(4401, stream.closeCode());
    web.stores.accounts.become("agent1", Role.AGENT, Optional.of(new AgentId("1002")));
    assertEquals(401, web.get("/api/v1/session", bridge).statusCode());
    web.stores.accounts.become("agent1", Role.AGENT, Optional.of(new AgentId("1001")));
    assertEquals(200, web.get("/api/v1/session", bridge).statusCode());
  }

  @Test
  void whatAnAdministratorChangesTakesHoldOfBridgesAtOnce() {
    User bridge = paired();
    assertEquals(200, web.get("/api/v1/session", bridge).statusCode());
    User admin = web.signIn("admin");
    String as = "{\"user\":\"agent1\",\"name\":\"坐席0001\",\"role\":\"%s\"%s}";
    String agent = as.formatted("agent", ",\"agent\":\"1001\"");
    assertEquals(201, web.send("POST", "/api/v1/accounts", agent, admin).statusCode());
    String one = "/api/v1/accounts/agent1";
    String same = agent.replace("\"user\":\"agent1\",", "");
    assertEquals(200, web.send("PUT", one, same, admin).statusCode());
    assertEquals(200, web.get("/api/v1/session", bridge).statusCode());
    web.stores.accounts.become("agent1", Role.AUDITOR, Optional.empty());
    String auditor = as.formatted("auditor", "").replace("\"user\":\"agent1\",", "");
    assertEquals(200, web.send("PUT", one, auditor, admin).statusCode());
    assertEquals(401, web.get("/api/v1/session", bridge).statusCode());
  }

  @Test
  void aCodeOfOnesOwnDoesNotFreeGuessing() {
    for (int i = 0; i < 9; i++) {
      assertEquals(403, pair("3333-333" + i).statusCode());
    }
    assertEquals(201, pair(code(person)).statusCode());
    assertEquals(403, pair("3333-3339").statusCode());
    assertEquals(429, pair("3333-333A").statusCode());
  }

  @Test
  void anAgentWhosePhoneIsNotRegisteredIsNotReady() {
    web.world.logOn(World.AGENT_1, "8031", World.DESKTOP);
    User bridge = paired();
    assertEquals(204, web.send("PUT", "/api/v1/me/phone", REGISTERED, bridge).statusCode());
    assertEquals("ready", state());
    assertEquals(204, web.send("PUT", "/api/v1/me/phone", UNREGISTERED, bridge).statusCode());
    Awaitility.await().untilAsserted(() -> assertEquals("not-ready phone-unregistered", state()));
    HttpResponse<String> ready = becomesReady();
    assertEquals(409, ready.statusCode());
    assertEquals("phone-unregistered", type(ready));
    assertTrue(ready.body().contains("403 Forbidden"), ready.body());
    JsonNode told =
        WebFixture.json(web.get("/api/v1/bridges", web.signIn("supervisor"))).at("/items/0/phone");
    assertFalse(told.get("registered").asBoolean());
    assertEquals("403 Forbidden", told.get("problem").asString());
    web.send("PUT", "/api/v1/me/phone", REGISTERED, bridge);
    assertEquals(204, becomesReady().statusCode());
    assertEquals("ready", state());
  }

  @Test
  void aReportOfAnotherPhoneOrAnOldOneSaysNothing() {
    web.world.logOn(World.AGENT_1, "8001", World.DESKTOP);
    User bridge = paired();
    web.send("PUT", "/api/v1/me/phone", UNREGISTERED, bridge);
    assertEquals(204, becomesReady().statusCode(), "logged on at another phone");
    assertEquals("ready", state());
    web.world.logOn(World.AGENT_1, "8031", World.DESKTOP);
    assertEquals(409, becomesReady().statusCode());
    web.clock.advance(Duration.ofSeconds(60));
    assertEquals(204, becomesReady().statusCode(), "the report is old");
    assertFalse(WebFixture.json(web.get("/api/v1/bridges", person)).at("/items/0").has("phone"));
  }

  @Test
  void whatABridgeTellsIsCheckedAndShown() {
    User bridge = paired();
    String whole =
        """
        {"extension":"8031","registered":true,
         "audio":{"source":"alsa,default","player":"alsa,default","problem":"no device"},
         "quality":{"lossPermille":12,"jitterMicros":3400,"roundTripMicros":21000},
         "pops":{"count":3,"p50Micros":4000,"p99Micros":9000},
         "unavailable":["answer","keys"]}\
        """;
    assertEquals(204, web.send("PUT", "/api/v1/me/phone", whole, bridge).statusCode());
    JsonNode phone = WebFixture.json(web.get("/api/v1/bridges", person)).at("/items/0/phone");
    assertEquals("no device", phone.at("/audio/problem").asString());
    assertEquals(12, phone.at("/quality/lossPermille").asInt());
    assertEquals(9000, phone.at("/pops/p99Micros").asInt());
    assertEquals("[\"answer\",\"keys\"]", phone.get("unavailable").toString());
    HttpResponse<String> wrong =
        web.send(
            "PUT",
            "/api/v1/me/phone",
            whole.replace("\"lossPermille\":12", "\"lossPermille\":-1"),
            bridge);
    assertEquals(422, wrong.statusCode());
    assertTrue(wrong.body().contains("lossPermille is -1"), wrong.body());
    HttpResponse<String> byPerson = web.send("PUT", "/api/v1/me/phone", whole, person);
    assertEquals("no-bridge", type(byPerson));
  }

  /** A phone behind a switch: whether it is registered nobody beside it knows. */
  @Test
  void whoCannotKnowWhetherTheirPhoneIsRegisteredMayBeReady() {
    web.world.logOn(World.AGENT_1, "8001", World.DESKTOP);
    User bridge = paired();
    String report = "{\"extension\":\"8001\",\"unavailable\":[\"answer\"]}";
    assertEquals(204, web.send("PUT", "/api/v1/me/phone", report, bridge).statusCode());
    JsonNode phone = WebFixture.json(web.get("/api/v1/bridges", person)).at("/items/0/phone");
    assertFalse(phone.has("registered"), phone.toString());
    assertEquals(204, becomesReady().statusCode());
    assertEquals("ready", state());
  }

  private String state() {
    JsonNode agent = WebFixture.json(web.get("/api/v1/agents/1001", person));
    return (agent.get("state").asString() + " " + agent.path("reason").asString("")).strip();
  }

  private HttpResponse<String> becomesReady() {
    return web.send("PUT", "/api/v1/agents/1001/state", "{\"state\":\"ready\"}", person);
  }
}
