package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.id.AgentId;
import cti.server.web.WebFixture.User;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may sign in, as administrators change it over real sockets. */
class AccountsTest {
  private final WebFixture web = new WebFixture();
  private final User admin = web.signIn("admin");

  @AfterEach
  void stop() {
    web.close();
  }

  private HttpResponse<String> add(String fields) {
    return web.send("POST", "/api/v1/accounts", "{" + fields + "}", admin);
  }

  @Test
  void somebodyIsAddedWithAPasswordThatIsToldOnce() {
    HttpResponse<String> answer =
        add("\"user\":\"lead\",\"name\":\"班长0002\",\"role\":\"supervisor\",\"sites\":[\"gz\"]");
    assertEquals(201, answer.statusCode(), answer.body());
    JsonNode made = WebFixture.json(answer);
    assertEquals("one-time password", made.get("password").asString());
    assertTrue(made.get("oneTimePassword").asBoolean());
    assertEquals("gz", made.get("sites").get(0).asString());
    String listed = web.get("/api/v1/accounts", admin).body();
    assertTrue(listed.contains("lead"), listed);
    assertFalse(listed.contains("\"password\""), listed);
    assertEquals(409, add("\"user\":\"lead\",\"name\":\"x\",\"role\":\"admin\"").statusCode());
  }

  @Test
  void whatDoesNotFitIsRefusedWithWhatWasExpected() {
    String[][] rows = {
      {"\"user\":\"a\",\"name\":\"x\",\"role\":\"king\"", "expected one of"},
      {"\"user\":\"a\",\"name\":\"x\",\"role\":\"agent\"", "expected the number of an agent"},
      {"\"user\":\"a\",\"name\":\"x\",\"role\":\"agent\",\"agent\":\"9999\"", "9999"},
      {"\"user\":\"a\",\"name\":\"x\",\"role\":\"auditor\",\"agent\":\"1001\"", "take no calls"},
      {"\"user\":\"a\",\"name\":\"x\",\"role\":\"supervisor\",\"desks\":[\"mars\"]", "mars"},
      {"\"user\":\"a\",\"name\":\"x\",\"role\":\"supervisor\",\"sites\":[\"mars\"]", "mars"},
    };
    for (String[] row : rows) {
      HttpResponse<String> answer = add(row[0]);
      assertEquals(422, answer.statusCode(), row[0]);
      assertTrue(answer.body().contains(row[1]), answer.body());
    }
    assertEquals(404, web.send("POST", "/api/v1/accounts/nobody/reset", "", admin).statusCode());
    assertEquals(409, web.send("DELETE", "/api/v1/accounts/admin", "", admin).statusCode());
  }

  @Test
  void aChangeEndsSessionsAndStreamsAtOnce() {
    web.administration.accounts.all.put(
        "agent1",
        new Account("agent1", "坐席0001", Role.AGENT, Optional.of(new AgentId("1001")), false));
    User agent = web.signIn("agent1");
    TestStream stream = web.stream(agent);
    stream.begin();
    assertEquals(200, web.get("/api/v1/session", agent).statusCode());
    web.stores.sessions.endAllOf("agent1");
    assertEquals(
        204, web.send("DELETE", "/api/v1/accounts/agent1/sessions", "", admin).statusCode());
    assertEquals(4401, stream.closeCode());
    assertEquals(List.of("agent1"), web.stores.sessions.forgotten);
    assertEquals(401, web.get("/api/v1/session", agent).statusCode());
    assertEquals(200, web.get("/api/v1/session", admin).statusCode());
  }
}
