package cti.testbed.client;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How complete the records are: the sums of all hours.
 *
 * @param problem why nothing is checked; empty while all is well
 * @param waiting calls of the logs that are not on record, or not whole, at this moment
 * @param logged calls of the gateway's logs
 * @param onRecord calls on record that are over: live, recovered and lost track
 */
public record CompletenessView(
    boolean configured,
    String problem,
    int waiting,
    long logged,
    OnRecord onRecord,
    long missing,
    long different,
    long unknown) {

  /** By how the record came to be. */
  public record OnRecord(long live, long recovered, long lostTrack) {}

  static CompletenessView of(JsonNode view) {
    List<JsonNode> hours = List.copyOf(view.path("items").values());
    return new CompletenessView(
        view.path("configured").asBoolean(),
        view.path("problem").asString(),
        view.path("missingNow").asInt(),
        sum(hours, "logged"),
        new OnRecord(sum(hours, "live"), sum(hours, "recovered"), sum(hours, "lostTrack")),
        sum(hours, "missing"),
        sum(hours, "different"),
        sum(hours, "unknown"));
  }

  private static long sum(List<JsonNode> hours, String figure) {
    return hours.stream().mapToLong(hour -> hour.path(figure).asLong()).sum();
  }

  /** Whether every call of the logs is on record, and says the same. */
  public boolean whole() {
    return configured
        && problem.isEmpty()
        && waiting == 0
        && missing == 0
        && different == 0
        && unknown == 0;
  }
}
