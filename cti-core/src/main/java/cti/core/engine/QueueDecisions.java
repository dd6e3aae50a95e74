package cti.core.engine;

import cti.core.call.Call;
import cti.core.call.ClearedBy;
import cti.core.call.Connection;
import cti.core.call.EventCause;
import cti.core.call.QueueOutcome;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.call.RingOutcome;
import cti.core.desk.Desk;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.CallEvent.Delivered;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Queued;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ChannelId;
import cti.core.id.ConnectionId;
import cti.core.id.Extension;
import cti.core.id.QueueName;
import cti.core.id.VisitId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of callers in queues: the wait, the offers to agents, the talk that comes of them.
 * All of it bears being told twice, late, or about a call that nobody knows.
 */
final class QueueDecisions {
  private final EngineSettings settings;
  private final LiveState state;
  private final AgentDecisions agents;
  private final CallerLookup callers;
  private final QueueTalks talks;

  /** Stays that were seen to reach their time limit, though the outage left them to the logs. */
  private final Map<CallId, VisitId> ranOut = new HashMap<>();

  QueueDecisions(
      EngineSettings settings,
      LiveState state,
      AgentDecisions agents,
      CallerLookup callers,
      QueueTalks talks) {
    this.settings = settings;
    this.state = state;
    this.agents = agents;
    this.callers = callers;
    this.talks = talks;
  }

  /** Asks the directory who is behind the number of the other side. */
  void identify(CallId call, String number, EventCause cause, Turn turn, Instant at) {
    turn.happen(new CallerIdentified(call, at, cause, number, callers.matches(number)));
  }

  /** Whether the channel waits in a queue, so that what is dialled for it is the queue's affair. */
  boolean waits(Call call, ConnectionId connection) {
    return call.waitingVisit().isPresent()
        && (connection.equals(call.caller().connection())
            ? call.talkers().isEmpty()
            : consults(call, connection));
  }

  /**
   * Whether the caller hung up in a queue: what is still dialled for them was the queue's last
   * offer, of which its logs will tell.
   */
  static boolean hungUpIn(Call call, ConnectionId connection) {
    return connection.equals(call.caller().connection())
        && !call.answered()
        && call.lastVisit().filter(QueueVisit::callerLeft).isPresent();
  }

  private static boolean consults(Call call, ConnectionId connection) {
    Connection channel = call.connections().get(connection);
    return channel != null && Dialplan.consults(channel.channelName());
  }

  /** An agent consults a desk: the caller is on hold meanwhile and waits for nobody. */
  void consultantQueued(
      Call call, ConnectionId connection, QueueName queue, int position, Turn turn, Instant at) {
    if (call.waitingVisit().isEmpty() && consults(call, connection)) {
      turn.happen(
          new Queued(
              call.id(),
              at,
              EventCause.NORMAL,
              nextVisit(call),
              queue,
              turn.catalog().deskOf(queue).map(Desk::id),
              position,
              Optional.of(connection)));
    }
  }

  /**
   * Whether what became of the call is left to the gateway's logs: somebody may have talked to the
   * caller while nobody saw it.
   */
  boolean notJudged(Call call) {
    return settings.logsTell() && call.ending().gap() && !call.answered();
  }

  /** Likewise of a stay that began before the link was back: phones may have rung, or talked. */
  private QueueOutcome judged(Call call, QueueVisit visit, QueueOutcome how) {
    boolean seen =
        switch (how) {
          case ANSWERED, OVERFLOWED, CLOSED, GATEWAY_LOST -> true;
          case AGENT_NO_ANSWER, ABANDONED, TIMED_OUT, LEFT_BY_KEY, NO_AGENTS, FULL ->
              visit.enteredAt().isAfter(state.since(settings.gateway()));
        };
    return notJudged(call) && !seen ? QueueOutcome.GATEWAY_LOST : how;
  }

  /** Whether the talk on a connection was seen to its end. */
  static boolean talked(Call call, ConnectionId connection) {
    AttemptId attempt = new AttemptId(connection.value());
    return call.visits().stream()
        .flatMap(visit -> QueueTalks.attemptIn(visit, attempt).stream())
        .anyMatch(ring -> ring.answeredAt().isPresent() && ring.endedAt().isPresent());
  }

  private static VisitId nextVisit(Call call) {
    return new VisitId(call.id() + "#" + (call.visits().size() + 1));
  }

  /** The leg of a consultation left: so does its stay in a queue. */
  void consultantGone(Call call, ConnectionId connection, EventCause cause, Turn turn, Instant at) {
    if (consults(call, connection) && !call.talkers().isEmpty()) {
      call.waitingVisit().ifPresent(visit -> callerLeaves(call, visit, cause, turn, at));
    }
  }

  void queued(Call call, QueueName queue, int position, EventCause cause, Turn turn, Instant at) {
    Optional<QueueVisit> waiting = call.waitingVisit();
    if (waiting.isPresent()) {
      if (waiting.get().queue().equals(queue)) {
        return;
      }
      endVisit(call, waiting.get(), QueueOutcome.OVERFLOWED, EventCause.NORMAL, turn, at);
    } else {
      overflowed(call, queue, turn);
    }
    talks.ended(call, ClearedBy.UNKNOWN, cause, turn, at);
    if (!call.lookedUp()) {
      identify(call.id(), call.origin().callingNumber(), cause, turn, at);
    }
    turn.happen(
        new Queued(
            call.id(),
            at,
            cause,
            nextVisit(call),
            queue,
            turn.catalog().deskOf(queue).map(Desk::id),
            position));
  }

  /**
   * A time limit that was followed by another queue was no end: told again, at its own time. That
   * much is seen of a stay which is left to the logs as well: its end was in view.
   */
  private void overflowed(Call call, QueueName next, Turn turn) {
    Optional<VisitId> seen = Optional.ofNullable(ranOut.remove(call.id()));
    call.lastVisit()
        .filter(
            visit ->
                visit.outcome().equals(Optional.of(QueueOutcome.TIMED_OUT))
                    || seen.equals(Optional.of(visit.id())))
        .filter(visit -> !visit.queue().equals(next))
        .ifPresent(
            visit ->
                turn.happen(
                    new QueueVisitEnded(
                        call.id(),
                        visit.leftAt().orElseThrow(),
                        EventCause.NORMAL,
                        visit.id(),
                        QueueOutcome.OVERFLOWED,
                        visit.position())));
  }

  /** What Queue() said when it returned; a refusal to join makes a visit of no length. */
  void queueReturned(Call call, QueueName queue, String status, Turn turn, Instant at) {
    Optional<QueueOutcome> outcome =
        switch (status) {
          case "TIMEOUT" -> Optional.of(QueueOutcome.TIMED_OUT);
          case "FULL" -> Optional.of(QueueOutcome.FULL);
          case "JOINEMPTY", "LEAVEEMPTY", "JOINUNAVAIL", "LEAVEUNAVAIL" ->
              Optional.of(QueueOutcome.NO_AGENTS);
          case "WITHDRAW" -> Optional.of(QueueOutcome.OVERFLOWED);
          case "LEFT_BY_KEY" -> Optional.of(QueueOutcome.LEFT_BY_KEY);
          default -> Optional.empty();
        };
    if (outcome.isEmpty()) {
      return;
    }
    Optional<QueueVisit> last = call.lastVisit().filter(visit -> visit.queue().equals(queue));
    if (last.filter(QueueVisit::waiting).isEmpty()) {
      boolean refused =
          switch (outcome.get()) {
            case FULL, NO_AGENTS -> status.startsWith("JOIN") || status.equals("FULL");
            case ANSWERED,
                AGENT_NO_ANSWER,
                ABANDONED,
                TIMED_OUT,
                LEFT_BY_KEY,
                CLOSED,
                OVERFLOWED,
                GATEWAY_LOST ->
                false;
          };
      if (!refused) {
        return;
      }
      queued(call, queue, 0, EventCause.NORMAL, turn, at);
    }
    Call now = turn.call(call.id()).orElseThrow();
    QueueVisit visit = now.waitingVisit().orElseThrow();
    QueueOutcome how =
        visit.offered() && outcome.get() != QueueOutcome.OVERFLOWED
            ? QueueOutcome.AGENT_NO_ANSWER
            : outcome.get();
    if (how == QueueOutcome.TIMED_OUT && judged(now, visit, how) != how) {
      ranOut.keySet().removeIf(over -> state.call(over).isEmpty());
      ranOut.put(call.id(), visit.id());
    }
    endVisit(now, visit, how, EventCause.NORMAL, turn, at);
  }

  void delivered(
      Call call, ChannelId leg, String memberInterface, EventCause cause, Turn turn, Instant at) {
    Optional<QueueVisit> visit = call.waitingVisit();
    Optional<Extension> extension = phone(call, leg, memberInterface);
    AttemptId attempt = attempt(leg);
    boolean told =
        call.visits().stream().anyMatch(any -> QueueTalks.attemptIn(any, attempt).isPresent());
    if (visit.isEmpty() || extension.isEmpty() || told) {
      return;
    }
    turn.happen(
        new Delivered(
            call.id(),
            at,
            cause,
            visit.get().id(),
            attempt,
            state.agentAt(extension.get()),
            extension.get()));
  }

  /** The phone of whoever picked the call up, else the member's that the queue chose. */
  private Optional<Extension> phone(Call call, ChannelId leg, String memberInterface) {
    return Optional.ofNullable(call.connections().get(settings.connection(leg)))
        .flatMap(channel -> Dialplan.clickedAt(channel.channelName()))
        .or(() -> settings.addressing().extensionOf(memberInterface));
  }

  void established(
      Call call, ChannelId leg, String memberInterface, EventCause cause, Turn turn, Instant at) {
    delivered(call, leg, memberInterface, cause, turn, at);
    Call now = turn.call(call.id()).orElseThrow();
    AttemptId attemptId = attempt(leg);
    Optional<QueueVisit> visit = now.waitingVisit().or(() -> leftMeanwhile(now, attemptId));
    Optional<RingAttempt> attempt = visit.flatMap(v -> QueueTalks.attemptIn(v, attemptId));
    if (attempt.isEmpty()) {
      return;
    }
    Extension extension = attempt.get().extension();
    Optional<AgentId> agent = state.agentAt(extension).or(attempt.get()::agent);
    VisitId visitId = visit.get().id();
    agent.ifPresent(id -> talks.endOther(id, call, turn, at));
    turn.happen(new Established(call.id(), at, cause, visitId, attemptId, agent, extension));
    for (RingAttempt other : visit.get().attempts()) {
      if (other.ringing() && !other.id().equals(attemptId)) {
        turn.happen(new Diverted(call.id(), at, cause, visitId, other.id(), RingOutcome.NO_ANSWER));
      }
    }
    turn.happen(
        new QueueVisitEnded(
            call.id(), at, cause, visitId, QueueOutcome.ANSWERED, visit.get().position()));
    agent.ifPresent(id -> agents.answers(id, call.id(), turn, at));
  }

  /**
   * A caller may hang up in the moment in which the agent answers. The gateway connects the two all
   * the same, and its word counts.
   */
  private static Optional<QueueVisit> leftMeanwhile(Call call, AttemptId attempt) {
    return call.lastVisit()
        .filter(QueueVisit::callerLeft)
        .filter(
            visit ->
                QueueTalks.attemptIn(visit, attempt)
                    .flatMap(RingAttempt::outcome)
                    .filter(RingOutcome.CALLER_GONE::equals)
                    .isPresent());
  }

  /** The offer on {@code leg} ended; where it ended already nothing happens. */
  void diverted(
      Call call, ChannelId leg, RingOutcome outcome, EventCause cause, Turn turn, Instant at) {
    AttemptId attemptId = attempt(leg);
    for (QueueVisit visit : call.visits()) {
      QueueTalks.attemptIn(visit, attemptId)
          .filter(RingAttempt::ringing)
          .ifPresent(
              attempt ->
                  turn.happen(new Diverted(call.id(), at, cause, visit.id(), attemptId, outcome)));
    }
  }

  /** The offer on {@code rang} ended because a colleague took it. */
  void pickedUp(Call call, ConnectionId rang, Turn turn, Instant at) {
    AttemptId attempt = new AttemptId(rang.value());
    for (QueueVisit visit : call.visits()) {
      if (QueueTalks.attemptIn(visit, attempt).filter(RingAttempt::ringing).isPresent()) {
        turn.happen(
            new Diverted(
                call.id(), at, EventCause.NORMAL, visit.id(), attempt, RingOutcome.PICKED_UP));
      }
    }
  }

  /** The same for a leg that is known by the extension which it rings. */
  void divertedAt(
      Call call,
      Extension extension,
      RingOutcome outcome,
      EventCause cause,
      Turn turn,
      Instant at) {
    call.waitingVisit()
        .ifPresent(
            visit ->
                visit.attempts().stream()
                    .filter(RingAttempt::ringing)
                    .filter(attempt -> attempt.extension().equals(extension))
                    .forEach(
                        attempt ->
                            turn.happen(
                                new Diverted(
                                    call.id(), at, cause, visit.id(), attempt.id(), outcome))));
  }

  void callerLeaves(Call call, QueueVisit visit, EventCause cause, Turn turn, Instant at) {
    if (cause == EventCause.RESYNC) {
      leftUnseen(call, visit, turn, at);
      return;
    }
    QueueOutcome how = visit.offered() ? QueueOutcome.AGENT_NO_ANSWER : QueueOutcome.ABANDONED;
    endVisit(call, visit, how, EventCause.CALL_CANCELLED, turn, at);
  }

  /** The wait ended while nobody watched: counted as that, never guessed. */
  void leftUnseen(Call call, QueueVisit visit, Turn turn, Instant at) {
    endVisit(call, visit, QueueOutcome.GATEWAY_LOST, EventCause.RESYNC, turn, at);
  }

  private void endVisit(
      Call call, QueueVisit visit, QueueOutcome outcome, EventCause cause, Turn turn, Instant at) {
    RingOutcome ring =
        switch (cause) {
          case CALL_CANCELLED -> RingOutcome.CALLER_GONE;
          case RESYNC, LOST_TRACK -> RingOutcome.LOST_TRACK;
          case NORMAL, NO_ANSWER, BUSY, CALL_REJECTED, DEST_NOT_OBTAINABLE, FALLBACK ->
              RingOutcome.NO_ANSWER;
        };
    for (RingAttempt attempt : visit.attempts()) {
      if (attempt.ringing()) {
        turn.happen(new Diverted(call.id(), at, cause, visit.id(), attempt.id(), ring));
      }
    }
    QueueOutcome how = judged(call, visit, outcome);
    // Left to the logs: what is on record until then was not seen to its end.
    turn.happen(
        new QueueVisitEnded(
            call.id(),
            at,
            how == outcome ? cause : EventCause.RESYNC,
            visit.id(),
            how,
            visit.position()));
  }

  private static Call now(Call call, Turn turn) {
    return turn.call(call.id()).orElseThrow();
  }

  private AttemptId attempt(ChannelId leg) {
    return new AttemptId(settings.connection(leg).value());
  }
}
