package cti.core.engine;

import cti.core.call.Call;
import cti.core.call.EventCause;
import cti.core.id.ChannelId;
import cti.core.id.ConnectionId;
import java.time.Instant;
import java.util.function.Consumer;

/** Hands what the gateway tells of devices to those who decide. */
final class PartInputs {
  private final EngineSettings settings;
  private final CallDecisions calls;
  private final PartDecisions parts;
  private final HoldsUnderway holds;

  PartInputs(
      EngineSettings settings, CallDecisions calls, PartDecisions parts, HoldsUnderway holds) {
    this.settings = settings;
    this.calls = calls;
    this.parts = parts;
    this.holds = holds;
  }

  void handle(GatewayInput.OfParts input, Turn turn) {
    Instant at = input.at();
    switch (input) {
      case GatewayInput.DialStarted e ->
          onCall(
              e.leg(),
              turn,
              call ->
                  parts.dialled(
                      call,
                      e.dialler().map(settings::connection),
                      settings.connection(e.leg()),
                      e.dialled(),
                      turn,
                      at));
      case GatewayInput.ChannelHeld e ->
          onCall(
              e.channel(),
              turn,
              call -> parts.held(call, of(e.channel()), EventCause.NORMAL, turn, at));
      case GatewayInput.ChannelRetrieved e ->
          onCall(
              e.channel(),
              turn,
              call -> parts.retrieved(call, of(e.channel()), EventCause.NORMAL, turn, at));
      case GatewayInput.BlindTransferred e ->
          onCall(
              e.transferer(),
              turn,
              call -> parts.blindTransferred(call, of(e.transferer()), e.target(), turn, at));
      case GatewayInput.AttendedTransferred e ->
          onCall(
              e.transferer(),
              turn,
              call ->
                  parts.attendedTransferred(
                      call, of(e.transferer()), e.threeWay(), e.target(), turn, at));
      case GatewayInput.BridgeEntered e ->
          turn.callOf(of(e.channel()))
              .ifPresentOrElse(
                  call -> {
                    calls.bridged(call, of(e.channel()), e.bridge(), turn, at);
                    holds.bridged(call, of(e.channel()), turn);
                  },
                  () -> calls.cameBack(of(e.channel()), e.bridge(), turn, at));
      case GatewayInput.BridgeGone e -> calls.bridgeGone(e.bridge());
      case GatewayInput.PickedUp e ->
          onCall(e.rang(), turn, call -> calls.pickedUp(call, of(e.rang()), of(e.by()), turn, at));
    }
  }

  private ConnectionId of(ChannelId channel) {
    return settings.connection(channel);
  }

  private void onCall(ChannelId channel, Turn turn, Consumer<Call> then) {
    turn.callOf(of(channel)).ifPresent(then);
  }
}
