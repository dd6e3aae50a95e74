package cti.server.ami;

import static cti.server.ami.AmiWords.channel;
import static cti.server.ami.AmiWords.number;
import static cti.server.ami.AmiWords.queue;
import static cti.server.ami.AmiWords.text;
import static cti.server.ami.AmiWords.whole;

import cti.core.engine.GatewayInput;
import cti.core.engine.GatewayInput.ChannelFacts;
import cti.core.engine.GatewayInput.WaitingFacts;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes the answers to CoreShowChannels and QueueStatus into one picture. Pure. */
final class AmiSnapshot {
  private final GatewayId gateway;

  AmiSnapshot(GatewayId gateway) {
    this.gateway = gateway;
  }

  /**
   * The picture that the answers to CoreShowChannels and QueueStatus give together.
   *
   * @param now the moment of the answers
   */
  GatewayInput.Snapshot of(
      String version, List<AmiMessage> channels, List<AmiMessage> queues, Instant now) {
    return new GatewayInput.Snapshot(
        gateway,
        now,
        version,
        channels.stream().flatMap(event -> channelFacts(event, now).stream()).toList(),
        queues.stream().flatMap(event -> waitingFacts(event, now).stream()).toList(),
        queues.stream().flatMap(event -> MemberTranslator.member(event).stream()).toList());
  }

  private Optional<ChannelFacts> channelFacts(AmiMessage event, Instant now) {
    if (!"CoreShowChannel".equals(event.eventName())) {
      return Optional.empty();
    }
    return channel(event, "Uniqueid")
        .map(
            channel ->
                new ChannelFacts(
                    channel,
                    channel(event, "Linkedid").orElse(channel),
                    text(event, "Channel"),
                    number(event, "CallerIDNum"),
                    number(event, "CallerIDName"),
                    text(event, "Context"),
                    text(event, "Exten"),
                    text(event, "BridgeId"),
                    servingQueue(event),
                    now.minus(clockTime(text(event, "Duration")))));
  }

  /** The first argument of Queue(), where that is what the channel runs. */
  private static Optional<QueueName> servingQueue(AmiMessage event) {
    String queue = text(event, "ApplicationData").split(",", 2)[0];
    return text(event, "Application").equals("Queue") ? Identifiers.queue(queue) : Optional.empty();
  }

  private Optional<WaitingFacts> waitingFacts(AmiMessage event, Instant now) {
    if (!"QueueEntry".equals(event.eventName())) {
      return Optional.empty();
    }
    return channel(event, "Uniqueid")
        .flatMap(
            channel ->
                queue(event)
                    .map(
                        queue ->
                            new WaitingFacts(
                                channel,
                                queue,
                                whole(event, "Position"),
                                now.minusSeconds(whole(event, "Wait")))));
  }

  /** HH:MM:SS, hours of any length (main/manager.c, CoreShowChannels). */
  private static Duration clockTime(String value) {
    if (!value.matches("[0-9]{1,6}:[0-9]{2}:[0-9]{2}")) {
      return Duration.ZERO;
    }
    String[] parts = value.split(":");
    return Duration.ofHours(Long.parseLong(parts[0]))
        .plusMinutes(Long.parseLong(parts[1]))
        .plusSeconds(Long.parseLong(parts[2]));
  }
}
