package cti.core.engine;

import cti.core.engine.GatewayInput.ChannelFacts;
import cti.core.id.ChannelId;
import cti.core.id.Extension;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which channels of a snapshot hear each other: those in one bridge, and the two halves of a Local
 * channel, named alike but for their ends ;1 and ;2.
 */
final class Wiring {
  private final List<ChannelFacts> channels;
  private final MemberAddressing addressing;

  Wiring(List<ChannelFacts> channels, MemberAddressing addressing) {
    this.channels = channels;
    this.addressing = addressing;
  }

  /** Everybody whom a channel reaches, itself included. */
  Set<ChannelId> reach(ChannelFacts from) {
    Set<ChannelId> reached = new HashSet<>();
    Deque<ChannelFacts> next = new ArrayDeque<>(List.of(from));
    while (!next.isEmpty()) {
      ChannelFacts channel = next.poll();
      if (reached.add(channel.channel())) {
        otherHalf(channel).ifPresent(next::add);
        channels.stream().filter(other -> bridged(channel, other)).forEach(next::add);
      }
    }
    return reached;
  }

  private static boolean bridged(ChannelFacts one, ChannelFacts other) {
    return !one.bridge().isEmpty() && one.bridge().equals(other.bridge());
  }

  private Optional<ChannelFacts> otherHalf(ChannelFacts channel) {
    String name = channel.name();
    if (!Dialplan.inner(name) || !(name.endsWith(";1") || name.endsWith(";2"))) {
      return Optional.empty();
    }
    String end = name.endsWith(";1") ? "2" : "1";
    String other = name.substring(0, name.length() - 1) + end;
    return channels.stream().filter(facts -> facts.name().equals(other)).findFirst();
  }

  /** The phone that a channel stands for in the call; empty for what only leads to one. */
  Optional<Extension> phone(ChannelFacts channel) {
    return channel.name().endsWith(";1")
        ? addressing.extensionOfChannel(channel.name())
        : Optional.empty();
  }

  /**
   * Whether a channel is somebody outside, not the gateway's own leg and not an agent's phone. Who
   * is alone in a bridge is neither yet: the phone's line comes into it before the leg towards it.
   */
  boolean outside(ChannelFacts channel) {
    List<ChannelFacts> others =
        channels.stream()
            .filter(other -> bridged(channel, other))
            .filter(other -> !other.channel().equals(channel.channel()))
            .toList();
    return !Dialplan.inner(channel.name())
        && !others.isEmpty()
        && others.stream()
            .filter(other -> other.name().endsWith(";2"))
            .noneMatch(
                other ->
                    addressing.extensionOfChannel(other.name()).isPresent()
                        || Dialplan.clickedAt(other.name()).isPresent());
  }
}
