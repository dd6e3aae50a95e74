package cti.core.engine;

import cti.core.call.Call;
import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.call.QueueOutcome;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.call.RingOutcome;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.ConnectionCleared;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.FellBack;
import cti.core.event.CallEvent.Originated;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of calls: their channels, who hangs up, the end. All of it bears being told twice,
 * late, or about a call that nobody knows.
 */
final class CallDecisions {
  private final EngineSettings settings;
  private final LiveState state;
  private final QueueDecisions queues;

  CallDecisions(EngineSettings settings, LiveState state, QueueDecisions queues) {
    this.settings = settings;
    this.state = state;
    this.queues = queues;
  }

  /** A channel: the first of a call begins it, every other joins it. */
  void channelCreated(GatewayInput.ChannelFacts facts, EventCause cause, Turn turn, Instant at) {
    ConnectionId connection = settings.connection(facts.channel());
    if (state.callOf(connection).isPresent()) {
      return;
    }
    CallId id = new CallId(settings.gateway() + ":" + facts.linked());
    Optional<Call> known = turn.call(id);
    if (known.isPresent()) {
      if (!known.get().connections().containsKey(connection)) {
        turn.happen(new Originated(id, at, cause, connection, facts.name()));
      }
      return;
    }
    if (!facts.channel().equals(facts.linked())) {
      // A leg of a call that has ended: it makes no new one, or the same call would begin twice.
      return;
    }
    // A feature code comes over the same trunk, and is no call to the hotline.
    boolean hotline =
        settings.hotlineContexts().contains(facts.context()) && !facts.dialled().startsWith("*");
    Direction direction = hotline ? Direction.INBOUND : Direction.OTHER;
    turn.happen(
        new ServiceInitiated(
            id,
            at,
            cause,
            connection,
            settings.gateway(),
            facts.name(),
            facts.callingNumber(),
            facts.callingName(),
            facts.dialled(),
            direction));
  }

  void fellBack(Call call, String reason, Turn turn, Instant at) {
    turn.happen(new FellBack(call.id(), at, EventCause.FALLBACK, reason));
  }

  /**
   * A far end asked to hang up: it was the caller's or somebody else's. This, not the queue's word
   * of an abandoned call, tells that a caller left: app_queue says that of its own time-outs too.
   */
  void hangupRequested(Call call, ConnectionId connection, Turn turn, Instant at) {
    boolean caller = connection.equals(call.caller().connection());
    if (caller) {
      call.waitingVisit()
          .ifPresent(visit -> queues.callerLeaves(call, visit, EventCause.NORMAL, turn, at));
    }
    if (!caller && CallJudgement.ofAnotherOffer(call, connection, settings.addressing())) {
      return;
    }
    ClearedBy by = caller ? ClearedBy.CALLER : ClearedBy.AGENT;
    queues.talkEnded(call, by, EventCause.NORMAL, turn, at);
  }

  void channelGone(
      Call call, ConnectionId connection, int q850, EventCause cause, Turn turn, Instant at) {
    boolean caller = connection.equals(call.caller().connection());
    if (caller) {
      call.waitingVisit().ifPresent(visit -> queues.callerLeaves(call, visit, cause, turn, at));
      queues.talkEnded(now(call, turn), ClearedBy.UNKNOWN, cause, turn, at);
    } else {
      legGone(call, connection, cause, turn, at);
    }
    turn.happen(new ConnectionCleared(call.id(), at, cause, connection, q850));
    Call after = now(call, turn);
    if (after.connections().isEmpty()) {
      cleared(after, cause, turn, at);
    }
  }

  private void legGone(
      Call call, ConnectionId connection, EventCause cause, Turn turn, Instant at) {
    AttemptId attemptId = new AttemptId(connection.value());
    for (QueueVisit visit : call.visits()) {
      Optional<RingAttempt> attempt = QueueDecisions.attemptIn(visit, attemptId);
      if (attempt.filter(RingAttempt::ringing).isPresent()) {
        RingOutcome how =
            cause == EventCause.RESYNC ? RingOutcome.LOST_TRACK : RingOutcome.NO_ANSWER;
        turn.happen(new Diverted(call.id(), at, cause, visit.id(), attemptId, how));
      } else if (attempt.filter(RingAttempt::talking).isPresent()) {
        queues.talkEnded(now(call, turn), ClearedBy.UNKNOWN, cause, turn, at);
      }
    }
  }

  private void cleared(Call call, EventCause cause, Turn turn, Instant at) {
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
    }
    DataQuality quality =
        cause == EventCause.RESYNC ? DataQuality.LOST_TRACK : now(call, turn).quality();
    turn.happen(
        new CallCleared(call.id(), at, cause, outcome, CallJudgement.by(call, outcome), quality));
  }

  private static Call now(Call call, Turn turn) {
    return turn.call(call.id()).orElseThrow();
  }

  List<Call> callsOfGateway() {
    return state.calls().stream()
        .filter(call -> call.origin().gateway().equals(settings.gateway()))
        .toList();
  }
}
