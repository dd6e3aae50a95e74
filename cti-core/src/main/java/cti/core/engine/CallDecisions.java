package cti.core.engine;

import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.Connection;
import cti.core.call.ConnectionState;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.call.QueueOutcome;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.call.RingOutcome;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.CallsMerged;
import cti.core.event.CallEvent.ConnectionCleared;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.FellBack;
import cti.core.event.CallEvent.JoiningPart;
import cti.core.event.CallEvent.Originated;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of calls: their channels, who hangs up, the end. All of it bears being told twice,
 * late, or about a call that nobody knows.
 */
final class CallDecisions {
  private final EngineSettings settings;
  private final LiveState state;
  private final AgentDecisions agents;
  private final QueueDecisions queues;
  private final PartDecisions parts;
  private final PhoneLines lines;
  private final Together together;
  private final Silence silence;

  /** Whose channels a bridge holds; forgotten with the bridge. */
  private final Map<String, CallId> callOfBridge = new HashMap<>();

  CallDecisions(
      EngineSettings settings,
      LiveState state,
      AgentDecisions agents,
      QueueDecisions queues,
      PartDecisions parts,
      PhoneLines lines,
      Silence silence) {
    this.settings = settings;
    this.state = state;
    this.agents = agents;
    this.queues = queues;
    this.parts = parts;
    this.lines = lines;
    this.silence = silence;
    this.together = new Together(settings, queues, parts, lines);
  }

  /** A channel: the first of a call begins it, every other joins it. */
  void channelCreated(GatewayInput.ChannelFacts facts, EventCause cause, Turn turn, Instant at) {
    ConnectionId connection = settings.connection(facts.channel());
    if (state.callOf(connection).isPresent()
        || Dialplan.errand(facts.name())
        || Dialplan.listens(facts.linked())) {
      return;
    }
    CallId id = new CallId(settings.gateway() + ":" + facts.linked());
    Optional<Call> known = turn.call(id);
    if (known.isPresent()) {
      if (!known.get().connections().containsKey(connection)) {
        turn.happen(new Originated(id, at, cause, connection, facts.name()));
        silence.legJoins(known.get(), connection, facts.name(), turn);
      }
      return;
    }
    if (Dialplan.takesBack(facts)) {
      lines.returns(connection, facts.name());
      return;
    }
    if (!facts.channel().equals(facts.linked()) || state.ended().contains(id)) {
      // Of a call that has ended, or that the logs told meanwhile: or it would begin twice.
      return;
    }
    Optional<Dialplan.OwnCall> own = settings.dialplan().ownCall(facts);
    boolean hotline =
        !Dialplan.featureCode(facts)
            && (settings.hotlineContexts().contains(facts.context())
                || Dialplan.handedOn(facts.context()));
    turn.happen(
        new ServiceInitiated(
            id,
            at,
            cause,
            connection,
            settings.gateway(),
            facts.name(),
            own.map(Dialplan.OwnCall::caller).orElse(facts.callingNumber()),
            facts.callingName(),
            own.map(Dialplan.OwnCall::called).orElse(facts.dialled()),
            own.map(Dialplan.OwnCall::direction)
                .orElse(hotline ? Direction.INBOUND : Direction.OTHER)));
    own.map(Dialplan.OwnCall::called)
        .filter(called -> !called.isEmpty())
        .ifPresent(called -> queues.identify(id, called, cause, turn, at));
    if (Dialplan.calledBack(facts.name()).isPresent()) {
      queues.identify(id, own.map(Dialplan.OwnCall::caller).orElse(""), cause, turn, at);
    } else if (own.isPresent() && Dialplan.clickedAt(facts.name()).isEmpty()) {
      parts.dialsByPhone(now(id, turn), cause, turn, at);
    }
  }

  void fellBack(Call call, String reason, Turn turn, Instant at) {
    turn.happen(new FellBack(call.id(), at, EventCause.FALLBACK, reason));
  }

  /**
   * A far end asked to hang up: it was the caller's or somebody else's. This, not the queue's word
   * of an abandoned call, tells that a caller left: app_queue says that of its own time-outs too.
   */
  void hangupRequested(Call call, ConnectionId connection, Turn turn, Instant at) {
    Optional<Part> part = lines.partOf(call, connection);
    if (part.isEmpty()) {
      if (lines.wasPart(call, connection)) {
        return;
      }
      lastLeft(call, connection)
          .ifPresent(
              talker ->
                  parts.ended(
                      call, talker, CallJudgement.who(call, talker), EventCause.NORMAL, turn, at));
      return;
    }
    silence.lastOnHoldLeaves(call, part, turn);
    ClearedBy by = CallJudgement.who(call, part.get());
    if (part.get().role() == PartRole.CALLER) {
      callerLeaves(call, EventCause.NORMAL, turn, at);
      talksEnd(call, by, EventCause.NORMAL, turn, at);
      parts.ended(now(call, turn), part.get(), by, EventCause.NORMAL, turn, at);
    } else {
      parts.ended(call, part.get(), by, EventCause.NORMAL, turn, at);
    }
  }

  /** Whom a leg that nobody knows must belong to, where only one talks to the caller. */
  private Optional<Part> lastLeft(Call call, ConnectionId connection) {
    Connection channel = call.connections().get(connection);
    boolean consults =
        channel != null
            && (Dialplan.consults(channel.channelName()) || Dialplan.holds(channel.channelName()));
    List<Part> talkers = call.talkers();
    return consults
            || talkers.size() != 1
            || lines.ofAnotherPhone(channel, talkers.getFirst())
            || CallJudgement.ofAnotherOffer(call, connection, settings.addressing())
        ? Optional.empty()
        : Optional.of(talkers.getFirst());
  }

  private void callerLeaves(Call call, EventCause cause, Turn turn, Instant at) {
    if (call.talkers().isEmpty()) {
      call.waitingVisit().ifPresent(visit -> queues.callerLeaves(call, visit, cause, turn, at));
    }
  }

  private void talksEnd(Call call, ClearedBy by, EventCause cause, Turn turn, Instant at) {
    for (Part talker : now(call, turn).talkers()) {
      parts.ended(now(call, turn), talker, by, cause, turn, at);
    }
  }

  void channelGone(
      Call call, ConnectionId connection, int q850, EventCause cause, Turn turn, Instant at) {
    lines.gone(connection);
    silence.lastOnHoldLeaves(call, call.part(connection), turn);
    if (connection.equals(call.caller().connection())) {
      callerLeaves(call, cause, turn, at);
      talksEnd(call, ClearedBy.UNKNOWN, cause, turn, at);
      Call alone = now(call, turn);
      alone
          .part(connection)
          .ifPresent(part -> parts.ended(alone, part, ClearedBy.UNKNOWN, cause, turn, at));
    } else {
      legGone(call, connection, cause, turn, at);
    }
    turn.happen(new ConnectionCleared(call.id(), at, cause, connection, q850));
    parts.left(now(call, turn), connection, turn, at);
    Call after = now(call, turn);
    silence.channelGone(after, turn);
    if (after.connections().isEmpty()) {
      cleared(after, cause, turn, at);
    }
  }

  private void legGone(
      Call call, ConnectionId connection, EventCause cause, Turn turn, Instant at) {
    RingOutcome how = cause == EventCause.RESYNC ? RingOutcome.LOST_TRACK : RingOutcome.NO_ANSWER;
    AttemptId attemptId = new AttemptId(connection.value());
    for (QueueVisit visit : call.visits()) {
      if (QueueTalks.attemptIn(visit, attemptId).filter(RingAttempt::ringing).isPresent()) {
        turn.happen(new Diverted(call.id(), at, cause, visit.id(), attemptId, how));
      }
    }
    parts.failed(now(call, turn), connection, how, cause, turn, at);
    Call after = now(call, turn);
    after
        .part(connection)
        .ifPresent(part -> parts.ended(after, part, ClearedBy.UNKNOWN, cause, turn, at));
    queues.consultantGone(now(call, turn), connection, cause, turn, at);
  }

  /** Channels in one bridge are of one call: the younger becomes part of the older. */
  void bridged(Call call, ConnectionId connection, String bridge, Turn turn, Instant at) {
    together.enters(call, connection, bridge, turn, at);
    Optional<Call> other =
        Optional.ofNullable(callOfBridge.put(bridge, call.id()))
            .or(() -> foundIn(bridge, call))
            .filter(id -> !id.equals(call.id()))
            .flatMap(turn::call);
    if (other.isEmpty()) {
      return;
    }
    boolean older = call.startedAt().isBefore(other.get().startedAt());
    Call survivor = older ? call : other.get();
    Call merging = older ? other.get() : call;
    callOfBridge.put(bridge, survivor.id());
    merge(merging, survivor.id(), fetched(merging, survivor), turn, at);
  }

  /** A browser's phone is back in the call that its page was in. */
  void cameBack(ConnectionId line, String bridge, Turn turn, Instant at) {
    Optional<Call> there =
        Optional.ofNullable(callOfBridge.get(bridge))
            .or(
                () ->
                    together.in(bridge).stream()
                        .flatMap(connection -> state.callOf(connection).stream())
                        .map(Call::id)
                        .findFirst())
            .flatMap(turn::call);
    if (there.isEmpty()) {
      return;
    }
    lines
        .returned(line)
        .ifPresent(
            name -> {
              turn.happen(new Originated(there.get().id(), at, EventCause.NORMAL, line, name));
              Call now = now(there.get(), turn);
              lines.takesPlace(now, line, together.in(bridge));
              bridged(now, line, bridge, turn, at);
            });
  }

  /** The gateway may tell of the bridge before it tells that a call that rang was fetched. */
  private Optional<Picked> fetched(Call merging, Call survivor) {
    ConnectionId by = merging.caller().connection();
    boolean fetches =
        merging.origin().dialledNumber().isEmpty()
            && Optional.ofNullable(merging.connections().get(by))
                .flatMap(channel -> Dialplan.clickedAt(channel.channelName()))
                .isPresent();
    return fetches
        ? survivor
            .ringing()
            .filter(part -> part.role() != PartRole.CALLER)
            .map(rang -> new Picked(by, roleOf(survivor, rang)))
        : Optional.empty();
  }

  /** What who fetches it becomes; where a queue rang, the queue will say. */
  private static Optional<PartRole> roleOf(Call call, Part rang) {
    return QueueTalks.offered(call, rang.id()) ? Optional.empty() : Optional.of(rang.role());
  }

  /** Which other call a picture of the gateway showed in a bridge: nobody told of its coming. */
  private Optional<CallId> foundIn(String bridge, Call entering) {
    return together.in(bridge).stream()
        .flatMap(connection -> state.callOf(connection).stream())
        .map(Call::id)
        .filter(id -> !id.equals(entering.id()))
        .findFirst();
  }

  void bridgeGone(String bridge) {
    callOfBridge.remove(bridge);
    together.gone(bridge);
  }

  /** What was learnt of channels by their events is learnt again from a picture of them. */
  void lookAgain(List<GatewayInput.ChannelFacts> channels) {
    callOfBridge.clear();
    together.learn(channels);
    lines.learn(channels);
  }

  /** A colleague took a call that rang: their own call, made for that, becomes part of it. */
  void pickedUp(Call call, ConnectionId rang, ConnectionId by, Turn turn, Instant at) {
    Optional<PartRole> role =
        call.part(rang)
            .filter(part -> part.state() == ConnectionState.ALERTING)
            .flatMap(part -> roleOf(call, part));
    queues.pickedUp(call, rang, turn, at);
    parts.failed(now(call, turn), rang, RingOutcome.PICKED_UP, EventCause.NORMAL, turn, at);
    state
        .callOf(by)
        .map(Call::id)
        .filter(id -> !id.equals(call.id()))
        .flatMap(turn::call)
        .ifPresent(made -> merge(made, call.id(), Optional.of(new Picked(by, role)), turn, at));
  }

  /** What the channel of who picks up is in the call: where a queue rang, the queue will say. */
  private record Picked(ConnectionId connection, Optional<PartRole> role) {}

  private void merge(
      Call merging, CallId survivor, Optional<Picked> picked, Turn turn, Instant at) {
    CallOutcome judged = CallJudgement.outcome(merging, false);
    CallOutcome outcome = judged == CallOutcome.ANSWERED ? judged : CallOutcome.MERGED;
    List<JoiningPart> joining =
        merging.connections().values().stream()
            .sorted(Comparator.comparing(Connection::since).thenComparing(c -> c.id().value()))
            .map(
                connection ->
                    CallJudgement.joining(
                        merging,
                        connection,
                        picked
                            .filter(one -> one.connection().equals(connection.id()))
                            .map(Picked::role)))
            .toList();
    turn.happen(
        new CallCleared(
            merging.id(),
            at,
            EventCause.NORMAL,
            outcome,
            CallJudgement.by(merging, outcome),
            merging.quality()));
    turn.happen(new CallsMerged(survivor, at, EventCause.NORMAL, merging.id(), joining));
    for (JoiningPart part : joining) {
      if (part.answered()) {
        part.agent().ifPresent(agent -> agents.talks(agent, survivor, turn, at));
      }
    }
    nobodyStays(merging, turn, at);
  }

  private void cleared(Call call, EventCause cause, Turn turn, Instant at) {
    if (queues.notJudged(call)) {
      turn.happen(
          new CallCleared(
              call.id(),
              at,
              cause,
              CallOutcome.LOST_TRACK,
              ClearedBy.UNKNOWN,
              DataQuality.LOST_TRACK));
      nobodyStays(call, turn, at);
      return;
    }
    CallOutcome outcome = CallJudgement.outcome(call, cause == EventCause.RESYNC);
    if (call.origin().direction() == Direction.INBOUND && !call.answered()) {
      call.lastVisit()
          .filter(visit -> visit.outcome().map(QueueOutcome::missed).orElse(false))
          .ifPresent(
              visit ->
                  turn.happen(
                      new CallMissed(
                          call.id(),
                          at,
                          cause,
                          visit.desk(),
                          visit.queue(),
                          visit.outcome().orElseThrow())));
      missedOutsideOfQueues(call, cause, turn, at);
      missedAfterMove(call, cause, turn, at);
    }
    DataQuality quality =
        cause == EventCause.RESYNC ? DataQuality.LOST_TRACK : now(call, turn).quality();
    turn.happen(
        new CallCleared(call.id(), at, cause, outcome, CallJudgement.by(call, outcome), quality));
    nobodyStays(call, turn, at);
  }

  /** An agent whose end of talk was lost is free with the call at the latest. */
  private void nobodyStays(Call call, Turn turn, Instant at) {
    state.agents().stream()
        .map(AgentStatus::agent)
        .filter(
            agent -> turn.agent(agent).flatMap(AgentStatus::call).equals(Optional.of(call.id())))
        .toList()
        .forEach(agent -> agents.talked(agent, call.id(), Optional.empty(), turn, at));
  }

  /** Rules may send a caller to a phone, such as that of who is on duty, and to no queue at all. */
  private static void missedOutsideOfQueues(Call call, EventCause cause, Turn turn, Instant at) {
    if (call.visits().isEmpty() && rangOutsideOfQueues(call)) {
      call.route()
          .ifPresent(
              route ->
                  turn.happen(
                      new CallMissed(
                          call.id(),
                          at,
                          cause,
                          Optional.of(route.desk()),
                          route.queue(),
                          QueueOutcome.AGENT_NO_ANSWER)));
    }
  }

  /** A caller who was taken out of a queue, and whom nobody answered where they came. */
  private static void missedAfterMove(Call call, EventCause cause, Turn turn, Instant at) {
    call.lastVisit()
        .filter(visit -> visit.outcome().equals(Optional.of(QueueOutcome.OVERFLOWED)))
        .ifPresent(
            visit ->
                turn.happen(
                    new CallMissed(
                        call.id(),
                        at,
                        cause,
                        visit.desk(),
                        visit.queue(),
                        rangOutsideOfQueues(call)
                            ? QueueOutcome.AGENT_NO_ANSWER
                            : QueueOutcome.ABANDONED)));
  }

  private static boolean rangOutsideOfQueues(Call call) {
    return call.parts().stream()
        .anyMatch(part -> part.role() == PartRole.CALLED && part.failure().isPresent());
  }

  private static Call now(Call call, Turn turn) {
    return now(call.id(), turn);
  }

  private static Call now(CallId call, Turn turn) {
    return turn.call(call).orElseThrow();
  }

  List<Call> callsOfGateway() {
    return state.calls().stream()
        .filter(call -> call.origin().gateway().equals(settings.gateway()))
        .toList();
  }
}
