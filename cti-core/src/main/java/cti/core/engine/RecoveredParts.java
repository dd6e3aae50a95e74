package cti.core.engine;

import cti.core.call.Call;
import cti.core.call.ClearedBy;
import cti.core.call.EventCause;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.call.RingOutcome;
import cti.core.call.TransferKind;
import cti.core.event.CallEvent.Conferenced;
import cti.core.event.CallEvent.Failed;
import cti.core.event.CallEvent.PartDelivered;
import cti.core.event.CallEvent.PartEnded;
import cti.core.event.CallEvent.PartEstablished;
import cti.core.event.CallEvent.Transferred;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.Extension;
import cti.core.recovery.LoggedCall;
import cti.core.recovery.LoggedPart;
import cti.core.recovery.LoggedRing;
import cti.core.recovery.SameDevice;
import cti.core.recovery.Tolerance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Phones and numbers that no queue chose, and how the caller was handed on to them: what the
 * gateway's logs tell against what is on record.
 */
final class RecoveredParts {
  private static final Duration AT_ONCE = Duration.ofMillis(250);

  private final EngineSettings settings;
  private final LiveState state;
  private final CallId call;
  private final LoggedCall logged;
  private final SameDevice devices;
  private final List<Transferred> transfers;
  private final Turn turn;
  private final List<Part> ours;
  private final List<Told> told = new ArrayList<>();
  private final Set<ConnectionId> handedOnBy = new HashSet<>();
  private boolean toldTalk;

  /**
   * Who was consulted, and answered or met the caller: an agent may leave while the phone rings.
   *
   * @param connection as on record
   */
  private record Told(
      ConnectionId connection, String number, Optional<Instant> joinedAt, Instant endedAt) {}

  /**
   * @param transfers those that are on record
   */
  RecoveredParts(
      EngineSettings settings,
      LiveState state,
      CallId call,
      LoggedCall logged,
      SameDevice devices,
      List<Transferred> transfers,
      Turn turn) {
    this.devices = devices;
    this.transfers = transfers;
    this.settings = settings;
    this.state = state;
    this.call = call;
    this.logged = logged;
    this.turn = turn;
    this.ours = new ArrayList<>(now().parts());
  }

  /** Those who were asked while a talk went on come before its end: they may get the caller. */
  void tellConsulted() {
    logged.parts().stream().filter(LoggedPart::consulted).forEach(this::tell);
  }

  /** All others, once the stays in queues are told. */
  void tellOthers() {
    logged.parts().stream().filter(part -> !part.consulted()).forEach(this::tell);
  }

  /** Whether somebody's talk outside the queues was told anew. */
  boolean toldTalk() {
    return toldTalk;
  }

  private void tell(LoggedPart part) {
    Optional<Part> same = devices.of(part, ours);
    same.ifPresent(ours::remove);
    ConnectionId connection = same.map(Part::id).orElseGet(() -> settings.connection(part.leg()));
    if (part.consulted() && (part.answeredAt().isPresent() || part.joinedAt().isPresent())) {
      told.add(new Told(connection, part.number(), part.joinedAt(), part.endedAt()));
    }
    PartRole role = role(part, same);
    if (same.filter(known -> agrees(known, part) && known.role() == role).isPresent()) {
      return;
    }
    Optional<AgentId> agent =
        same.flatMap(known -> known.device().agent()).or(() -> agentAt(part.number()));
    Instant began = RecoveryDecisions.later(part.startedAt(), logged.startedAt());
    turn.happen(
        new PartDelivered(call, began, EventCause.RESYNC, connection, role, agent, part.number()));
    Instant ended = RecoveryDecisions.later(part.endedAt(), began);
    if (part.answeredAt().isEmpty()) {
      turn.happen(new Failed(call, ended, EventCause.RESYNC, connection, unanswered(part)));
      return;
    }
    Instant answered = RecoveryDecisions.later(part.answeredAt().get(), began);
    turn.happen(new PartEstablished(call, answered, EventCause.RESYNC, connection, agent));
    Instant over = RecoveryDecisions.later(ended, answered);
    turn.happen(new PartEnded(call, over, EventCause.RESYNC, connection, agent, ClearedBy.UNKNOWN));
    toldTalk = true;
  }

  /** A phone that still rang when the call was over rang for somebody who left. */
  private RingOutcome unanswered(LoggedPart part) {
    boolean phone = logged.channels().containsKey(part.leg());
    boolean callerGone =
        part.outcome() == RingOutcome.NO_ANSWER
            && phone
            && !part.consulted()
            && logged
                .endedAt()
                .filter(end -> end.minus(AT_ONCE).isBefore(part.endedAt()))
                .isPresent();
    return callerGone ? RingOutcome.CALLER_GONE : part.outcome();
  }

  private static boolean agrees(Part known, LoggedPart part) {
    boolean ended =
        known.times().endedAt().filter(at -> Tolerance.same(at, part.endedAt())).isPresent();
    boolean seen = known.failure().filter(how -> how == RingOutcome.LOST_TRACK).isEmpty();
    return ended
        && seen
        && Tolerance.same(known.times().startedAt(), part.startedAt())
        && Tolerance.same(known.times().answeredAt(), part.answeredAt());
  }

  /**
   * Of a phone that was first seen behind an outage nobody knew why it was dialled; one that talked
   * to the caller and an agent at once, brought together unseen, was taken for handed the caller.
   */
  private boolean guessed(Part known, LoggedPart part) {
    boolean handedOn = transfers.stream().anyMatch(seen -> seen.to().contains(known.id()));
    return known.role() == PartRole.CALLED
        || known.role() == PartRole.TRANSFERRED_TO && part.consulted() && !handedOn;
  }

  private PartRole role(LoggedPart part, Optional<Part> same) {
    if (same.filter(known -> !guessed(known, part)).isPresent()) {
      return same.get().role();
    }
    if (part.consulted()) {
      return PartRole.CONSULTED;
    }
    // An offer that was given up and is told as answered has its own times; its part has not yet.
    boolean before =
        Stream.concat(
                now().parts().stream()
                    .filter(known -> known.role() != PartRole.CALLER)
                    .flatMap(known -> known.times().answeredAt().stream()),
                now().visits().stream()
                    .flatMap(visit -> visit.attempts().stream())
                    .flatMap(attempt -> attempt.answeredAt().stream()))
            .anyMatch(at -> at.isBefore(part.startedAt()));
    return before ? PartRole.TRANSFERRED_TO : PartRole.CALLED;
  }

  private Optional<AgentId> agentAt(String number) {
    return number.isBlank() || number.length() > Extension.LONGEST
        ? Optional.empty()
        : state.agentAt(new Extension(number));
  }

  /** An agent of another desk was consulted, by way of its queue. */
  void consultedInQueue(ConnectionId connection, String number, LoggedRing.Talk talk) {
    Instant ended = talk.endedAt().or(logged::endedAt).orElse(talk.answeredAt());
    told.add(new Told(connection, number, Optional.empty(), ended));
  }

  /**
   * The talk on {@code by} ended because its agent handed the caller on.
   *
   * @param at when
   */
  void handedOn(ConnectionId by, Optional<AgentId> agent, LoggedRing.HandedOn how, Instant at) {
    List<Told> to =
        how.kind() == TransferKind.BLIND
            ? List.of()
            : told.stream()
                .filter(each -> !each.endedAt().isBefore(at))
                .filter(each -> each.joinedAt().map(met -> Tolerance.same(met, at)).orElse(true))
                .toList();
    String target =
        how.target().isEmpty()
            ? to.stream().findFirst().map(Told::number).orElse("")
            : how.target();
    handedOnBy.add(by);
    told.removeAll(to);
    turn.happen(
        new Transferred(
            call,
            at,
            EventCause.RESYNC,
            by,
            agent,
            how.kind(),
            target,
            to.stream().map(Told::connection).toList()));
  }

  /** Those who met the caller although nobody handed the caller on: a conference. */
  void tellConferences(Optional<Part> agent) {
    for (Told each : told) {
      boolean consulted =
          now().parts().stream()
              .filter(part -> part.times().answeredAt().isPresent())
              .anyMatch(
                  part -> part.id().equals(each.connection()) && part.role() == PartRole.CONSULTED);
      if (consulted && each.joinedAt().isPresent() && agent.isPresent()) {
        turn.happen(
            new Conferenced(
                call,
                each.joinedAt().get(),
                EventCause.RESYNC,
                agent.get().id(),
                agent.get().device().agent(),
                List.of(each.connection())));
      }
    }
  }

  /** What was seen and no log tells of, such as the transfer by somebody whom no queue chose. */
  void keepTransfers() {
    for (Transferred seen : transfers) {
      if (handedOnBy.add(seen.by())) {
        turn.happen(
            new Transferred(
                call,
                seen.at(),
                EventCause.RESYNC,
                seen.by(),
                seen.agent(),
                seen.kind(),
                seen.target(),
                List.of()));
      }
    }
  }

  private Call now() {
    return turn.call(call).orElseThrow();
  }
}
