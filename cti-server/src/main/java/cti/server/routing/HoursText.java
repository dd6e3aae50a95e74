package cti.server.routing;

import cti.core.calendar.CalendarName;
import cti.core.calendar.Calendars;
import cti.core.calendar.DayType;
import cti.core.calendar.SpecialDay;
import cti.core.calendar.SpecialDays;
import cti.core.calendar.TimeSpan;
import cti.core.calendar.WorkingHours;
import cti.core.id.DeskId;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.RoutingFile;
import cti.server.yaml.Faults;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Working hours, holidays and make-up days of a text of rules, read out of it and written back. Of
 * the text only the blocks {@code calendars:} and {@code hours:} are written anew, and each of them
 * only where something in it changed; comments inside such a block are lost.
 */
public final class HoursText {
  private static final String STEP = "  ";

  /** Words that YAML 1.1 reads as something else than a text. */
  private static final Set<String> OF_YAML =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private HoursText() {}

  /**
   * Desks that share their hours.
   *
   * @param zone empty where it is that of the whole text
   * @param week a day that is not there is free
   * @param makeUp hours of a make-up working day
   */
  public record Group(
      List<DeskId> desks,
      Optional<CalendarName> calendar,
      Optional<ZoneId> zone,
      Map<DayOfWeek, List<TimeSpan>> week,
      List<TimeSpan> makeUp) {
    public Group {
      desks = desks.stream().sorted().toList();
      Map<DayOfWeek, List<TimeSpan>> worked = new LinkedHashMap<>();
      for (DayOfWeek day : DayOfWeek.values()) {
        List<TimeSpan> spans = week.getOrDefault(day, List.of());
        if (!spans.isEmpty()) {
          worked.put(day, spans.stream().sorted().toList());
        }
      }
      week = worked;
      makeUp = makeUp.stream().sorted().toList();
    }

    private Group with(List<DeskId> others) {
      return new Group(others, calendar, zone, week, makeUp);
    }
  }

  /**
   * All of a text; sorted, so that two are equal where they mean the same.
   *
   * @param zone of the whole text
   */
  public record Hours(ZoneId zone, List<SpecialDays> calendars, List<Group> groups) {
    public Hours {
      calendars = calendars.stream().sorted(Comparator.comparing(SpecialDays::name)).toList();
      groups =
          groups.stream().sorted(Comparator.comparing(group -> group.desks().getFirst())).toList();
    }

    /**
     * What the records themselves do not refuse: a desk or a calendar twice, hours of no desk, a
     * calendar that is not there.
     *
     * @throws IllegalArgumentException naming the first such fault
     */
    public Hours checked() {
      Set<CalendarName> names = new LinkedHashSet<>();
      for (SpecialDays days : calendars) {
        if (!names.add(days.name())) {
          throw new IllegalArgumentException(
              "calendar " + days.name() + " is there twice, expected once");
        }
      }
      Set<DeskId> desks = new LinkedHashSet<>();
      for (Group group : groups) {
        for (DeskId desk : group.desks()) {
          if (!desks.add(desk)) {
            throw new IllegalArgumentException("desk " + desk + " has hours twice, expected once");
          }
          new WorkingHours(desk, zone, Optional.empty(), group.week(), group.makeUp());
        }
        group
            .calendar()
            .filter(name -> !names.contains(name))
            .ifPresent(
                name -> {
                  throw new IllegalArgumentException(
                      "no calendar " + name + ", expected one of " + names);
                });
      }
      return this;
    }
  }

  /**
   * What a text says.
   *
   * @param faults empty where it could be read
   */
  public record Read(Optional<Hours> hours, List<String> faults) {}

  public static Read read(String yaml) {
    Faults faults = new Faults(CallPlanFiles.ROUTING);
    Optional<Hours> hours = RoutingFile.read(yaml, faults).map(plan -> of(plan.calendars()));
    return new Read(faults.count() > 0 ? Optional.empty() : hours, faults.found());
  }

  private static Hours of(Calendars calendars) {
    Map<Group, List<DeskId>> same = new LinkedHashMap<>();
    for (DeskId desk : calendars.desksWithHours()) {
      WorkingHours hours = calendars.hours().get(desk);
      Group shared =
          new Group(
              List.of(),
              hours.calendar().map(SpecialDays::name),
              Optional.of(hours.zone()).filter(zone -> !zone.equals(calendars.zone())),
              hours.week(),
              hours.makeUp());
      same.computeIfAbsent(shared, key -> new ArrayList<>()).add(desk);
    }
    List<Group> groups = new ArrayList<>();
    same.forEach((group, desks) -> groups.add(group.with(desks)));
    return new Hours(calendars.zone(), List.copyOf(calendars.holidays().values()), groups);
  }

  /**
   * The text with these hours in the place of its own.
   *
   * @param before what {@link #read} gave of the text
   */
  public static String write(String yaml, Hours before, Hours after) {
    String text = yaml;
    if (!before.calendars().equals(after.calendars())) {
      text = YamlBlock.replaceAll(text, "calendars", calendars(after));
    }
    if (!before.groups().equals(after.groups())) {
      text = YamlBlock.replaceAll(text, "hours", groups(after));
    }
    return text;
  }

  private static List<String> calendars(Hours hours) {
    List<String> lines = new ArrayList<>();
    for (SpecialDays calendar : hours.calendars()) {
      boolean empty = calendar.days().isEmpty();
      lines.add(STEP + quoted(calendar.name().value()) + (empty ? ": []" : ":"));
      lines.addAll(HolidayFile.yaml(calendar.days(), STEP + STEP).lines().toList());
    }
    return lines;
  }

  private static List<String> groups(Hours hours) {
    List<String> lines = new ArrayList<>();
    for (Group group : hours.groups()) {
      lines.add(STEP + "- desks: " + listed(group.desks().stream().map(DeskId::value).toList()));
      String indent = STEP + STEP;
      group.calendar().ifPresent(name -> lines.add(indent + "calendar: " + quoted(name.value())));
      group.zone().ifPresent(zone -> lines.add(indent + "zone: " + zone.getId()));
      lines.add(indent + "week: " + week(group.week()));
      if (!group.makeUp().isEmpty()) {
        lines.add(indent + "make_up: " + spans(group.makeUp()));
      }
    }
    return lines;
  }

  /** Days in a row with the same hours are one key. */
  private static String week(Map<DayOfWeek, List<TimeSpan>> week) {
    List<String> keys = new ArrayList<>();
    DayOfWeek[] days = DayOfWeek.values();
    int first = 0;
    while (first < days.length) {
      List<TimeSpan> spans = week.getOrDefault(days[first], List.of());
      int last = first;
      while (last + 1 < days.length && week.getOrDefault(days[last + 1], List.of()).equals(spans)) {
        last++;
      }
      if (!spans.isEmpty()) {
        String key = word(days[first]) + (last > first ? "-" + word(days[last]) : "");
        keys.add(key + ": " + spans(spans));
      }
      first = last + 1;
    }
    return keys.isEmpty() ? "{}" : "{ " + String.join(", ", keys) + " }";
  }

  /** As it is written in the text: mon, tue, … */
  public static String word(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  private static String spans(List<TimeSpan> spans) {
    return spans.size() == 1
        ? quoted(spans.getFirst().toString())
        : listed(spans.stream().map(TimeSpan::toString).toList());
  }

  private static String listed(List<String> texts) {
    return texts.stream().map(HoursText::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    return text.matches("[a-z][a-z0-9-]*") && !OF_YAML.contains(text)
        ? text
        : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /**
   * The days from one to another, both included.
   *
   * @throws IllegalArgumentException where the last is before the first, or more than 60 days later
   */
  public static List<SpecialDay> days(LocalDate first, LocalDate last, DayType type, String name) {
    if (last.isBefore(first) || last.isAfter(first.plusDays(HolidayFile.MOST_DAYS))) {
      throw new IllegalArgumentException(
          "to is "
              + last
              + ", expected "
              + first
              + " or up to "
              + HolidayFile.MOST_DAYS
              + " days later");
    }
    return first.datesUntil(last.plusDays(1)).map(day -> new SpecialDay(day, type, name)).toList();
  }
}
