package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.calendar.CalendarName;
import cti.core.calendar.DayType;
import cti.core.calendar.SpecialDay;
import cti.core.calendar.SpecialDays;
import cti.core.calendar.TimeSpan;
import cti.core.id.DeskId;
import cti.core.port.Routing;
import cti.server.routing.HoursText;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.resource.RoutingViews.DaysView;
import cti.server.web.resource.RoutingViews.HoursGroupView;
import cti.server.web.resource.RoutingViews.HoursView;
import cti.server.web.resource.RoutingViews.SpecialDaysView;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Working hours and calendars of a text of rules as a form has them, and written back into the
 * text; for supervisors. Changes nothing: the text is for the caller to keep as a draft.
 */
public final class RoutingHoursResource {
  private static final int MOST_GROUPS = 500;
  private static final int MOST_CALENDARS = 50;
  private static final int MOST_LINES = 2_000;
  private static final int MOST_SPANS = 24;
  private static final List<String> GROUP = List.of("desks", "calendar", "zone", "week", "makeUp");
  private static final List<String> CALENDAR = List.of("name", "days");
  private static final List<String> DAYS = List.of("from", "to", "makeUp", "name");
  private static final List<String> WEEK =
      Stream.of(DayOfWeek.values()).map(HoursText::word).toList();

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "POST", "/api/v1/routing/hours")
            .body(List.of("yaml", "calendars", "hours"))
            .answers(HoursView.class)
            .stored(RoutingHoursResource::hours));
  }

  private static Answer hours(Request request) {
    Body body = request.body();
    String yaml = body.secret("yaml", Routing.LONGEST);
    HoursText.Read read = HoursText.read(yaml);
    if (read.hours().isEmpty()) {
      return Answer.problem(VersionsResource.Of.RULES.faulty(read.faults()));
    }
    HoursText.Hours before = read.hours().get();
    if (!body.has("hours") && !body.has("calendars")) {
      return Answer.json(view(before, Optional.empty()));
    }
    HoursText.Hours after =
        MasterAnswers.valid(
            () ->
                new HoursText.Hours(
                        before.zone(),
                        body.has("calendars") ? calendars(body) : before.calendars(),
                        body.has("hours") ? groups(body) : before.groups())
                    .checked());
    return Answer.json(view(after, Optional.of(HoursText.write(yaml, before, after))));
  }

  private static List<SpecialDays> calendars(Body body) {
    List<SpecialDays> calendars = new ArrayList<>();
    for (Body calendar : body.objects("calendars", MOST_CALENDARS, CALENDAR)) {
      List<SpecialDay> days = new ArrayList<>();
      for (Body line : calendar.objects("days", MOST_LINES, DAYS)) {
        LocalDate from = date(line, "from");
        days.addAll(
            HoursText.days(
                from,
                line.has("to") ? date(line, "to") : from,
                line.flag("makeUp") ? DayType.MAKE_UP : DayType.HOLIDAY,
                line.optionalText("name", 0, 60).orElse("")));
      }
      calendars.add(new SpecialDays(new CalendarName(calendar.text("name", 1, 40)), days));
    }
    return calendars;
  }

  private static List<HoursText.Group> groups(Body body) {
    List<HoursText.Group> groups = new ArrayList<>();
    for (Body group : body.objects("hours", MOST_GROUPS, GROUP)) {
      List<DeskId> desks = group.texts("desks", MOST_GROUPS, 32).stream().map(DeskId::new).toList();
      if (desks.isEmpty()) {
        throw new Fault(Problem.invalid("desks is empty, expected at least one desk"));
      }
      Map<DayOfWeek, List<TimeSpan>> week = new EnumMap<>(DayOfWeek.class);
      group
          .inner("week", WEEK)
          .ifPresent(
              given -> {
                for (DayOfWeek day : DayOfWeek.values()) {
                  week.put(day, spans(given, HoursText.word(day)));
                }
              });
      groups.add(
          new HoursText.Group(
              desks,
              group.optionalText("calendar", 1, 40).map(CalendarName::new),
              group.optionalText("zone", 1, 60).map(RoutingHoursResource::zone),
              week,
              spans(group, "makeUp")));
    }
    return groups;
  }

  private static List<TimeSpan> spans(Body body, String field) {
    return body.texts(field, MOST_SPANS, 20).stream().map(TimeSpan::parse).toList();
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new Fault(
          Problem.invalid("zone is \"" + text + "\", expected one such as Asia/Shanghai"));
    }
  }

  private static LocalDate date(Body body, String field) {
    String text = body.text(field, 1, 10);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new Fault(
          Problem.invalid(field + " is \"" + text + "\", expected a date like 2026-01-31"));
    }
  }

  private static HoursView view(HoursText.Hours hours, Optional<String> yaml) {
    return new HoursView(
        hours.zone().getId(),
        hours.calendars().stream()
            .map(days -> new SpecialDaysView(days.name().value(), lines(days)))
            .toList(),
        hours.groups().stream().map(RoutingHoursResource::view).toList(),
        yaml);
  }

  private static HoursGroupView view(HoursText.Group group) {
    Map<String, List<String>> week = new LinkedHashMap<>();
    group.week().forEach((day, spans) -> week.put(HoursText.word(day), texts(spans)));
    return new HoursGroupView(
        group.desks().stream().map(DeskId::value).toList(),
        group.calendar().map(CalendarName::value),
        group.zone().map(ZoneId::getId),
        week,
        texts(group.makeUp()));
  }

  private static List<String> texts(List<TimeSpan> spans) {
    return spans.stream().map(TimeSpan::toString).toList();
  }

  /** Days in a row of one kind and name are one line. */
  private static List<DaysView> lines(SpecialDays calendar) {
    List<DaysView> lines = new ArrayList<>();
    for (SpecialDay day : calendar.days()) {
      boolean makeUp = day.type() == DayType.MAKE_UP;
      DaysView last = lines.isEmpty() ? null : lines.getLast();
      boolean goesOn =
          last != null
              && last.makeUp() == makeUp
              && last.name().equals(day.name())
              && LocalDate.parse(last.to()).plusDays(1).equals(day.date());
      String from = goesOn ? lines.removeLast().from() : day.date().toString();
      lines.add(new DaysView(from, day.date().toString(), makeUp, day.name()));
    }
    return lines;
  }
}
