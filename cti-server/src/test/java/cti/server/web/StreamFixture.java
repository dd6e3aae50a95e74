package cti.server.web;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/** A stream of a small world, read as frames. */
abstract class StreamFixture {
  final WebFixture web = new WebFixture();
  final World world = web.world;

  @AfterEach
  void stop() {
    web.close();
  }

  static String type(JsonNode frame) {
    return frame.get("type").asString();
  }

  static List<String> ids(JsonNode views) {
    return views.values().stream().map(view -> view.get("id").asString()).toList();
  }

  static String resume(String epoch, long seq) {
    return ("{\"op\":\"subscribe\",\"topics\":[\"calls\",\"agents\",\"pops\",\"gateway\"],"
            + "\"resume\":{\"epoch\":\"%s\",\"seq\":%d}}")
        .formatted(epoch, seq);
  }

  static String command(String id, String command, String more) {
    return "{\"op\":\"command\",\"id\":\"%s\",\"command\":\"%s\"%s}".formatted(id, command, more);
  }
}
