package cti.testbed.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A stay in a queue, with its offers to agents. */
public record VisitView(
    String queue,
    Optional<String> desk,
    Instant enteredAt,
    Optional<Instant> leftAt,
    Optional<String> outcome,
    List<AttemptView> attempts) {

  /** An offer to an agent. */
  public record AttemptView(
      Optional<String> agent,
      String extension,
      Instant startedAt,
      Optional<String> outcome,
      Optional<Instant> answeredAt,
      Optional<Instant> endedAt) {}
}
