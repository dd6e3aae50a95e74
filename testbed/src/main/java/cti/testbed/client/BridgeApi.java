package cti.testbed.client;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Bridges by REST, as one user. Every request has a time limit. */
public final class BridgeApi {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final String PATH = "/api/v1/bridges";

  private final Api api;

  public BridgeApi(Api api) {
    this.api = api;
  }

  /** A code by which the agent who is signed in pairs a bridge. */
  public String pairingCode() throws IOException, InterruptedException {
    return send("POST", PATH + "/codes", 201).path("code").asString();
  }

  /** Why an agent is in the state that they are in; empty without a reason. */
  public String reason(String agent) throws IOException, InterruptedException {
    return send("GET", "/api/v1/agents/" + agent, 200).path("reason").asString("");
  }

  /** Why the phone of an agent is not registered, as the newest bridge says; empty where it is. */
  public String phoneProblem(String agent) throws IOException, InterruptedException {
    for (JsonNode bridge : send("GET", PATH, 200).path("items").values()) {
      if (bridge.path("agent").asString().equals(agent) && bridge.has("phone")) {
        return bridge.at("/phone/registered").asBoolean()
            ? ""
            : bridge.at("/phone/problem").asString("no word why");
      }
    }
    return "no bridge tells of a phone";
  }

  /**
   * What the bridge beside an agent's phone cannot do, in its own words; empty where it can all.
   */
  public List<String> unavailable(String agent) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    for (JsonNode bridge : send("GET", PATH, 200).path("items").values()) {
      if (bridge.path("agent").asString().equals(agent)) {
        bridge.at("/phone/unavailable").values().forEach(word -> words.add(word.asString()));
      }
    }
    return words;
  }

  /** Revokes every bridge of an agent, as an administrator. */
  public void revokeAll(String agent) throws IOException, InterruptedException {
    for (JsonNode bridge : send("GET", PATH, 200).path("items").values()) {
      if (bridge.path("agent").asString().equals(agent)) {
        send("DELETE", PATH + "/" + bridge.path("id").asString(), 204);
      }
    }
  }

  private JsonNode send(String method, String path, int status)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(api.address().resolve(path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + api.token())
            .method(method, BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer = api.client().send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != status) {
      throw Unexpected.instead(
          status + " for " + method + " " + path, answer.statusCode() + " " + answer.body());
    }
    return Json.tree(answer.body().isEmpty() ? "{}" : answer.body());
  }
}
