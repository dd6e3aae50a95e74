package cti.core.stats;

import java.time.Duration;

/**
 * From when on a desk is yellow and red on the wallboard: by its longest wait, or by how many wait.
 *
 * @param waitYellow 1 s to 1 h
 * @param waitRed no shorter than {@code waitYellow}, at most 1 h
 * @param waitingYellow 0 to 100; with 0 the number of those who wait does not matter
 * @param waitingRed 0, or no fewer than {@code waitingYellow}; at most 100
 */
public record DeskThresholds(
    Duration waitYellow, Duration waitRed, int waitingYellow, int waitingRed) {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST = 100;

  /** Of a desk for which nobody said otherwise. */
  public static final DeskThresholds USUAL =
      new DeskThresholds(Duration.ofSeconds(20), Duration.ofSeconds(60), 0, 0);

  /**
   * @throws IllegalArgumentException naming the value and what was expected
   */
  public DeskThresholds {
    if (waitYellow.compareTo(Duration.ofSeconds(1)) < 0 || waitYellow.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "waitYellowSeconds is " + waitYellow.toSeconds() + ", expected 1 to 3600");
    }
    if (waitRed.compareTo(waitYellow) < 0 || waitRed.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "waitRedSeconds is %d, expected waitYellowSeconds, which is %d, to 3600"
              .formatted(waitRed.toSeconds(), waitYellow.toSeconds()));
    }
    if (waitingYellow < 0 || waitingYellow > MOST) {
      throw new IllegalArgumentException(
          "waitingYellow is " + waitingYellow + ", expected 0 to " + MOST);
    }
    if (waitingRed != 0 && waitingRed < waitingYellow || waitingRed < 0 || waitingRed > MOST) {
      throw new IllegalArgumentException(
          "waitingRed is %d, expected 0, or waitingYellow, which is %d, to %d"
              .formatted(waitingRed, waitingYellow, MOST));
    }
  }
}
