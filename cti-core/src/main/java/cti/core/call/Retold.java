package cti.core.call;

import cti.core.id.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Devices and times of a call that the gateway's own logs told after it was over: by its stays in
 * queues and the talks that came of them, which is what those logs know. What lies between and
 * behind them is counted as the end of the call.
 */
final class Retold {
  private Retold() {}

  static CallTimes times(Instant startedAt, List<QueueVisit> visits, Instant endedAt) {
    CallTimes times = CallTimes.from(startedAt);
    CallPhase between = CallPhase.IN_FLOW;
    for (QueueVisit visit :
        visits.stream().sorted(Comparator.comparing(QueueVisit::enteredAt)).toList()) {
      times = times.spent(between, false, visit.enteredAt());
      between = CallPhase.ENDING;
      Optional<RingAttempt> talk =
          visit.attempts().stream().filter(a -> a.answeredAt().isPresent()).findFirst();
      Instant left =
          talk.flatMap(RingAttempt::answeredAt).or(visit::leftAt).orElse(visit.enteredAt());
      times = times.spent(CallPhase.WAITING, true, left);
      Optional<Instant> talked = talk.map(a -> a.endedAt().orElse(endedAt));
      if (talked.isPresent()) {
        times = times.spent(CallPhase.TALKING, false, talked.get());
      }
    }
    return times.spent(between, false, endedAt);
  }

  /** The offers of queues, as they are told now, in the place of how they were seen. */
  static void parts(List<Part> parts, List<QueueVisit> visits, Instant endedAt) {
    for (QueueVisit visit : visits) {
      for (RingAttempt attempt : visit.attempts()) {
        Part told = part(attempt, endedAt);
        if (parts.stream().anyMatch(part -> part.id().equals(told.id()))) {
          parts.replaceAll(part -> part.id().equals(told.id()) ? told.as(part.role()) : part);
        } else {
          parts.add(told);
        }
      }
    }
  }

  private static Part part(RingAttempt attempt, Instant endedAt) {
    ConnectionId id = PartFold.of(attempt.id());
    Part.Device device = new Part.Device(attempt.agent(), attempt.extension().value());
    Instant ended = attempt.endedAt().orElse(endedAt);
    Duration talked =
        attempt
            .answeredAt()
            .filter(answered -> !ended.isBefore(answered))
            .map(answered -> Duration.between(answered, ended))
            .orElse(Duration.ZERO);
    Part.Times times =
        new Part.Times(
            attempt.startedAt(),
            attempt.answeredAt(),
            ended,
            Optional.of(ended),
            talked,
            Duration.ZERO);
    Optional<RingOutcome> failure = attempt.outcome().filter(how -> how != RingOutcome.ANSWERED);
    ConnectionState state = failure.isPresent() ? ConnectionState.FAILED : ConnectionState.NULL;
    return new Part(id, PartRole.QUEUE_AGENT, device, state, times, failure);
  }
}
