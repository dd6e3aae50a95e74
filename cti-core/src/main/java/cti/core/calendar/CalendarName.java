package cti.core.calendar;

/**
 * The name of a calendar of holidays.
 *
 * @param value 1 to 40 of a-z 0-9 -
 */
public record CalendarName(String value) implements Comparable<CalendarName> {
  public CalendarName {
    Names.check("calendar", value);
  }

  @Override
  public int compareTo(CalendarName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
