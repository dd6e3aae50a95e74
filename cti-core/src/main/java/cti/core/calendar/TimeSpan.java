package cti.core.calendar;

import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of a day, from a minute up to and without another.
 *
 * @param fromMinute of the day, 0 to 1439
 * @param untilMinute of the day, later, up to 1440 (midnight)
 */
public record TimeSpan(int fromMinute, int untilMinute) implements Comparable<TimeSpan> {
  /** A whole day. */
  public static final TimeSpan DAY = new TimeSpan(0, 1440);

  private static final Pattern WRITTEN =
      Pattern.compile("([0-9]{1,2}):([0-9]{2}) *- *([0-9]{1,2}):([0-9]{2})");

  public TimeSpan {
    if (fromMinute < 0 || untilMinute > 1440 || fromMinute >= untilMinute) {
      throw new IllegalArgumentException(
          "time span "
              + text(fromMinute)
              + "-"
              + text(untilMinute)
              + ", expected the end after the beginning, 00:00 to 24:00");
    }
  }

  /**
   * Reads 08:30-17:00; 24:00 is the end of the day.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  public static TimeSpan parse(String written) {
    Matcher parts = WRITTEN.matcher(written.strip());
    if (!parts.matches()
        || Integer.parseInt(parts.group(2)) > 59
        || Integer.parseInt(parts.group(4)) > 59) {
      throw new IllegalArgumentException(
          "time span '" + written + "', expected such as 08:30-17:00");
    }
    return new TimeSpan(
        minutes(parts.group(1), parts.group(2)), minutes(parts.group(3), parts.group(4)));
  }

  private static int minutes(String hour, String minute) {
    return Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
  }

  public boolean contains(LocalTime time) {
    int minute = time.toSecondOfDay() / 60;
    return minute >= fromMinute && minute < untilMinute;
  }

  private static String text(int minute) {
    return "%02d:%02d".formatted(minute / 60, minute % 60);
  }

  @Override
  public int compareTo(TimeSpan other) {
    return Integer.compare(fromMinute, other.fromMinute);
  }

  @Override
  public String toString() {
    return text(fromMinute) + "-" + text(untilMinute);
  }
}
