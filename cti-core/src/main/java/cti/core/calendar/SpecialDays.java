package cti.core.calendar;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A calendar of holidays and make-up working days, such as that of a country. Immutable. */
public record SpecialDays(CalendarName name, List<SpecialDay> days) {
  /**
   * @throws IllegalArgumentException where a day is there twice
   */
  public SpecialDays {
    days = days.stream().sorted().toList();
    for (int i = 1; i < days.size(); i++) {
      if (days.get(i).date().equals(days.get(i - 1).date())) {
        throw new IllegalArgumentException(
            "calendar " + name + ": " + days.get(i).date() + " is there twice, expected once");
      }
    }
  }

  public Optional<SpecialDay> on(LocalDate date) {
    int low = 0;
    int high = days.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = days.get(middle).date().compareTo(date);
      if (order == 0) {
        return Optional.of(days.get(middle));
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  /** The last day that it knows; empty where it knows none. */
  public Optional<LocalDate> lastDay() {
    return days.isEmpty() ? Optional.empty() : Optional.of(days.getLast().date());
  }
}
