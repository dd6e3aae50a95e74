package cti.core.engine;

import cti.core.agent.DeviceState;
import cti.core.id.ChannelId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.recovery.LoggedCall;
import cti.core.recovery.OnRecord;
import cti.core.supervision.ListeningMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the gateway reports, in our own words. {@code at} is the gateway's stamp where it gives one
 * (AMI timestampevents), else the server's clock. Channel names and interfaces are data: nothing
 * may assume a technology.
 */
public sealed interface GatewayInput extends EngineInput {
  GatewayId gateway();

  Instant at();

  record LinkLost(GatewayId gateway, Instant at, String reason) implements GatewayInput {}

  /**
   * The whole picture, taken after the link came up. What the gateway reported while it was taken
   * follows it, so that the same thing may be told twice, never missed.
   */
  record Snapshot(
      GatewayId gateway,
      Instant at,
      String version,
      List<ChannelFacts> channels,
      List<WaitingFacts> waiting,
      List<MemberFacts> members)
      implements GatewayInput {
    public Snapshot {
      channels = List.copyOf(channels);
      waiting = List.copyOf(waiting);
      members = List.copyOf(members);
    }
  }

  /**
   * A channel that exists.
   *
   * @param linked the channel id that all channels of one call share
   * @param bridge empty where the channel is in none
   * @param queue the queue that the channel is being served by, waiting or talking
   */
  record ChannelFacts(
      ChannelId channel,
      ChannelId linked,
      String name,
      String callingNumber,
      String callingName,
      String context,
      String dialled,
      String bridge,
      Optional<QueueName> queue,
      Instant since) {}

  /** A caller who waits in a queue. */
  record WaitingFacts(ChannelId channel, QueueName queue, int position, Instant since) {}

  /**
   * A member of a queue as the gateway knows it.
   *
   * @param name the agent whom it was added for; may be empty
   * @param dynamic whether it was added while running
   */
  record MemberFacts(
      QueueName queue,
      String memberInterface,
      String name,
      boolean dynamic,
      boolean paused,
      String pausedReason,
      int penalty,
      MemberActivity activity) {
    /** A member of whom nothing else is known. */
    public MemberFacts(
        QueueName queue,
        String memberInterface,
        boolean dynamic,
        boolean paused,
        String pausedReason,
        int penalty) {
      this(queue, memberInterface, "", dynamic, paused, pausedReason, penalty, MemberActivity.NONE);
    }
  }

  /**
   * What a member does, by the queue's own account.
   *
   * @param status the state of the member's device as the queue holds it
   * @param inCall whether a call of this queue goes on there
   * @param lastCall when the last call of this queue ended; empty for none
   */
  record MemberActivity(DeviceState status, boolean inCall, Optional<Instant> lastCall) {
    static final MemberActivity NONE =
        new MemberActivity(DeviceState.UNKNOWN, false, Optional.empty());
  }

  /**
   * A channel at a look.
   *
   * @param answered its far end has answered
   * @param served an application of the dialplan has it
   * @param bridge empty where the channel is in none
   */
  record SeenChannel(
      ChannelId channel, String name, boolean answered, boolean served, String bridge) {}

  /**
   * What the watchdog sees of members and phones; taken beside the events, so that single events
   * may be before it or behind.
   *
   * @param devices the states of devices, by name
   * @param channels all of them
   * @param inCall phones to which no channel of a queue goes and at which the dialplan counts a
   *     call even so, such as one that the agent makes
   */
  record Looked(
      GatewayId gateway,
      Instant at,
      List<MemberFacts> members,
      Map<String, DeviceState> devices,
      List<SeenChannel> channels,
      Set<Extension> inCall)
      implements GatewayInput {
    public Looked {
      members = List.copyOf(members);
      devices = Map.copyOf(devices);
      channels = List.copyOf(channels);
      inCall = Set.copyOf(inCall);
    }
  }

  record ChannelCreated(
      GatewayId gateway,
      Instant at,
      ChannelId channel,
      ChannelId linked,
      String name,
      String callingNumber,
      String callingName,
      String context,
      String dialled)
      implements GatewayInput {}

  /** The far end of a channel asked to hang up; says who ended a talk. */
  record HangupRequested(GatewayId gateway, Instant at, ChannelId channel)
      implements GatewayInput {}

  /** The channel is gone. {@code q850} is the cause of ITU-T Q.850. */
  record ChannelGone(GatewayId gateway, Instant at, ChannelId channel, int q850)
      implements GatewayInput {}

  record CallerJoined(
      GatewayId gateway, Instant at, ChannelId channel, QueueName queue, int position)
      implements GatewayInput {}

  /** What Queue() returned to the dialplan (QUEUESTATUS), for the ends that have no event. */
  record QueueReturned(
      GatewayId gateway, Instant at, ChannelId channel, QueueName queue, String status)
      implements GatewayInput {}

  /** The dialplan gave up on cti-server and uses the static queue. */
  record FallbackEntered(GatewayId gateway, Instant at, ChannelId channel, String reason)
      implements GatewayInput {}

  /** A member's phone is tried. {@code leg} is the channel towards the member. */
  record MemberCalled(
      GatewayId gateway,
      Instant at,
      ChannelId channel,
      ChannelId leg,
      QueueName queue,
      String memberInterface)
      implements GatewayInput {}

  record MemberConnected(
      GatewayId gateway,
      Instant at,
      ChannelId channel,
      ChannelId leg,
      QueueName queue,
      String memberInterface)
      implements GatewayInput {}

  record MemberDidNotAnswer(
      GatewayId gateway,
      Instant at,
      ChannelId channel,
      ChannelId leg,
      QueueName queue,
      String memberInterface)
      implements GatewayInput {}

  /** The talk with a member is over. {@code by} is the gateway's word: caller, agent, transfer. */
  record MemberCompleted(
      GatewayId gateway,
      Instant at,
      ChannelId channel,
      QueueName queue,
      String memberInterface,
      String by)
      implements GatewayInput {}

  /** A dial attempt ended. {@code status} is the gateway's word: BUSY, CONGESTION, NOANSWER, … */
  record DialEnded(GatewayId gateway, Instant at, ChannelId leg, String status)
      implements GatewayInput {}

  /** What tells of the devices of a call, whether a queue chose them or not. */
  sealed interface OfParts extends GatewayInput {}

  /**
   * A channel is dialled.
   *
   * @param dialler empty where the gateway dials by itself (Originate, a transfer with enquiry)
   * @param dialled the number in what is dialled; empty where there is none
   */
  record DialStarted(
      GatewayId gateway, Instant at, Optional<ChannelId> dialler, ChannelId leg, String dialled)
      implements OfParts {}

  /** The far end of a channel put the other side on hold, or the gateway did in its place. */
  record ChannelHeld(GatewayId gateway, Instant at, ChannelId channel) implements OfParts {}

  record ChannelRetrieved(GatewayId gateway, Instant at, ChannelId channel) implements OfParts {}

  /** {@code transferer} sent whoever they talked to on to {@code target}. */
  record BlindTransferred(GatewayId gateway, Instant at, ChannelId transferer, String target)
      implements OfParts {}

  /**
   * A transfer with enquiry came to its end.
   *
   * @param threeWay whether the transferer stays: a conference
   * @param target the name of the channel towards whom was asked
   */
  record AttendedTransferred(
      GatewayId gateway, Instant at, ChannelId transferer, boolean threeWay, String target)
      implements OfParts {}

  /** A channel was bridged with whoever is in the bridge. */
  record BridgeEntered(GatewayId gateway, Instant at, ChannelId channel, String bridge)
      implements OfParts {}

  /** The bridge is no more. */
  record BridgeGone(GatewayId gateway, Instant at, String bridge) implements OfParts {}

  /**
   * A call that rang on {@code rang} was taken by {@code by}; afterwards the one channel has the
   * place of the other.
   */
  record PickedUp(GatewayId gateway, Instant at, ChannelId rang, ChannelId by) implements OfParts {}

  /**
   * The phone at an extension would not take the call that it was offered, and why.
   *
   * @param channel the channel that dialled it; of the same call as the caller's
   */
  record PhoneRefused(
      GatewayId gateway, Instant at, ChannelId channel, Extension extension, int q850)
      implements GatewayInput {}

  /** A supervisor's phone hears a talk from now on, and how. */
  record ListenerHeard(GatewayId gateway, Instant at, ChannelId channel, ListeningMode mode)
      implements GatewayInput {}

  /** Something of the recording on an agent's channel changed. */
  record RecordingReported(GatewayId gateway, Instant at, ChannelId channel, RecordingReport report)
      implements GatewayInput {}

  /**
   * The gateway's own logs have told a call to its end, and it is missing on record or not whole
   * there.
   *
   * @param at when that was found, by the server's clock
   * @param onRecord what the database has of it; empty where it has nothing
   */
  record CallFound(GatewayId gateway, Instant at, LoggedCall logged, Optional<OnRecord> onRecord)
      implements GatewayInput {}

  /**
   * The gateway refused, or never answered, an action that the engine asked for.
   *
   * @param answered it refused; else nobody knows whether it was done, or will be
   */
  record ActionFailed(
      GatewayId gateway, Instant at, GatewayAction action, String message, boolean answered)
      implements GatewayInput {}
}
