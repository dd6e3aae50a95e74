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
 * @param handedOn how the caller was handed on, and to whom
 */
record RecordedCall(
    String id,
    String number,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<String> outcome,
    String quality,
    int missedRows,
    List<Visit> visits,
    HandedOn handedOn) {
  RecordedCall {
    visits = List.copyOf(visits);
  }

  /**
   * How a caller was handed on.
   *
   * @param times how often
   * @param to the phones, those of whom was asked too, in order
   */
  record HandedOn(int times, List<Part> to) {
    static final HandedOn NEVER = new HandedOn(0, List.of());

    HandedOn {
      to = List.copyOf(to);
    }
  }

  /**
   * A phone that the caller was handed on to, or that was asked.
   *
   * @param role the word of the web side, such as transferred-to
   */
  record Part(String role, String number, boolean answered, Duration talked) {}

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
