package cti.bench.demo;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prints a line per piece of news of a call; one stream feeds it. */
final class CallLines implements Consumer<String> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, Integer> numbers = new HashMap<>();

  @Override
  public void accept(String text) {
    JsonNode frame = JSON.readTree(text);
    if (frame.path("type").asString("").equals("call")) {
      JsonNode call = frame.get("call");
      what(frame.get("event").asString(), call)
          .ifPresent(
              what ->
                  System.out.printf(
                      "%s  call %d  %s  %s%n",
                      LocalTime.now().truncatedTo(ChronoUnit.SECONDS),
                      numberOf(call),
                      who(call),
                      what));
    }
  }

  private int numberOf(JsonNode call) {
    return numbers.computeIfAbsent(call.get("id").asString(), id -> numbers.size() + 1);
  }

  private static String who(JsonNode call) {
    String number = call.path("callingNumber").asString("");
    JsonNode callers = call.path("callers");
    return callers.isEmpty() ? number : number + " " + callers.get(0).path("name").asString("");
  }

  private static Optional<String> what(String event, JsonNode call) {
    return switch (event) {
      case "ServiceInitiated" -> Optional.of("dials the hotline");
      case "Queued" -> Optional.of("waits in queue " + call.path("queue").asString("?"));
      case "Delivered" -> Optional.of("rings at agent " + call.path("agent").asString("?"));
      case "Established" -> Optional.of("talks to agent " + call.path("agent").asString("?"));
      case "CallMissed" -> Optional.of("is a missed call");
      case "CallCleared" ->
          Optional.of("is over: " + call.path("end").path("outcome").asString("?"));
      default -> Optional.empty();
    };
  }
}
