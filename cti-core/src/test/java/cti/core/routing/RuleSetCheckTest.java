package cti.core.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.Agent;
import cti.core.agent.SeatRole;
import cti.core.calendar.CalendarName;
import cti.core.calendar.Calendars;
import cti.core.calendar.DayType;
import cti.core.calendar.Roster;
import cti.core.calendar.RosterName;
import cti.core.calendar.SpecialDay;
import cti.core.calendar.SpecialDays;
import cti.core.calendar.TimeSpan;
import cti.core.calendar.WorkingHours;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.desk.SiteKind;
import cti.core.directory.DepartmentPath;
import cti.core.directory.NumberKind;
import cti.core.directory.PhoneNumber;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffStatus;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.routing.RoutingWorld.Reach;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleSetCheckTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** Monday, 2026-11-23, 10:30 at home. */
  private static final Instant NOW = Instant.parse("2026-11-23T02:30:00Z");

  private static final DeskId HQ = new DeskId("hq");
  private static final DeskId GZ = new DeskId("gz");
  private static final Condition ALWAYS = new Condition.Always();
  private static final RoutingRule REST = rule("rest", HQ, ALWAYS);

  private final RoutingWorld world =
      new RoutingWorld(
          List.of(desk("hq"), desk("gz")),
          List.of(site("hq", SiteKind.HEADQUARTERS), site("gz", SiteKind.FACTORY)),
          List.of(new Agent(new AgentId("1001"), "员工0101", Map.of(HQ, SeatRole.A, GZ, SeatRole.A))),
          id -> id.value().startsWith("E") ? Optional.of(person(id.value())) : Optional.empty(),
          number ->
              number.length() > 11
                  ? Reach.BEHIND_PREFIX
                  : number.length() > 8
                      ? Reach.SOMEBODY
                      : number.startsWith("80") ? Reach.NOBODY : Reach.NOT_DIALLABLE,
          Set.of("closed-now"),
          Set.of("erp"),
          NOW);

  private static Desk desk(String id) {
    return new Desk(
        new DeskId(id),
        id,
        new SiteId(id),
        "",
        new QueueName("cti-" + id),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2));
  }

  private static Site site(String id, SiteKind kind) {
    return new Site(new SiteId(id), id, kind, "20", List.of(), "", "9");
  }

  private static StaffMember person(String id) {
    PhoneNumber mobile =
        new PhoneNumber("13900000001", NumberKind.MOBILE, Optional.empty(), Optional.empty());
    return new StaffMember(
        new StaffId(id),
        id,
        DepartmentPath.parse("公司本部>信息中心"),
        new SiteId("hq"),
        "",
        id.equals("E0009") ? List.of() : List.of(mobile),
        "",
        StaffStatus.ACTIVE,
        false,
        "");
  }

  private static RoutingRule rule(String id, DeskId desk, Condition... conditions) {
    return RoutingRule.toDesk(id, List.of(conditions), desk);
  }

  private static RoutingRule rule(String id, List<Target> targets, Condition... conditions) {
    return new RoutingRule(id, List.of(conditions), new Outcome.Targets(GZ, targets));
  }

  private static Condition at(String... sites) {
    return new Condition.SiteIs(Set.copyOf(Arrays.stream(sites).map(SiteId::new).toList()));
  }

  private static Condition chose(String... choices) {
    return new Condition.ChoiceIs(Set.of(choices));
  }

  private static Calendars calendars(RosterWeeks rosters) {
    SpecialDays cn =
        new SpecialDays(
            new CalendarName("cn"),
            List.of(
                new SpecialDay(LocalDate.parse("2027-01-01"), DayType.HOLIDAY, "元旦"),
                new SpecialDay(LocalDate.parse("2027-01-03"), DayType.MAKE_UP, "元旦调休")));
    List<TimeSpan> day = List.of(TimeSpan.parse("08:30-17:00"));
    Map<DayOfWeek, List<TimeSpan>> week = new LinkedHashMap<>();
    for (int i = 1; i <= 5; i++) {
      week.put(DayOfWeek.of(i), day);
    }
    WorkingHours hours = new WorkingHours(GZ, ZONE, Optional.of(cn), week, day);
    Roster roster =
        new Roster(
            new RosterName("gz-duty"),
            ZONE,
            DayOfWeek.MONDAY,
            LocalTime.of(8, 30),
            rosters.weeks(),
            List.of());
    return new Calendars(
        ZONE, Map.of(cn.name(), cn), Map.of(GZ, hours), Map.of(roster.name(), roster));
  }

  /** The weeks of the roster, from that of NOW on. */
  private record RosterWeeks(Map<LocalDate, List<StaffId>> weeks) {
    static RosterWeeks of(String person, int count) {
      Map<LocalDate, List<StaffId>> weeks = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        weeks.put(LocalDate.parse("2026-11-23").plusWeeks(i), List.of(new StaffId(person)));
      }
      return new RosterWeeks(weeks);
    }
  }

  private RuleSetCheck.Found check(Calendars calendars, RuleSet set) {
    return RuleSetCheck.check(new RoutingPlan(0, set, calendars), world);
  }

  private List<String> faults(RoutingRule... rules) {
    return check(calendars(RosterWeeks.of("E0001", 20)), new RuleSet(List.of(rules))).faults();
  }

  private static final Condition OPEN = new Condition.DeskOpen(GZ, true);
  private static final Condition CLOSED = new Condition.DeskOpen(GZ, false);

  @Test
  void aSoundSetHasNoFaults() {
    assertEquals(
        List.of(),
        faults(
            rule("erp", HQ, chose("erp")),
            rule("gz", GZ, at("gz"), OPEN),
            new RoutingRule("ask", List.of(new Condition.NothingChosen()), new Outcome.Ask()),
            REST));
  }

  @Test
  void namesThatAreNotThereAreRefusedAllAtOnce() {
    assertEquals(
        List.of(
            "rule one: no desk nowhere",
            "rule two: no site moon",
            "rule two: no calendar us",
            "rule two: desk hq has no working hours, expected them in hours",
            "rule rest: the id is there twice, expected once"),
        faults(
            rule("one", new DeskId("nowhere"), chose("erp")),
            rule(
                "two",
                GZ,
                at("gz", "moon"),
                new Condition.DayIs(new CalendarName("us"), DayType.HOLIDAY),
                new Condition.DeskOpen(HQ, false)),
            REST,
            REST));
  }

  @Test
  void aRuleBehindOneThatTakesItsCallsIsRefused() {
    assertEquals(
        List.of("rule late: never reached: all of its calls are taken before it by early"),
        faults(rule("early", GZ, at("gz")), rule("late", HQ, at("gz"), chose("erp")), REST));
  }

  @Test
  void severalRulesTogetherMayTakeAllCallsOfAnother() {
    assertEquals(
        List.of("rule gz: never reached: all of its calls are taken before it by by-day, by-night"),
        faults(
            rule("by-day", GZ, at("gz"), OPEN),
            rule("by-night", HQ, CLOSED),
            rule("gz", GZ, at("gz")),
            REST));
  }

  @Test
  void aFactorysCallersAreThoseOfItsSites() {
    assertEquals(
        List.of("rule gz: never reached: all of its calls are taken before it by factories"),
        faults(
            rule("factories", GZ, new Condition.CallerIs(Set.of(CallerKind.FACTORY))),
            rule("gz", HQ, at("gz")),
            REST));
  }

  @Test
  void aQueueRuleIsTakenByAWeakerOneBeforeIt() {
    Condition three =
        new Condition.QueueIs(
            GZ, OptionalInt.of(3), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    Condition five =
        new Condition.QueueIs(
            GZ, OptionalInt.of(5), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    assertEquals(
        List.of("rule long: never reached: all of its calls are taken before it by shorter"),
        faults(rule("shorter", HQ, three), rule("long", HQ, five), REST));
    assertEquals(List.of(), faults(rule("long", HQ, five), rule("shorter", HQ, three), REST));
  }

  @Test
  void aRuleThatContradictsItselfIsRefused() {
    assertEquals(
        List.of("rule never: never holds: no call can fulfil all of its conditions"),
        faults(rule("never", GZ, OPEN, CLOSED), REST));
  }

  @Test
  void aHoleIsShownByACall() {
    assertEquals(
        List.of(
            "no rule decides a call from a number that is in no directory who chose nothing at"
                + " 2026-11-23T00:00, expected an outcome for every call (a last rule with"
                + " always: true)",
            "no rule decides a call from somebody of site hq who chose nothing at"
                + " 2026-11-23T00:00, expected an outcome for every call (a last rule with"
                + " always: true)",
            "no rule decides a call from a number shared by people of hq and gz who chose nothing"
                + " at 2026-11-23T00:00, expected an outcome for every call (a last rule with"
                + " always: true)"),
        faults(rule("gz", GZ, at("gz")), rule("erp", HQ, chose("erp")), rule("day", HQ, OPEN)));
  }

  @Test
  void anHourWithoutAnOutcomeIsAHole() {
    List<String> faults =
        faults(
            rule("day", GZ, OPEN),
            rule("holiday", HQ, new Condition.DayIs(new CalendarName("cn"), DayType.HOLIDAY)));
    assertTrue(
        faults.stream()
            .anyMatch(
                fault ->
                    fault.startsWith(
                        "no rule decides a call from a number that is in no directory who chose"
                            + " nothing at 2026-11-23T00:00")),
        faults::toString);
  }

  @Test
  void aRuleThatDependsOnQueuesLeavesAHole() {
    Condition free =
        new Condition.QueueIs(
            GZ, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(1), Optional.empty());
    assertTrue(faults(rule("free", GZ, free)).getFirst().startsWith("no rule decides a call"));
  }

  @Test
  void aListThatLeadsBackToItselfIsRefused() {
    RuleSet set =
        new RuleSet(
            List.of(rule("gz", List.of(new Target.ListOf("a")), ALWAYS)),
            Map.of("a", List.of(new Target.ListOf("b")), "b", List.of(new Target.ListOf("a"))),
            Set.of());
    List<String> faults = check(Calendars.NONE, set).faults();
    assertTrue(
        faults.contains("list a: leads back to itself by a > b > a")
            && faults.contains("list b: leads back to itself by b > a > b"),
        faults::toString);
  }

  @Test
  void numbersThatReachNobodyAreRefused() {
    Duration ring = Duration.ofSeconds(20);
    RuleSet set =
        new RuleSet(
            List.of(
                rule("hotline", List.of(new Target.Number("8000", ring)), chose("a")),
                rule("free", List.of(new Target.Number("8099", ring)), chose("b")),
                rule("short", List.of(new Target.Number("12", ring)), chose("c")),
                rule("fine", List.of(new Target.Number("13900000001", ring)), chose("d")),
                rule("told", List.of(new Target.Announcement("closed-now")), chose("e")),
                rule("mute", List.of(new Target.Announcement("what")), chose("f")),
                REST),
            Map.of(),
            Set.of("8000"));
    assertEquals(
        List.of(
            "rule hotline: number 8000 is the hotline itself: its calls would go round",
            "rule free: number 8099 reaches nobody: it is an extension without a person",
            "rule short: number 12 reaches nobody: neither an extension nor a number outside",
            "rule told: its callers reach nobody, expected a desk, a role, a duty or a number"
                + " among its targets",
            "rule mute: no prompt what",
            "rule mute: its callers reach nobody, expected a desk, a role, a duty or a number"
                + " among its targets"),
        check(Calendars.NONE, set).faults());
  }

  @Test
  void aPrefixForOutsideMustBeThatOfTheDesksSite() {
    Duration ring = Duration.ofSeconds(20);
    RuleSet set =
        new RuleSet(
            List.of(
                rule("other", List.of(new Target.Number("813900000001", ring)), chose("a")),
                rule("own", List.of(new Target.Number("913900000001", ring)), chose("b")),
                REST),
            Map.of(),
            Set.of());
    assertEquals(
        List.of(
            "rule other: number 813900000001 has the outside prefix of another site, expected 9,"
                + " which site gz dials"),
        check(Calendars.NONE, set).faults());
  }

  @Test
  void gapsOfARosterAreTold() {
    Target duty =
        new Target.Duty(new RosterName("gz-duty"), Target.DutyLine.MOBILE, Duration.ofSeconds(30));
    RuleSet only = new RuleSet(List.of(rule("night", List.of(duty), CLOSED), REST));
    RuleSetCheck.Found gap = check(calendars(RosterWeeks.of("E0001", 2)), only);
    assertEquals(
        List.of(
            "rule night: reaches nobody at times: roster gz-duty has nobody from 2026-12-07T08:30"),
        gap.faults());
    assertEquals(
        List.of("roster gz-duty: nobody is on duty from 2026-12-07T08:30 until 2027-01-18T10:30"),
        gap.warnings());
    RuleSet andQueue =
        new RuleSet(List.of(rule("night", List.of(duty, Target.DeskQueue.of(GZ)), CLOSED), REST));
    assertEquals(List.of(), check(calendars(RosterWeeks.of("E0001", 2)), andQueue).faults());
    assertEquals(List.of(), check(calendars(RosterWeeks.of("E0001", 20)), only).warnings());
  }

  @Test
  void peopleOnDutyMustBeReached() {
    RuleSet set = new RuleSet(List.of(REST));
    assertEquals(
        List.of("roster gz-duty: nobody 4711 is in the directory"),
        check(calendars(RosterWeeks.of("4711", 20)), set).faults());
    assertEquals(
        List.of("roster gz-duty: E0009 has no number"),
        check(calendars(RosterWeeks.of("E0009", 20)), set).faults());
  }

  @Test
  void desksWithoutAgentsAreTold() {
    RuleSet set =
        new RuleSet(
            List.of(
                rule(
                    "roles",
                    List.of(
                        new Target.DeskRole(GZ, SeatRole.A, 0, Duration.ofSeconds(20)),
                        new Target.DeskRole(GZ, SeatRole.B, 0, Duration.ofSeconds(20))),
                    ALWAYS)));
    assertEquals(
        List.of("rule roles: desk gz has no agent of the B role"),
        check(Calendars.NONE, set).warnings());
  }
}
