package cti.core.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.id.CallId;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingDecisionTest {
  private static RecordingRules rules(RecordingPolicy policy, int share, boolean mayStart) {
    return new RecordingRules(policy, share, "notice", mayStart, false, false, 30);
  }

  private static CallId call(int number) {
    return new CallId("gw1:1795215600." + number);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, 0, false, false,",
    "NONE, 0, true, false,",
    "ALL, 0, false, true,",
    "SHARE, 100, false, true,",
    "ANNOUNCED, 0, true, true, notice",
  })
  void eachPolicy(
      RecordingPolicy policy, int share, boolean mayStart, boolean recorded, String announcement) {
    assertEquals(
        new RecordingDecision(recorded, Optional.ofNullable(announcement), mayStart),
        RecordingDecision.of(rules(policy, share, mayStart), call(1)));
  }

  @ParameterizedTest
  @CsvSource({"1", "10", "33", "50", "90"})
  void aShareOfCallsIsThatShareAndAlwaysTheSame(int share) {
    RecordingRules rules = rules(RecordingPolicy.SHARE, share, false);
    long recorded =
        IntStream.range(0, 20_000)
            .filter(number -> RecordingDecision.of(rules, call(number)).fromTheBegin())
            .count();
    assertTrue(
        Math.abs(recorded - share * 200L) < 300,
        recorded + " of 20000 calls at " + share + " percent");
    IntStream.range(0, 100)
        .forEach(
            number ->
                assertEquals(
                    RecordingDecision.of(rules, call(number)),
                    RecordingDecision.of(rules, call(number))));
  }

  /** A larger share records what the smaller one did, and more. */
  @Test
  void aLargerShareAddsCalls() {
    RecordingRules tenth = rules(RecordingPolicy.SHARE, 10, false);
    RecordingRules third = rules(RecordingPolicy.SHARE, 33, false);
    IntStream.range(0, 5_000)
        .filter(number -> RecordingDecision.of(tenth, call(number)).fromTheBegin())
        .forEach(number -> assertTrue(RecordingDecision.of(third, call(number)).fromTheBegin()));
  }

  @ParameterizedTest
  @CsvSource({
    "ALL, 101, notice, 30, 'share in percent is 101, expected 0 to 100'",
    "ALL, 0, notice, 0, 'retention in days is 0, expected 1 to 3650'",
    "SHARE, 0, notice, 30, 'share is 0 percent, expected 1 to 100 for the policy share'",
    "ALL, 0, ../x, 30, 'announcement is ''../x'', expected the name of a prompt, such as"
        + " recording-announcement'",
  })
  void rulesThatCannotBe(
      RecordingPolicy policy, int share, String announcement, int days, String message) {
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class,
                () -> new RecordingRules(policy, share, announcement, false, false, false, days))
            .getMessage());
  }
}
