package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.web.WebFixture.User;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pause reasons, desks' rules, and the commands of agents that go with them, over real sockets. */
class AgentRulesTest {
  private static final String LECTURE =
      """
      {"chinese":"讲座","english":"Lecture","longestSeconds":3600,"productive":true,"key":7,\
      "active":true}\
      """;

  private final WebFixture web = new WebFixture();
  private final User agent = web.signIn("agent1");
  private final User supervisor = web.signIn("supervisor");

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void aSupervisorAddsAReasonAndItIsOnRecordWhoDid() {
    HttpResponse<String> put =
        web.send("PUT", "/api/v1/pause-reasons/lecture", LECTURE, supervisor);
    assertEquals(200, put.statusCode(), put.body());
    JsonNode reasons = WebFixture.json(web.get("/api/v1/pause-reasons", agent)).get("items");
    JsonNode last = reasons.get(reasons.size() - 1);
    assertEquals("lecture", last.get("id").asString());
    assertEquals(3600, last.get("longestSeconds").asInt());
    JsonNode change =
        WebFixture.json(web.get("/api/v1/agent-rule-changes", supervisor)).get("items").get(0);
    assertEquals("supervisor", change.get("by").asString());
    assertEquals("pause-reason lecture", change.get("subject").asString());
    assertTrue(change.get("after").asString().contains("讲座"));
  }

  @Test
  void whatIsWrongIsNamedWithWhatWasExpected() {
    refused(422, LECTURE.replace("3600", "59"), "PT59S", "PT1M");
    refused(422, LECTURE.replace("\"key\":7", "\"key\":10"), "10", "0 to 9");
    refused(422, LECTURE.replace("\"讲座\"", "\"\""), "chinese", "1 to 40");
    refused(422, LECTURE.replace("\"active\":true", "\"active\":1"), "active", "true or false");
    refused(422, "{\"chinese\":\"讲座\",\"english\":\"L\",\"active\":true}", "productive", "true");
    refused(409, LECTURE.replace("\"key\":7", "\"key\":1"), "meal", "free");
    HttpResponse<String> badId =
        web.send("PUT", "/api/v1/pause-reasons/Lecture!", LECTURE, supervisor);
    assertEquals(422, badId.statusCode());
    assertTrue(badId.body().contains("Lecture!"), badId.body());
  }

  private void refused(int status, String body, String value, String expected) {
    HttpResponse<String> answer =
        web.send("PUT", "/api/v1/pause-reasons/lecture", body, supervisor);
    assertEquals(status, answer.statusCode(), answer.body());
    String detail = WebFixture.json(answer).get("detail").asString();
    assertTrue(detail.contains(value) && detail.contains(expected), detail);
  }

  @Test
  void agentsReadTheRulesAndDoNotChangeThem() {
    String rules =
        """
        {"wrapUpExtensionSeconds":60,"wrapUpExtensions":1,"missesInARow":5,\
        "unreachableAtOnce":false}\
        """;
    String path = "/api/v1/agent-rules/" + World.DESKTOP;
    assertEquals(403, web.send("PUT", path, rules, agent).statusCode());
    assertEquals(403, web.send("PUT", "/api/v1/pause-reasons/x", LECTURE, agent).statusCode());
    assertEquals(403, web.get("/api/v1/agent-rule-changes", agent).statusCode());
    assertEquals(200, web.send("PUT", path, rules, supervisor).statusCode());
    assertEquals(404, web.send("PUT", "/api/v1/agent-rules/moon", rules, supervisor).statusCode());
    JsonNode desks = WebFixture.json(web.get("/api/v1/agent-rules", agent)).get("items");
    for (JsonNode desk : desks) {
      boolean changed = desk.get("desk").asString().equals(World.DESKTOP.value());
      assertEquals(changed ? 5 : 3, desk.get("missesInARow").asInt(), desk.toString());
    }
  }

  @Test
  void aWrapUpIsExtendedOverRestAndByTheStream() {
    web.world.gatewayLive();
    web.world.logOn(World.AGENT_1, "8001", World.DESKTOP);
    String path = "/api/v1/agents/" + World.AGENT_1 + "/wrap-up/extension";
    HttpResponse<String> early = web.send("POST", path, "", agent);
    assertEquals(409, early.statusCode());
    assertEquals("not-in-wrap-up", WebFixture.json(early).get("type").asString());
    TestCall call = web.world.call("c1").arrives("13800000001").queued(World.DESKTOP);
    call.rings(World.AGENT_1, "8001").answered(World.AGENT_1, "8001");
    call.talkEnds(World.AGENT_1, cti.core.call.ClearedBy.CALLER);
    assertEquals(204, web.send("POST", path, "", agent).statusCode());
  }

  @Test
  void aSupervisorSetsPhonesAndPinsAndNobodySeesAPin() {
    String path = "/api/v1/agents/" + World.AGENT_1 + "/phone";
    String body = "{\"extension\":\"8001\",\"pin\":\"4711\"}";
    assertEquals(403, web.send("PUT", path, body, agent).statusCode());
    HttpResponse<String> put = web.send("PUT", path, body, supervisor);
    assertEquals(200, put.statusCode(), put.body());
    JsonNode phone = WebFixture.json(web.get(path, supervisor));
    assertEquals("8001", phone.get("extension").asString());
    assertTrue(phone.get("pinSet").asBoolean());
    assertTrue(!phone.toString().contains("4711"));
    for (String bad : new String[] {"471", "471147114", "47a1"}) {
      HttpResponse<String> refused = web.send("PUT", path, "{\"pin\":\"" + bad + "\"}", supervisor);
      assertEquals(422, refused.statusCode(), bad);
      assertTrue(!refused.body().contains(bad + "\""), refused.body());
    }
    HttpResponse<String> extension = web.send("PUT", path, "{\"extension\":\"*61\"}", supervisor);
    assertEquals(422, extension.statusCode());
    assertTrue(extension.body().contains("*61"), extension.body());
    assertEquals(404, web.get("/api/v1/agents/9999/phone", supervisor).statusCode());
  }
}
