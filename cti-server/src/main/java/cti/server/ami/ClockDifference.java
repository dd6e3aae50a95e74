package cti.server.ami;

import java.time.Duration;
import java.time.Instant;

/**
 * How far the gateway's clock is before ours, as the answers to pings tell. An answer was stamped
 * at some moment between the question and its arrival: that bounds the difference, and tells no
 * more. A gateway that stood still, or pours out events, answers late; its lateness is no
 * difference of clocks. Not safe for threads.
 */
final class ClockDifference {
  /** Clocks that differ by less count as one clock. */
  static final Duration AGREE = Duration.ofSeconds(1);

  /** A difference is only measured by an answer that came within this. */
  static final Duration PROMPT = Duration.ofSeconds(1);

  /** What one answer told. */
  enum Finding {
    /** The difference may well be what it was. */
    AS_BEFORE,
    /** It is another one: see {@link ClockDifference#ahead}. */
    ANOTHER,
    /** It cannot be what it was, and the answer came too late to tell what it is. */
    UNSURE
  }

  /** A stamp that is off by more says that a clock was set. */
  private static final Duration STEP = Duration.ofSeconds(2);

  private Duration ahead = Duration.ZERO;
  private Instant newest = Instant.MIN;
  private boolean doubtful;

  /** Zero where both are one clock. */
  Duration ahead() {
    return ahead;
  }

  /**
   * An answer came.
   *
   * @param asked when we asked, by our clock
   * @param answered when the answer was here, by our clock
   * @param stamped when it was made, by the gateway's clock
   */
  Finding told(Instant asked, Instant answered, Instant stamped) {
    Finding finding = compare(asked, answered, stamped);
    if (finding != Finding.UNSURE) {
      doubtful = false;
      newest = stamped;
    }
    return finding;
  }

  private Finding compare(Instant asked, Instant answered, Instant stamped) {
    Duration least = Duration.between(answered, stamped);
    Duration most = Duration.between(asked, stamped);
    boolean possible =
        ahead.compareTo(least.minus(AGREE)) >= 0 && ahead.compareTo(most.plus(AGREE)) <= 0;
    if (possible) {
      return Finding.AS_BEFORE;
    }
    if (Duration.between(asked, answered).compareTo(PROMPT) > 0) {
      return Finding.UNSURE;
    }
    Duration middle = least.plus(most).dividedBy(2);
    ahead = middle.abs().compareTo(AGREE) < 0 ? Duration.ZERO : middle;
    return Finding.ANOTHER;
  }

  /**
   * When something happened, by our clock. The gateway reports in order: a stamp before the last
   * one, or after now, says that one of the clocks was set. Until they are compared again there is
   * no stamp to go by, and what is reported counts as happening now.
   *
   * @param stamped by the gateway's clock
   */
  Instant ours(Instant stamped, Instant now) {
    Instant at = stamped.minus(ahead);
    boolean step =
        at.isAfter(now.plus(STEP))
            || (newest.isAfter(Instant.MIN) && stamped.isBefore(newest.minus(STEP)));
    if (step) {
      doubtful = true;
    } else if (stamped.isAfter(newest)) {
      newest = stamped;
    }
    return doubtful ? now : at;
  }

  /** Our clock was set: the difference is not what it was, though no stamp has told it yet. */
  void doubt() {
    doubtful = true;
  }

  /** Whether a clock was set, as far as stamps tell, and nothing was compared since. */
  boolean doubtful() {
    return doubtful;
  }
}
