package cti.core.event;

import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.call.PartRole;
import cti.core.call.QueueOutcome;
import cti.core.call.RingOutcome;
import cti.core.call.TransferKind;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.id.StaffId;
import cti.core.id.VisitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events of a call, in the words of CSTA (ECMA-269, 17.2) where it has them. */
public sealed interface CallEvent extends DomainEvent {
  CallId call();

  EventCause cause();

  /** A new call reached the gateway. {@code callingNumber} is as presented, possibly empty. */
  record ServiceInitiated(
      CallId call,
      Instant at,
      EventCause cause,
      ConnectionId connection,
      GatewayId gateway,
      String channelName,
      String callingNumber,
      String callingName,
      String dialledNumber,
      Direction direction)
      implements CallEvent {}

  /** A further connection joined the call: the leg towards a phone. */
  record Originated(
      CallId call, Instant at, EventCause cause, ConnectionId connection, String channelName)
      implements CallEvent {}

  /**
   * The directory was asked who calls, or in a call of ours who is called; all matches, none
   * picked.
   */
  record CallerIdentified(
      CallId call, Instant at, EventCause cause, String number, List<StaffId> matches)
      implements CallEvent {
    public CallerIdentified {
      matches = List.copyOf(matches);
    }
  }

  /** The caller pressed keys in a node of the flow; empty digits mean that no key came in time. */
  record DigitsDialled(CallId call, Instant at, EventCause cause, String node, String digits)
      implements CallEvent {}

  /**
   * The call was given a desk; {@code rule} won, {@code explanation} says why, for people.
   *
   * @param details all of it; empty where the flow itself named the desk
   */
  record Routed(
      CallId call,
      Instant at,
      EventCause cause,
      DeskId desk,
      QueueName queue,
      String rule,
      String explanation,
      Optional<RouteDetails> details)
      implements CallEvent {
    /** By the flow itself. */
    public Routed(
        CallId call,
        Instant at,
        EventCause cause,
        DeskId desk,
        QueueName queue,
        String rule,
        String explanation) {
      this(call, at, cause, desk, queue, rule, explanation, Optional.empty());
    }
  }

  /** The flow ended without a queue: {@code node} says where. */
  record FlowEnded(CallId call, Instant at, EventCause cause, String node) implements CallEvent {}

  /** cti-server did not answer the gateway, which sent the caller to its static queue. */
  record FellBack(CallId call, Instant at, EventCause cause, String reason) implements CallEvent {}

  /**
   * A queue was entered; {@code desk} is empty for the gateway's static queue.
   *
   * @param connection who waits; empty for the caller. Another one consults the desk
   */
  record Queued(
      CallId call,
      Instant at,
      EventCause cause,
      VisitId visit,
      QueueName queue,
      Optional<DeskId> desk,
      int position,
      Optional<ConnectionId> connection)
      implements CallEvent {
    /** The caller waits. */
    public Queued(
        CallId call,
        Instant at,
        EventCause cause,
        VisitId visit,
        QueueName queue,
        Optional<DeskId> desk,
        int position) {
      this(call, at, cause, visit, queue, desk, position, Optional.empty());
    }
  }

  /** A phone rings; {@code agent} is empty where nobody is logged on at that extension. */
  record Delivered(
      CallId call,
      Instant at,
      EventCause cause,
      VisitId visit,
      AttemptId attempt,
      Optional<AgentId> agent,
      Extension extension)
      implements CallEvent {}

  /** The offer to one agent ended without talk. */
  record Diverted(
      CallId call,
      Instant at,
      EventCause cause,
      VisitId visit,
      AttemptId attempt,
      RingOutcome outcome)
      implements CallEvent {}

  /** Agent and caller talk. */
  record Established(
      CallId call,
      Instant at,
      EventCause cause,
      VisitId visit,
      AttemptId attempt,
      Optional<AgentId> agent,
      Extension extension)
      implements CallEvent {}

  /** The stay in the queue is over. */
  record QueueVisitEnded(
      CallId call, Instant at, EventCause cause, VisitId visit, QueueOutcome outcome, int position)
      implements CallEvent {}

  /** The talk of agent and caller is over; both may go on elsewhere. */
  record TalkEnded(
      CallId call,
      Instant at,
      EventCause cause,
      VisitId visit,
      AttemptId attempt,
      Optional<AgentId> agent,
      ClearedBy by)
      implements CallEvent {}

  /**
   * A phone that no queue chose rings (CSTA Delivered): one that was dialled, transferred to,
   * consulted; also the phone of who makes a call by click.
   *
   * @param number extension, or number as dialled
   */
  record PartDelivered(
      CallId call,
      Instant at,
      EventCause cause,
      ConnectionId connection,
      PartRole role,
      Optional<AgentId> agent,
      String number)
      implements CallEvent {}

  /** Such a phone was answered (CSTA Established). */
  record PartEstablished(
      CallId call, Instant at, EventCause cause, ConnectionId connection, Optional<AgentId> agent)
      implements CallEvent {}

  /** Such a phone was not answered, and why (CSTA Failed). */
  record Failed(
      CallId call, Instant at, EventCause cause, ConnectionId connection, RingOutcome outcome)
      implements CallEvent {}

  /** Such a phone's talk is over; the others may go on. */
  record PartEnded(
      CallId call,
      Instant at,
      EventCause cause,
      ConnectionId connection,
      Optional<AgentId> agent,
      ClearedBy by)
      implements CallEvent {}

  /** The device put the others on hold. */
  record Held(
      CallId call, Instant at, EventCause cause, ConnectionId connection, Optional<AgentId> agent)
      implements CallEvent {}

  /** The device is back with the others. */
  record Retrieved(
      CallId call, Instant at, EventCause cause, ConnectionId connection, Optional<AgentId> agent)
      implements CallEvent {}

  /**
   * The caller was handed on.
   *
   * @param by the device that did it
   * @param target where to: an extension, a queue, a number
   * @param to of those consulted, who has the caller now
   */
  record Transferred(
      CallId call,
      Instant at,
      EventCause cause,
      ConnectionId by,
      Optional<AgentId> agent,
      TransferKind kind,
      String target,
      List<ConnectionId> to)
      implements CallEvent {
    public Transferred {
      to = List.copyOf(to);
    }
  }

  /** Those consulted joined caller and agent; whoever was on hold is so no longer. */
  record Conferenced(
      CallId call,
      Instant at,
      EventCause cause,
      ConnectionId by,
      Optional<AgentId> agent,
      List<ConnectionId> parts)
      implements CallEvent {
    public Conferenced {
      parts = List.copyOf(parts);
    }
  }

  /** Another call, which ended with that, became part of this one. */
  record CallsMerged(
      CallId call, Instant at, EventCause cause, CallId merged, List<JoiningPart> parts)
      implements CallEvent {
    public CallsMerged {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A connection of a call that became part of another.
   *
   * @param role empty for a leg of the gateway's own
   */
  record JoiningPart(
      ConnectionId connection,
      String channelName,
      Optional<PartRole> role,
      Optional<AgentId> agent,
      String number,
      boolean answered) {}

  /** One device left the call. {@code q850} is the cause of ITU-T Q.850, 0 where none was given. */
  record ConnectionCleared(
      CallId call, Instant at, EventCause cause, ConnectionId connection, int q850)
      implements CallEvent {}

  /** The caller reached nobody: one record a call, whatever rang. */
  record CallMissed(
      CallId call,
      Instant at,
      EventCause cause,
      Optional<DeskId> desk,
      QueueName queue,
      QueueOutcome reason)
      implements CallEvent {}

  /** The last device left: the call is over. */
  record CallCleared(
      CallId call,
      Instant at,
      EventCause cause,
      CallOutcome outcome,
      ClearedBy by,
      DataQuality quality)
      implements CallEvent {}

  /**
   * What follows of this call, up to its {@link CallCleared}, was read in the gateway's own logs
   * after all was over. It takes the place of what was on record of the same stay in a queue and of
   * the same offer; what it does not name was right. No screen shows it.
   *
   * @param at when it was found
   * @param source the logs that told it
   */
  record CallRecovered(CallId call, Instant at, EventCause cause, String source)
      implements CallEvent {}
}
