package cti.core.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeskThresholdsTest {
  private static DeskThresholds of(long yellow, long red, int waitingYellow, int waitingRed) {
    return new DeskThresholds(
        Duration.ofSeconds(yellow), Duration.ofSeconds(red), waitingYellow, waitingRed);
  }

  @Test
  void numbersOfThoseWhoWaitMayBeLeftOutEachByItself() {
    assertEquals(0, of(1, 1, 3, 0).waitingRed());
    assertEquals(5, of(20, 3_600, 0, 5).waitingRed());
    assertEquals(100, of(3_600, 3_600, 100, 100).waitingYellow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|60|0|0|waitYellowSeconds is 0, expected 1 to 3600",
        "3601|3601|0|0|waitYellowSeconds is 3601, expected 1 to 3600",
        "20|19|0|0|waitRedSeconds is 19, expected waitYellowSeconds, which is 20, to 3600",
        "20|3601|0|0|waitRedSeconds is 3601, expected waitYellowSeconds, which is 20, to 3600",
        "20|60|-1|0|waitingYellow is -1, expected 0 to 100",
        "20|60|101|0|waitingYellow is 101, expected 0 to 100",
        "20|60|5|4|waitingRed is 4, expected 0, or waitingYellow, which is 5, to 100",
        "20|60|5|101|waitingRed is 101, expected 0, or waitingYellow, which is 5, to 100"
      })
  void everythingElseIsRefusedByName(
      long yellow, long red, int waitingYellow, int waitingRed, String message) {
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class, () -> of(yellow, red, waitingYellow, waitingRed))
            .getMessage());
  }
}
