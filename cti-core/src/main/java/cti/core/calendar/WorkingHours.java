package cti.core.calendar;

import cti.core.id.DeskId;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When a desk works. A holiday of its calendar has no hours, a make-up day has those of its own.
 *
 * @param calendar its holidays and make-up days; empty where it has none
 * @param week the hours of each day of the week, in order; a day that is not there is free
 * @param makeUp the hours of a make-up working day
 */
public record WorkingHours(
    DeskId desk,
    ZoneId zone,
    Optional<SpecialDays> calendar,
    Map<DayOfWeek, List<TimeSpan>> week,
    List<TimeSpan> makeUp) {
  /**
   * @throws IllegalArgumentException where two spans of a day overlap
   */
  public WorkingHours {
    Map<DayOfWeek, List<TimeSpan>> sorted = new EnumMap<>(DayOfWeek.class);
    week.forEach((day, spans) -> sorted.put(day, apart(desk, spans)));
    week = Collections.unmodifiableMap(sorted);
    makeUp = apart(desk, makeUp);
  }

  private static List<TimeSpan> apart(DeskId desk, List<TimeSpan> spans) {
    List<TimeSpan> sorted = new ArrayList<>(spans);
    Collections.sort(sorted);
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).fromMinute() < sorted.get(i - 1).untilMinute()) {
        throw new IllegalArgumentException(
            "hours of desk "
                + desk
                + ": "
                + sorted.get(i - 1)
                + " and "
                + sorted.get(i)
                + " overlap");
      }
    }
    return List.copyOf(sorted);
  }

  /**
   * The hours of a day in the desk's own zone.
   *
   * @param spans in order; none where the desk is closed all day
   * @param special the holiday or make-up day that it is; empty on any other day
   */
  public record Day(List<TimeSpan> spans, Optional<SpecialDay> special) {
    public Day {
      spans = List.copyOf(spans);
    }
  }

  /** When the desk works on a day. */
  public Day on(LocalDate date) {
    Optional<SpecialDay> special = calendar.flatMap(days -> days.on(date));
    return new Day(
        special
            .map(day -> day.type() == DayType.HOLIDAY ? List.<TimeSpan>of() : makeUp)
            .orElseGet(() -> week.getOrDefault(date.getDayOfWeek(), List.of())),
        special);
  }

  /** Whether the desk works at a moment, and why. */
  public Opening at(ZonedDateTime moment) {
    ZonedDateTime local = moment.withZoneSameInstant(zone);
    Day day = on(local.toLocalDate());
    Optional<SpecialDay> special = day.special();
    List<TimeSpan> hours = day.spans();
    boolean open = hours.stream().anyMatch(span -> span.contains(local.toLocalTime()));
    String of = special.map(SpecialDay::toString).orElseGet(() -> dayName(local.getDayOfWeek()));
    String time = "%02d:%02d".formatted(local.getHour(), local.getMinute());
    String written =
        hours.isEmpty()
            ? "no hours"
            : hours.stream().map(TimeSpan::toString).collect(Collectors.joining(" and "));
    return new Opening(
        open,
        "desk "
            + desk
            + " is "
            + (open ? "open" : "closed")
            + " at "
            + time
            + ": "
            + of
            + ", "
            + written,
        special);
  }

  private static String dayName(DayOfWeek day) {
    return day.name().charAt(0) + day.name().substring(1).toLowerCase(Locale.ROOT);
  }
}
