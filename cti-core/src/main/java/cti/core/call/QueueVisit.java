package cti.core.call;

import cti.core.id.AttemptId;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.VisitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One stay of one call in one queue.
 *
 * @param desk empty for the gateway's own static queue
 * @param attempts in the order of their beginning
 * @param leftAt end of the wait
 * @param callerLeft whether it was the caller who ended it
 */
public record QueueVisit(
    VisitId id,
    QueueName queue,
    Optional<DeskId> desk,
    Instant enteredAt,
    int position,
    List<RingAttempt> attempts,
    Optional<QueueOutcome> outcome,
    Optional<Instant> leftAt,
    boolean callerLeft) {
  /** As they began; where two did at one moment, the one that ended first. */
  private static final Comparator<RingAttempt> IN_TURN =
      Comparator.comparing(RingAttempt::startedAt)
          .thenComparing(ring -> ring.endedAt().orElse(Instant.MAX));

  public QueueVisit {
    attempts = List.copyOf(attempts);
  }

  static QueueVisit entered(
      VisitId id, QueueName queue, Optional<DeskId> desk, Instant at, int position) {
    return new QueueVisit(
        id, queue, desk, at, position, List.of(), Optional.empty(), Optional.empty(), false);
  }

  QueueVisit enteredAgain(Instant at) {
    return new QueueVisit(id, queue, desk, at, position, attempts, outcome, leftAt, callerLeft);
  }

  /** The same offer told again takes the place of the first. */
  QueueVisit offered(RingAttempt attempt) {
    List<RingAttempt> longer = new ArrayList<>(attempts);
    longer.removeIf(known -> known.id().equals(attempt.id()));
    longer.add(attempt);
    return with(longer);
  }

  QueueVisit change(AttemptId attempt, UnaryOperator<RingAttempt> change) {
    List<RingAttempt> changed = new ArrayList<>(attempts);
    changed.replaceAll(a -> a.id().equals(attempt) ? change.apply(a) : a);
    return with(changed);
  }

  QueueVisit ended(QueueOutcome how, Instant at, boolean byCaller) {
    return new QueueVisit(
        id,
        queue,
        desk,
        enteredAt,
        position,
        attempts,
        Optional.of(how),
        Optional.of(at),
        byCaller);
  }

  private QueueVisit with(List<RingAttempt> changed) {
    changed.sort(IN_TURN);
    return new QueueVisit(
        id, queue, desk, enteredAt, position, changed, outcome, leftAt, callerLeft);
  }

  public boolean waiting() {
    return outcome.isEmpty();
  }

  public Optional<RingAttempt> ringing() {
    return attempts.stream().filter(RingAttempt::ringing).findFirst();
  }

  public Optional<RingAttempt> talking() {
    return attempts.stream().filter(RingAttempt::talking).findFirst();
  }

  /** Whether any phone rang for this stay (tells 应答失败 from 排队未接). */
  public boolean offered() {
    return !attempts.isEmpty();
  }
}
