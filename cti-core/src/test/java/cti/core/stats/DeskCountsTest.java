package cti.core.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formulas of docs/domain.md, by numbers. */
class DeskCountsTest {
  /**
   * Of 100: 80 answered (60 in time), 8 rang in vain, 6 left (2 at once, 4 in time), 6 otherwise.
   */
  private static final DeskCounts DAY =
      new DeskCounts(
          100,
          80,
          60,
          8,
          6,
          2,
          4,
          2,
          1,
          1,
          1,
          1,
          0,
          0,
          Duration.ofSeconds(800),
          Duration.ofSeconds(95));

  @ParameterizedTest
  @CsvSource({"STANDARD, 60, 84", "ASTERISK_SL, 60, 80", "ASTERISK_SL2, 64, 86"})
  void serviceLevelByName(ServiceLevelFormula formula, long part, long whole) {
    assertEquals(new Ratio(part, whole), formula.of(DAY));
  }

  @Test
  void answerRateLeavesOutThoseWhoWereNeverOffered() {
    assertEquals(new Ratio(80, 88), DAY.answerRate());
  }

  @Test
  void queueMissedIsAbandonedTimedOutLeftByKeyAndNoAgents() {
    assertEquals(10, DAY.queueMissed());
    assertEquals(new Ratio(10, 88), DAY.queueMissedShare());
  }

  @Test
  void averageSpeedOfAnswerIsOverTheAnsweredOnly() {
    assertEquals(Optional.of(10_000.0), DAY.averageSpeedOfAnswerMillis().value());
  }

  @Test
  void nothingOfNothingIsNotApplicable() {
    assertEquals(Optional.empty(), DeskCounts.NONE.answerRate().value());
    for (ServiceLevelFormula formula : ServiceLevelFormula.values()) {
      assertEquals(Optional.empty(), formula.of(DeskCounts.NONE).value(), formula.text());
    }
  }

  @Test
  void togetherCountsAddUpAndTheLongestWaitIsTheLongerOne() {
    DeskCounts both = DAY.plus(DAY.plus(DeskCounts.NONE));
    assertEquals(200, both.queued());
    assertEquals(160, both.answered());
    assertEquals(20, both.queueMissed());
    assertEquals(Duration.ofSeconds(1600), both.waitOfAnswered());
    assertEquals(Duration.ofSeconds(95), both.longestWait());
  }

  @Test
  void limitsOfARuleAreTold() {
    IllegalArgumentException fault =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new ServiceLevelRule(
                    ServiceLevelFormula.STANDARD, Duration.ZERO, Duration.ofSeconds(5)));
    assertEquals("answerWithin is 0 s, expected 1 to 3600 s", fault.getMessage());
    fault =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new ServiceLevelRule(
                    ServiceLevelFormula.STANDARD, Duration.ofSeconds(20), Duration.ofHours(1)));
    assertEquals("shortLimit is 3600 s, expected 0 to 300 s", fault.getMessage());
  }
}
