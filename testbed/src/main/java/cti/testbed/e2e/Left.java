package cti.testbed.e2e;

import cti.testbed.client.Api;
import cti.testbed.client.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What callers left, as REST tells it. */
final class Left {
  private static final Duration TO_BE_ON_RECORD = Duration.ofSeconds(15);

  private Left() {}

  /** Waits for an item of a list. */
  static JsonNode awaitOne(
      Stage stage, String what, String path, Duration limit, Predicate<JsonNode> wanted)
      throws InterruptedException {
    Api api = stage.house().supervisor();
    JsonNode[] found = {null};
    Patience.until(
        what,
        limit,
        () -> {
          try {
            JsonNode items = api.tree(path).path("items");
            for (JsonNode item : items.values()) {
              if (wanted.test(item)) {
                found[0] = item;
                return Optional.empty();
              }
            }
            return Optional.of(items.toString());
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
    return found[0];
  }

  /** The callback that was asked for in a call. */
  static JsonNode callback(Stage stage, String number, String call) throws InterruptedException {
    return awaitOne(
        stage,
        "the callback is on record",
        "/api/v1/callbacks?open=true",
        TO_BE_ON_RECORD,
        item ->
            item.path("number").asString().equals(number)
                && item.path("call").asString().equals(call));
  }

  /** Nobody is called back by it any more. */
  static void cancelCallback(Stage stage, String number, String call)
      throws IOException, InterruptedException {
    String id = callback(stage, number, call).path("id").asString();
    stage.house().supervisor().delete("/api/v1/callbacks/" + id.replace(":", "%3A"));
    JsonNode over =
        awaitOne(
            stage,
            "the callback is off the list",
            "/api/v1/callbacks?open=false",
            TO_BE_ON_RECORD,
            item -> item.path("id").asString().equals(id));
    Expect.equal("outcome", "cancelled", over.path("outcome").asString());
    Expect.equal("by", "supervisor", over.path("endedBy").asString());
  }
}
