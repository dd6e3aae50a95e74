package cti.core.call;

import cti.core.id.AttemptId;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.VisitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One stay of one call in one queue.
 *
 * @param desk empty for the gateway's own static queue
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

  /** In the order of their beginning; the same offer told again takes the place of the first. */
  QueueVisit offered(RingAttempt attempt) {
    List<RingAttempt> longer = new ArrayList<>(attempts);
    longer.removeIf(known -> known.id().equals(attempt.id()));
    int at = longer.size();
    while (at > 0 && longer.get(at - 1).startedAt().isAfter(attempt.startedAt())) {
      at--;
    }
    longer.add(at, attempt);
    return with(longer);
  }

  QueueVisit change(AttemptId attempt, UnaryOperator<RingAttempt> change) {
    return with(attempts.stream().map(a -> a.id().equals(attempt) ? change.apply(a) : a).toList());
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
