package cti.core.engine;

import cti.core.agent.AgentState;
import cti.core.call.Call;
import cti.core.call.ClearedBy;
import cti.core.call.ConnectionState;
import cti.core.call.EventCause;
import cti.core.call.Part;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.PartEnded;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.Extension;
import cti.core.id.QueueName;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** How talks with agents of a queue end, and that nobody has two at a time. */
final class QueueTalks {
  private final LiveState state;
  private final AgentDecisions agents;

  QueueTalks(LiveState state, AgentDecisions agents) {
    this.state = state;
    this.agents = agents;
  }

  /** Whether a queue offered the call on this connection. */
  static boolean offered(Call call, ConnectionId connection) {
    AttemptId attempt = new AttemptId(connection.value());
    return call.visits().stream().anyMatch(visit -> attemptIn(visit, attempt).isPresent());
  }

  /** Every talk with an agent of a queue that is under way is over. */
  void ended(Call call, ClearedBy by, EventCause cause, Turn turn, Instant at) {
    for (QueueVisit visit : call.visits()) {
      visit.talking().ifPresent(talk -> ended(call, visit, talk, by, cause, turn, at));
    }
  }

  /** The talk on one connection is over. */
  void ended(
      Call call, ConnectionId connection, ClearedBy by, EventCause cause, Turn turn, Instant at) {
    AttemptId attempt = new AttemptId(connection.value());
    for (QueueVisit visit : call.visits()) {
      attemptIn(visit, attempt)
          .filter(RingAttempt::talking)
          .ifPresent(talk -> ended(call, visit, talk, by, cause, turn, at));
    }
  }

  /** What the queue says of the end of a talk with its member. */
  void completed(Call call, QueueName queue, Extension phone, ClearedBy by, Turn turn, Instant at) {
    for (QueueVisit visit : call.visits()) {
      if (visit.queue().equals(queue)) {
        visit
            .talking()
            .filter(talk -> talk.extension().equals(phone))
            .ifPresent(talk -> ended(call, visit, talk, by, EventCause.NORMAL, turn, at));
      }
    }
  }

  private void ended(
      Call call,
      QueueVisit visit,
      RingAttempt talk,
      ClearedBy by,
      EventCause cause,
      Turn turn,
      Instant at) {
    turn.happen(new TalkEnded(call.id(), at, cause, visit.id(), talk.id(), talk.agent(), by));
    talk.agent()
        .ifPresent(
            agent ->
                agents.talked(
                    agent, call.id(), visit.desk().flatMap(turn.catalog()::desk), turn, at));
  }

  /** The agent who talked on this connection has left for good. */
  void left(Call call, ConnectionId connection, AgentId agent, Turn turn, Instant at) {
    AttemptId attempt = new AttemptId(connection.value());
    call.visits().stream()
        .filter(visit -> attemptIn(visit, attempt).isPresent())
        .findFirst()
        .ifPresent(
            visit ->
                agents.talked(
                    agent, call.id(), visit.desk().flatMap(turn.catalog()::desk), turn, at));
  }

  /**
   * One phone, one talk: an agent who talks here has left the call before, even if unseen; but for
   * one that is on hold.
   */
  void endOther(AgentId agent, Call call, Turn turn, Instant at) {
    for (Call known : state.calls()) {
      if (!known.id().equals(call.id())) {
        turn.call(known.id())
            .ifPresent(
                other ->
                    other.parts().stream()
                        .filter(part -> talks(part, agent))
                        .forEach(part -> leftUnseen(other, part, agent, turn, at)));
      }
    }
  }

  private static boolean talks(Part part, AgentId agent) {
    return part.talking()
        && part.state() != ConnectionState.HELD
        && part.device().agent().equals(Optional.of(agent));
  }

  /**
   * Whoever talks is busy with that call and with no other, whichever way they came to talk: by an
   * answer, back from hold, in a conference, by a picture of the gateway.
   */
  void follow(Turn turn) {
    Set<CallId> touched = new LinkedHashSet<>();
    for (DomainEvent event : turn.happened()) {
      if (event instanceof CallEvent told) {
        touched.add(told.call());
      }
    }
    for (CallId id : touched) {
      turn.call(id).ifPresent(call -> follow(call, turn));
    }
  }

  private void follow(Call call, Turn turn) {
    for (Part part : call.parts()) {
      Optional<AgentId> agent = part.device().agent().filter(id -> talks(part, id));
      if (agent.isPresent()) {
        boolean known =
            turn.agent(agent.get())
                .filter(status -> status.state() == AgentState.BUSY)
                .filter(status -> status.call().equals(Optional.of(call.id())))
                .isPresent();
        if (!known) {
          Instant at = part.times().stateSince();
          endOther(agent.get(), call, turn, at);
          agents.talks(agent.get(), call.id(), turn, at);
        }
      }
    }
  }

  private void leftUnseen(Call call, Part part, AgentId agent, Turn turn, Instant at) {
    if (offered(call, part.id())) {
      ended(call, part.id(), ClearedBy.UNKNOWN, EventCause.LOST_TRACK, turn, at);
    } else {
      turn.happen(
          new PartEnded(
              call.id(),
              at,
              EventCause.LOST_TRACK,
              part.id(),
              Optional.of(agent),
              ClearedBy.UNKNOWN));
      agents.talked(agent, call.id(), Optional.empty(), turn, at);
    }
  }

  static Optional<RingAttempt> attemptIn(QueueVisit visit, AttemptId id) {
    return visit.attempts().stream().filter(a -> a.id().equals(id)).findFirst();
  }
}
