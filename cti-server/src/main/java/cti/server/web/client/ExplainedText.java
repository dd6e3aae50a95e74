package cti.server.web.client;

import java.time.Instant;
import java.time.ZoneId;
import tools.jackson.databind.JsonNode;

/** Why a call would go where, as a text for people. */
final class ExplainedText {
  private ExplainedText() {}

  static String of(JsonNode explained, ZoneId zone) {
    JsonNode details = explained.path("details");
    StringBuilder text = new StringBuilder();
    line(
        text,
        "at",
        Instant.parse(details.path("at").asString()).atZone(zone).toLocalDateTime().toString());
    line(text, "version", details.path("version").asString());
    if (explained.path("people").isEmpty()) {
      line(text, "caller", "in no directory");
    }
    for (JsonNode person : explained.path("people")) {
      line(
          text,
          "caller",
          person.path("id").asString()
              + " "
              + person.path("name").asString()
              + ", "
              + person.path("department").asString()
              + ", site "
              + person.path("site").asString()
              + (person.path("vip").asBoolean() ? ", VIP" : ""));
    }
    StringBuilder way = new StringBuilder();
    explained
        .path("way")
        .forEach(node -> way.append(way.isEmpty() ? "" : " > ").append(node.asString()));
    line(text, "flow", way.toString());
    line(
        text,
        "choice",
        details.path("choice").asString("none")
            + (details.path("keys").asString().isEmpty()
                ? ""
                : ", keys " + details.path("keys").asString()));
    details.path("calendars").forEach(calendar -> line(text, "calendar", calendar.asString()));
    for (JsonNode rule : details.path("passedOver")) {
      line(
          text,
          "not",
          rule.path("rule").asString()
              + ": "
              + rule.path("why").asString()
              + (rule.path("known").asBoolean() ? "" : " (not known)"));
    }
    line(
        text,
        "rule",
        details.has("rule")
            ? details.path("rule").asString() + ": " + details.path("reason").asString()
            : "none holds");
    line(text, "desk", explained.path("desk").asString("none: the flow asks the caller"));
    int number = 0;
    for (JsonNode target : details.path("targets")) {
      number++;
      boolean first = number == details.path("tried").asInt();
      line(text, "target " + number, target.asString() + (first ? "  <- first tried" : ""));
    }
    details.path("skipped").forEach(skipped -> line(text, "skipped", skipped.asString()));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-9s %s%n".formatted(name, value));
  }
}
