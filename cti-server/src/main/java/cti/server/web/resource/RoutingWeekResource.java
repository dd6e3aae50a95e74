package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.calendar.Calendars;
import cti.core.calendar.Roster;
import cti.core.calendar.RosterName;
import cti.core.calendar.SpecialDay;
import cti.core.calendar.TimeSpan;
import cti.core.calendar.WorkingHours;
import cti.core.directory.StaffMember;
import cti.core.id.StaffId;
import cti.core.port.Routing;
import cti.core.routing.RoutingPlan;
import cti.core.routing.Target;
import cti.core.routing.TargetRun;
import cti.server.routing.YamlBlock;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.resource.RoutingViews.DeskDayView;
import cti.server.web.resource.RoutingViews.DeskWeekView;
import cti.server.web.resource.RoutingViews.OnDutyView;
import cti.server.web.resource.RoutingViews.RosterWeekView;
import cti.server.web.resource.RoutingViews.RoutingWeekView;
import cti.server.web.resource.RoutingViews.ShiftView;
import cti.server.web.resource.RoutingViews.SwappedView;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A week of hours and duty as people look at it, and swaps of duty; for supervisors. */
public final class RoutingWeekResource {
  private static final int DAYS = 7;
  private static final int MOST_PEOPLE = 20;
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

  private final Routing routing;
  private final InstantSource clock;

  public RoutingWeekResource(Routing routing, InstantSource clock) {
    this.routing = routing;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "GET", "/api/v1/routing/week")
            .query("from")
            .answers(RoutingWeekView.class)
            .stored(this::week),
        Route.of(Role.SUPERVISOR, "POST", "/api/v1/routing/swaps")
            .body(List.of("yaml", "roster", "from", "until", "people"))
            .answers(SwappedView.class)
            .stored(this::swap));
  }

  private Answer week(Request request) {
    RoutingPlan plan = routing.now();
    Calendars calendars = plan.calendars();
    ZoneId zone = calendars.zone();
    LocalDate from =
        request
            .query()
            .text("from", 10)
            .map(RoutingWeekResource::date)
            .orElseGet(() -> clock.instant().atZone(zone).toLocalDate());
    List<DeskWeekView> desks =
        calendars.hours().values().stream()
            .sorted(Comparator.comparing(WorkingHours::desk))
            .map(hours -> desk(hours, from))
            .toList();
    Instant begin = from.atStartOfDay(zone).toInstant();
    Instant end = from.plusDays(DAYS).atStartOfDay(zone).toInstant();
    List<RosterWeekView> rosters =
        calendars.rosters().values().stream()
            .sorted(Comparator.comparing(Roster::name))
            .map(roster -> roster(roster, begin, end))
            .toList();
    return Answer.json(
        new RoutingWeekView(from.toString(), zone.getId(), plan.version(), desks, rosters));
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new Fault(Problem.invalid("from is \"" + text + "\", expected a date like 2026-01-31"));
    }
  }

  private static DeskWeekView desk(WorkingHours hours, LocalDate from) {
    return new DeskWeekView(
        hours.desk().value(),
        from.datesUntil(from.plusDays(DAYS))
            .map(
                date -> {
                  WorkingHours.Day day = hours.on(date);
                  return new DeskDayView(
                      date.toString(),
                      day.spans().stream().map(TimeSpan::toString).toList(),
                      day.special().map(SpecialDay::toString));
                })
            .toList());
  }

  private RosterWeekView roster(Roster roster, Instant begin, Instant end) {
    return new RosterWeekView(
        roster.name().value(),
        roster.shifts(begin, end).stream()
            .map(
                shift ->
                    new ShiftView(
                        shift.from(),
                        shift.until(),
                        shift.people().stream().map(this::person).toList(),
                        roster.swapped(shift.from())))
            .toList());
  }

  private OnDutyView person(StaffId id) {
    Optional<StaffMember> person = routing.person(id);
    return new OnDutyView(
        id.value(),
        person.map(StaffMember::name).orElse(""),
        person.flatMap(who -> TargetRun.number(who, Target.DutyLine.MOBILE)),
        person.flatMap(who -> TargetRun.number(who, Target.DutyLine.OFFICE)));
  }

  /** Changes nothing: the text is for the caller to keep as a draft. */
  private Answer swap(Request request) {
    Body body = request.body();
    RosterName roster = Request.id("roster", body.text("roster", 1, 40), RosterName::new);
    Calendars calendars = routing.now().calendars();
    ZoneId zone =
        Optional.ofNullable(calendars.rosters().get(roster))
            .map(Roster::zone)
            .orElseGet(calendars::zone);
    Instant from = minute("from", body);
    Instant until = minute("until", body);
    List<StaffId> people =
        body.texts("people", MOST_PEOPLE, 32).stream()
            .map(text -> Request.id("people", text, StaffId::new))
            .toList();
    Roster.Swap swap = MasterAnswers.valid(() -> new Roster.Swap(from, until, people));
    String item =
        "{ from: \"%s\", until: \"%s\", people: [%s] }"
            .formatted(
                WRITTEN.format(swap.from().atZone(zone)),
                WRITTEN.format(swap.until().atZone(zone)),
                String.join(", ", people.stream().map(RoutingWeekResource::quoted).toList()));
    return YamlBlock.append(
            body.secret("yaml", Routing.LONGEST), "rosters", roster.value(), "swaps", item)
        .map(yaml -> Answer.json(new SwappedView(yaml)))
        .orElseGet(
            () ->
                Answer.problem(
                    Problem.invalid(
                        "the text has no block 'rosters: "
                            + roster
                            + ":' to write a swap into, expected one with a key a line")));
  }

  private static String quoted(StaffId person) {
    return '"' + person.value().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Instant minute(String field, Body body) {
    return VersionsResource.instant(field, body.text(field, 1, 40)).truncatedTo(ChronoUnit.MINUTES);
  }
}
