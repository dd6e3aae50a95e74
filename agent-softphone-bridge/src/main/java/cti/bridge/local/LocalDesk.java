package cti.bridge.local;

import cti.bridge.links.DialTarget;
import cti.bridge.pairing.Pairing;
import cti.bridge.phone.Outcome;
import cti.bridge.phone.Phone;
import cti.bridge.phone.PhoneCall;
import cti.bridge.phone.PhoneFeature;
import cti.bridge.phone.PhoneOrder;
import cti.bridge.phone.PhoneStatus;
import cti.bridge.pop.PopTimes;
import cti.bridge.pop.ScreenPop;
import cti.bridge.server.ServerLink;
import cti.bridge.server.ServerStatus;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the local API shows and does, as JSON; docs/api/bridge-openapi.yaml has the shapes. */
public final class LocalDesk {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ServerLink link;
  private final Phone phone;
  private final ScreenPop pop;

  public LocalDesk(ServerLink link, Phone phone, ScreenPop pop) {
    this.link = link;
    this.phone = phone;
    this.pop = pop;
  }

  ObjectNode state() {
    ObjectNode state = JSON.createObjectNode();
    ServerStatus status = link.status();
    ObjectNode server = state.putObject("server");
    server.put("state", status.state().word());
    server.put("detail", status.detail());
    link.pairing().map(Pairing::agent).ifPresent(agent -> state.put("agent", agent));
    state.set("phone", phone());
    ObjectNode screen = state.putObject("pop");
    PopTimes.Figures times = pop.times().figures();
    screen.put("on", pop.isOn());
    screen.put("count", times.count());
    screen.put("p50Micros", times.p50Micros());
    screen.put("p99Micros", times.p99Micros());
    screen.put("waitP99Micros", pop.waits().figures().p99Micros());
    screen.put("startP99Micros", pop.starts().figures().p99Micros());
    pop.newest()
        .ifPresent(
            one -> {
              ObjectNode newest = screen.putObject("newest");
              newest.put("call", one.call());
              newest.put("rangAt", one.rangAt().toString());
              newest.put("waitMicros", one.waitMicros());
              newest.put("startMicros", one.startMicros());
            });
    return state;
  }

  private ObjectNode phone() {
    ObjectNode node = JSON.createObjectNode();
    PhoneStatus status = phone.status();
    node.put("kind", phone.kind());
    status.extension().ifPresent(number -> node.put("extension", number));
    status.registration().ifPresent(registered -> node.put("registered", registered));
    status.problem().ifPresent(why -> node.put("problem", why));
    status
        .devices()
        .ifPresent(
            used -> {
              node.put("audioSource", used.source());
              node.put("audioPlayer", used.player());
            });
    status.audioProblem().ifPresent(why -> node.put("audioProblem", why));
    status
        .quality()
        .ifPresent(
            measured -> {
              ObjectNode quality = node.putObject("quality");
              quality.put("lossPermille", measured.lossPermille());
              quality.put("jitterMicros", measured.jitterMicros());
              quality.put("roundTripMicros", measured.roundTripMicros());
            });
    Set<PhoneFeature> able = phone.features();
    ObjectNode features = node.putObject("features");
    for (PhoneFeature feature : PhoneFeature.values()) {
      features.put(feature.word(), able.contains(feature));
    }
    return node;
  }

  ObjectNode calls() {
    ObjectNode calls = JSON.createObjectNode();
    var items = calls.putArray("items");
    for (PhoneCall call : phone.status().calls()) {
      ObjectNode item = items.addObject();
      item.put("id", call.id());
      item.put("direction", call.incoming() ? "incoming" : "outgoing");
      item.put("number", call.number());
      item.put("name", call.name());
      item.put("state", call.state().word());
      item.put("muted", call.muted());
    }
    var server = calls.putArray("onRecord");
    link.calls().forEach(server::add);
    return calls;
  }

  /**
   * Dials what people write or links hold. Where the server is there it rings the agent's phone
   * first and has the call on record as the agent's; else the phone dials by itself.
   *
   * @throws IllegalArgumentException where it holds no number
   */
  CompletionStage<Outcome> dial(String target) {
    String number = DialTarget.number(target);
    if (link.status().state() == ServerStatus.State.LIVE) {
      return link.command(Map.of("command", "dial", "number", number)).thenApply(came -> came);
    }
    return perform(new PhoneOrder.Dial(number));
  }

  CompletionStage<Outcome> perform(PhoneOrder order) {
    return phone.perform(order);
  }

  /**
   * An order in a call.
   *
   * @param name one of {@link #ORDERS}
   * @throws IllegalArgumentException where a field that it needs is missing or unsound
   */
  CompletionStage<Outcome> perform(String name, String call, JsonNode body) {
    return perform(
        switch (name) {
          case "answer" -> new PhoneOrder.Answer(call);
          case "reject" -> new PhoneOrder.Reject(call);
          case "hangUp" -> new PhoneOrder.HangUp(call);
          case "hold" -> new PhoneOrder.Hold(call);
          case "retrieve" -> new PhoneOrder.Retrieve(call);
          case "transfer" -> new PhoneOrder.Transfer(call, DialTarget.number(text(body, "number")));
          case "keys" -> new PhoneOrder.Keys(call, text(body, "keys"));
          case "mute" -> new PhoneOrder.Mute(call, flag(body, "on"));
          default -> throw new IllegalArgumentException(name + ", expected one of " + ORDERS);
        });
  }

  /** The orders in a call. */
  static final java.util.List<String> ORDERS =
      java.util.List.of(
          "answer", "reject", "hangUp", "hold", "retrieve", "transfer", "keys", "mute");

  void pop(boolean on) {
    pop.on(on);
  }

  static String text(JsonNode body, String field) {
    JsonNode value = body.path(field);
    if (!value.isString() || value.asString().isBlank() || value.asString().length() > 200) {
      throw new IllegalArgumentException(
          field + " is " + (value.isMissingNode() ? "missing" : value) + ", expected a text");
    }
    return value.asString();
  }

  static boolean flag(JsonNode body, String field) {
    JsonNode value = body.path(field);
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(
          field
              + " is "
              + (value.isMissingNode() ? "missing" : value)
              + ", expected true or false");
    }
    return value.asBoolean();
  }
}
