package cti.core.engine;

import cti.core.agent.AgentRules;
import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.call.EventCause;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.call.RingOutcome;
import cti.core.event.AgentEvent.AgentAnswerFound;
import cti.core.event.AgentEvent.AgentRingMissed;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.PartEstablished;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What comes of phones that nobody answers: so many in a row, or one that cannot be reached, and
 * the agent is not ready, so that callers are not offered to an empty chair. Follows the events of
 * calls, whatever made them.
 */
final class RingDecisions {
  /** Reason of an agent who let too many calls in a row ring. */
  static final String RING_NO_ANSWER = "ring-no-answer";

  /** Reason of an agent whose phone cannot be reached. */
  static final String DEVICE_UNAVAILABLE = "device-unavailable";

  /** Reasons of agents who were taken to be away from their phones. */
  static final Set<String> THOUGHT_AWAY = Set.of(RING_NO_ANSWER, DEVICE_UNAVAILABLE);

  private final AgentMoves moves;

  RingDecisions(AgentMoves moves) {
    this.moves = moves;
  }

  void follow(Turn turn) {
    List<DomainEvent> happened = turn.happened();
    for (DomainEvent event : happened) {
      if (event instanceof Diverted offer && !visitEnded(offer, happened)) {
        missed(offer, turn);
      }
    }
  }

  /**
   * The logs told of a call. A talk that nobody saw shows that its agent was there: what rang
   * before it makes no row with what rang since, and whoever is not ready for that row is ready
   * again. The rings in vain that the logs tell of count for nothing: nobody knows what the agent
   * was then.
   */
  void learn(Turn turn) {
    for (DomainEvent event : turn.happened()) {
      switch (event) {
        case Established talk -> talk.agent().ifPresent(agent -> answered(agent, talk, turn));
        case PartEstablished talk -> talk.agent().ifPresent(agent -> answered(agent, talk, turn));
        default -> {}
      }
    }
  }

  private void answered(AgentId agent, CallEvent talk, Turn turn) {
    Optional<AgentStatus> doubted =
        turn.agent(agent).filter(status -> status.missedAt().stream().anyMatch(talk.at()::isAfter));
    if (doubted.isEmpty()) {
      return;
    }
    turn.happen(new AgentAnswerFound(agent, talk.at(), talk.call()));
    turn.agent(agent)
        .filter(status -> status.state() == AgentState.NOT_READY)
        .filter(status -> status.reason().equals(RING_NO_ANSWER))
        .filter(status -> status.desks().stream().noneMatch(desk -> tooMany(status, desk, turn)))
        .ifPresent(status -> moves.ready(status, turn, turn.now()));
  }

  private static boolean tooMany(AgentStatus status, DeskId desk, Turn turn) {
    int limit = turn.catalog().rules(desk).missesInARow();
    return limit > 0 && status.misses() >= limit;
  }

  /** Then another one answered, the caller left, or time was up: no fault of this agent's. */
  private static boolean visitEnded(Diverted offer, List<DomainEvent> happened) {
    return happened.stream()
        .anyMatch(
            other -> other instanceof QueueVisitEnded end && end.visit().equals(offer.visit()));
  }

  private void missed(Diverted offer, Turn turn) {
    if (offer.cause() == EventCause.NORMAL) {
      // Its channel went without a word of the queue or the phone: the queue took the offer back.
      return;
    }
    boolean counts =
        switch (offer.outcome()) {
          case NO_ANSWER, REJECTED, UNAVAILABLE -> true;
          case ANSWERED, BUSY, CALLER_GONE, PICKED_UP, LOST_TRACK -> false;
        };
    Optional<QueueVisit> visit = turn.call(offer.call()).flatMap(call -> visit(call, offer));
    Optional<AgentStatus> ready =
        visit
            .flatMap(v -> attempt(v, offer))
            .flatMap(RingAttempt::agent)
            .flatMap(turn::agent)
            .filter(status -> visit.get().desk().filter(status::readyAt).isPresent());
    if (!counts || ready.isEmpty()) {
      return;
    }
    AgentStatus status = ready.get();
    AgentRules rules = visit.get().desk().map(turn.catalog()::rules).orElseThrow();
    int inARow = status.misses() + 1;
    turn.happen(
        new AgentRingMissed(status.agent(), offer.at(), offer.call(), offer.outcome(), inARow));
    if (offer.outcome() == RingOutcome.UNAVAILABLE && rules.unreachableAtOnce()) {
      moves.notReady(status, DEVICE_UNAVAILABLE, turn, offer.at());
    } else if (tooMany(turn.agent(status.agent()).orElseThrow(), visit.get().desk().get(), turn)) {
      moves.notReady(status, RING_NO_ANSWER, turn, offer.at());
    }
  }

  private static Optional<QueueVisit> visit(Call call, Diverted offer) {
    return call.visits().stream().filter(visit -> visit.id().equals(offer.visit())).findFirst();
  }

  private static Optional<RingAttempt> attempt(QueueVisit visit, Diverted offer) {
    return visit.attempts().stream().filter(a -> a.id().equals(offer.attempt())).findFirst();
  }
}
