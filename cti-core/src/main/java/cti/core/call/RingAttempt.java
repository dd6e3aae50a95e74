package cti.core.call;

import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.Extension;
import java.time.Instant;
import java.util.Optional;

/**
 * One offer of a queued call to one agent.
 *
 * @param agent empty where nobody was logged on at the extension
 * @param endedAt end of the ring for one that was not answered, end of the talk for one that was
 */
public record RingAttempt(
    AttemptId id,
    Optional<AgentId> agent,
    Extension extension,
    Instant startedAt,
    Optional<RingOutcome> outcome,
    Optional<Instant> answeredAt,
    Optional<Instant> endedAt) {

  static RingAttempt started(
      AttemptId id, Optional<AgentId> agent, Extension extension, Instant at) {
    return new RingAttempt(
        id, agent, extension, at, Optional.empty(), Optional.empty(), Optional.empty());
  }

  RingAttempt diverted(RingOutcome how, Instant at) {
    return new RingAttempt(
        id, agent, extension, startedAt, Optional.of(how), Optional.empty(), Optional.of(at));
  }

  RingAttempt answered(Optional<AgentId> by, Instant at) {
    return new RingAttempt(
        id,
        by.or(() -> agent),
        extension,
        startedAt,
        Optional.of(RingOutcome.ANSWERED),
        Optional.of(at),
        Optional.empty());
  }

  RingAttempt talkEnded(Instant at) {
    return new RingAttempt(id, agent, extension, startedAt, outcome, answeredAt, Optional.of(at));
  }

  public boolean ringing() {
    return outcome.isEmpty();
  }

  public boolean talking() {
    return answeredAt.isPresent() && endedAt.isEmpty();
  }
}
