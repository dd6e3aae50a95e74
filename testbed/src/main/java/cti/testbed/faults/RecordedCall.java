package cti.testbed.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A call as the product's tables have it; words are those of the web side (agent-no-answer).
 *
 * @param id on the gateway, without the gateway's name
 * @param outcome empty while the call counts as under way
 * @param missedRows rows in missed_call
 */
record RecordedCall(
    String id,
    String number,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<String> outcome,
    String quality,
    int missedRows,
    List<Visit> visits) {
  RecordedCall {
    visits = List.copyOf(visits);
  }

  /** A stay in a queue. */
  record Visit(String queue, Optional<String> outcome, Duration waited, List<Attempt> attempts) {
    Visit {
      attempts = List.copyOf(attempts);
    }
  }

  /**
   * An offer to an agent.
   *
   * @param who the agent, or the extension where nobody is logged on there
   */
  record Attempt(
      String who,
      Optional<String> outcome,
      Optional<String> talkClearedBy,
      Duration rang,
      Duration talked) {
    boolean answered() {
      return outcome.filter("answered"::equals).isPresent();
    }
  }

  boolean ended() {
    return outcome.isPresent() && endedAt.isPresent();
  }

  boolean lostTrack() {
    return quality.equals("lost-track");
  }
}
