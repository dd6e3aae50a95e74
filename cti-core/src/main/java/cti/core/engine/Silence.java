package cti.core.engine;

import cti.core.call.Call;
import cti.core.call.Connection;
import cti.core.call.ConnectionState;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The silence that an agent hears who holds a call by command, a leg into [cti-hold]. The gateway
 * leaves whoever remains alone with it until they hang up by themselves; here it ends for them,
 * once a call.
 */
final class Silence {
  private final EngineSettings settings;

  /** Where it was ended; forgotten with the call. */
  private final Set<CallId> ended = new HashSet<>();

  Silence(EngineSettings settings) {
    this.settings = settings;
  }

  /** The last one on hold leaves: who holds them would go on listening. */
  void lastOnHoldLeaves(Call call, Optional<Part> leaving, Turn turn) {
    boolean held =
        leaving
            .filter(part -> withOthers(part) && part.state() != ConnectionState.HELD)
            .filter(part -> othersHold(call, part))
            .isPresent();
    if (held) {
      channel(call).filter(_ -> ended.add(call.id())).ifPresent(leg -> hangUp(leg, turn));
    }
  }

  private static boolean othersHold(Call call, Part leaving) {
    return call.parts().stream()
            .filter(part -> withOthers(part) && !part.id().equals(leaving.id()))
            .map(Part::state)
            .allMatch(ConnectionState.HELD::equals)
        && call.parts().stream()
            .anyMatch(part -> withOthers(part) && !part.id().equals(leaving.id()));
  }

  private static boolean withOthers(Part part) {
    return part.open() && (part.role() == PartRole.CALLER || part.withCaller());
  }

  /** Who held the call hung up and thereby handed the caller over to the silence. */
  void handedOver(Call call, String targetChannel, Turn turn) {
    // Hung up so soon that the gateway does not name it yet.
    boolean held = Dialplan.holds(targetChannel) || channel(call).isPresent();
    if (held && ended.add(call.id())) {
      hangUp(call.caller().connection(), turn);
    }
  }

  /**
   * A leg joins the call. Asterisk loses track of a hold, or a consultation, whose agent hangs up
   * while it is being set up: it tells of no transfer, the caller stays on hold with nobody and the
   * leg stays for ever. Nothing but their end helps either.
   */
  void legJoins(Call call, ConnectionId leg, String channelName, Turn turn) {
    boolean orphan = Dialplan.holds(channelName) || Dialplan.consultsByCommand(channelName);
    if (orphan && alone(call) && answered(call) && ended.add(call.id())) {
      if (call.connections().containsKey(call.caller().connection())) {
        hangUp(call.caller().connection(), turn);
      }
      hangUp(leg, turn);
    }
  }

  private static boolean alone(Call call) {
    return call.parts().stream().noneMatch(part -> part.role() != PartRole.CALLER && part.open());
  }

  private static boolean answered(Call call) {
    return call.parts().stream()
        .anyMatch(part -> part.role() != PartRole.CALLER && part.times().answeredAt().isPresent());
  }

  /** A channel is gone: a leg of silence that nobody is left with goes as well. */
  void channelGone(Call call, Turn turn) {
    if (call.connections().isEmpty()) {
      ended.remove(call.id());
    } else if (!call.connections().containsKey(call.caller().connection())
        && call.parts().stream().noneMatch(Part::open)) {
      channel(call).filter(_ -> ended.add(call.id())).ifPresent(leg -> hangUp(leg, turn));
    }
  }

  private static Optional<ConnectionId> channel(Call call) {
    return call.connections().values().stream()
        .filter(channel -> Dialplan.holds(channel.channelName()))
        .map(Connection::id)
        .min(Comparator.comparing(ConnectionId::value));
  }

  private void hangUp(ConnectionId connection, Turn turn) {
    turn.want(
        new Effect.Act(new GatewayAction.HangUp(settings.gateway(), settings.channel(connection))));
  }
}
