package cti.core.calendar;

import java.time.LocalDate;

/**
 * A day of a calendar that is not like every other of its day of the week.
 *
 * @param name for people, such as 国庆节
 */
public record SpecialDay(LocalDate date, DayType type, String name)
    implements Comparable<SpecialDay> {
  @Override
  public int compareTo(SpecialDay other) {
    return date.compareTo(other.date);
  }

  @Override
  public String toString() {
    return date
        + (type == DayType.HOLIDAY ? " is a holiday" : " is a make-up working day")
        + (name.isBlank() ? "" : " (" + name + ")");
  }
}
