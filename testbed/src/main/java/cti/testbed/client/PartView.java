package cti.testbed.client;

import java.time.Instant;
import java.util.Optional;

/** One telephone's part in a call; words as in docs/api/openapi.yaml. */
public record PartView(
    String connection,
    String role,
    Optional<String> agent,
    String number,
    String state,
    Optional<Instant> answeredAt,
    Optional<Instant> endedAt,
    Optional<String> failure,
    long talkedSeconds,
    long heldSeconds) {

  /** Whether it is in the call now: not gone, not failed. */
  public boolean open() {
    return endedAt.isEmpty();
  }
}
