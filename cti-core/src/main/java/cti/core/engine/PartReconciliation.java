package cti.core.engine;

import cti.core.call.Call;
import cti.core.call.Connection;
import cti.core.call.ConnectionState;
import cti.core.call.EventCause;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.call.TransferKind;
import cti.core.engine.GatewayInput.ChannelFacts;
import cti.core.event.CallEvent.Conferenced;
import cti.core.event.CallEvent.PartDelivered;
import cti.core.event.CallEvent.Transferred;
import cti.core.id.ChannelId;
import cti.core.id.ConnectionId;
import cti.core.id.Extension;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a snapshot says of the devices of one call: who is with the caller, who on hold. */
final class PartReconciliation {
  private final EngineSettings settings;
  private final LiveState state;
  private final PartDecisions parts;

  PartReconciliation(EngineSettings settings, LiveState state, PartDecisions parts) {
    this.settings = settings;
    this.state = state;
    this.parts = parts;
  }

  void reconcile(Call call, List<ChannelFacts> channels, Turn turn, Instant at) {
    Wiring wiring = new Wiring(channels, settings.addressing());
    Optional<ChannelFacts> caller =
        channels.stream()
            .filter(c -> settings.connection(c.channel()).equals(call.caller().connection()))
            .findFirst();
    if (ours(call)
        && call.parts().getFirst().times().answeredAt().isEmpty()
        && caller.filter(channel -> !channel.bridge().isEmpty()).isPresent()) {
      parts.dialsByPhone(call, EventCause.RESYNC, turn, at);
    }
    Set<ChannelId> withCaller = caller.map(wiring::reach).orElse(Set.of());
    for (ChannelFacts channel : channels) {
      if (!caller.equals(Optional.of(channel)) && !channel.bridge().isEmpty()) {
        bridged(call, channel, wiring, withCaller.contains(channel.channel()), turn, at);
      }
    }
    joined(call, withCaller, turn, at);
  }

  private void bridged(
      Call call, ChannelFacts channel, Wiring wiring, boolean withCaller, Turn turn, Instant at) {
    ConnectionId connection = settings.connection(channel.channel());
    if (left(now(call, turn), connection)) {
      return;
    }
    Optional<Part> known = now(call, turn).part(connection);
    if (known.isEmpty()) {
      Optional<Extension> phone = wiring.phone(channel);
      if (phone.isEmpty() && !wiring.outside(channel)) {
        return;
      }
      turn.happen(
          new PartDelivered(
              call.id(),
              at,
              EventCause.RESYNC,
              connection,
              role(now(call, turn), withCaller),
              phone.flatMap(state::agentAt),
              phone.map(Extension::value).orElse(channel.callingNumber())));
    }
    parts.answered(now(call, turn), connection, EventCause.RESYNC, turn, at);
    Part part = now(call, turn).part(connection).orElseThrow();
    if (part.role() == PartRole.CONSULTED || part.role() == PartRole.CALLER) {
      return;
    }
    if (!withCaller) {
      parts.held(now(call, turn), connection, EventCause.RESYNC, turn, at);
    } else if (part.state() == ConnectionState.HELD && heldByCommand(call)) {
      parts.retrieved(now(call, turn), connection, EventCause.RESYNC, turn, at);
    }
  }

  /**
   * Seen to its end: the picture is a moment older than what was seen, or an agent whose caller
   * left is still with whom they consulted, or a leg that goes on without its phone.
   */
  private static boolean left(Call call, ConnectionId connection) {
    return call.part(connection).isEmpty()
        && call.parts().stream().anyMatch(part -> part.id().equals(connection));
  }

  private static PartRole role(Call call, boolean withCaller) {
    if (!withCaller) {
      return PartRole.CONSULTED;
    }
    return ours(call) || !call.answered() ? PartRole.CALLED : PartRole.TRANSFERRED_TO;
  }

  private static boolean ours(Call call) {
    return switch (call.origin().direction()) {
      case OUTBOUND, INTERNAL -> true;
      case INBOUND, OTHER -> false;
    };
  }

  /** As it was when the link was lost; a phone's own hold is not in the picture and stays. */
  private boolean heldByCommand(Call call) {
    return state.call(call.id()).stream()
        .flatMap(before -> before.connections().values().stream())
        .map(Connection::channelName)
        .anyMatch(name -> Dialplan.holds(name) || Dialplan.consults(name));
  }

  /** Those who were consulted, and are with the caller now. */
  private void joined(Call call, Set<ChannelId> withCaller, Turn turn, Instant at) {
    Call now = now(call, turn);
    List<ConnectionId> met =
        now.parts().stream()
            .filter(part -> part.talking() && part.role() == PartRole.CONSULTED)
            .map(Part::id)
            .filter(id -> withCaller.contains(settings.channel(id)))
            .toList();
    if (met.isEmpty()) {
      return;
    }
    Optional<Part> stayed = now.talkers().stream().findFirst();
    Part by = stayed.or(() -> lastTalker(now)).orElse(now.parts().getFirst());
    if (stayed.isPresent()) {
      turn.happen(
          new Conferenced(call.id(), at, EventCause.RESYNC, by.id(), by.device().agent(), met));
    } else {
      turn.happen(
          new Transferred(
              call.id(),
              at,
              EventCause.RESYNC,
              by.id(),
              by.device().agent(),
              TransferKind.ATTENDED,
              now.part(met.getFirst()).orElseThrow().device().number(),
              met));
    }
  }

  private static Optional<Part> lastTalker(Call call) {
    return call.parts().stream()
        .filter(part -> part.role() != PartRole.CALLER && !part.open())
        .filter(part -> part.times().answeredAt().isPresent())
        .reduce((before, last) -> last);
  }

  private static Call now(Call call, Turn turn) {
    return turn.call(call.id()).orElseThrow();
  }
}
