package cti.server.ami;

import static cti.server.ami.AmiWords.channel;
import static cti.server.ami.AmiWords.dialled;
import static cti.server.ami.AmiWords.number;
import static cti.server.ami.AmiWords.queue;
import static cti.server.ami.AmiWords.text;
import static cti.server.ami.AmiWords.whole;

import cti.core.engine.GatewayInput;
import cti.core.engine.RecordingReport;
import cti.core.id.ChannelId;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.supervision.ListeningMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns Asterisk's words into ours. Pure: what an event means is decided elsewhere. Events that say
 * nothing to the engine, and events that lack what they must have or name what cannot be, give
 * nothing.
 */
final class AmiTranslator {
  private static final Pattern RECORDING_NOW =
      Pattern.compile("([1-9][0-9]{0,3}) ([0-9]{9,11})\\.([0-9]{3}) (\\S+)");

  private final GatewayId gateway;

  AmiTranslator(GatewayId gateway) {
    this.gateway = gateway;
  }

  /**
   * The input that an event stands for, at the event's own stamp; {@code now} where it has none.
   */
  Optional<GatewayInput> input(AmiMessage event, Instant now) {
    Instant stamp = event.timestamp();
    return inputAt(event, stamp == null ? now : stamp);
  }

  /**
   * The input that an event stands for.
   *
   * @param at when it happened, by our clock
   */
  Optional<GatewayInput> inputAt(AmiMessage event, Instant at) {
    String name = event.eventName();
    if (name == null) {
      return Optional.empty();
    }
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
      case "DialBegin" ->
          channel(event, "DestUniqueid")
              .map(
                  leg ->
                      new GatewayInput.DialStarted(
                          gateway,
                          at,
                          channel(event, "Uniqueid"),
                          leg,
                          dialled(event, "DialString")));
      case "Hold" ->
          channel(event, "Uniqueid")
              .map(channel -> new GatewayInput.ChannelHeld(gateway, at, channel));
      case "Unhold" ->
          channel(event, "Uniqueid")
              .map(channel -> new GatewayInput.ChannelRetrieved(gateway, at, channel));
      case "BridgeEnter" ->
          channel(event, "Uniqueid")
              .map(
                  channel ->
                      new GatewayInput.BridgeEntered(
                          gateway, at, channel, text(event, "BridgeUniqueid")));
      case "BridgeDestroy" ->
          Optional.of(new GatewayInput.BridgeGone(gateway, at, text(event, "BridgeUniqueid")));
      case "BlindTransfer" ->
          succeeded(event, "TransfererUniqueid")
              .map(
                  channel ->
                      new GatewayInput.BlindTransferred(
                          gateway, at, channel, text(event, "Extension")));
      case "AttendedTransfer" ->
          succeeded(event, "OrigTransfererUniqueid")
              .map(
                  channel ->
                      new GatewayInput.AttendedTransferred(
                          gateway,
                          at,
                          channel,
                          text(event, "DestType").equals("Threeway"),
                          text(event, "TransferTargetChannel")));
      case "Pickup" ->
          channel(event, "TargetUniqueid")
              .flatMap(
                  rang ->
                      channel(event, "Uniqueid")
                          .map(by -> new GatewayInput.PickedUp(gateway, at, rang, by)));
      case "MixMonitorMute" -> recording(event, at, muted(event));
      case "MixMonitorStop" -> recording(event, at, Optional.of(new RecordingReport.Stopped()));
      case "UserEvent" -> userEvent(event, at);
      default -> Optional.empty();
    };
  }

  /** The channel that transferred, where it did. */
  private static Optional<ChannelId> succeeded(AmiMessage event, String header) {
    return channel(event, header).filter(_ -> text(event, "Result").equals("Success"));
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
      case "CtiListening" ->
          channel(event, "Uniqueid")
              .flatMap(
                  channel ->
                      mode(text(event, "Mode"))
                          .map(mode -> new GatewayInput.ListenerHeard(gateway, at, channel, mode)));
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

  /**
   * What {@code CTI_RECORDING_NOW} of a channel says: part, begin in seconds, file.
   *
   * @param ahead how much the gateway's clock is before ours
   * @return empty where nothing is recorded
   */
  Optional<GatewayInput> recordingNow(ChannelId channel, String value, Duration ahead) {
    Matcher said = RECORDING_NOW.matcher(value == null ? "" : value);
    if (!said.matches()) {
      return Optional.empty();
    }
    Instant begun =
        Instant.ofEpochSecond(
            Long.parseLong(said.group(2)), Integer.parseInt(said.group(3)) * 1_000_000L);
    return Optional.of(
        new GatewayInput.RecordingReported(
            gateway,
            begun.minus(ahead),
            channel,
            new RecordingReport.Started(said.group(4), Integer.parseInt(said.group(1)))));
  }

  private Optional<GatewayInput> recording(
      AmiMessage event, Instant at, Optional<RecordingReport> report) {
    return report.flatMap(
        told ->
            channel(event, "Uniqueid")
                .map(channel -> new GatewayInput.RecordingReported(gateway, at, channel, told)));
  }

  private static Optional<ListeningMode> mode(String word) {
    return Arrays.stream(ListeningMode.values())
        .filter(mode -> mode.name().equalsIgnoreCase(word))
        .findFirst();
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
}
