package cti.server.ami;

import cti.core.engine.GatewayInput;
import cti.core.engine.GatewayInput.ChannelFacts;
import cti.core.engine.GatewayInput.WaitingFacts;
import cti.core.engine.RecordingReport;
import cti.core.id.ChannelId;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Turns Asterisk's words into ours. Pure: what an event means is decided elsewhere. Events that say
 * nothing to the engine, and events that lack what they must have or name what cannot be, give
 * nothing.
 */
final class AmiTranslator {
  private final GatewayId gateway;

  AmiTranslator(GatewayId gateway) {
    this.gateway = gateway;
  }

  Optional<GatewayInput> input(AmiMessage event, Instant now) {
    return input(event, now, Duration.ZERO);
  }

  /**
   * The input that an event stands for.
   *
   * @param now taken where the event has no Timestamp of its own
   * @param ahead how much the gateway's clock is before ours; taken off its stamps
   */
  Optional<GatewayInput> input(AmiMessage event, Instant now, Duration ahead) {
    String name = event.eventName();
    if (name == null) {
      return Optional.empty();
    }
    Instant stamp = event.timestamp();
    Instant at = stamp == null ? now : stamp.minus(ahead);
    return switch (name) {
      case "Newchannel" ->
          channel(event, "Uniqueid")
              .map(
                  channel ->
                      new GatewayInput.ChannelCreated(
                          gateway,
                          at,
                          channel,
                          channel(event, "Linkedid").orElse(channel),
                          text(event, "Channel"),
                          number(event, "CallerIDNum"),
                          number(event, "CallerIDName"),
                          text(event, "Context"),
                          text(event, "Exten")));
      case "HangupRequest" ->
          channel(event, "Uniqueid")
              .map(channel -> new GatewayInput.HangupRequested(gateway, at, channel));
      case "Hangup" ->
          channel(event, "Uniqueid")
              .map(
                  channel ->
                      new GatewayInput.ChannelGone(gateway, at, channel, whole(event, "Cause")));
      case "QueueCallerJoin" ->
          onQueue(
              event,
              (channel, queue) ->
                  new GatewayInput.CallerJoined(
                      gateway, at, channel, queue, whole(event, "Position")));
      case "AgentCalled" ->
          onLeg(
              event,
              (channel, queue, leg) ->
                  new GatewayInput.MemberCalled(
                      gateway, at, channel, leg, queue, text(event, "Interface")));
      case "AgentConnect" ->
          onLeg(
              event,
              (channel, queue, leg) ->
                  new GatewayInput.MemberConnected(
                      gateway, at, channel, leg, queue, text(event, "Interface")));
      case "AgentRingNoAnswer" ->
          onLeg(
              event,
              (channel, queue, leg) ->
                  new GatewayInput.MemberDidNotAnswer(
                      gateway, at, channel, leg, queue, text(event, "Interface")));
      case "AgentComplete" ->
          onQueue(
              event,
              (channel, queue) ->
                  new GatewayInput.MemberCompleted(
                      gateway,
                      at,
                      channel,
                      queue,
                      text(event, "Interface"),
                      text(event, "Reason")));
      case "DialEnd" ->
          channel(event, "DestUniqueid")
              .map(leg -> new GatewayInput.DialEnded(gateway, at, leg, text(event, "DialStatus")));
      case "MixMonitorMute" -> recording(event, at, muted(event));
      case "MixMonitorStop" -> recording(event, at, Optional.of(new RecordingReport.Stopped()));
      case "UserEvent" -> userEvent(event, at);
      default -> Optional.empty();
    };
  }

  /** The events that the shipped dialplan makes. */
  private Optional<GatewayInput> userEvent(AmiMessage event, Instant at) {
    return switch (text(event, "UserEvent")) {
      case "CtiQueueResult" ->
          onQueue(
              event,
              (channel, queue) ->
                  new GatewayInput.QueueReturned(
                      gateway, at, channel, queue, text(event, "Status")));
      case "CtiFallback" ->
          channel(event, "Uniqueid")
              .map(
                  channel ->
                      new GatewayInput.FallbackEntered(
                          gateway, at, channel, text(event, "Reason")));
      case "CtiAgentResult" ->
          channel(event, "Uniqueid")
              .flatMap(
                  channel ->
                      Identifiers.extension(text(event, "Extension"))
                          .map(
                              extension ->
                                  new GatewayInput.PhoneRefused(
                                      gateway, at, channel, extension, whole(event, "Cause"))));
      case "CtiRecording" ->
          recording(
              event,
              at,
              Optional.of(new RecordingReport.Started(text(event, "File"), whole(event, "Part")))
                  .filter(started -> !started.file().isEmpty() && started.part() > 0)
                  .map(RecordingReport.class::cast));
      default -> Optional.empty();
    };
  }

  private Optional<GatewayInput> recording(
      AmiMessage event, Instant at, Optional<RecordingReport> report) {
    return report.flatMap(
        told ->
            channel(event, "Uniqueid")
                .map(channel -> new GatewayInput.RecordingReported(gateway, at, channel, told)));
  }

  /** Somebody else may mute one direction only: that is no pause. */
  private static Optional<RecordingReport> muted(AmiMessage event) {
    if (!text(event, "Direction").equals("both")) {
      return Optional.empty();
    }
    return Optional.of(
        text(event, "State").equals("1")
            ? new RecordingReport.Muted()
            : new RecordingReport.Unmuted());
  }

  /**
   * The picture that the answers to CoreShowChannels and QueueStatus give together.
   *
   * @param now the moment of the answers
   */
  GatewayInput.Snapshot snapshot(
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

  private interface OnQueue {
    GatewayInput input(ChannelId channel, QueueName queue);
  }

  private interface OnLeg {
    GatewayInput input(ChannelId channel, QueueName queue, ChannelId leg);
  }

  private static Optional<GatewayInput> onQueue(AmiMessage event, OnQueue make) {
    return channel(event, "Uniqueid")
        .flatMap(channel -> queue(event).map(queue -> make.input(channel, queue)));
  }

  private static Optional<GatewayInput> onLeg(AmiMessage event, OnLeg make) {
    return channel(event, "DestUniqueid")
        .flatMap(leg -> onQueue(event, (channel, queue) -> make.input(channel, queue, leg)));
  }

  private static Optional<ChannelId> channel(AmiMessage event, String header) {
    return Identifiers.channel(text(event, header));
  }

  private static Optional<QueueName> queue(AmiMessage event) {
    return Identifiers.queue(text(event, "Queue"));
  }

  private static String text(AmiMessage event, String header) {
    String value = event.get(header);
    return value == null ? "" : value;
  }

  /** Asterisk writes {@code <unknown>} for a number or name that it was not given. */
  private static String number(AmiMessage event, String header) {
    String value = text(event, header);
    return value.equals("<unknown>") ? "" : value;
  }

  private static int whole(AmiMessage event, String header) {
    String value = text(event, header);
    return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
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
