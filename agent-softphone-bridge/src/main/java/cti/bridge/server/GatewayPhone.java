package cti.bridge.server;

import cti.bridge.phone.Outcome;
import cti.bridge.phone.Phone;
import cti.bridge.phone.PhoneCall;
import cti.bridge.phone.PhoneFeature;
import cti.bridge.phone.PhoneListener;
import cti.bridge.phone.PhoneOrder;
import cti.bridge.phone.PhoneStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * A desk phone behind the switch, which nobody can drive but through the gateway: what cti-server
 * does for it. It cannot be answered, muted, or made to press keys from here.
 */
public final class GatewayPhone implements Phone {
  private static final Set<PhoneFeature> FEATURES =
      EnumSet.of(
          PhoneFeature.HANG_UP,
          PhoneFeature.HOLD,
          PhoneFeature.RETRIEVE,
          PhoneFeature.TRANSFER,
          PhoneFeature.DIAL);

  private final Supplier<ServerLink> server;
  private final Optional<String> extension;

  /**
   * Drives it through a link that is made later.
   *
   * @param server asked with each order
   * @param extension its number, where it was told
   */
  public GatewayPhone(Supplier<ServerLink> server, Optional<String> extension) {
    this.server = server;
    this.extension = extension;
  }

  @Override
  public String kind() {
    return "gateway";
  }

  @Override
  public void start(PhoneListener listener) {
    // The server's link tells what happens.
  }

  @Override
  public PhoneStatus status() {
    List<PhoneCall> calls = server.get().calls().stream().map(this::call).toList();
    return new PhoneStatus(
        extension,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        calls);
  }

  private PhoneCall call(JsonNode view) {
    boolean ours = view.path("direction").asString("").equals("outbound");
    String number = view.path(ours ? "dialledNumber" : "callingNumber").asString("");
    PhoneCall.State state =
        switch (view.path("phase").asString("")) {
          case "talking", "ending" -> PhoneCall.State.TALKING;
          case "on-hold" -> PhoneCall.State.HELD;
          default -> ours ? PhoneCall.State.DIALLING : PhoneCall.State.RINGING;
        };
    return new PhoneCall(
        view.path("id").asString(""),
        !ours,
        number,
        view.path("callingName").asString(""),
        state,
        false);
  }

  @Override
  public Set<PhoneFeature> features() {
    return FEATURES;
  }

  @Override
  public CompletionStage<Outcome> perform(PhoneOrder order) {
    return switch (order) {
      case PhoneOrder.HangUp(String call) -> give("hangUp", Map.of("call", call));
      case PhoneOrder.Hold(String call) -> give("hold", Map.of("call", call));
      case PhoneOrder.Retrieve(String call) -> give("retrieve", Map.of("call", call));
      case PhoneOrder.Transfer(String call, String number) ->
          give("transfer", Map.of("call", call, "toNumber", number));
      case PhoneOrder.Dial(String number) -> give("dial", Map.of("number", number));
      case PhoneOrder.Answer other -> notAvailable(other);
      case PhoneOrder.Reject other -> notAvailable(other);
      case PhoneOrder.Keys other -> notAvailable(other);
      case PhoneOrder.Mute other -> notAvailable(other);
      case PhoneOrder.AutoAnswer other -> notAvailable(other);
    };
  }

  private CompletionStage<Outcome> give(String command, Map<String, String> fields) {
    Map<String, String> all = new java.util.HashMap<>(fields);
    all.put("command", command);
    return server.get().command(all).thenApply(outcome -> outcome);
  }

  private CompletionStage<Outcome> notAvailable(PhoneOrder order) {
    return CompletableFuture.completedFuture(Outcome.notAvailable(order.feature(), kind()));
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
