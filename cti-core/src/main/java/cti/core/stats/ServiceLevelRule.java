package cti.core.stats;

import java.time.Duration;

/**
 * What a desk promises.
 *
 * @param answerWithin T: an answer in this time is in time; 1 s to 1 h
 * @param shortLimit who leaves sooner does not count against the desk; 0 to 5 min
 */
public record ServiceLevelRule(
    ServiceLevelFormula formula, Duration answerWithin, Duration shortLimit) {
  private static final Duration LONGEST_ANSWER = Duration.ofHours(1);
  private static final Duration LONGEST_SHORT = Duration.ofMinutes(5);

  /** For desks that have none of their own. */
  public static final ServiceLevelRule USUAL =
      new ServiceLevelRule(
          ServiceLevelFormula.STANDARD, Duration.ofSeconds(20), Duration.ofSeconds(5));

  public ServiceLevelRule {
    if (answerWithin.compareTo(Duration.ofSeconds(1)) < 0
        || answerWithin.compareTo(LONGEST_ANSWER) > 0) {
      throw new IllegalArgumentException(
          "answerWithin is " + answerWithin.toSeconds() + " s, expected 1 to 3600 s");
    }
    if (shortLimit.isNegative() || shortLimit.compareTo(LONGEST_SHORT) > 0) {
      throw new IllegalArgumentException(
          "shortLimit is " + shortLimit.toSeconds() + " s, expected 0 to 300 s");
    }
  }
}
