package cti.server.web.resource;

import cti.core.account.Role;
import cti.core.calendar.CalendarName;
import cti.core.calendar.Calendars;
import cti.core.calendar.Opening;
import cti.core.calendar.Roster;
import cti.core.directory.StaffMember;
import cti.core.fault.FaultText;
import cti.core.id.DeskId;
import cti.core.port.Routing;
import cti.core.port.Routing.Explained;
import cti.core.routing.RoutingPlan;
import cti.core.routing.Target;
import cti.core.routing.TargetRun;
import cti.server.routing.HolidayFile;
import cti.server.routing.YamlBlock;
import cti.server.web.http.Answer;
import cti.server.web.http.Body;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import cti.server.web.http.Route;
import cti.server.web.http.Words;
import cti.server.web.resource.RoutingViews.DeskHoursView;
import cti.server.web.resource.RoutingViews.ExplainedView;
import cti.server.web.resource.RoutingViews.HolidaysView;
import cti.server.web.resource.RoutingViews.OnDutyView;
import cti.server.web.resource.RoutingViews.RosterGapView;
import cti.server.web.resource.RoutingViews.RosterView;
import cti.server.web.resource.RoutingViews.RoutingCalendarView;
import cti.server.web.resource.RoutingViews.RuleCheckView;
import cti.server.web.resource.RoutingViews.SaidView;
import cti.server.web.resource.RoutingViews.SpecialDayView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Why calls go where, who works and who is on duty; for supervisors. Changes nothing. */
public final class RoutingAskResource {
  private static final Duration GAPS_AHEAD = Duration.ofDays(56);
  private static final int MOST_QUEUES = 200;
  private static final List<String> QUEUE_FIELDS =
      List.of("desk", "waiting", "ready", "longestWaitSeconds");

  private final Routing routing;
  private final InstantSource clock;

  public RoutingAskResource(Routing routing, InstantSource clock) {
    this.routing = routing;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(Role.SUPERVISOR, "POST", "/api/v1/routing/check")
            .body(List.of("yaml"))
            .answers(RuleCheckView.class)
            .stored(this::check),
        Route.of(Role.SUPERVISOR, "POST", "/api/v1/routing/explain")
            .body(List.of("from", "dialled", "at", "keys", "yaml", "queues"))
            .answers(ExplainedView.class)
            .stored(this::explain),
        Route.of(Role.SUPERVISOR, "GET", "/api/v1/routing/calendar")
            .query("at")
            .answers(RoutingCalendarView.class)
            .stored(this::calendar),
        Route.of(Role.SUPERVISOR, "POST", "/api/v1/routing/holidays")
            .body(List.of("ical", "calendar", "yaml"))
            .answers(HolidaysView.class)
            .stored(this::holidays));
  }

  private Answer check(Request request) {
    Routing.Checked checked = routing.check(request.body().secret("yaml", Routing.LONGEST));
    return Answer.json(
        new RuleCheckView(
            checked.faults(),
            checked.warnings(),
            SaidView.of(checked.faults(), checked.warnings())));
  }

  private Answer explain(Request request) {
    Body body = request.body();
    List<Routing.QueueGiven> queues = new ArrayList<>();
    for (Body queue : body.objects("queues", MOST_QUEUES, QUEUE_FIELDS)) {
      queues.add(
          new Routing.QueueGiven(
              Request.id("desk", queue.text("desk", 1, 32), DeskId::new),
              count(queue, "waiting"),
              count(queue, "ready"),
              count(queue, "longestWaitSeconds")));
    }
    Routing.Question question =
        new Routing.Question(
            body.optionalText("from", 0, 64).orElse(""),
            body.optionalText("dialled", 0, 64).orElse(""),
            body.optionalText("at", 1, 40).map(text -> VersionsResource.instant("at", text)),
            body.optionalText("keys", 0, 64).orElse(""),
            body.has("yaml") ? Optional.of(body.secret("yaml", Routing.LONGEST)) : Optional.empty(),
            queues);
    return switch (routing.explain(question)) {
      case Explained.Done done -> Answer.json(ExplainedView.of(done));
      case Explained.Faulty faulty ->
          Answer.problem(VersionsResource.Of.RULES.faulty(faulty.faults()));
    };
  }

  private static int count(Body body, String field) {
    return body.has(field) ? (int) Math.min(body.number(field, 0), 1_000_000) : 0;
  }

  private Answer calendar(Request request) {
    Instant at = request.query().instant("at").orElseGet(clock::instant);
    RoutingPlan plan = routing.now();
    Calendars calendars = plan.calendars();
    List<DeskHoursView> desks =
        calendars.desksWithHours().stream().map(desk -> hours(calendars, desk, at)).toList();
    List<RosterView> rosters =
        calendars.rosters().values().stream()
            .sorted(Comparator.comparing(Roster::name))
            .map(roster -> roster(roster, at))
            .toList();
    return Answer.json(new RoutingCalendarView(at, plan.version(), desks, rosters));
  }

  private static DeskHoursView hours(Calendars calendars, DeskId desk, Instant at) {
    Opening opening = calendars.opening(desk, at).orElseThrow();
    return new DeskHoursView(desk.value(), opening.open(), opening.why());
  }

  private RosterView roster(Roster roster, Instant at) {
    Optional<Roster.Shift> shift = roster.at(at);
    List<OnDutyView> people =
        shift.map(Roster.Shift::people).orElse(List.of()).stream()
            .map(
                id -> {
                  Optional<StaffMember> person = routing.person(id);
                  return new OnDutyView(
                      id.value(),
                      person.map(StaffMember::name).orElse(""),
                      person.flatMap(who -> TargetRun.number(who, Target.DutyLine.MOBILE)),
                      person.flatMap(who -> TargetRun.number(who, Target.DutyLine.OFFICE)));
                })
            .toList();
    List<RosterGapView> gaps =
        roster.gaps(at, at.plus(GAPS_AHEAD)).stream()
            .map(gap -> new RosterGapView(gap.from(), gap.until()))
            .toList();
    return new RosterView(
        roster.name().value(),
        people,
        shift.map(Roster.Shift::from),
        shift.map(Roster.Shift::until),
        gaps);
  }

  private Answer holidays(Request request) {
    Body body = request.body();
    HolidayFile.Read read = HolidayFile.read(body.secret("ical", Routing.LONGEST));
    if (!read.faults().isEmpty()) {
      List<String> texts = read.faults().stream().map(FaultText::text).toList();
      return Answer.problem(
          new Problem(
                  "faulty-calendar",
                  "The calendar has faults",
                  422,
                  String.join(" | ", texts),
                  texts)
              .saying(
                  read.faults().stream().map(fault -> Problem.FaultSaid.of("", fault)).toList()));
    }
    String calendar =
        Request.id(
            "calendar",
            body.optionalText("calendar", 1, 40).orElse("cn"),
            text -> new CalendarName(text).value());
    Optional<String> yaml =
        body.has("yaml")
            ? Optional.of(
                YamlBlock.replace(
                    body.secret("yaml", Routing.LONGEST),
                    "calendars",
                    calendar,
                    indent -> HolidayFile.yaml(read.days(), indent).lines().toList()))
            : Optional.empty();
    return Answer.json(
        new HolidaysView(
            read.days().stream()
                .map(
                    day ->
                        new SpecialDayView(day.date().toString(), Words.of(day.type()), day.name()))
                .toList(),
            read.leftOut(),
            yaml));
  }
}
