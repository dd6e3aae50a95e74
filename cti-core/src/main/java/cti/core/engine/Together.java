package cti.core.engine;

import cti.core.call.Call;
import cti.core.call.EventCause;
import cti.core.engine.GatewayInput.ChannelFacts;
import cti.core.id.ConnectionId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which channels are in which bridge: who is together, talks, whoever did not say so. */
final class Together {
  private final EngineSettings settings;
  private final QueueDecisions queues;
  private final PartDecisions parts;
  private final PhoneLines lines;

  /** Channels that came into a bridge; forgotten with the bridge. */
  private final Map<String, Set<ConnectionId>> inBridge = new HashMap<>();

  Together(EngineSettings settings, QueueDecisions queues, PartDecisions parts, PhoneLines lines) {
    this.settings = settings;
    this.queues = queues;
    this.parts = parts;
    this.lines = lines;
  }

  void enters(Call call, ConnectionId connection, String bridge, Turn turn, Instant at) {
    inBridge.computeIfAbsent(bridge, b -> new LinkedHashSet<>()).add(connection);
    answeredUnseen(call, inBridge.get(bridge), turn, at);
    Call now = turn.call(call.id()).orElseThrow();
    // Nobody comes into a bridge who has not answered.
    parts.answered(now, connection, EventCause.NORMAL, turn, at);
  }

  /** The channels that came into a bridge. */
  Set<ConnectionId> in(String bridge) {
    return inBridge.getOrDefault(bridge, Set.of());
  }

  void gone(String bridge) {
    inBridge.remove(bridge);
  }

  /** From a picture of the gateway. */
  void learn(List<ChannelFacts> channels) {
    inBridge.clear();
    for (ChannelFacts channel : channels) {
      if (!channel.bridge().isEmpty()) {
        inBridge
            .computeIfAbsent(channel.bridge(), b -> new LinkedHashSet<>())
            .add(settings.connection(channel.channel()));
      }
    }
  }

  /** The queue's own word of the answer was lost with the link: who is together, talks. */
  private void answeredUnseen(Call call, Set<ConnectionId> channels, Turn turn, Instant at) {
    if (call.waitingVisit().isEmpty()
        || !call.talkers().isEmpty()
        || !channels.contains(call.caller().connection())) {
      return;
    }
    channels.stream()
        .map(call.connections()::get)
        .filter(Objects::nonNull)
        .filter(leg -> lines.reachedBy(leg.channelName()).isPresent())
        .findFirst()
        .ifPresent(
            leg ->
                queues.established(
                    call,
                    settings.channel(leg.id()),
                    settings
                        .addressing()
                        .interfaceOf(lines.reachedBy(leg.channelName()).orElseThrow()),
                    EventCause.NORMAL,
                    turn,
                    at));
  }
}
