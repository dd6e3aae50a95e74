package cti.core.engine;

import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.call.QueueOutcome;
import cti.core.call.QueueVisit;
import cti.core.desk.Desk;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.CallRecovered;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.CallEvent.FellBack;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Queued;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.CallEvent.Transferred;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.Extension;
import cti.core.id.VisitId;
import cti.core.recovery.LoggedCall;
import cti.core.recovery.LoggedRing;
import cti.core.recovery.LoggedStay;
import cti.core.recovery.OnRecord;
import cti.core.recovery.SameDevice;
import cti.core.recovery.SameStay;
import cti.core.recovery.Tolerance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls that the gateway's own logs tell of and that are missing on record, or not whole there.
 * They are told by the ordinary events, at the gateway's times, so that records, missed calls and
 * figures take them like any other. Of a call on record only what differs is told again.
 *
 * <p>Bears being told the same call twice: what is under way, what ended while the database was
 * asked, and what the logs have told before is left alone.
 */
final class RecoveryDecisions {
  private static final String HANG_UP = "Hangup";
  private static final String FALLBACK = "cti-fallback";

  private final EngineSettings settings;
  private final LiveState state;
  private final CallerLookup callers;

  RecoveryDecisions(EngineSettings settings, LiveState state, CallerLookup callers) {
    this.settings = settings;
    this.state = state;
    this.callers = callers;
  }

  void found(GatewayInput.CallFound found, Turn turn) {
    CallId id = new CallId(settings.gateway() + ":" + found.logged().caller());
    // What the logs told before is told again only by who has seen that, and knows better since.
    boolean again = found.onRecord().filter(OnRecord::recovered).isPresent();
    // The call ended while the database was asked, or its end waited for the disk of the journal.
    boolean older = found.onRecord().flatMap(OnRecord::endedAt).isEmpty();
    boolean known =
        state.call(id).isPresent()
            || (state.ended().recovered(id) && !again)
            || (older && state.ended().contains(id) && !state.ended().cutOff(id));
    if (known) {
      return;
    }
    Turn draft = new Turn(state, turn.catalog(), turn.now());
    tell(id, found, draft);
    Optional<Call> before = found.onRecord().map(OnRecord::call);
    inOrder(draft.happened())
        .forEach(
            event -> {
              if (event instanceof CallRecovered begin) {
                turn.retell(begin, before);
              } else {
                turn.happen(event);
              }
            });
  }

  /** As a call that was seen would have told them: one after the other, the end last. */
  private static List<CallEvent> inOrder(List<DomainEvent> told) {
    List<CallEvent> events = new ArrayList<>(told.stream().map(CallEvent.class::cast).toList());
    events.sort(
        Comparator.comparing(RecoveryDecisions::rank)
            .thenComparing(event -> event instanceof CallRecovered ? Instant.EPOCH : event.at()));
    return events;
  }

  private static int rank(CallEvent event) {
    return switch (event) {
      case CallRecovered _ -> 0;
      case ServiceInitiated _ -> 1;
      case CallMissed _ -> 3;
      case CallCleared _ -> 4;
      default -> 2;
    };
  }

  private void tell(CallId id, GatewayInput.CallFound found, Turn turn) {
    LoggedCall logged = found.logged();
    Optional<Call> before = found.onRecord().map(OnRecord::call);
    turn.retell(
        new CallRecovered(id, found.at(), EventCause.RESYNC, logged.sources().text()), before);
    if (before.isEmpty()) {
      begin(id, logged, turn);
    } else if (logged.sources().callDetails()
        && logged.endedAt().isPresent()
        && !Tolerance.same(before.get().startedAt(), logged.startedAt())) {
      turn.happen(beganAt(before.get(), logged));
    }
    SameDevice devices =
        new SameDevice(logged, found.onRecord().map(OnRecord::channels).orElse(Map.of()));
    List<Transferred> transfers = found.onRecord().map(OnRecord::transfers).orElse(List.of());
    RecoveredParts parts =
        new RecoveredParts(settings, state, id, logged, devices, transfers, turn);
    parts.tellConsulted();
    Map<AttemptId, ClearedBy> enders = found.onRecord().map(OnRecord::enders).orElse(Map.of());
    stays(id, logged, parts, devices, enders, turn);
    parts.tellOthers();
    parts.tellConferences(firstTalker(turn.call(id).orElseThrow()));
    parts.keepTransfers();
    end(id, found, parts.toldTalk(), turn);
  }

  private static Optional<Part> firstTalker(Call call) {
    return call.parts().stream()
        .filter(part -> part.role() == PartRole.QUEUE_AGENT)
        .filter(part -> part.times().answeredAt().isPresent())
        .findFirst();
  }

  /** The same beginning at its own time. */
  private static ServiceInitiated beganAt(Call call, LoggedCall logged) {
    Call.Origin origin = call.origin();
    return new ServiceInitiated(
        call.id(),
        logged.startedAt(),
        EventCause.RESYNC,
        call.caller().connection(),
        origin.gateway(),
        logged.presented().channelName(),
        origin.callingNumber(),
        origin.callingName(),
        origin.dialledNumber(),
        origin.direction());
  }

  private void begin(CallId id, LoggedCall logged, Turn turn) {
    LoggedCall.Presented presented = logged.presented();
    Instant at = logged.startedAt();
    Optional<Dialplan.OwnCall> own = settings.dialplan().ownCall(facts(logged));
    // Without a call detail record only queue_log tells it: a caller in a queue.
    boolean hotline =
        settings.hotlineContexts().contains(presented.context())
            || Dialplan.handedOn(presented.context())
            || presented.context().isEmpty();
    turn.happen(
        new ServiceInitiated(
            id,
            at,
            EventCause.RESYNC,
            new ConnectionId(id.value()),
            settings.gateway(),
            presented.channelName(),
            own.map(Dialplan.OwnCall::caller).orElse(presented.callingNumber()),
            "",
            own.map(Dialplan.OwnCall::called).orElse(presented.dialledNumber()),
            own.map(Dialplan.OwnCall::direction)
                .orElse(hotline ? Direction.INBOUND : Direction.OTHER)));
    String number = own.map(Dialplan.OwnCall::called).orElse(presented.callingNumber());
    turn.happen(new CallerIdentified(id, at, EventCause.RESYNC, number, callers.matches(number)));
    if (presented.lastContext().equals(FALLBACK)) {
      turn.happen(new FellBack(id, at, EventCause.RESYNC, "found in the gateway's logs"));
    }
  }

  /** The caller's channel, as the gateway would have told of it. */
  private static GatewayInput.ChannelFacts facts(LoggedCall logged) {
    return new GatewayInput.ChannelFacts(
        logged.caller(),
        logged.caller(),
        logged.presented().channelName(),
        logged.presented().callingNumber(),
        "",
        logged.presented().context(),
        logged.presented().dialledNumber(),
        "",
        Optional.empty(),
        logged.startedAt());
  }

  private void stays(
      CallId id,
      LoggedCall logged,
      RecoveredParts parts,
      SameDevice devices,
      Map<AttemptId, ClearedBy> enders,
      Turn turn) {
    SameStay known = new SameStay(logged.stays(), turn.call(id).orElseThrow().visits());
    // A consultation waits in a queue while the talk of the stay before goes on.
    List<Runnable> talks = new ArrayList<>();
    for (LoggedStay stay : logged.stays()) {
      if (!stay.consulted()) {
        talks.forEach(Runnable::run);
        talks.clear();
      }
      VisitId visit = entered(id, stay, known.of(stay), logged, turn);
      RecoveredRings rings =
          new RecoveredRings(settings.gateway(), id, visit, devices, enders, turn);
      rings.tell(stay.rings(), ring -> agentOf(ring, turn), this::phoneOf);
      left(id, visit, stay, logged, turn);
      if (stay.consulted()) {
        rings.consulted(stay.rings(), parts);
      }
      talks.add(() -> rings.tellTalks(stay.rings(), logged.endedAt(), parts));
    }
    talks.forEach(Runnable::run);
  }

  private VisitId entered(
      CallId id, LoggedStay stay, Optional<QueueVisit> same, LoggedCall logged, Turn turn) {
    VisitId visit =
        same.map(QueueVisit::id)
            .orElseGet(
                () -> new VisitId(id + "#" + (turn.call(id).orElseThrow().visits().size() + 1)));
    Instant entered = later(stay.enteredAt(), logged.startedAt());
    if (same.filter(ours -> enters(ours, stay, entered)).isEmpty()) {
      turn.happen(
          new Queued(
              id,
              entered,
              EventCause.RESYNC,
              visit,
              stay.queue(),
              turn.catalog().deskOf(stay.queue()).map(Desk::id),
              stay.position(),
              stay.consultation().map(settings::connection)));
    }
    return visit;
  }

  private static boolean enters(QueueVisit ours, LoggedStay stay, Instant entered) {
    return ours.leftAt().isPresent() && stay.leftAt().isPresent()
        ? Tolerance.same(ours.enteredAt(), ours.leftAt().get(), entered, stay.leftAt().get())
        : Tolerance.same(ours.enteredAt(), entered);
  }

  /** The end of a stay; one that no log tells is counted, never guessed. */
  private static void left(
      CallId id, VisitId visitId, LoggedStay stay, LoggedCall logged, Turn turn) {
    QueueVisit ours = RecoveredRings.visit(turn, id, visitId);
    if (stay.outcome().isEmpty()) {
      if (ours.waiting()) {
        Instant at = logged.endedAt().orElse(logged.seenUntil());
        ended(id, ours, QueueOutcome.GATEWAY_LOST, later(at, ours.enteredAt()), false, turn);
      }
      return;
    }
    Instant at = later(stay.leftAt().orElseThrow(), ours.enteredAt());
    boolean same =
        ours.outcome().equals(stay.outcome())
            && ours.callerLeft() == stay.callerLeft()
            && Tolerance.same(ours.leftAt(), Optional.of(at));
    if (!same) {
      ended(id, ours, stay.outcome().get(), at, stay.callerLeft(), turn);
    }
  }

  private static void ended(
      CallId id, QueueVisit visit, QueueOutcome how, Instant at, boolean byCaller, Turn turn) {
    EventCause cause = byCaller ? EventCause.CALL_CANCELLED : EventCause.RESYNC;
    turn.happen(new QueueVisitEnded(id, at, cause, visit.id(), how, visit.position()));
  }

  private static void end(CallId id, GatewayInput.CallFound found, boolean toldTalk, Turn turn) {
    LoggedCall logged = found.logged();
    Call call = turn.call(id).orElseThrow();
    boolean known = logged.endedAt().isPresent();
    CallOutcome judged = CallJudgement.outcome(call, !known);
    boolean hungUpByFlow =
        judged == CallOutcome.ABANDONED_IN_IVR && logged.application().equals(HANG_UP);
    CallOutcome outcome = hungUpByFlow ? CallOutcome.ENDED_BY_FLOW : judged;
    Instant at =
        found
            .onRecord()
            .flatMap(OnRecord::endedAt)
            .filter(
                ours ->
                    logged
                        .endedAt()
                        .filter(
                            end -> Tolerance.same(call.startedAt(), ours, logged.startedAt(), end))
                        .isPresent())
            .orElse(logged.endedAt().orElse(logged.seenUntil()));
    if (call.origin().direction() == Direction.INBOUND && !call.answered()) {
      call.lastVisit()
          .filter(visit -> visit.outcome().map(QueueOutcome::missed).orElse(false))
          .ifPresent(
              visit ->
                  turn.happen(
                      new CallMissed(
                          id,
                          at,
                          EventCause.RESYNC,
                          visit.desk(),
                          visit.queue(),
                          visit.outcome().orElseThrow())));
    }
    // Who left first behind a transfer is in no log; where that talk was seen, it is on record.
    Optional<ClearedBy> seen =
        logged.parts().isEmpty() || toldTalk
            ? Optional.empty()
            : found.onRecord().flatMap(ours -> ours.call().ending().by());
    ClearedBy by =
        outcome == CallOutcome.ANSWERED
            ? seen.orElseGet(() -> CallJudgement.by(call, outcome))
            : CallJudgement.by(call, outcome);
    DataQuality quality = known ? DataQuality.RECOVERED : DataQuality.LOST_TRACK;
    turn.happen(new CallCleared(id, at, EventCause.RESYNC, outcome, by, quality));
  }

  /** By the member's name, which is the agent's number; else by who has the phone now. */
  private Optional<AgentId> agentOf(LoggedRing ring, Turn turn) {
    return ring.member()
        .filter(name -> name.length() <= 32)
        .map(AgentId::new)
        .filter(agent -> turn.catalog().agent(agent).isPresent())
        .or(() -> phoneNamed(ring).flatMap(state::agentAt));
  }

  private static Optional<Extension> phoneNamed(LoggedRing ring) {
    return ring.extension()
        .or(
            () ->
                ring.member()
                    .filter(name -> name.length() <= Extension.LONGEST)
                    .map(Extension::new));
  }

  /**
   * The phone by the call detail records, else where the agent sits now, else the member's name.
   */
  private Extension phoneOf(LoggedRing ring, Optional<AgentId> agent) {
    return ring.extension()
        .or(() -> agent.flatMap(state::agent).flatMap(AgentStatus::extension))
        .or(() -> phoneNamed(ring))
        .orElse(new Extension("unknown"));
  }

  static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
