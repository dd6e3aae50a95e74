package cti.server.ami;

import cti.core.agent.DeviceState;
import cti.core.engine.GatewayInput.Looked;
import cti.core.engine.GatewayInput.MemberActivity;
import cti.core.engine.GatewayInput.MemberFacts;
import cti.core.engine.GatewayInput.SeenChannel;
import cti.core.engine.MemberAddressing;
import cti.core.id.ChannelId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Turns Asterisk's words for members of queues and for devices into ours. Pure. */
final class MemberTranslator {
  private MemberTranslator() {}

  /** A QueueMember of the answer to QueueStatus; anything else gives nothing. */
  static Optional<MemberFacts> member(AmiMessage event) {
    if (!"QueueMember".equals(event.eventName())) {
      return Optional.empty();
    }
    return Identifiers.queue(text(event, "Queue"))
        .map(
            queue ->
                new MemberFacts(
                    queue,
                    text(event, "Location"),
                    text(event, "Name"),
                    "dynamic".equals(text(event, "Membership")),
                    "1".equals(text(event, "Paused")),
                    text(event, "PausedReason"),
                    whole(event, "Penalty"),
                    new MemberActivity(
                        DeviceState.ofNumber(whole(event, "Status")),
                        "1".equals(text(event, "InCall")),
                        lastCall(event))));
  }

  /** Seconds since 1970, by the gateway's clock; 0 for never. */
  private static Optional<Instant> lastCall(AmiMessage event) {
    String value = text(event, "LastCall");
    return value.matches("[1-9][0-9]{0,10}")
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(value)))
        : Optional.empty();
  }

  /**
   * What the answers to QueueStatus, DeviceStateList and CoreShowChannels give together.
   *
   * @param now the moment of the answers
   */
  static Looked look(
      GatewayId gateway,
      List<AmiMessage> queues,
      List<AmiMessage> devices,
      List<AmiMessage> channels,
      Instant now) {
    Map<String, DeviceState> states = new HashMap<>();
    for (AmiMessage event : devices) {
      if ("DeviceStateChange".equals(event.eventName())) {
        DeviceState.ofWord(text(event, "State"))
            .ifPresent(state -> states.put(text(event, "Device"), state));
      }
    }
    return new Looked(
        gateway,
        now,
        queues.stream().flatMap(event -> member(event).stream()).toList(),
        states,
        channels.stream()
            .filter(event -> "CoreShowChannel".equals(event.eventName()))
            .map(MemberTranslator::channel)
            .toList(),
        Set.of());
  }

  private static SeenChannel channel(AmiMessage event) {
    return new SeenChannel(
        new ChannelId(text(event, "Uniqueid")),
        text(event, "Channel"),
        text(event, "ChannelStateDesc").equals("Up"),
        !text(event, "Application").isEmpty(),
        text(event, "BridgeId"));
  }

  /** Phones that are held to be in use although no channel of a queue goes to them. */
  static Set<Extension> unexplained(Looked look, MemberAddressing addressing) {
    Set<Extension> held = new TreeSet<>();
    look.devices()
        .forEach(
            (device, state) -> {
              if (!state.free()) {
                addressing.extensionOfDevice(device).ifPresent(held::add);
              }
            });
    for (MemberFacts facts : look.members()) {
      if (!facts.activity().status().free()) {
        addressing.extensionOf(facts.memberInterface()).ifPresent(held::add);
      }
    }
    look.channels()
        .forEach(seen -> addressing.extensionOfChannel(seen.name()).ifPresent(held::remove));
    return held;
  }

  /** The answer to GROUP_COUNT; what cannot be read is taken for a call, so that nothing is cut. */
  static boolean counted(AmiReply reply) {
    String value = reply.response().get("Value");
    return !reply.success() || value == null || !value.strip().equals("0");
  }

  private static String text(AmiMessage event, String header) {
    String value = event.get(header);
    return value == null ? "" : value;
  }

  private static int whole(AmiMessage event, String header) {
    String value = text(event, header);
    return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
  }
}
