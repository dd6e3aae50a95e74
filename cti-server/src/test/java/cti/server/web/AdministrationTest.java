package cti.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.id.StaffId;
import cti.server.web.WebFixture.User;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What administrators change, over real sockets: people, files of people, sites, desks, agents. */
class AdministrationTest {
  private static final String STAFF = "/api/v1/directory/staff";
  private static final String PERSON =
      """
      {"id":"E9001","name":"员工9001","department":"公司本部>信息中心","site":"hq",\
      "office":["1901","0757-88881902"],"mobile":["13900009001"],"email":"e9001@example.com",\
      "vip":true,"remark":"新"}\
      """;

  private final WebFixture web = new WebFixture();
  private final User admin = web.signIn("admin");
  private final User supervisor = web.signIn("supervisor");

  @AfterEach
  void stop() {
    web.close();
  }

  private HttpResponse<String> send(String method, String path, String body) {
    return web.send(method, path, body, admin);
  }

  private JsonNode sent(int status, String method, String path, String body) {
    HttpResponse<String> answer = send(method, path, body);
    assertEquals(status, answer.statusCode(), answer.body());
    return answer.body().isEmpty() ? null : WebFixture.json(answer);
  }

  private void refused(int status, String type, String method, String path, String body) {
    HttpResponse<String> answer = send(method, path, body);
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(type, WebFixture.json(answer).get("type").asString(), answer.body());
  }

  @Test
  void aPersonComesChangesRetiresAndGoes() {
    JsonNode made = sent(201, "POST", STAFF, PERSON);
    assertEquals("+8675788881902", made.at("/person/numbers/1/e164").asString());
    String version = made.get("version").asString();
    refused(409, "already-there", "POST", STAFF, PERSON);
    String change =
        "{\"version\":\"%s\",\"name\":\"员工9001\",\"site\":\"gz\",\"office\":[\"2901\"]}";
    JsonNode changed = sent(200, "PUT", STAFF + "/E9001", change.formatted(version));
    assertEquals("", changed.at("/person/email").asString(), "what is not given is empty");
    refused(409, "version-conflict", "PUT", STAFF + "/E9001", change.formatted(version));
    String now = "{\"version\":\"" + changed.get("version").asString() + "\"}";
    refused(409, "not-retired", "POST", STAFF + "/E9001/reinstate", now);
    JsonNode retired = sent(200, "POST", STAFF + "/E9001/retire", now);
    assertEquals("retired", retired.at("/person/status").asString());
    String then = retired.get("version").asString();
    web.administration.directory.incident(new StaffId("E9001"));
    HttpResponse<String> kept = delete("/E9001?version=" + then);
    assertEquals("has-incidents", WebFixture.json(kept).get("type").asString());

    JsonNode history = WebFixture.json(web.get(STAFF + "/E9001/history", supervisor)).get("items");
    assertEquals(3, history.size());
    assertEquals("retire", history.get(0).get("action").asString());
    assertEquals("admin", history.get(0).get("account").asString());
    assertTrue(history.get(2).path("before").isMissingNode());
    refused(404, "no-such-person", "PUT", STAFF + "/E9002", change.formatted(version));
  }

  private HttpResponse<String> delete(String path) {
    return web.send(admin.on(web.request(STAFF + path)).DELETE());
  }

  @Test
  void aPersonWhomNoIncidentNamesIsTakenOff() {
    String version = sent(201, "POST", STAFF, PERSON).get("version").asString();
    assertEquals(422, delete("/E9001").statusCode());
    assertEquals(409, delete("/E9001?version=0").statusCode());
    assertEquals(204, delete("/E9001?version=" + version).statusCode());
    assertEquals(404, web.get(STAFF + "/E9001", supervisor).statusCode());
  }

  @Test
  void everyFaultOfAPersonIsToldAtOnce() {
    HttpResponse<String> answer =
        send(
            "POST",
            STAFF,
            PERSON
                .replace("1901", "12")
                .replace("e9001@example.com", "nobody")
                .replace("\"hq\"", "\"mars\""));
    assertEquals(422, answer.statusCode());
    String detail = WebFixture.json(answer).get("detail").asString();
    assertTrue(detail.contains("site is 'mars', expected one of"), detail);
    String other =
        WebFixture.json(
                send("POST", STAFF, PERSON.replace("1901", "12").replace("e9001@example", "x y")))
            .get("detail")
            .asString();
    assertTrue(other.contains("office number '12'"), other);
    assertTrue(other.contains("email is 'x y.com', expected like"), other);
  }

  private HttpResponse<String> upload(String type, byte[] file, User user) {
    return web.send(
        user.on(web.request("/api/v1/directory/imports?gone=keep"))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(file)));
  }

  private JsonNode settled(String id) {
    String path = "/api/v1/directory/previews/" + id;
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              String state = WebFixture.json(web.get(path, supervisor)).get("state").asString();
              return !state.equals("reading") && !state.equals("applying");
            });
    return WebFixture.json(web.get(path, supervisor));
  }

  @Test
  void aFileIsHandedInLookedAtAndApplied() {
    StringBuilder csv =
        new StringBuilder(
            "id,name,department,site,address,office,mobile,email,status,vip,remark\n");
    for (int i = 0; i < 8_000; i++) {
      csv.append("N%06d,员工,公司本部>新部门,hq,,,139%08d,,active,,\n".formatted(i, 20_000_000 + i));
    }
    byte[] file = csv.toString().getBytes(StandardCharsets.UTF_8);
    assertTrue(file.length > 262_144, "more than any other body may have");
    HttpResponse<String> begun = upload("text/csv", file, admin);
    assertEquals(201, begun.statusCode(), begun.body());
    String id = WebFixture.json(begun).get("id").asString();
    JsonNode preview = settled(id);
    assertEquals("ready", preview.get("state").asString(), preview.toString());
    assertEquals(8_000, preview.at("/counts/added").asInt());
    String path = "/api/v1/directory/previews/" + id;
    JsonNode changes =
        WebFixture.json(web.get(path + "/changes?kind=added&from=7999&limit=5", supervisor));
    assertEquals(1, changes.get("items").size());
    assertEquals("N007999", changes.at("/items/0/staff").asString());
    refused(409, "wrong-token", "POST", path + "/apply", "{\"token\":\"0\"}");
    sent(200, "POST", path + "/apply", "{\"token\":\"" + preview.get("token").asString() + "\"}");
    assertEquals("applied", settled(id).get("state").asString());
    assertEquals(200, web.get(STAFF + "/N007999", supervisor).statusCode());
    assertEquals(0, WebFixture.json(web.get(path + "/faults", supervisor)).get("total").asInt());
  }

  @Test
  void nobodyElseMakesTheServerHoldALargeBody() {
    byte[] file = new byte[1 << 20];
    assertEquals(401, upload("text/csv", file, User.NOBODY).statusCode());
    assertEquals(403, upload("text/csv", file, supervisor).statusCode());
    HttpResponse<String> json = upload("application/json", file, admin);
    assertEquals(415, json.statusCode(), json.body());
    HttpResponse<String> other =
        web.send(
            admin
                .on(web.request(STAFF))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(file)));
    assertEquals(413, other.statusCode(), other.body());
    assertEquals(422, upload("text/csv", new byte[0], admin).statusCode());
    // And what is refused is over: the next upload is taken.
    assertEquals(
        201, upload("text/csv", "id\n".getBytes(StandardCharsets.UTF_8), admin).statusCode());
  }

  @Test
  void theDirectoryIsExportedAndHasATemplate() throws Exception {
    HttpResponse<String> csv = web.get("/api/v1/directory/export", supervisor);
    assertEquals(200, csv.statusCode());
    assertTrue(csv.body().startsWith("\ufeffid,name,department,"), csv.body().substring(0, 40));
    assertTrue(csv.body().contains("'+86 757 8888 1003"), "no spreadsheet takes it for a formula");
    HttpResponse<byte[]> xlsx =
        HttpClient.newHttpClient()
            .send(
                supervisor.on(web.request("/api/v1/directory/template?format=xlsx")).build(),
                BodyHandlers.ofByteArray());
    assertEquals('P', xlsx.body()[0]);
    assertTrue(
        xlsx.headers().firstValue("Content-Disposition").orElseThrow().contains("staff-template"));
    HttpResponse<String> begun =
        upload(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            xlsx.body(),
            admin);
    JsonNode preview = settled(WebFixture.json(begun).get("id").asString());
    assertEquals("ready", preview.get("state").asString(), preview.toString());
  }

  @Test
  void aDepartmentAndADialPlanArePreviewedAndDiscarded() {
    JsonNode move =
        sent(
            201,
            "POST",
            "/api/v1/directory/departments/move",
            "{\"from\":\"公司本部>信息中心\",\"to\":\"公司本部>数字化部\"}");
    JsonNode preview = settled(move.get("id").asString());
    assertTrue(preview.at("/counts/changed").asInt() > 1, preview.toString());
    String path = "/api/v1/directory/previews/" + move.get("id").asString();
    assertEquals(204, web.send(admin.on(web.request(path)).DELETE()).statusCode());
    assertEquals(404, web.get(path, supervisor).statusCode());

    JsonNode sites = WebFixture.json(web.get("/api/v1/master/sites", supervisor)).get("items");
    JsonNode gz =
        sites.values().stream().filter(s -> s.get("id").asString().equals("gz")).findFirst().get();
    String plan =
        "{\"version\":\"%s\",\"areaCode\":\"755\",\"extensions\":[\"2000-2999\"],"
            + "\"directPrefix\":\"6123\",\"outsidePrefix\":\"9\"}";
    JsonNode begun =
        sent(
            201,
            "POST",
            "/api/v1/master/sites/gz/dial-plan",
            plan.formatted(gz.get("version").asString()));
    JsonNode numbers = settled(begun.get("id").asString());
    assertEquals("dial-plan", numbers.get("kind").asString());
    assertTrue(numbers.at("/counts/changed").asInt() > 1, numbers.toString());
    refused(
        409, "version-conflict", "POST", "/api/v1/master/sites/gz/dial-plan", plan.formatted("0"));
    refused(
        422,
        "invalid",
        "POST",
        "/api/v1/master/sites/gz/dial-plan",
        plan.formatted(gz.get("version").asString()).replace("2000-2999", "2999-2000"));
  }

  @Test
  void desksAndAgentsAreEntered() {
    String desk =
        """
        {"id":"hq-new","name":"本部(新)","site":"hq","businessLine":"新","queue":"cti-hq-new",\
        "wrapUpSeconds":15,"longestWaitSeconds":90,"ordinal":3}\
        """;
    JsonNode made = sent(201, "POST", "/api/v1/master/desks", desk);
    refused(409, "already-there", "POST", "/api/v1/master/desks", desk);
    refused(
        422,
        "invalid",
        "POST",
        "/api/v1/master/desks",
        desk.replace("\"wrapUpSeconds\":15", "\"wrapUpSeconds\":3601"));
    String change =
        desk.replace("\"id\":\"hq-new\"", "\"version\":\"" + made.get("version").asString() + "\"")
            .replace("90", "120");
    assertEquals(
        120,
        sent(200, "PUT", "/api/v1/master/desks/hq-new", change).get("longestWaitSeconds").asInt());
    refused(409, "version-conflict", "PUT", "/api/v1/master/desks/hq-new", change);
    String agent =
        """
        {"id":"2001","name":"工程师2001","seats":[{"desk":"hq-new","role":"a"}]}\
        """;
    JsonNode seated = sent(201, "POST", "/api/v1/master/agents", agent);
    assertEquals("a", seated.at("/seats/0/role").asString());
    refused(
        422,
        "invalid",
        "POST",
        "/api/v1/master/agents",
        agent.replace("2001", "2002").replace("\"a\"", "\"c\""));
    HttpResponse<String> gone =
        web.send(
            admin
                .on(
                    web.request(
                        "/api/v1/master/agents/2001?version=" + seated.get("version").asString()))
                .DELETE());
    assertEquals(204, gone.statusCode());
    assertEquals(
        0, WebFixture.json(web.get("/api/v1/master/agents", supervisor)).get("items").size());
  }

  @Test
  void auditIsReadInParts() {
    for (int i = 0; i < 3; i++) {
      sent(201, "POST", STAFF, PERSON.replace("E9001", "E900" + i));
    }
    JsonNode first = WebFixture.json(web.get("/api/v1/audit?account=admin&limit=2", supervisor));
    assertEquals(2, first.get("items").size());
    JsonNode rest =
        WebFixture.json(
            web.get(
                "/api/v1/audit?account=admin&limit=2&before=" + first.get("next").asInt(),
                supervisor));
    assertEquals(1, rest.get("items").size());
    assertTrue(rest.path("next").isMissingNode());
    assertEquals(404, web.get("/api/v1/directory/ldap", supervisor).statusCode());
    web.administration.directory.away = true;
    assertEquals(503, web.get("/api/v1/audit", supervisor).statusCode());
  }
}
