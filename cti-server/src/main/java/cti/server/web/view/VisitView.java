package cti.server.web.view;

import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.server.web.http.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One stay in a queue. {@code position} is that at its beginning. */
public record VisitView(
    String queue,
    Optional<String> desk,
    Instant enteredAt,
    int position,
    Optional<Instant> leftAt,
    Optional<String> outcome,
    List<AttemptView> attempts) {

  /** One offer to one agent. */
  public record AttemptView(
      Optional<String> agent,
      String extension,
      Instant startedAt,
      Optional<String> outcome,
      Optional<Instant> answeredAt,
      Optional<Instant> endedAt) {
    static AttemptView of(RingAttempt attempt) {
      return new AttemptView(
          attempt.agent().map(AgentId::value),
          attempt.extension().value(),
          attempt.startedAt(),
          attempt.outcome().map(Words::of),
          attempt.answeredAt(),
          attempt.endedAt());
    }
  }

  public static VisitView of(QueueVisit visit) {
    return new VisitView(
        visit.queue().value(),
        visit.desk().map(DeskId::value),
        visit.enteredAt(),
        visit.position(),
        visit.leftAt(),
        visit.outcome().map(Words::of),
        visit.attempts().stream().map(AttemptView::of).toList());
  }
}
