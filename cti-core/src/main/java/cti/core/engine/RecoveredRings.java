package cti.core.engine;

import cti.core.call.Call;
import cti.core.call.ClearedBy;
import cti.core.call.EventCause;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.call.RingOutcome;
import cti.core.event.CallEvent.Delivered;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.VisitId;
import cti.core.recovery.LoggedRing;
import cti.core.recovery.SameDevice;
import cti.core.recovery.Tolerance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The offers of one stay in a queue: what the gateway's logs tell against what is on record. */
final class RecoveredRings {
  private final GatewayId gateway;
  private final CallId call;
  private final VisitId visit;
  private final SameDevice devices;
  private final Map<AttemptId, ClearedBy> enders;
  private final Turn turn;
  private final List<RingAttempt> ours;
  private final List<AttemptId> told = new ArrayList<>();

  RecoveredRings(
      GatewayId gateway,
      CallId call,
      VisitId visit,
      SameDevice devices,
      Map<AttemptId, ClearedBy> enders,
      Turn turn) {
    this.enders = enders;
    this.devices = devices;
    this.gateway = gateway;
    this.call = call;
    this.visit = visit;
    this.turn = turn;
    this.ours = new ArrayList<>(visit(turn, call, visit).attempts());
  }

  static QueueVisit visit(Turn turn, CallId call, VisitId visit) {
    Call now = turn.call(call).orElseThrow();
    return now.visits().stream().filter(v -> v.id().equals(visit)).findFirst().orElseThrow();
  }

  /** Rings and answers; the talks come after the end of the wait. */
  void tell(
      List<LoggedRing> rings,
      Function<LoggedRing, Optional<AgentId>> agents,
      BiFunction<LoggedRing, Optional<AgentId>, Extension> phones) {
    Instant entered = visit(turn, call, visit).enteredAt();
    for (LoggedRing ring : rings) {
      Optional<RingAttempt> same = same(ring, agents.apply(ring), rings);
      same.ifPresent(ours::remove);
      Optional<AgentId> agent = agents.apply(ring).or(() -> same.flatMap(RingAttempt::agent));
      Extension phone = same.map(RingAttempt::extension).orElseGet(() -> phones.apply(ring, agent));
      AttemptId attempt = same.map(RingAttempt::id).orElseGet(() -> newId(ring));
      Instant began = RecoveryDecisions.later(ring.startedAt(), entered);
      Instant ended = RecoveryDecisions.later(ring.endedAt(), began);
      boolean begun = same.filter(known -> begins(known, ring)).isPresent();
      if (!begun) {
        turn.happen(new Delivered(call, began, EventCause.RESYNC, visit, attempt, agent, phone));
      }
      told.add(attempt);
      if (begun && same.filter(known -> agrees(known, ring, ended)).isPresent()) {
        continue;
      }
      if (ring.talk().isPresent()) {
        turn.happen(new Established(call, ended, EventCause.RESYNC, visit, attempt, agent, phone));
      } else {
        RingOutcome how =
            same.filter(known -> known.answeredAt().isEmpty() && ring.timesDiffer(known))
                .flatMap(RingAttempt::outcome)
                .filter(known -> seen(known) && !ring.tellsMoreThan(Optional.of(known)))
                .orElse(ring.outcome());
        turn.happen(new Diverted(call, ended, EventCause.RESYNC, visit, attempt, how));
      }
    }
  }

  private static boolean begins(RingAttempt known, LoggedRing ring) {
    Optional<Instant> answered = known.answeredAt().filter(_ -> ring.talk().isPresent());
    return answered
        .map(at -> Tolerance.same(known.startedAt(), at, ring.startedAt(), ring.endedAt()))
        .orElseGet(
            () -> Tolerance.same(known.startedAt(), ring.startedAt()) && !ring.timesDiffer(known));
  }

  /** What is on record of an offer and was seen as it happened is left as it is. */
  private static boolean agrees(RingAttempt known, LoggedRing ring, Instant ended) {
    if (ring.talk().isPresent()) {
      return known.answeredAt().filter(at -> Tolerance.same(at, ended)).isPresent();
    }
    boolean seen = known.outcome().filter(RecoveredRings::seen).isPresent();
    return seen && known.answeredAt().isEmpty() && !ring.tellsMoreThan(known.outcome());
  }

  private static boolean seen(RingOutcome outcome) {
    return outcome != RingOutcome.LOST_TRACK;
  }

  /** Those who talked were asked while the caller was with somebody else. */
  void consulted(List<LoggedRing> rings, RecoveredParts parts) {
    for (int i = 0; i < rings.size(); i++) {
      AttemptId id = told.get(i);
      String number = attempt(id).map(RingAttempt::extension).map(Extension::value).orElse("");
      rings
          .get(i)
          .talk()
          .ifPresent(talk -> parts.consultedInQueue(new ConnectionId(id.value()), number, talk));
    }
  }

  private Optional<RingAttempt> attempt(AttemptId id) {
    return visit(turn, call, visit).attempts().stream()
        .filter(attempt -> attempt.id().equals(id))
        .findFirst();
  }

  /** Their ends; one that no log tells ends with the call. */
  void tellTalks(List<LoggedRing> rings, Optional<Instant> callEnd, RecoveredParts parts) {
    for (int i = 0; i < rings.size(); i++) {
      LoggedRing ring = rings.get(i);
      if (ring.talk().isEmpty()) {
        continue;
      }
      AttemptId id = told.get(i);
      RingAttempt now = attempt(id).orElseThrow();
      Optional<Instant> end = ring.talk().get().endedAt();
      Instant handedOn = RecoveryDecisions.later(end.orElse(Instant.MIN), now.startedAt());
      ring.talk()
          .get()
          .handedOn()
          .ifPresent(
              how -> parts.handedOn(new ConnectionId(id.value()), now.agent(), how, handedOn));
      if (end.isEmpty() && now.endedAt().isPresent() && !now.talking()) {
        continue;
      }
      Instant at = end.or(() -> callEnd).orElse(now.answeredAt().orElseThrow());
      Instant answered = ring.talk().get().answeredAt();
      boolean same =
          now.endedAt()
              .filter(known -> Tolerance.same(now.answeredAt().orElseThrow(), known, answered, at))
              .isPresent();
      ClearedBy by = end.isPresent() ? ring.talk().get().by() : ClearedBy.UNKNOWN;
      boolean anotherEnded =
          by != ClearedBy.UNKNOWN
              && ring.talk().get().handedOn().isEmpty()
              && Optional.ofNullable(enders.get(id)).filter(known -> known != by).isPresent();
      if (!same || anotherEnded || now.talking()) {
        turn.happen(
            new TalkEnded(
                call,
                RecoveryDecisions.later(at, now.answeredAt().orElseThrow()),
                EventCause.RESYNC,
                visit,
                id,
                now.agent(),
                by));
      }
    }
  }

  /**
   * The offer on record that a log's is: by its leg, else by phone or agent and moment; then none
   * that another is by its leg, for a phone may be rung twice within a second.
   */
  private Optional<RingAttempt> same(
      LoggedRing ring, Optional<AgentId> agent, List<LoggedRing> rings) {
    Optional<RingAttempt> byLeg = ours.stream().filter(attempt -> on(attempt, ring)).findFirst();
    return byLeg.or(
        () ->
            devices.of(
                ring,
                agent,
                ours.stream()
                    .filter(attempt -> rings.stream().noneMatch(other -> on(attempt, other)))
                    .toList()));
  }

  private boolean on(RingAttempt attempt, LoggedRing ring) {
    return devices.surely(ring, attempt)
        || ring.leg().filter(leg -> attempt.id().value().equals(gateway + ":" + leg)).isPresent();
  }

  private AttemptId newId(LoggedRing ring) {
    return new AttemptId(
        ring.leg()
            .map(leg -> gateway + ":" + leg)
            .orElseGet(() -> visit + "r" + (visit(turn, call, visit).attempts().size() + 1)));
  }
}
