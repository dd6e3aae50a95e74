package cti.testbed.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A recording as REST tells it. */
public record RecordingRow(
    String id,
    String call,
    Optional<String> agent,
    Optional<String> desk,
    Instant startedAt,
    Optional<Instant> stoppedAt,
    List<Pause> pauses,
    String state,
    Optional<String> audio,
    Optional<Long> milliseconds,
    Optional<String> fault) {

  /** Silence in place of the talk. */
  public record Pause(Instant from, Optional<Instant> to) {}
}
