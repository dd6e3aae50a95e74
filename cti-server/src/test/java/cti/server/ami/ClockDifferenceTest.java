package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.ami.ClockDifference.Finding;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockDifferenceTest {
  private static final Instant NOW = Instant.parse("2026-11-26T08:30:00Z");

  private final ClockDifference clocks = new ClockDifference();

  private Finding told(long answeredMillis, long stampedMillis) {
    return clocks.told(NOW, NOW.plusMillis(answeredMillis), NOW.plusMillis(stampedMillis));
  }

  @ParameterizedTest(name = "answered after {0} ms, stamped {1} ms from the question: {2}, {3} ms")
  @CsvSource({
    "    2,       1, AS_BEFORE,       0",
    "    2,     900, AS_BEFORE,       0",
    // A gateway that stood still stamps when it wakes; we read it late.
    " 4800,       0, AS_BEFORE,       0",
    " 4800,    4800, AS_BEFORE,       0",
    // What is in between cannot be told from lateness.
    " 4800,    9000, UNSURE,          0",
    "    2, 3600001, ANOTHER,   3600000",
    "    2,-3599999, ANOTHER,  -3600000",
    "  400,    5200, ANOTHER,      5000",
  })
  void aLateAnswerIsNoDifferenceOfClocks(
      long answered, long stamped, Finding finding, long aheadMillis) {
    assertEquals(finding, told(answered, stamped));
    assertEquals(Duration.ofMillis(aheadMillis), clocks.ahead());
  }

  @Test
  void aDifferenceThatWentAwayIsNone() {
    told(2, 3_600_001);
    assertEquals(Finding.AS_BEFORE, told(2, 3_600_500));
    assertEquals(Finding.ANOTHER, told(2, 300));
    assertEquals(Duration.ZERO, clocks.ahead());
  }

  @Test
  void stampsAreOurTime() {
    told(2, 3_600_001);
    assertEquals(
        NOW.plusSeconds(5), clocks.ours(NOW.plusSeconds(3_605), NOW.plusSeconds(9)), "told late");
  }

  @Test
  void whereOurClockWasSetNoStampCountsBeforeClocksAreCompared() {
    told(2, 1);
    Instant now = NOW.plusSeconds(3_610);
    clocks.doubt();
    assertTrue(clocks.doubtful());
    assertEquals(now, clocks.ours(NOW.plusSeconds(10), now));
    assertEquals(Finding.ANOTHER, clocks.told(now, now.plusMillis(2), NOW.plusSeconds(10)));
    assertEquals(
        now.plusMillis(1_001), clocks.ours(NOW.plusSeconds(11), now.plusSeconds(2)), "again");
  }

  @Test
  void aStampOfTheFutureSaysThatAClockWasSet() {
    Instant now = NOW.plusSeconds(10);
    assertEquals(now, clocks.ours(now.plusSeconds(3_600), now));
    assertTrue(clocks.doubtful());
    clocks.told(now, now, now.plusSeconds(3_600));
    assertFalse(clocks.doubtful());
    assertEquals(now, clocks.ours(now.plusSeconds(3_600), now.plusSeconds(1)));
  }

  @Test
  void aStampBeforeTheLastOneSaysThatAClockWasPutBack() {
    clocks.ours(NOW, NOW);
    Instant now = NOW.plusSeconds(1);
    assertEquals(now, clocks.ours(now.minusSeconds(3_600), now));
    assertEquals(now.plusSeconds(1), clocks.ours(now.minusSeconds(3_599), now.plusSeconds(1)));
    clocks.told(now, now, now.minusSeconds(3_600));
    assertEquals(now, clocks.ours(now.minusSeconds(3_600), now.plusSeconds(3)));
  }
}
