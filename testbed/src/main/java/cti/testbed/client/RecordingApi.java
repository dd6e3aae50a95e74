package cti.testbed.client;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Recordings and missed cases by REST, as one user. Every request has a time limit. */
public final class RecordingApi {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final Api api;

  public RecordingApi(Api api) {
    this.api = api;
  }

  /**
   * What came of a playback.
   *
   * @param range the header Content-Range; empty without
   */
  public record Playback(int status, String range, byte[] sound) {}

  /** The recordings of a call that this user may know of, newest first. */
  public List<RecordingRow> ofCall(String call) throws IOException, InterruptedException {
    return recordings("call=" + encoded(call));
  }

  /** Those of the calls of an incident. */
  public List<RecordingRow> ofIncident(String incident) throws IOException, InterruptedException {
    return recordings("incident=" + encoded(incident));
  }

  private List<RecordingRow> recordings(String query) throws IOException, InterruptedException {
    return get("/api/v1/recordings?limit=50&" + query).path("items").values().stream()
        .map(node -> Json.read(node, RecordingRow.class))
        .toList();
  }

  /** Plays a recording. */
  public Playback play(String id, Optional<String> range) throws IOException, InterruptedException {
    HttpRequest.Builder request = request("/api/v1/recordings/" + encoded(id) + "/audio");
    range.ifPresent(bytes -> request.header("Range", bytes));
    HttpResponse<byte[]> answer =
        api.client().send(request.GET().build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Playback(
        answer.statusCode(),
        answer.headers().firstValue("Content-Range").orElse(""),
        answer.body());
  }

  /** What was done with a recording, newest first: action, actor and detail of each line. */
  public List<String> audit(String id) throws IOException, InterruptedException {
    return get("/api/v1/recordings/" + encoded(id)).path("audit").values().stream()
        .map(
            line ->
                String.join(
                    " ",
                    line.path("action").asString(),
                    line.path("actor").asString(),
                    line.path("detail").asString()))
        .toList();
  }

  /**
   * Changes how a desk records; whoever is no administrator may not.
   *
   * @param changed what differs from recording nothing
   */
  public void rules(String desk, Map<String, Object> changed)
      throws IOException, InterruptedException {
    Map<String, Object> rules =
        new HashMap<>(
            Map.of(
                "policy",
                "none",
                "sharePercent",
                0,
                "announcement",
                "recording-announcement",
                "agentMayStart",
                false,
                "agentMayPause",
                false,
                "agentMayListen",
                false,
                "retentionDays",
                30));
    rules.putAll(changed);
    send("PUT", "/api/v1/desks/" + desk + "/recording", Json.write(rules), 200);
  }

  /** Missed cases of a number, newest first. */
  public List<CaseRow> cases(String number) throws IOException, InterruptedException {
    return get("/api/v1/missed-cases?limit=50&number=" + encoded(number))
        .path("items")
        .values()
        .stream()
        .map(node -> Json.read(node, CaseRow.class))
        .toList();
  }

  /** The same as a table. */
  public List<String> casesAsTable(String number) throws IOException, InterruptedException {
    return send("GET", "/api/v1/missed-cases?format=csv&number=" + encoded(number), "", 200)
        .lines()
        .toList();
  }

  public CaseRow closeCase(String id, String reason) throws IOException, InterruptedException {
    String path = "/api/v1/missed-cases/" + encoded(id) + "/close";
    return Json.read(
        Json.tree(send("POST", path, Json.write(Map.of("reason", reason)), 200)), CaseRow.class);
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return Json.tree(send("GET", path, "", 200));
  }

  private String send(String method, String path, String body, int status)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    if (body.isEmpty()) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    HttpResponse<String> answer =
        api.client().send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != status) {
      throw Unexpected.instead(
          status + " for " + method + " " + path, answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.address().resolve(path))
        .timeout(LIMIT)
        .header("Authorization", "Bearer " + api.token());
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }
}
