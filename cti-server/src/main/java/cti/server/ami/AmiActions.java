package cti.server.ami;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The actions that the product uses, with Asterisk's header names (Asterisk 22: main/manager.c,
 * apps/app_queue.c, main/manager_bridges.c, apps/app_mixmonitor.c). Names of channels and
 * interfaces are data of the gateway: no kind of channel is assumed.
 */
public final class AmiActions {
  /**
   * A member's place in a queue.
   *
   * @param queue the queue's name
   * @param memberInterface what is dialled, such as {@code Local/8001@cti-agents/n}
   */
  public record QueueSeat(String queue, String memberInterface) {}

  /**
   * How a member joins.
   *
   * @param memberName shown in queue_log and events
   * @param stateInterface the device whose state counts as the member's, such as {@code
   *     Custom:8001}
   * @param penalty 0 is asked first (A role), higher ones when those before are busy
   */
  public record QueueMember(
      String memberName, Optional<String> stateInterface, int penalty, boolean paused) {}

  /** A place in the gateway's dialplan. */
  public record DialplanPlace(String context, String extension, int priority) {}

  /**
   * A call that the gateway makes.
   *
   * @param channel what is dialled
   * @param channelId the Uniqueid that the new channel gets, ours to choose
   * @param codecs that a {@code Local} channel carries, at least one; without them it would carry
   *     linear sound, and Asterisk then keeps one translation for the ringing tone and for who
   *     answers (conf/asterisk/README.md, "Sound that is translated")
   * @param answered where the call goes on when it is answered
   * @param callerId such as {@code 员工0001 <8001>}
   * @param ringing how long it may ring
   */
  public record Origination(
      String channel,
      Optional<String> channelId,
      List<String> codecs,
      DialplanPlace answered,
      Optional<String> callerId,
      Duration ringing,
      Map<String, String> variables) {}

  private AmiActions() {}

  public static AmiAction queueAdd(QueueSeat seat, QueueMember member) {
    return seat("QueueAdd", seat)
        .with("MemberName", member.memberName())
        .with("StateInterface", member.stateInterface())
        .with("Penalty", member.penalty())
        .with("Paused", member.paused());
  }

  public static AmiAction queueRemove(QueueSeat seat) {
    return seat("QueueRemove", seat);
  }

  /**
   * @param reason shown in events and queue_log
   */
  public static AmiAction queuePause(QueueSeat seat, boolean paused, Optional<String> reason) {
    return seat("QueuePause", seat).with("Paused", paused).with("Reason", reason);
  }

  public static AmiAction queuePenalty(QueueSeat seat, int penalty) {
    return seat("QueuePenalty", seat).with("Penalty", penalty);
  }

  /**
   * Asks who waits out of a queue, back to the dialplan; done when no phone rings for them
   * (app_queue.c, queue_exec).
   *
   * @param channelName the channel's name: its id does not do
   * @param info handed to the dialplan as QUEUE_WITHDRAW_INFO
   */
  public static AmiAction withdrawCaller(String queue, String channelName, String info) {
    return AmiAction.of("QueueWithdrawCaller")
        .with("Queue", queue)
        .with("Caller", channelName)
        .with("WithdrawInfo", info);
  }

  /** Gives who waits another priority and, by that, another place at once. */
  public static AmiAction callerPriority(String queue, String channelName, int priority) {
    return AmiAction.of("QueueChangePriorityCaller")
        .with("Queue", queue)
        .with("Caller", channelName)
        .with("Priority", priority)
        .with("Immediate", true);
  }

  /** List of QueueParams, QueueMember and QueueEntry, of all queues. */
  public static AmiAction queueStatus() {
    return AmiAction.of("QueueStatus");
  }

  /** List of CoreShowChannel. */
  public static AmiAction coreShowChannels() {
    return AmiAction.of("CoreShowChannels");
  }

  /** List of BridgeListItem. */
  public static AmiAction bridgeList() {
    return AmiAction.of("BridgeList");
  }

  /** List of BridgeInfoChannel. */
  public static AmiAction bridgeInfo(String bridgeUniqueId) {
    return AmiAction.of("BridgeInfo").with("BridgeUniqueid", bridgeUniqueId);
  }

  /** List of DeviceStateChange. */
  public static AmiAction deviceStateList() {
    return AmiAction.of("DeviceStateList");
  }

  /**
   * Puts a device that stands for a phone into a state (func_devstate.c, DEVICE_STATE).
   *
   * @param device such as {@code Custom:8001}
   * @param state such as {@code NOT_INUSE}
   */
  public static AmiAction setDeviceState(String device, String state) {
    return AmiAction.of("Setvar")
        .with("Variable", "DEVICE_STATE(" + device + ")")
        .with("Value", state);
  }

  /**
   * How many channels are in a group; the answer's Value (func_groupcount.c, GROUP_COUNT).
   *
   * @param group such as {@code 8001@cti-agent}
   */
  public static AmiAction groupCount(String group) {
    return AmiAction.of("Getvar").with("Variable", "GROUP_COUNT(" + group + ")");
  }

  /** Asterisk's version and limits. */
  public static AmiAction coreSettings() {
    return AmiAction.of("CoreSettings");
  }

  /**
   * @param cause ISDN cause (ITU-T Q.850), 16 for normal clearing
   */
  public static AmiAction hangup(String channel, int cause) {
    return AmiAction.of("Hangup").with("Channel", channel).with("Cause", cause);
  }

  /** Sends a channel to a place in the dialplan. */
  public static AmiAction redirect(String channel, DialplanPlace to) {
    return at(AmiAction.of("Redirect").with("Channel", channel), to);
  }

  /** Blind transfer of whoever talks to the channel. */
  public static AmiAction blindTransfer(String channel, DialplanPlace to) {
    return transfer("BlindTransfer", channel, to);
  }

  /** Transfer with enquiry, on behalf of the channel. */
  public static AmiAction attendedTransfer(String channel, DialplanPlace to) {
    return transfer("Atxfer", channel, to);
  }

  /**
   * Makes a call without waiting for its end: the reply only says that it is under way, the event
   * OriginateResponse with the reply's ActionID says what became of it.
   */
  public static AmiAction originate(Origination call) {
    AmiAction action =
        at(AmiAction.of("Originate").with("Channel", call.channel()), call.answered())
            .with("ChannelId", call.channelId())
            .with("Codecs", String.join(",", call.codecs()))
            .with("CallerID", call.callerId())
            .with("Timeout", call.ringing().toMillis())
            .with("Async", true);
    for (Map.Entry<String, String> variable : call.variables().entrySet()) {
      action = action.withVariable(variable.getKey(), variable.getValue());
    }
    return action;
  }

  /** Sets a variable of a channel; a name that begins with __ is for all that it dials, too. */
  public static AmiAction setVariable(String channel, String name, String value) {
    return AmiAction.of("Setvar")
        .with("Channel", channel)
        .with("Variable", name)
        .with("Value", value);
  }

  /** A key is taken as if the far end of the channel had pressed it. */
  public static AmiAction receiveKey(String channel, char key, Duration length) {
    return AmiAction.of("PlayDTMF")
        .with("Channel", channel)
        .with("Digit", String.valueOf(key))
        .with("Duration", length.toMillis())
        .with("Receive", true);
  }

  /**
   * Has the dialplan start a recording on a channel (features_cti.conf), where it allowed that for
   * the talk. MixMonitor itself would need the privilege {@code system}, which is a shell.
   */
  public static AmiAction startRecording(String channel) {
    return AmiAction.of("PlayDTMF")
        .with("Channel", channel)
        .with("Digit", "A")
        .with("Receive", true);
  }

  /**
   * What is recorded on a channel, as the dialplan notes it ({@code CTI_RECORDING_NOW}); the
   * answer's Value.
   */
  public static AmiAction askRecording(String channel) {
    return AmiAction.of("Getvar").with("Channel", channel).with("Variable", "CTI_RECORDING_NOW");
  }

  /** Writes silence in place of both directions, or the talk again. */
  public static AmiAction muteRecording(String channel, boolean muted) {
    return AmiAction.of("MixMonitorMute")
        .with("Channel", channel)
        .with("Direction", "both")
        .with("State", muted ? 1 : 0);
  }

  public static AmiAction stopRecording(String channel) {
    return AmiAction.of("StopMixMonitor").with("Channel", channel);
  }

  private static AmiAction seat(String action, QueueSeat seat) {
    return AmiAction.of(action)
        .with("Queue", seat.queue())
        .with("Interface", seat.memberInterface());
  }

  private static AmiAction at(AmiAction action, DialplanPlace place) {
    return action
        .with("Context", place.context())
        .with("Exten", place.extension())
        .with("Priority", place.priority());
  }

  /** Transfers always enter at priority 1 (main/manager.c, action_blind_transfer). */
  private static AmiAction transfer(String action, String channel, DialplanPlace to) {
    if (to.priority() != 1) {
      throw new IllegalArgumentException(
          action + " to priority " + to.priority() + ": Asterisk enters at priority 1");
    }
    return AmiAction.of(action)
        .with("Channel", channel)
        .with("Context", to.context())
        .with("Exten", to.extension());
  }
}
