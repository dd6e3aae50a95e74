package cti.server.web.client;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The rules that route calls, on a running server; answers are texts for people. */
public final class RoutingClient extends VersionsClient {
  private static final String PATH = "/api/v1/routing/";
  private static final int PAGE = 500;

  private final ZoneId zone;

  private RoutingClient(RemoteServer server, ZoneId zone) {
    super(server, PATH, zone);
    this.zone = zone;
  }

  /**
   * @param zone in which times are shown
   */
  public static RoutingClient signIn(URI base, String user, String password, ZoneId zone)
      throws RemoteException, InterruptedException {
    return new RoutingClient(RemoteServer.signIn(base, user, password), zone);
  }

  /** Faults and warnings; no fault line where there is none. */
  public Checked check(String yaml) throws RemoteException, InterruptedException {
    JsonNode checked = server.call("POST", PATH + "check", Map.of("yaml", yaml));
    return new Checked(checked.path("faults").isEmpty(), findings(checked));
  }

  /** What a check found. */
  public record Checked(boolean sound, String text) {}

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
}
