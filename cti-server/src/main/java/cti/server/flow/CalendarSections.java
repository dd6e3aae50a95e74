package cti.server.flow;

import cti.core.calendar.CalendarName;
import cti.core.calendar.Calendars;
import cti.core.calendar.DayType;
import cti.core.calendar.Roster;
import cti.core.calendar.RosterName;
import cti.core.calendar.SpecialDay;
import cti.core.calendar.SpecialDays;
import cti.core.calendar.TimeSpan;
import cti.core.calendar.WorkingHours;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.server.yaml.Section;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the calendars, hours and rosters of routing.yaml. */
final class CalendarSections {
  private static final ZoneId USUAL_ZONE = ZoneId.of("Asia/Shanghai");

  /** The longest holiday; a longer one is a mistyped date. */
  private static final int MOST_DAYS = 60;

  private final ZoneId zone;
  private final Map<CalendarName, SpecialDays> calendars = new LinkedHashMap<>();
  private final Map<DeskId, WorkingHours> hours = new LinkedHashMap<>();
  private final Map<RosterName, Roster> rosters = new LinkedHashMap<>();

  private CalendarSections(ZoneId zone) {
    this.zone = zone;
  }

  /** What has no faults; the faults of the rest are added. */
  static Calendars read(Section top) {
    ZoneId zone = zone(top).orElse(USUAL_ZONE);
    CalendarSections read = new CalendarSections(zone);
    top.optionalSection("calendars")
        .allSectionLists()
        .forEach((name, days) -> read.calendar(top, name, days));
    top.optionalSections("hours").forEach(read::hours);
    top.optionalSection("rosters").allSections().forEach(read::roster);
    return new Calendars(zone, read.calendars, read.hours, read.rosters);
  }

  private static Optional<ZoneId> zone(Section section) {
    return section
        .optionalText("zone")
        .flatMap(text -> parsed(section, "zone", text, ZoneId::of, "such as Asia/Shanghai"));
  }

  private void calendar(Section top, String name, List<Section> days) {
    int before = top.faultCount();
    List<SpecialDay> all = new ArrayList<>();
    for (Section day : days) {
      all.addAll(days(day));
    }
    top.make(before, () -> new SpecialDays(new CalendarName(name), all))
        .ifPresent(made -> calendars.put(made.name(), made));
  }

  private static List<SpecialDay> days(Section section) {
    Optional<LocalDate> from = date(section, "from", section.text("from"));
    Optional<LocalDate> to =
        section.optionalText("to").map(text -> date(section, "to", text)).orElse(from);
    DayType type = section.flag("make_up", false) ? DayType.MAKE_UP : DayType.HOLIDAY;
    String name = section.textOrEmpty("name");
    section.done();
    if (from.isEmpty() || to.isEmpty()) {
      return List.of();
    }
    LocalDate first = from.get();
    LocalDate last = to.get();
    if (last.isBefore(first) || last.isAfter(first.plusDays(MOST_DAYS))) {
      section.fault(
          "to", "is " + last + ", expected " + first + " or up to " + MOST_DAYS + " days later");
      return List.of();
    }
    return first.datesUntil(last.plusDays(1)).map(day -> new SpecialDay(day, type, name)).toList();
  }

  private void hours(Section section) {
    int before = section.faultCount();
    List<String> desks = section.texts("desks");
    Optional<SpecialDays> calendar =
        section.optionalText("calendar").flatMap(name -> known(section, name));
    ZoneId own = zone(section).orElse(zone);
    Map<DayOfWeek, List<TimeSpan>> week = week(section.section("week"));
    List<TimeSpan> makeUp = spans(section, "make_up", section.optionalTexts("make_up"));
    section.done();
    for (String desk : desks) {
      section
          .make(before, () -> new WorkingHours(new DeskId(desk), own, calendar, week, makeUp))
          .ifPresent(
              made -> {
                if (hours.putIfAbsent(made.desk(), made) != null) {
                  section.fault("desks", "desk " + desk + " has hours twice, expected once");
                }
              });
    }
  }

  private Optional<SpecialDays> known(Section section, String name) {
    Optional<SpecialDays> found =
        calendars.values().stream().filter(days -> days.name().value().equals(name)).findFirst();
    if (found.isEmpty()) {
      section.fault("calendar", "no calendar " + name + ", expected one of " + calendars.keySet());
    }
    return found;
  }

  /** Keys such as mon, or mon-fri. */
  private static Map<DayOfWeek, List<TimeSpan>> week(Section section) {
    Map<DayOfWeek, List<TimeSpan>> week = new EnumMap<>(DayOfWeek.class);
    section
        .allTextLists()
        .forEach(
            (key, written) -> {
              List<TimeSpan> spans = spans(section, key, written);
              for (DayOfWeek day : daysOfWeek(section, key)) {
                if (week.put(day, spans) != null) {
                  section.fault(key, short3(day) + " is there twice, expected once");
                }
              }
            });
    return week;
  }

  private static List<DayOfWeek> daysOfWeek(Section section, String key) {
    String[] ends = key.split("-", -1);
    Optional<DayOfWeek> first = dayOfWeek(ends[0]);
    Optional<DayOfWeek> last = ends.length == 2 ? dayOfWeek(ends[1]) : first;
    if (ends.length > 2
        || first.isEmpty()
        || last.isEmpty()
        || last.get().compareTo(first.get()) < 0) {
      section.fault(key, "is no day, expected such as mon or mon-fri");
      return List.of();
    }
    List<DayOfWeek> days = new ArrayList<>();
    for (int day = first.get().getValue(); day <= last.get().getValue(); day++) {
      days.add(DayOfWeek.of(day));
    }
    return days;
  }

  private static Optional<DayOfWeek> dayOfWeek(String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (short3(day).equals(text)) {
        return Optional.of(day);
      }
    }
    return Optional.empty();
  }

  private static String short3(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  private static List<TimeSpan> spans(Section section, String key, List<String> written) {
    List<TimeSpan> spans = new ArrayList<>();
    for (String text : written) {
      parsed(section, key, text, TimeSpan::parse, "such as 08:30-17:00").ifPresent(spans::add);
    }
    return spans;
  }

  private void roster(String name, Section section) {
    int before = section.faultCount();
    ZoneId own = zone(section).orElse(zone);
    String written = section.text("hand_over");
    String[] parts = written.split(" +");
    Optional<DayOfWeek> day = parts.length == 2 ? dayOfWeek(parts[0]) : Optional.empty();
    Optional<LocalTime> time =
        day.isEmpty()
            ? Optional.empty()
            : parsed(section, "hand_over", parts[1], LocalTime::parse, "such as mon 08:30");
    if (day.isEmpty() && section.faultCount() == before) {
      section.fault("hand_over", "is " + written + ", expected such as mon 08:30");
    }
    Map<LocalDate, List<StaffId>> weeks = new LinkedHashMap<>();
    Section weekly = section.section("weeks");
    weekly
        .allTextLists()
        .forEach(
            (week, people) ->
                date(weekly, week, week).ifPresent(date -> weeks.put(date, staff(people))));
    List<Roster.Swap> swaps = new ArrayList<>();
    section.optionalSections("swaps").forEach(swap -> swap(swap, own).ifPresent(swaps::add));
    section.done();
    section
        .make(
            before,
            () ->
                new Roster(
                    new RosterName(name), own, day.orElseThrow(), time.orElseThrow(), weeks, swaps))
        .ifPresent(made -> rosters.put(made.name(), made));
  }

  private static Optional<Roster.Swap> swap(Section section, ZoneId zone) {
    int before = section.faultCount();
    Optional<LocalDateTime> from = dateTime(section, "from");
    Optional<LocalDateTime> until = dateTime(section, "until");
    List<String> people = section.texts("people");
    section.done();
    return section.make(
        before,
        () ->
            new Roster.Swap(
                from.orElseThrow().atZone(zone).toInstant(),
                until.orElseThrow().atZone(zone).toInstant(),
                staff(people)));
  }

  private static List<StaffId> staff(List<String> people) {
    return people.stream().map(StaffId::new).toList();
  }

  private static Optional<LocalDateTime> dateTime(Section section, String key) {
    return parsed(
        section, key, section.text(key), LocalDateTime::parse, "such as 2026-11-23T08:30");
  }

  private static Optional<LocalDate> date(Section section, String key, String text) {
    return parsed(section, key, text, LocalDate::parse, "such as 2026-11-23");
  }

  private static <T> Optional<T> parsed(
      Section section, String key, String text, Function<String, T> parser, String expected) {
    try {
      return Optional.of(parser.apply(text));
    } catch (DateTimeException e) {
      section.fault(key, "is " + text + ", expected " + expected);
    } catch (IllegalArgumentException e) {
      section.fault(key, e.getMessage());
    }
    return Optional.empty();
  }
}
