package cti.testbed.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** REST of cti-server for one user. Every request has a time limit. */
public final class Api implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final HttpClient client;
  private final URI address;
  private final String token;

  private Api(HttpClient client, URI address, String token) {
    this.client = client;
    this.address = address;
    this.token = token;
  }

  /** An answer with its status. */
  private record Answer(int status, String body) {}

  /** Signs in with user and password; the session is a bearer token. */
  public static Api signIn(URI address, String user, String password)
      throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    String body = Json.write(Map.of("user", user, "password", password, "token", true));
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/api/v1/session"))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      client.close();
      throw Unexpected.instead(
          "201 for the sign-in of " + user, answer.statusCode() + " " + answer.body());
    }
    return new Api(client, address, Json.tree(answer.body()).path("token").asString());
  }

  public URI address() {
    return address;
  }

  HttpClient client() {
    return client;
  }

  /** The bearer token of the session. */
  public String token() {
    return token;
  }

  /** Calls under way that this user may see. */
  public List<CallView> calls() throws IOException, InterruptedException {
    JsonNode items = get("/api/v1/calls").path("items");
    return items.values().stream().map(node -> Json.read(node, CallView.class)).toList();
  }

  /** What is on record of a call; empty while its record has not come, or it is not there. */
  public Optional<RecordView> record(String call) throws IOException, InterruptedException {
    Answer answer = send("GET", "/api/v1/calls/" + call, Optional.empty(), Map.of());
    if (answer.status() == 404) {
      return Optional.empty();
    }
    expect(200, answer, "GET /api/v1/calls/" + call);
    JsonNode record = Json.tree(answer.body()).path("record");
    return record.isObject() ? Optional.of(Json.read(record, RecordView.class)) : Optional.empty();
  }

  /** Missed calls of this number within the last week. */
  public long missedFrom(String number) throws IOException, InterruptedException {
    JsonNode items = get("/api/v1/missed-calls?limit=200").path("items");
    return items.values().stream()
        .filter(item -> item.path("callingNumber").asString().equals(number))
        .count();
  }

  /** The states of the missed cases of this number, newest first. */
  public List<String> missedCases(String number) throws IOException, InterruptedException {
    JsonNode items = get("/api/v1/missed-cases?limit=200&number=" + number).path("items");
    return items.values().stream().map(item -> item.path("state").asString()).toList();
  }

  public List<IncidentView> incidentsOf(String call) throws IOException, InterruptedException {
    JsonNode items = get("/api/v1/incidents?call=" + call).path("items");
    return items.values().stream().map(node -> Json.read(node, IncidentView.class)).toList();
  }

  /**
   * Saves an incident.
   *
   * @param key of the request: the same key never makes a second incident
   * @param status 201 where it is new, 200 where it was saved before
   */
  public IncidentView saveIncident(String key, int status, Map<String, Object> draft)
      throws IOException, InterruptedException {
    Answer answer =
        send(
            "POST",
            "/api/v1/incidents",
            Optional.of(Json.write(draft)),
            Map.of("Idempotency-Key", key));
    expect(status, answer, "POST /api/v1/incidents");
    return Json.read(Json.tree(answer.body()), IncidentView.class);
  }

  public List<AgentView> agents() throws IOException, InterruptedException {
    JsonNode items = get("/api/v1/agents").path("items");
    return items.values().stream().map(node -> Json.read(node, AgentView.class)).toList();
  }

  public AgentView agent(String agent) throws IOException, InterruptedException {
    return Json.read(get("/api/v1/agents/" + agent), AgentView.class);
  }

  public void logOn(String agent, String extension, List<String> desks)
      throws IOException, InterruptedException {
    change(
        "POST",
        "/api/v1/agents/" + agent + "/logon",
        Map.of("extension", extension, "desks", desks));
  }

  public void logOff(String agent) throws IOException, InterruptedException {
    change("POST", "/api/v1/agents/" + agent + "/logoff", Map.of());
  }

  public void ready(String agent) throws IOException, InterruptedException {
    change("PUT", "/api/v1/agents/" + agent + "/state", Map.of("state", "ready"));
  }

  public void notReady(String agent, String reason) throws IOException, InterruptedException {
    change(
        "PUT",
        "/api/v1/agents/" + agent + "/state",
        Map.of("state", "not-ready", "reason", reason));
  }

  /** What /health/ready says, whatever its status. */
  public String readiness() throws IOException, InterruptedException {
    Answer answer = send("GET", "/health/ready", Optional.empty(), Map.of());
    return answer.status() + " " + answer.body();
  }

  /** How complete the records of the last day are, by the gateway's own logs. */
  public CompletenessView completeness() throws IOException, InterruptedException {
    return CompletenessView.of(get("/api/v1/completeness"));
  }

  /** What the gateway's logs say otherwise than the records, for people. */
  public String different() throws IOException, InterruptedException {
    return get("/api/v1/completeness/calls?verdict=different&limit=20").path("items").toString();
  }

  /** Logs on at an extension that another agent may have. */
  public void takeOver(String agent, String extension, List<String> desks)
      throws IOException, InterruptedException {
    change(
        "POST",
        "/api/v1/agents/" + agent + "/logon",
        Map.of("extension", extension, "desks", desks, "takeOver", true));
  }

  public void extendWrapUp(String agent) throws IOException, InterruptedException {
    String path = "/api/v1/agents/" + agent + "/wrap-up/extension";
    expect(204, send("POST", path, Optional.empty(), Map.of()), "POST " + path);
  }

  /** What a desk lets its agents do; only what the suites change is not the usual. */
  public void deskRules(String desk, int wrapUpExtensionSeconds, int missesInARow)
      throws IOException, InterruptedException {
    put(
        "/api/v1/agent-rules/" + desk,
        Map.of(
            "wrapUpExtensionSeconds",
            wrapUpExtensionSeconds,
            "wrapUpExtensions",
            2,
            "missesInARow",
            missesInARow,
            "unreachableAtOnce",
            true));
  }

  /** An agent's own desk phone, and the PIN for others. */
  public void phone(String agent, String extension, String pin)
      throws IOException, InterruptedException {
    put("/api/v1/agents/" + agent + "/phone", Map.of("extension", extension, "pin", pin));
  }

  /** Whether members and phone of an agent are as their state wants them; all three in words. */
  public Map.Entry<Boolean, String> agreement(String agent)
      throws IOException, InterruptedException {
    for (JsonNode row : get("/api/v1/agents/states").path("items").values()) {
      if (row.path("agent").path("id").asString().equals(agent)) {
        return Map.entry(row.path("agree").asBoolean(), row.toString());
      }
    }
    return Map.entry(false, "agent " + agent + " is not among those logged on");
  }

  /** A person of the directory and their version; empty where there is none. */
  public Optional<StaffOnRecord> staff(String id) throws IOException, InterruptedException {
    String path = "/api/v1/directory/staff/" + id;
    Answer answer = send("GET", path, Optional.empty(), Map.of());
    if (answer.status() == 404) {
      return Optional.empty();
    }
    expect(200, answer, "GET " + path);
    return Optional.of(Json.read(Json.tree(answer.body()), StaffOnRecord.class));
  }

  /** Gives a person other facts, as an administrator. */
  public void changeStaff(String id, Map<String, Object> facts)
      throws IOException, InterruptedException {
    put("/api/v1/directory/staff/" + id, facts);
  }

  /** Retires a person, as an administrator. */
  public void retire(String id, String version) throws IOException, InterruptedException {
    String path = "/api/v1/directory/staff/" + id + "/retire";
    expect(
        200,
        send("POST", path, Optional.of(Json.write(Map.of("version", version))), Map.of()),
        "POST " + path);
  }

  /** Hands in a file of people in CSV; the id of its preview. */
  public String importCsv(String csv) throws IOException, InterruptedException {
    return upload("/api/v1/directory/imports", "text/csv", csv.getBytes(StandardCharsets.UTF_8))
        .path("id")
        .asString();
  }

  /** Hands in a file that must be taken; the answer as JSON. */
  public JsonNode upload(String path, String mediaType, byte[] file)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", mediaType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(file))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    expect(201, new Answer(answer.statusCode(), answer.body()), "POST " + path);
    return Json.tree(answer.body());
  }

  /** A preview as it is now. */
  public PreviewOnRecord preview(String id) throws IOException, InterruptedException {
    return Json.read(get("/api/v1/directory/previews/" + id), PreviewOnRecord.class);
  }

  /** All previews, newest first. */
  public List<PreviewOnRecord> previews() throws IOException, InterruptedException {
    return get("/api/v1/directory/previews").path("items").values().stream()
        .map(node -> Json.read(node, PreviewOnRecord.class))
        .toList();
  }

  /** Applies a preview, as an administrator. */
  public void apply(PreviewOnRecord preview) throws IOException, InterruptedException {
    String path = "/api/v1/directory/previews/" + preview.id() + "/apply";
    Map<String, Object> body = Map.of("token", preview.token().orElse(""));
    expect(200, send("POST", path, Optional.of(Json.write(body)), Map.of()), "POST " + path);
  }

  /** Publishes rules, in force at once; the version. For administrators. */
  public int publish(String yaml, String comment) throws IOException, InterruptedException {
    put("/api/v1/routing/drafts/suite", Map.of("yaml", yaml, "revision", 0));
    String path = "/api/v1/routing/drafts/suite/publish";
    return published(path, Map.of("comment", comment));
  }

  /** Takes up an earlier version of the rules again; the new version. */
  public int rollBack(int version) throws IOException, InterruptedException {
    String path = "/api/v1/routing/versions/" + version + "/rollback";
    return published(path, Map.of("comment", "恢复版本 " + version));
  }

  private int published(String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    Answer answer = send("POST", path, Optional.of(Json.write(body)), Map.of());
    expect(200, answer, "POST " + path);
    return Json.tree(answer.body()).path("version").path("version").asInt();
  }

  /** The text of a version of the rules. */
  public String rules(int version) throws IOException, InterruptedException {
    return get("/api/v1/routing/versions/" + version).path("yaml").asString();
  }

  /** What the rules said of a call, each time that they were asked. */
  public List<RouteView> routesOf(String call) throws IOException, InterruptedException {
    JsonNode items = get("/api/v1/calls/" + call + "/routing").path("items");
    return items.values().stream().map(node -> Json.read(node, RouteView.class)).toList();
  }

  /** The answer to a GET, as JSON. */
  public JsonNode tree(String path) throws IOException, InterruptedException {
    return get(path);
  }

  /** The bytes that are played under a path. */
  public byte[] bytes(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw Unexpected.instead("200 for GET " + path, answer.statusCode());
    }
    return answer.body();
  }

  /** The answer to a POST that must succeed, as JSON; without a body where there are no facts. */
  public JsonNode post(String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    Optional<String> json = body.isEmpty() ? Optional.empty() : Optional.of(Json.write(body));
    Answer answer = send("POST", path, json, Map.of());
    expect(200, answer, "POST " + path);
    return Json.tree(answer.body());
  }

  /** A DELETE that must succeed. */
  public void delete(String path) throws IOException, InterruptedException {
    expect(204, send("DELETE", path, Optional.empty(), Map.of()), "DELETE " + path);
  }

  /** A PUT that must succeed. */
  public void put(String path, Map<String, Object> body) throws IOException, InterruptedException {
    expect(200, send("PUT", path, Optional.of(Json.write(body)), Map.of()), "PUT " + path);
  }

  /** An answer, whatever its status; an empty body is an empty object. */
  public record Said(int status, JsonNode body) {}

  /** Asks for something that may be refused. */
  public Said ask(String method, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    Optional<String> json = body.isEmpty() ? Optional.empty() : Optional.of(Json.write(body));
    Answer answer = send(method, path, json, Map.of());
    return new Said(answer.status(), Json.tree(answer.body().isEmpty() ? "{}" : answer.body()));
  }

  /** The text form of Prometheus. */
  public String metrics() throws IOException, InterruptedException {
    Answer answer = send("GET", "/metrics", Optional.empty(), Map.of());
    expect(200, answer, "GET /metrics");
    return answer.body();
  }

  private void change(String method, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    expect(204, send(method, path, Optional.of(Json.write(body)), Map.of()), method + " " + path);
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    Answer answer = send("GET", path, Optional.empty(), Map.of());
    expect(200, answer, "GET " + path);
    return Json.tree(answer.body());
  }

  private Answer send(
      String method, String path, Optional<String> body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token)
            .method(
                method,
                body.map(HttpRequest.BodyPublishers::ofString)
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    body.ifPresent(json -> request.header("Content-Type", "application/json"));
    headers.forEach(request::header);
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body());
  }

  private static void expect(int status, Answer answer, String request) {
    if (answer.status() != status) {
      throw Unexpected.instead(status + " for " + request, answer.status() + " " + answer.body());
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
