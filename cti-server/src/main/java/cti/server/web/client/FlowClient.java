package cti.server.web.client;

import cti.core.port.Prompts.Wording;
import cti.server.flow.PromptManifest;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The flow that callers go through and the prompts that it plays, on a running server; answers are
 * texts for people.
 */
public final class FlowClient extends VersionsClient {
  private static final String PATH = "/api/v1/ivr/";
  private static final String PROMPTS = "prompts";

  private FlowClient(RemoteServer server, ZoneId zone) {
    super(server, PATH, zone);
  }

  /**
   * @param zone in which times are shown
   */
  public static FlowClient signIn(URI base, String user, String password, ZoneId zone)
      throws RemoteException, InterruptedException {
    return new FlowClient(RemoteServer.signIn(base, user, password), zone);
  }

  /**
   * What a caller would meet.
   *
   * @param does what the caller does
   * @param yaml the flow to try; empty for the one in force
   */
  public String simulate(String number, Optional<Instant> at, String does, Optional<String> yaml)
      throws RemoteException, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("number", number);
    body.put("does", does);
    at.ifPresent(when -> body.put("at", when.toString()));
    yaml.ifPresent(text -> body.put("yaml", text));
    JsonNode tried = server.call("POST", PATH + "simulate", body);
    String met = tried.path("met").asString();
    return tried.path("over").asBoolean()
        ? met + "\n"
        : met
            + "\nat node "
            + tried.path("node").asString()
            + ", expects "
            + tried.path("expects").asString()
            + "\n";
  }

  /** Every prompt with what is played of it, one a line; those that were added are marked. */
  public String prompts() throws RemoteException, InterruptedException {
    StringBuilder text = new StringBuilder();
    for (JsonNode prompt : server.get(PATH + PROMPTS).path("items")) {
      text.append(line(prompt)).append('\n');
    }
    return text.toString();
  }

  /** All prompts as a manifest, for a folder of flows. */
  public String manifest() throws RemoteException, InterruptedException {
    List<Wording> all = new ArrayList<>();
    for (JsonNode prompt : server.get(PATH + PROMPTS).path("items")) {
      Map<String, String> texts = new LinkedHashMap<>();
      for (JsonNode one : prompt.path("languages")) {
        texts.put(one.path("language").asString(), one.path("text").asString());
      }
      Optional<Integer> number =
          prompt.has("number") ? Optional.of(prompt.path("number").asInt()) : Optional.empty();
      all.add(new Wording(prompt.path("id").asString(), texts, number));
    }
    return PromptManifest.of(all);
  }

  private static String line(JsonNode prompt) {
    StringBuilder text = new StringBuilder(prompt.path("id").asString());
    if (prompt.has("number")) {
      text.append(" (").append(prompt.path("number").asInt()).append(')');
    }
    for (JsonNode one : prompt.path("languages")) {
      String source = one.path("source").asString();
      text.append("  ")
          .append(one.path("language").asString())
          .append(": ")
          .append(source.equals("none") ? "no sound" : source);
      if (one.path("version").asInt() > 0) {
        text.append(' ').append(one.path("version").asInt());
      }
    }
    return text.append(prompt.path("added").asBoolean() ? "  added" : "").toString();
  }

  /**
   * Adds a prompt, or gives one that was added other texts.
   *
   * @param number by which it is chosen at a phone
   */
  public String keepPrompt(boolean isNew, String id, String zh, String en, Optional<Integer> number)
      throws RemoteException, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    if (isNew) {
      body.put("id", id);
    }
    body.put("zh", zh);
    body.put("en", en);
    number.ifPresent(given -> body.put("number", given));
    JsonNode kept =
        isNew
            ? server.call("POST", PATH + PROMPTS, body)
            : server.call("PUT", PATH + PROMPTS + "/" + encoded(id), body);
    return line(kept.path("prompt")) + "\n";
  }

  public String removePrompt(String id) throws RemoteException, InterruptedException {
    server.call("DELETE", PATH + PROMPTS + "/" + encoded(id), Map.of());
    return "prompt " + id + " is removed\n";
  }

  /**
   * Hands in a recording, which is played from the next call on.
   *
   * @param name of the file, to be shown
   */
  public String record(String id, String language, String name, byte[] file)
      throws RemoteException, InterruptedException {
    String query = "?language=" + encoded(language) + "&name=" + encoded(name);
    JsonNode kept =
        server.send("POST", PATH + PROMPTS + "/" + encoded(id) + "/recordings" + query, file);
    return line(kept.path("prompt")) + "\n";
  }
}
