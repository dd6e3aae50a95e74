package cti.core.engine;

import cti.core.agent.DeviceState;
import cti.core.id.CallbackId;
import cti.core.id.ChannelId;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.supervision.ListeningMode;
import java.time.Duration;
import java.util.Optional;

/** What can be asked of a gateway. */
public sealed interface GatewayAction {
  GatewayId gateway();

  /** {@code state} is the device whose state stands for the member's. */
  record AddMember(
      GatewayId gateway,
      QueueName queue,
      String memberInterface,
      String memberName,
      String state,
      int penalty,
      boolean paused)
      implements GatewayAction {}

  record RemoveMember(GatewayId gateway, QueueName queue, String memberInterface)
      implements GatewayAction {}

  /** What agents do in calls. */
  sealed interface OfCall extends GatewayAction {}

  /** Ends a channel. */
  record HangUp(GatewayId gateway, ChannelId channel) implements OfCall {}

  /** Sends whoever talks to {@code channel} to a place of the dialplan. */
  record TransferBlind(GatewayId gateway, ChannelId channel, String context, String extension)
      implements OfCall {}

  /**
   * Puts whoever talks to {@code channel} on hold and connects it with a place of the dialplan.
   *
   * @param target set on the channel before, as what it consults; empty for none
   */
  record Consult(
      GatewayId gateway, ChannelId channel, String context, String extension, String target)
      implements OfCall {}

  /**
   * Presses the extension of a {@link Consult} once more, where the gateway waits for it.
   *
   * @param extension keys
   */
  record ConsultAgain(GatewayId gateway, ChannelId channel, String extension) implements OfCall {}

  /** Ends a consultation: {@code channel} goes back to whoever it put on hold. */
  record CancelConsult(GatewayId gateway, ChannelId channel) implements OfCall {}

  /** Ends a consultation by handing the one over to the other. */
  record CompleteTransfer(GatewayId gateway, ChannelId channel) implements OfCall {}

  /** Ends a consultation by bringing all together. */
  record JoinConference(GatewayId gateway, ChannelId channel) implements OfCall {}

  /**
   * Makes a call: {@code dialled} is rung, and goes on at a place of the dialplan when answered.
   *
   * @param channel the id that it gets, ours to choose
   * @param shown the number that the phone shows
   */
  record Call(
      GatewayId gateway,
      ChannelId channel,
      String dialled,
      String context,
      String extension,
      String shown)
      implements OfCall {}

  /**
   * Calls somebody back: their phone is rung, and answered they go to the queue.
   *
   * @param channel the id that it gets, ours to choose
   * @param ring how long the phone rings
   * @param language in which they are greeted; empty for the flow's
   */
  record CallBack(
      GatewayId gateway,
      ChannelId channel,
      String number,
      CallbackId callback,
      QueueName queue,
      int priority,
      Duration ring,
      Optional<String> language)
      implements OfCall {}

  /**
   * Rings a supervisor's phone; answered, it hears a channel.
   *
   * @param channel the id that it gets, ours to choose
   * @param to whom it hears
   * @param shown the number that the phone shows
   */
  record Listen(
      GatewayId gateway,
      ChannelId channel,
      String dialled,
      ChannelId to,
      ListeningMode mode,
      String shown)
      implements OfCall {}

  /** A supervisor's phone hears, and is heard, in another way from now on. */
  record ListenAs(GatewayId gateway, ChannelId channel, ListeningMode mode) implements OfCall {}

  /** Who waits is asked out of a queue; {@code place} tells the dialplan whereto. */
  record WithdrawCaller(GatewayId gateway, QueueName queue, String channelName, String place)
      implements OfCall {}

  /** Who waits gets another priority at once: the highest is first. */
  record SetCallerPriority(GatewayId gateway, QueueName queue, String channelName, int priority)
      implements OfCall {}

  record PauseMember(
      GatewayId gateway, QueueName queue, String memberInterface, boolean paused, String reason)
      implements GatewayAction {}

  /** A member who is there gets another penalty: lower rings first. */
  record SetPenalty(GatewayId gateway, QueueName queue, String memberInterface, int penalty)
      implements GatewayAction {}

  /** A device that stands for a phone is put into a state, such as {@code NOT_INUSE}. */
  record SetDeviceState(GatewayId gateway, String device, DeviceState state)
      implements GatewayAction {}

  /** What is asked of the recording on a channel. */
  sealed interface OfRecording extends GatewayAction {
    String channelName();
  }

  /** Only where the dialplan allowed it for the talk: else the gateway does nothing. */
  record StartRecording(GatewayId gateway, String channelName) implements OfRecording {}

  /**
   * What is recorded on a channel whose reports may have been missed; told like a report. Nothing
   * is told where nothing is recorded.
   */
  record AskRecording(GatewayId gateway, ChannelId channel, String channelName)
      implements OfRecording {}

  record StopRecording(GatewayId gateway, String channelName) implements OfRecording {}

  /** Writes silence in place of the talk, or the talk again. */
  record MuteRecording(GatewayId gateway, String channelName, boolean muted)
      implements OfRecording {}
}
