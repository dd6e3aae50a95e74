package cti.server.web.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Versions of a text that leads calls, on a running server; answers are texts for people. */
public class VersionsClient implements AutoCloseable {
  final RemoteServer server;
  private final String path;
  private final ZoneId zone;

  /**
   * @param path of the text's resources, with a / at its end
   * @param zone in which times are shown
   */
  VersionsClient(RemoteServer server, String path, ZoneId zone) {
    this.server = server;
    this.path = path;
    this.zone = zone;
  }

  /** Versions, newest first, and drafts. */
  public String list() throws RemoteException, InterruptedException {
    StringBuilder text = new StringBuilder();
    for (JsonNode version : server.get(path + "versions").path("items")) {
      text.append(line(version)).append('\n');
    }
    for (JsonNode draft : server.get(path + "drafts").path("items")) {
      text.append("draft ")
          .append(draft.path("name").asString())
          .append("  from version ")
          .append(draft.path("basedOn").asInt())
          .append(", revision ")
          .append(draft.path("revision").asInt())
          .append(", ")
          .append(draft.path("author").asString())
          .append(' ')
          .append(time(draft.path("changedAt")))
          .append('\n');
    }
    return text.toString();
  }

  private String line(JsonNode version) {
    String state =
        version.path("inForce").asBoolean()
            ? "in force"
            : version.has("withdrawnAt") ? "taken back" : "";
    return "version %d  %-10s from %s, by %s, %s: %s%s"
        .formatted(
            version.path("version").asInt(),
            state,
            time(version.path("activeFrom")),
            version.path("author").asString(),
            version.path("checksum").asString().substring(0, 12),
            version.path("comment").asString(),
            version.has("restores")
                ? " (version " + version.path("restores").asInt() + " again)"
                : "");
  }

  final String time(JsonNode instant) {
    return Instant.parse(instant.asString()).atZone(zone).toLocalDateTime().toString();
  }

  /**
   * The text of a version or of a draft.
   *
   * @param which a number or a name; empty for what is in force
   */
  public String text(Optional<String> which) throws RemoteException, InterruptedException {
    String name =
        which.isPresent() ? which.get() : server.get(path + "versions").path("inForce").asString();
    String folder = name.matches("[0-9]+") ? "versions/" : "drafts/";
    return server.get(path + folder + encoded(name)).path("yaml").asString();
  }

  /** Begins or changes a draft; what is wrong with it. */
  public String put(String draft, String yaml) throws RemoteException, InterruptedException {
    int revision = 0;
    for (JsonNode known : server.get(path + "drafts").path("items")) {
      if (known.path("name").asString().equals(draft)) {
        revision = known.path("revision").asInt();
      }
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("yaml", yaml);
    body.put("revision", revision);
    JsonNode saved = server.call("PUT", path + "drafts/" + encoded(draft), body);
    return "draft "
        + draft
        + ", revision "
        + saved.path("draft").path("revision").asInt()
        + "\n"
        + findings(saved);
  }

  public String drop(String draft) throws RemoteException, InterruptedException {
    server.call("DELETE", path + "drafts/" + encoded(draft), Map.of());
    return "draft " + draft + " is dropped\n";
  }

  static String findings(JsonNode checked) {
    StringBuilder text = new StringBuilder();
    checked
        .path("faults")
        .forEach(fault -> text.append("fault    ").append(fault.asString()).append('\n'));
    checked
        .path("warnings")
        .forEach(warning -> text.append("warning  ").append(warning.asString()).append('\n'));
    return text.isEmpty() ? "no faults, no warnings\n" : text.toString();
  }

  public String diff(Optional<String> from, String to)
      throws RemoteException, InterruptedException {
    String query = from.map(name -> "from=" + encoded(name) + "&").orElse("") + "to=" + encoded(to);
    String text = server.get(path + "diff?" + query).path("text").asString();
    return text.isEmpty() ? "no difference\n" : text;
  }

  /**
   * @param at when it comes into force; empty for at once
   */
  public String publish(String draft, String comment, Optional<Instant> at)
      throws RemoteException, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("comment", comment);
    at.ifPresent(when -> body.put("at", when.toString()));
    return published(server.call("POST", path + "drafts/" + encoded(draft) + "/publish", body));
  }

  public String rollBack(int version, String comment) throws RemoteException, InterruptedException {
    return published(
        server.call(
            "POST", path + "versions/" + version + "/rollback", Map.of("comment", comment)));
  }

  public String withdraw(int version) throws RemoteException, InterruptedException {
    return published(server.call("POST", path + "versions/" + version + "/withdraw", Map.of()));
  }

  private String published(JsonNode published) {
    StringBuilder text = new StringBuilder(line(published.path("version"))).append('\n');
    published
        .path("warnings")
        .forEach(warning -> text.append("warning  ").append(warning.asString()).append('\n'));
    return text.toString();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }
}
