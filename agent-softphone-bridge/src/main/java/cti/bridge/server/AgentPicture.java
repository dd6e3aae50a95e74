package cti.bridge.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The calls and pops of one agent, folded from the stream, and the place to resume from. One owner:
 * the thread of the link; what {@link #calls} gives may be read anywhere.
 */
final class AgentPicture {
  private final String agent;
  private final ServerListener listener;
  private final Map<String, JsonNode> calls = new LinkedHashMap<>();
  private volatile List<JsonNode> shown = List.of();
  private Optional<String> epoch = Optional.empty();
  private long seq;

  AgentPicture(String agent, ServerListener listener) {
    this.agent = agent;
    this.listener = listener;
  }

  /** What the server sent last of every call of the agent that lasts. */
  List<JsonNode> calls() {
    return shown;
  }

  /** The subscription that goes on where the last connection broke. */
  JsonNode subscription() {
    var frame = ServerHttp.JSON.createObjectNode();
    frame.put("op", "subscribe");
    frame.putArray("topics").add("calls").add("pops");
    frame.put("gather", true);
    epoch.ifPresent(
        run -> {
          var resume = frame.putObject("resume");
          resume.put("epoch", run);
          resume.put("seq", seq);
        });
    return frame;
  }

  /** Takes a frame; those that it does not know are passed over. */
  void take(JsonNode frame, long nanos) {
    switch (frame.path("type").asString("")) {
      case "snapshot" -> snapshot(frame, nanos);
      case "live" -> keep(frame);
      case "call" -> {
        call(frame.path("call"), nanos);
        seq = frame.path("seq").asLong(seq);
      }
      case "gateway" -> {
        frame.path("calls").values().forEach(call -> call(call, nanos));
        seq = frame.path("seq").asLong(seq);
      }
      case "changes" -> {
        frame.path("frames").values().forEach(inner -> take(inner, nanos));
        seq = frame.path("seq").asLong(seq);
      }
      case "pop" -> pop(frame.path("pop"), nanos);
      default -> {
        // Of no interest here, or newer than this bridge.
      }
    }
  }

  private void keep(JsonNode frame) {
    epoch = Optional.of(frame.path("epoch").asString(""));
    seq = frame.path("seq").asLong(0);
  }

  private void snapshot(JsonNode frame, long nanos) {
    keep(frame);
    List<String> before = new ArrayList<>(calls.keySet());
    calls.clear();
    frame.path("pops").values().forEach(pop -> pop(pop, nanos));
    frame.path("calls").values().forEach(call -> call(call, nanos));
    before.removeAll(calls.keySet());
    if (!before.isEmpty()) {
      shown = List.copyOf(calls.values());
      listener.changed();
    }
  }

  private void pop(JsonNode pop, long nanos) {
    if (pop.path("agent").asString("").equals(agent)) {
      listener.pop(pop, nanos);
    }
  }

  private void call(JsonNode call, long nanos) {
    String id = call.path("id").asString("");
    boolean over = call.has("end");
    boolean mine = call.path("agent").asString("").equals(agent) || hasOpenPart(call);
    if (mine && !over) {
      calls.put(id, call);
    } else if (calls.remove(id) == null) {
      return;
    }
    shown = List.copyOf(calls.values());
    listener.call(call, nanos);
  }

  private boolean hasOpenPart(JsonNode call) {
    return call.path("parts").values().stream()
        .anyMatch(part -> part.path("agent").asString("").equals(agent) && !part.has("endedAt"));
  }
}
