package cti.bridge.phone.baresip;

import cti.bridge.phone.PhoneStatus.Quality;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What ctrl_tcp sends: an answer to a command, or an event. */
sealed interface BaresipMessage {
  JsonMapper JSON = JsonMapper.builder().build();

  /** {@code text} is what the menu printed. */
  record Response(String token, boolean ok, String text) implements BaresipMessage {}

  /**
   * Something happened.
   *
   * @param type such as CALL_INCOMING, REGISTER_OK
   * @param call baresip's id of it, empty where it is about none
   * @param param what the event says besides
   */
  record Event(
      String type,
      String account,
      String call,
      boolean incoming,
      String peer,
      String peerName,
      String param,
      Optional<Quality> quality)
      implements BaresipMessage {}

  /**
   * Reads one.
   *
   * @throws IOException where it is neither
   */
  static BaresipMessage read(String text) throws IOException {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JacksonException e) {
      throw new Netstrings.GarbageException(
          "a message that is no JSON (" + e.getOriginalMessage() + "), expected one of ctrl_tcp");
    }
    if (node.path("response").asBoolean(false)) {
      return new Response(
          node.path("token").asString(""),
          node.path("ok").asBoolean(false),
          node.path("data").asString(""));
    }
    if (node.path("event").asBoolean(false)) {
      return new Event(
          node.path("type").asString(""),
          node.path("accountaor").asString(""),
          node.path("id").asString(""),
          node.path("direction").asString("").equals("incoming"),
          node.path("peeruri").asString(""),
          node.path("peerdisplayname").asString(""),
          node.path("param").asString(""),
          quality(node.path("rtcp_stats")));
    }
    throw new Netstrings.GarbageException(
        "a message that is neither response nor event, expected one of ctrl_tcp");
  }

  /** Packets and loss of what we hear; jitter and round trip are microseconds (re, rtcp_stats). */
  private static Optional<Quality> quality(JsonNode stats) {
    if (!stats.isObject()) {
      return Optional.empty();
    }
    long received = Math.max(0, stats.at("/rx/sent").asLong(0));
    long lost = Math.max(0, stats.at("/rx/lost").asLong(0));
    long all = received + lost;
    return Optional.of(
        new Quality(
            all == 0 ? 0 : Math.min(1000, lost * 1000 / all),
            Math.max(0, stats.at("/rx/jit").asLong(0)),
            Math.max(0, stats.path("rtt").asLong(0))));
  }

  static String command(String name, Optional<String> params, String token) {
    ObjectNode node = JSON.createObjectNode();
    node.put("command", name);
    params.ifPresent(text -> node.put("params", text));
    node.put("token", token);
    return JSON.writeValueAsString(node);
  }
}
