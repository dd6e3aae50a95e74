package cti.core.engine;

import cti.core.call.Call;
import cti.core.call.Connection;
import cti.core.call.Part;
import cti.core.engine.GatewayInput.ChannelFacts;
import cti.core.id.ConnectionId;
import cti.core.id.Extension;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which channels lead to which devices. A phone behind the switch is a device by the channel that a
 * queue or a transfer made for it (Local/…;1); the line to the phone is another channel, and what
 * the phone does is told of that one.
 */
final class PhoneLines {
  private final EngineSettings settings;

  /** The line towards a phone, and the part that it carries; forgotten with the line. */
  private final Map<ConnectionId, ConnectionId> carried = new HashMap<>();

  /** Lines that are to take another one's place, with their names; gone with the channel. */
  private final Map<ConnectionId, String> returning = new HashMap<>();

  PhoneLines(EngineSettings settings) {
    this.settings = settings;
  }

  void carries(ConnectionId line, ConnectionId part) {
    carried.put(line, part);
  }

  void gone(ConnectionId leg) {
    carried.remove(leg);
    returning.remove(leg);
  }

  /** A browser's phone comes back into its call; it is no call of its own. */
  void returns(ConnectionId line, String channelName) {
    returning.put(line, channelName);
  }

  /** The name of a line that comes back, once: it has its place then. */
  Optional<String> returned(ConnectionId line) {
    return Optional.ofNullable(returning.remove(line));
  }

  /** A line that came back carries whatever part the bridge that it came into leads to. */
  void takesPlace(Call call, ConnectionId line, Set<ConnectionId> inBridge) {
    inBridge.stream()
        .map(call.connections()::get)
        .filter(half -> half != null && half.channelName().endsWith(";2"))
        .filter(
            half ->
                ofMember(half.channelName()) || Dialplan.clickedAt(half.channelName()).isPresent())
        .flatMap(half -> nearHalf(call, half).stream())
        .findFirst()
        .ifPresent(near -> carried.put(line, near.id()));
  }

  /** The part that a channel stands for: its own, or that of the phone which it reaches. */
  Optional<Part> partOf(Call call, ConnectionId connection) {
    return call.part(connection)
        .or(() -> Optional.ofNullable(carried.get(connection)).flatMap(call::part));
  }

  /** The channel towards the phone itself, where it is known: what hangs up is the phone then. */
  ConnectionId lineOf(Part part) {
    return carried.entrySet().stream()
        .filter(leg -> leg.getValue().equals(part.id()))
        .map(Map.Entry::getKey)
        .min(Comparator.comparing(ConnectionId::value))
        .orElse(part.id());
  }

  /** Whether a channel is, or was, a device of the call that takes part in it no longer. */
  boolean wasPart(Call call, ConnectionId connection) {
    ConnectionId device = carried.getOrDefault(connection, connection);
    return call.parts().stream().anyMatch(part -> part.id().equals(device));
  }

  /** Whether a channel is known by its name to reach another phone than that of the part. */
  boolean ofAnotherPhone(Connection channel, Part part) {
    return channel != null
        && settings
            .addressing()
            .extensionOfChannel(channel.channelName())
            .filter(phone -> !phone.value().equals(part.device().number()))
            .isPresent();
  }

  /** Which lines carry which parts, by the picture of a snapshot; what was known stays so. */
  void learn(List<ChannelFacts> channels) {
    Set<ConnectionId> there =
        channels.stream()
            .map(channel -> settings.connection(channel.channel()))
            .collect(Collectors.toSet());
    carried.keySet().retainAll(there);
    for (ChannelFacts line : channels) {
      if (line.bridge().isEmpty() || Dialplan.inner(line.name())) {
        continue;
      }
      channels.stream()
          .filter(half -> half.bridge().equals(line.bridge()) && half.name().endsWith(";2"))
          .filter(half -> ofMember(half.name()) || Dialplan.clickedAt(half.name()).isPresent())
          .map(half -> half.name().substring(0, half.name().length() - 1) + "1")
          .flatMap(near -> channels.stream().filter(channel -> channel.name().equals(near)))
          .findFirst()
          .ifPresent(
              near ->
                  carried.put(
                      settings.connection(line.channel()), settings.connection(near.channel())));
    }
  }

  /** The phone that a leg of ours is for, by the name of its near half. */
  Optional<Extension> reachedBy(String channelName) {
    return channelName.endsWith(";1")
        ? settings
            .addressing()
            .extensionOfChannel(channelName)
            .or(() -> Dialplan.clickedAt(channelName))
        : Optional.empty();
  }

  boolean ofMember(String channelName) {
    return settings.addressing().extensionOfChannel(channelName).isPresent();
  }

  /** A Local channel has two halves, named alike but for their ends ;1 and ;2. */
  static Optional<Connection> nearHalf(Call call, Connection half) {
    if (!farHalf(half)) {
      return Optional.empty();
    }
    String name = half.channelName();
    String other = name.substring(0, name.length() - 1) + "1";
    return call.connections().values().stream()
        .filter(connection -> connection.channelName().equals(other))
        .findFirst();
  }

  static boolean farHalf(Connection half) {
    return Dialplan.inner(half.channelName()) && half.channelName().endsWith(";2");
  }
}
