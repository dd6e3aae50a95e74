package cti.server.web.client;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The rules that route calls, on a running server; answers are texts for people. */
public final class RoutingClient implements AutoCloseable {
  private static final String PATH = "/api/v1/routing/";
  private static final int PAGE = 500;

  private final RemoteServer server;
  private final ZoneId zone;

  private RoutingClient(RemoteServer server, ZoneId zone) {
    this.server = server;
    this.zone = zone;
  }

  /**
   * @param zone in which times are shown
   */
  public static RoutingClient signIn(URI base, String user, String password, ZoneId zone)
      throws RemoteException, InterruptedException {
    return new RoutingClient(RemoteServer.signIn(base, user, password), zone);
  }

  /** Versions, newest first, and drafts. */
  public String list() throws RemoteException, InterruptedException {
    StringBuilder text = new StringBuilder();
    for (JsonNode version : server.get(PATH + "versions").path("items")) {
      text.append(line(version)).append('\n');
    }
    for (JsonNode draft : server.get(PATH + "drafts").path("items")) {
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

  private String time(JsonNode instant) {
    return Instant.parse(instant.asString()).atZone(zone).toLocalDateTime().toString();
  }

  /**
   * The text of a version or of a draft.
   *
   * @param which a number or a name; empty for what is in force
   */
  public String text(Optional<String> which) throws RemoteException, InterruptedException {
    String name =
        which.isPresent() ? which.get() : server.get(PATH + "versions").path("inForce").asString();
    String folder = name.matches("[0-9]+") ? "versions/" : "drafts/";
    return server.get(PATH + folder + encoded(name)).path("yaml").asString();
  }

  /** Begins or changes a draft; what is wrong with it. */
  public String put(String draft, String yaml) throws RemoteException, InterruptedException {
    int revision = 0;
    for (JsonNode known : server.get(PATH + "drafts").path("items")) {
      if (known.path("name").asString().equals(draft)) {
        revision = known.path("revision").asInt();
      }
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("yaml", yaml);
    body.put("revision", revision);
    JsonNode saved = server.call("PUT", PATH + "drafts/" + encoded(draft), body);
    return "draft "
        + draft
        + ", revision "
        + saved.path("draft").path("revision").asInt()
        + "\n"
        + findings(saved);
  }

  public String drop(String draft) throws RemoteException, InterruptedException {
    server.call("DELETE", PATH + "drafts/" + encoded(draft), Map.of());
    return "draft " + draft + " is dropped\n";
  }

  /** Faults and warnings; no fault line where there is none. */
  public Checked check(String yaml) throws RemoteException, InterruptedException {
    JsonNode checked = server.call("POST", PATH + "check", Map.of("yaml", yaml));
    return new Checked(checked.path("faults").isEmpty(), findings(checked));
  }

  /** What a check found. */
  public record Checked(boolean sound, String text) {}

  private static String findings(JsonNode checked) {
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
    String text = server.get(PATH + "diff?" + query).path("text").asString();
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
    return published(server.call("POST", PATH + "drafts/" + encoded(draft) + "/publish", body));
  }

  public String rollBack(int version, String comment) throws RemoteException, InterruptedException {
    return published(
        server.call(
            "POST", PATH + "versions/" + version + "/rollback", Map.of("comment", comment)));
  }

  public String withdraw(int version) throws RemoteException, InterruptedException {
    return published(server.call("POST", PATH + "versions/" + version + "/withdraw", Map.of()));
  }

  private String published(JsonNode published) {
    StringBuilder text = new StringBuilder(line(published.path("version"))).append('\n');
    published
        .path("warnings")
        .forEach(warning -> text.append("warning  ").append(warning.asString()).append('\n'));
    return text.toString();
  }

  /**
   * Why a call would go where.
   *
   * @param yaml rules to ask; empty for those in force
   */
  public String explain(
      String from, String dialled, Optional<Instant> at, String keys, Optional<String> yaml)
      throws RemoteException, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("from", from);
    body.put("dialled", dialled);
    body.put("keys", keys);
    at.ifPresent(when -> body.put("at", when.toString()));
    yaml.ifPresent(text -> body.put("yaml", text));
    return ExplainedText.of(server.call("POST", PATH + "explain", body), zone);
  }

  /** Which desks work and who is on duty. */
  public String calendar(Optional<Instant> at) throws RemoteException, InterruptedException {
    JsonNode calendar =
        server.get(
            PATH + "calendar" + at.map(when -> "?at=" + encoded(when.toString())).orElse(""));
    StringBuilder text = new StringBuilder();
    calendar.path("desks").forEach(desk -> text.append(desk.path("why").asString()).append('\n'));
    for (JsonNode roster : calendar.path("rosters")) {
      text.append("roster ").append(roster.path("name").asString()).append(':');
      roster
          .path("people")
          .forEach(
              person ->
                  text.append(' ')
                      .append(person.path("id").asString())
                      .append(' ')
                      .append(person.path("name").asString())
                      .append(' ')
                      .append(person.path("mobile").asString("no number")));
      text.append(
          roster.has("until") ? ", until " + time(roster.path("until")) : " nobody is on duty");
      text.append('\n');
      roster
          .path("gaps")
          .forEach(
              gap ->
                  text.append("  nobody from ")
                      .append(time(gap.path("from")))
                      .append(" until ")
                      .append(time(gap.path("until")))
                      .append('\n'));
    }
    return text.isEmpty() ? "the rules in force have no hours and no rosters\n" : text.toString();
  }

  /** A text of rules with the days of an iCalendar file in it. */
  public String withHolidays(String yaml, String calendar, String ical)
      throws RemoteException, InterruptedException {
    return server
        .call("POST", PATH + "holidays", Map.of("ical", ical, "calendar", calendar, "yaml", yaml))
        .path("yaml")
        .asString();
  }

  /** Begins a replay of calls of the past; its id. */
  public String replay(String name, String yaml, Instant from, Instant to)
      throws RemoteException, InterruptedException {
    return server
        .call(
            "POST",
            PATH + "what-if",
            Map.of("name", name, "yaml", yaml, "from", from.toString(), "to", to.toString()))
        .path("id")
        .asString();
  }

  /** How a replay stands. */
  public record Replay(boolean over, String text) {}

  public Replay replay(String id) throws RemoteException, InterruptedException {
    JsonNode replay = server.get(PATH + "what-if/" + encoded(id));
    StringBuilder text = new StringBuilder();
    text.append(
        "%d of %d calls: %d the same, %d changed, %d depend on what is not known\n"
            .formatted(
                replay.path("done").asLong(),
                replay.path("calls").asLong(),
                replay.path("same").asLong(),
                replay.path("changed").asLong(),
                replay.path("open").asLong()));
    replay
        .path("unknowable")
        .forEach(what -> text.append("not known: ").append(what.asString()).append('\n'));
    if (replay.has("fault")) {
      throw new RemoteException("the replay broke off: " + replay.path("fault").asString());
    }
    return new Replay(replay.has("endedAt"), text.toString());
  }

  /** Changed calls of a replay, in parts. */
  public Changes changes(String id, int offset) throws RemoteException, InterruptedException {
    JsonNode page =
        server.get(
            PATH + "what-if/" + encoded(id) + "/changes?offset=" + offset + "&limit=" + PAGE);
    StringBuilder text = new StringBuilder();
    for (JsonNode change : page.path("items")) {
      text.append(time(change.path("at")))
          .append("  ")
          .append(change.path("callingNumber").asString())
          .append("  ")
          .append(change.path("before").asString())
          .append("  ->  ")
          .append(change.path("after").asString());
      if (change.has("open")) {
        text.append("  [depends on ").append(change.path("open").asString()).append(']');
      }
      text.append('\n');
    }
    return new Changes(
        text.toString(),
        page.has("next") ? Optional.of(page.path("next").asInt()) : Optional.empty());
  }

  /** A part of the list. */
  public record Changes(String text, Optional<Integer> next) {}

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }
}
