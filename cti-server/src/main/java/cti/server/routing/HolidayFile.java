package cti.server.routing;

import cti.core.calendar.DayType;
import cti.core.calendar.SpecialDay;
import cti.core.fault.FaultText;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads holidays and make-up working days out of an iCalendar file (RFC 5545): events of whole days
 * ({@code DTSTART;VALUE=DATE}). A small reader of our own: of the standard only these events
 * matter, a library would bring time zones and recurrences that a calendar of holidays must not
 * have, and what is not understood is refused instead of guessed.
 *
 * <p>Whether a day is worked is told by {@code X-APPLE-SPECIAL-DAY} (ALTERNATE-WORKDAY,
 * WORK-HOLIDAY) or by 班 or 休 in the summary. In a file that marks some of its days the others are
 * no days off (mother's day), and are left out; in one that marks none every day is a holiday.
 */
public final class HolidayFile {
  /** The longest file, in characters. */
  public static final int LONGEST = 1_000_000;

  /** An event of more days is no holiday. */
  static final int MOST_DAYS = 60;

  private static final int MOST_EVENTS = 5_000;

  private HolidayFile() {}

  /**
   * What a file holds.
   *
   * @param leftOut events that are no days off, for people
   * @param faults empty where the file may be used
   */
  public record Read(List<SpecialDay> days, List<String> leftOut, List<FaultText> faults) {
    public Read {
      days = List.copyOf(days);
      leftOut = List.copyOf(leftOut);
      faults = List.copyOf(faults);
    }
  }

  private record Event(int line, Map<String, String> properties) {
    String text(String name) {
      return properties.getOrDefault(name, "");
    }
  }

  private record Days(LocalDate first, LocalDate last) {}

  public static Read read(String text) {
    List<FaultText> faults = new ArrayList<>();
    if (text.length() > LONGEST) {
      return refused(
          FaultText.of(
              "file-too-long",
              "the file has {0} characters, expected at most {1}",
              text.length(),
              LONGEST));
    }
    if (!text.stripLeading().replace("\ufeff", "").startsWith("BEGIN:VCALENDAR")) {
      return refused(
          FaultText.of(
              "no-calendar-file",
              "the file does not begin with {0}, expected iCalendar (RFC 5545)",
              "BEGIN:VCALENDAR"));
    }
    List<Event> events = events(text, faults);
    boolean marked = events.stream().anyMatch(event -> mark(event).isPresent());
    TreeMap<LocalDate, SpecialDay> days = new TreeMap<>();
    List<String> leftOut = new ArrayList<>();
    for (Event event : events) {
      Optional<DayType> type =
          mark(event).or(() -> marked ? Optional.empty() : Optional.of(DayType.HOLIDAY));
      if (type.isEmpty()) {
        leftOut.add(event.text("SUMMARY") + " (" + event.text("DTSTART") + ")");
      } else {
        days(event, faults).ifPresent(span -> put(span, type.get(), event, days, faults));
      }
    }
    return new Read(List.copyOf(days.values()), leftOut, faults);
  }

  private static Read refused(FaultText fault) {
    return new Read(List.of(), List.of(), List.of(fault));
  }

  private static Optional<DayType> mark(Event event) {
    String special = event.text("X-APPLE-SPECIAL-DAY").toUpperCase(Locale.ROOT);
    String summary = event.text("SUMMARY");
    if (special.equals("ALTERNATE-WORKDAY") || special.isEmpty() && summary.contains("班")) {
      return Optional.of(DayType.MAKE_UP);
    }
    if (special.equals("WORK-HOLIDAY") || special.isEmpty() && summary.contains("休")) {
      return Optional.of(DayType.HOLIDAY);
    }
    return Optional.empty();
  }

  private static void put(
      Days span,
      DayType type,
      Event event,
      TreeMap<LocalDate, SpecialDay> days,
      List<FaultText> faults) {
    String name = event.text("SUMMARY").replaceAll("[（(]\\s*[休班]\\s*[）)]", "").strip();
    span.first()
        .datesUntil(span.last().plusDays(1))
        .forEach(
            date -> {
              SpecialDay day = new SpecialDay(date, type, name);
              SpecialDay before = days.putIfAbsent(date, day);
              if (before != null && before.type() != type) {
                faults.add(
                    FaultText.of(
                        "day-both",
                        "line {0}: {1} is a holiday and a make-up working day ({2}), expected one"
                            + " of them",
                        event.line(),
                        date,
                        before.name().equals(name) ? name : before.name() + ", " + name));
              }
            });
  }

  private static Optional<Days> days(Event event, List<FaultText> faults) {
    if (!event.text("RRULE").isEmpty() || !event.text("RDATE").isEmpty()) {
      faults.add(
          FaultText.of(
              "recurs",
              "line {0}: {1} recurs, expected an event for each year",
              event.line(),
              event.text("SUMMARY")));
      return Optional.empty();
    }
    Optional<LocalDate> first = date(event, "DTSTART", faults);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    // DTEND is the day after the last one; without it an event of a date lasts that day (3.6.1).
    Optional<LocalDate> end =
        event.text("DTEND").isEmpty()
            ? Optional.of(first.get().plusDays(1))
            : date(event, "DTEND", faults);
    if (end.isEmpty()) {
      return Optional.empty();
    }
    LocalDate last = end.get().equals(first.get()) ? first.get() : end.get().minusDays(1);
    if (last.isBefore(first.get()) || last.isAfter(first.get().plusDays(MOST_DAYS))) {
      faults.add(
          FaultText.of(
              "ends-on",
              "line {0}: {1} ends on {2}, expected {3} or up to {4} days later",
              event.line(),
              event.text("SUMMARY"),
              last,
              first.get(),
              MOST_DAYS));
      return Optional.empty();
    }
    return Optional.of(new Days(first.get(), last));
  }

  private static Optional<LocalDate> date(Event event, String name, List<FaultText> faults) {
    String text = event.text(name);
    try {
      return Optional.of(LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeException e) {
      faults.add(
          FaultText.of(
              "no-whole-day",
              "line {0}: {1} is '{2}', expected a whole day such as {3}",
              event.line(),
              name,
              text,
              "20261001"));
      return Optional.empty();
    }
  }

  private static List<Event> events(String text, List<FaultText> faults) {
    List<Event> events = new ArrayList<>();
    Event open = null;
    int number = 0;
    for (String line : unfolded(text)) {
      number++;
      if (line.equals("BEGIN:VEVENT")) {
        open = new Event(number, new HashMap<>());
      } else if (line.equals("END:VEVENT") && open != null) {
        events.add(open);
        open = null;
        if (events.size() > MOST_EVENTS) {
          faults.add(
              FaultText.of(
                  "too-many-events",
                  "the file has more than {0} events, expected fewer",
                  MOST_EVENTS));
          return List.of();
        }
      } else if (open != null) {
        property(line, open);
      }
    }
    if (open != null) {
      faults.add(
          FaultText.of("event-open", "line {0}: the event has no {1}", open.line(), "END:VEVENT"));
    }
    return events;
  }

  private static void property(String line, Event event) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return;
    }
    String name = line.substring(0, colon).split(";", 2)[0].toUpperCase(Locale.ROOT);
    String value = line.substring(colon + 1);
    event
        .properties()
        .putIfAbsent(
            name,
            value
                .replace("\\n", " ")
                .replace("\\N", " ")
                .replace("\\,", ",")
                .replace("\\;", ";")
                .replace("\\\\", "\\"));
  }

  /** Long lines are folded: what begins with a blank belongs to the line before (3.1). */
  private static List<String> unfolded(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\r?\n")) {
      boolean goesOn = !lines.isEmpty() && (line.startsWith(" ") || line.startsWith("\t"));
      if (goesOn) {
        lines.set(lines.size() - 1, lines.getLast() + line.substring(1));
      } else {
        lines.add(line.stripTrailing());
      }
    }
    return lines;
  }

  /** The days as they stand in routing.yaml; days in a row of one name are one line. */
  public static String yaml(List<SpecialDay> days, String indent) {
    StringBuilder yaml = new StringBuilder();
    int i = 0;
    while (i < days.size()) {
      SpecialDay first = days.get(i);
      int last = i;
      while (last + 1 < days.size()
          && days.get(last + 1).date().equals(days.get(last).date().plusDays(1))
          && days.get(last + 1).type() == first.type()
          && days.get(last + 1).name().equals(first.name())) {
        last++;
      }
      yaml.append(indent).append("- { from: ").append(first.date());
      if (last > i) {
        yaml.append(", to: ").append(days.get(last).date());
      }
      if (first.type() == DayType.MAKE_UP) {
        yaml.append(", make_up: true");
      }
      if (!first.name().isBlank()) {
        yaml.append(", name: \"")
            .append(first.name().replace("\\", "").replace("\"", "'"))
            .append('"');
      }
      yaml.append(" }\n");
      i = last + 1;
    }
    return yaml.toString();
  }
}
