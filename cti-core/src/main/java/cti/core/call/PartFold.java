package cti.core.call;

import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.CallRecovered;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.CallEvent.CallsMerged;
import cti.core.event.CallEvent.Conferenced;
import cti.core.event.CallEvent.ConnectionCleared;
import cti.core.event.CallEvent.Delivered;
import cti.core.event.CallEvent.DigitsDialled;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.Failed;
import cti.core.event.CallEvent.FellBack;
import cti.core.event.CallEvent.FlowEnded;
import cti.core.event.CallEvent.Held;
import cti.core.event.CallEvent.JoiningPart;
import cti.core.event.CallEvent.Originated;
import cti.core.event.CallEvent.PartDelivered;
import cti.core.event.CallEvent.PartEnded;
import cti.core.event.CallEvent.PartEstablished;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Queued;
import cti.core.event.CallEvent.Retrieved;
import cti.core.event.CallEvent.Routed;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.event.CallEvent.Transferred;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.ConnectionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** How each event changes the parts of a call. {@code parts} is changed in place. */
final class PartFold {
  private final List<Part> parts;
  private final ConnectionId caller;

  PartFold(List<Part> parts, ConnectionId caller) {
    this.parts = parts;
    this.caller = caller;
  }

  /** The connection that an offer of a queue is made on. */
  static ConnectionId of(AttemptId attempt) {
    return new ConnectionId(attempt.value());
  }

  void apply(CallEvent event) {
    Instant at = event.at();
    switch (event) {
      case Queued e -> {
        if (e.connection().isEmpty() || e.connection().get().equals(caller)) {
          caller(ConnectionState.QUEUED, at);
        }
      }
      case Delivered e -> {
        // An offer made for a caller who talks to somebody is made for that somebody.
        PartRole role =
            parts.stream().anyMatch(Part::withCaller) ? PartRole.CONSULTED : PartRole.QUEUE_AGENT;
        begin(of(e.attempt()), role, e.agent(), e.extension().value(), at);
      }
      case Diverted e -> change(of(e.attempt()), part -> part.failed(e.outcome(), at));
      case Established e -> {
        known(of(e.attempt()), PartRole.QUEUE_AGENT, e.agent(), e.extension().value(), at);
        answered(of(e.attempt()), e.agent(), at);
      }
      case QueueVisitEnded _ -> {
        if (parts.stream().noneMatch(Part::withCaller)) {
          caller(ConnectionState.INITIATED, at);
        }
      }
      case TalkEnded e -> {
        change(of(e.attempt()), part -> part.ended(at));
        left(at);
      }
      case PartDelivered e -> begin(e.connection(), e.role(), e.agent(), e.number(), at);
      case PartEstablished e -> {
        known(e.connection(), PartRole.CALLED, e.agent(), "", at);
        answered(e.connection(), e.agent(), at);
      }
      case Failed e -> change(e.connection(), part -> part.failed(e.outcome(), at));
      case PartEnded e -> {
        change(e.connection(), part -> part.ended(at));
        left(at);
      }
      case Held e -> change(e.connection(), part -> part.into(ConnectionState.HELD, at));
      case Retrieved e -> change(e.connection(), part -> part.into(ConnectionState.CONNECTED, at));
      case Transferred e -> {
        joined(e.to()::contains, PartRole.TRANSFERRED_TO, e.cause(), at);
        left(at);
      }
      case Conferenced e -> joined(e.parts()::contains, PartRole.CONFERENCED, e.cause(), at);
      case CallsMerged e ->
          e.parts().forEach(joining -> joining.role().ifPresent(role -> join(joining, role, at)));
      case ConnectionCleared e -> change(e.connection(), part -> part.ended(at));
      case CallCleared _ -> parts.replaceAll(part -> part.ended(at));
      case ServiceInitiated _,
          Originated _,
          CallerIdentified _,
          DigitsDialled _,
          Routed _,
          FlowEnded _,
          FellBack _,
          CallMissed _,
          CallRecovered _ -> {}
    }
  }

  /** A device that is asked again, such as the phone of who dials by click, stays one part. */
  private void begin(
      ConnectionId id, PartRole role, Optional<AgentId> agent, String number, Instant at) {
    if (parts.stream().anyMatch(part -> part.id().equals(id))) {
      change(id, part -> part.of(agent).into(ConnectionState.ALERTING, at));
    } else {
      Part.Device device = new Part.Device(agent, number);
      parts.add(Part.begun(id, role, device, ConnectionState.ALERTING, at));
    }
  }

  /** What should have come before and did not is made up. */
  private void known(
      ConnectionId id, PartRole role, Optional<AgentId> agent, String number, Instant at) {
    if (parts.stream().noneMatch(part -> part.id().equals(id))) {
      begin(id, role, agent, number, at);
    }
  }

  /** Even one that was thought to have failed: what is told last is so. */
  private void answered(ConnectionId id, Optional<AgentId> agent, Instant at) {
    parts.replaceAll(
        part ->
            part.id().equals(id) && part.state() != ConnectionState.NULL
                ? part.answered(agent, at)
                : part);
    met(at);
  }

  private void join(JoiningPart joining, PartRole role, Instant at) {
    begin(joining.connection(), role, joining.agent(), joining.number(), at);
    if (joining.answered()) {
      answered(joining.connection(), joining.agent(), at);
    }
  }

  /**
   * What the gateway's logs tell may come after a part's end, if nothing else of it is told again.
   */
  private void joined(Predicate<ConnectionId> those, PartRole role, EventCause cause, Instant at) {
    boolean afterwards = cause == EventCause.RESYNC;
    parts.replaceAll(
        part -> {
          Part after = part;
          boolean there = part.open() || afterwards;
          if (mayBecome(part.role(), role) && those.test(part.id()) && there) {
            after = part.as(role);
          }
          boolean back =
              role == PartRole.CONFERENCED && after.open() && after.state() == ConnectionState.HELD;
          return back ? after.into(ConnectionState.CONNECTED, at) : after;
        });
    met(at);
  }

  /** Who brings a colleague in and leaves in that moment, by the logs, has handed the caller on. */
  private static boolean mayBecome(PartRole now, PartRole then) {
    return now == PartRole.CONSULTED
        || now == PartRole.CONFERENCED && then == PartRole.TRANSFERRED_TO;
  }

  /** Somebody talks to the caller. */
  private void met(Instant at) {
    if (parts.stream().anyMatch(Part::withCaller)) {
      change(
          caller,
          part ->
              part.state() == ConnectionState.HELD
                  ? part
                  : part.into(ConnectionState.CONNECTED, at));
    }
  }

  /** The caller is alone again, and what was on hold is so no longer. */
  private void left(Instant at) {
    if (parts.stream().noneMatch(Part::withCaller)) {
      caller(ConnectionState.INITIATED, at);
    }
  }

  private void caller(ConnectionState state, Instant at) {
    change(caller, part -> part.into(state, at));
  }

  private void change(ConnectionId id, UnaryOperator<Part> change) {
    parts.replaceAll(part -> part.id().equals(id) && part.open() ? change.apply(part) : part);
  }
}
