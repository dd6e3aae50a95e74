package cti.core.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import cti.core.agent.SeatRole;
import cti.core.calendar.Calendars;
import cti.core.calendar.Roster;
import cti.core.calendar.RosterName;
import cti.core.desk.Site;
import cti.core.desk.SiteKind;
import cti.core.directory.DepartmentPath;
import cti.core.directory.Dialling;
import cti.core.directory.NumberKind;
import cti.core.directory.NumberNormalizer;
import cti.core.directory.NumberNormalizer.Normalized;
import cti.core.directory.PhoneNumber;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffStatus;
import cti.core.fault.FaultText;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.routing.EarlierCalls.LastTalk;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetRunTest {
  private static final Instant NOW = Instant.parse("2026-11-23T02:30:00Z");
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DeskId GZ = new DeskId("gz");
  private static final Duration RING = Duration.ofSeconds(20);
  private static final Target.DeskRole A = new Target.DeskRole(GZ, SeatRole.A, 0, RING);
  private static final Target.DeskRole B = new Target.DeskRole(GZ, SeatRole.B, 5, RING);
  private static final Target.Duty DUTY =
      new Target.Duty(new RosterName("duty"), Target.DutyLine.MOBILE, RING);
  private static final Target.LastAgent LAST = new Target.LastAgent(Duration.ofDays(30), RING);
  private static final Target.Announcement TOLD = new Target.Announcement("closed-now");

  private static final NumberNormalizer NUMBERS =
      (given, kind, site) ->
          given.matches("1[3-9][0-9]{9}")
              ? new Normalized.Valid(
                  new PhoneNumber(given, kind, Optional.of("+86" + given), Optional.empty()))
              : new Normalized.Problem(new FaultText("no-number", List.of(given), given));

  private QueueStates queues = QueueStates.UNKNOWN;
  private EarlierCalls earlier = EarlierCalls.UNKNOWN;
  private Optional<Site> from = Optional.empty();
  private List<StaffId> onDuty = List.of(new StaffId("E0001"));

  private TargetRun run(Target... targets) {
    Roster roster =
        new Roster(
            new RosterName("duty"),
            ZONE,
            DayOfWeek.MONDAY,
            LocalTime.of(8, 30),
            onDuty.isEmpty() ? Map.of() : Map.of(LocalDate.parse("2026-11-23"), onDuty),
            List.of());
    return new TargetRun(
        Arrays.asList(targets),
        new Calendars(ZONE, Map.of(), Map.of(), Map.of(roster.name(), roster)),
        new Facts(NOW, queues, earlier),
        id -> id.value().startsWith("E") ? Optional.of(person(id)) : Optional.empty(),
        new Dialling(from, NUMBERS));
  }

  private static StaffMember person(StaffId id) {
    PhoneNumber office =
        new PhoneNumber(
            "88881001", NumberKind.OFFICE_LINE, Optional.of("+8675788881001"), Optional.of("1001"));
    PhoneNumber mobile =
        new PhoneNumber(
            "139 0000 0001", NumberKind.MOBILE, Optional.of("+8613900000001"), Optional.empty());
    return new StaffMember(
        id,
        "",
        new DepartmentPath(List.of()),
        new SiteId("hq"),
        "",
        id.value().equals("E0009") ? List.of() : List.of(office, mobile),
        "",
        StaffStatus.ACTIVE,
        false,
        "");
  }

  @Test
  void aRoleWithNobodyFreeIsPassedOver() {
    queues = desk -> Optional.of(new QueueState(0, 0, 1, Duration.ZERO));
    TargetStep.Wait wait = assertInstanceOf(TargetStep.Wait.class, run(A, B).first());
    assertEquals(Optional.of(SeatRole.B), wait.role());
    assertEquals(1, wait.index());
    assertEquals(5, wait.priority());
    assertEquals(Optional.of(RING), wait.limit());
    assertEquals(List.of("role A of desk gz (20 s): nobody is ready and free"), wait.passedOver());
  }

  @Test
  void aRoleOfWhichNothingIsKnownIsTried() {
    TargetStep.Wait wait = assertInstanceOf(TargetStep.Wait.class, run(A, B).first());
    assertEquals(Optional.of(SeatRole.A), wait.role());
  }

  @Test
  void theNextTargetFollowsTheOneThatFailed() {
    TargetRun run = run(A, TOLD, Target.DeskQueue.of(GZ));
    assertEquals(new TargetStep.Play(1, "closed-now", List.of()), run.after(0));
    assertEquals(
        new TargetStep.Wait(2, GZ, Optional.empty(), 0, Optional.empty(), List.of()), run.after(1));
    assertEquals(new TargetStep.Over(List.of()), run.after(2));
  }

  @Test
  void thePersonOnDutyIsRungOnTheMobile() {
    assertEquals(
        new TargetStep.Ring(
            0, "13900000001", Optional.empty(), "E0001, on duty in duty", RING, List.of()),
        run(DUTY).first());
    Target office = new Target.Duty(new RosterName("duty"), Target.DutyLine.OFFICE, RING);
    assertEquals("1001", assertInstanceOf(TargetStep.Ring.class, run(office).first()).number());
  }

  @Test
  void whoHasNoNumberIsPassedOverAndNobodyToo() {
    onDuty = List.of(new StaffId("E0009"), new StaffId("4711"), new StaffId("E0002"));
    TargetStep.Ring ring = assertInstanceOf(TargetStep.Ring.class, run(DUTY).first());
    assertEquals("E0002, on duty in duty", ring.whom());
    assertEquals(
        List.of(
            "on duty in duty (20 s): E0009 has no number",
            "on duty in duty (20 s): 4711 has no number"),
        ring.passedOver());
    onDuty = List.of();
    assertEquals(
        new TargetStep.Over(List.of("on duty in duty (20 s): nobody is on duty")),
        run(DUTY).first());
  }

  @Test
  void theLastAgentIsRungWhileReady() {
    assertEquals(
        List.of("last agent (20 s): no earlier talk is known"), run(LAST).first().passedOver());
    earlier = talked(NOW.minus(Duration.ofDays(2)), Optional.of(new Extension("8003")));
    TargetStep.Ring ring = assertInstanceOf(TargetStep.Ring.class, run(LAST).first());
    assertEquals("8003", ring.number());
    assertEquals(Optional.of(new AgentId("1003")), ring.agent());
    earlier = talked(NOW.minus(Duration.ofDays(2)), Optional.empty());
    assertEquals(
        List.of("last agent (20 s): agent 1003 is not ready"), run(LAST).first().passedOver());
    earlier = talked(NOW.minus(Duration.ofDays(31)), Optional.of(new Extension("8003")));
    assertEquals(
        List.of("last agent (20 s): the last talk was 31 days ago"),
        run(LAST).first().passedOver());
  }

  private static EarlierCalls talked(Instant at, Optional<Extension> readyAt) {
    return new EarlierCalls(
        true, Optional.of(new LastTalk(new AgentId("1003"), GZ, at, readyAt)), 0);
  }

  @Test
  void whatMayBeLeftIsOffered() {
    assertEquals(
        new TargetStep.Offer(0, TargetStep.Offer.Kind.VOICEMAIL, GZ, List.of()),
        run(new Target.Voicemail(GZ)).first());
    assertEquals(
        new TargetStep.Offer(0, TargetStep.Offer.Kind.CALLBACK, GZ, List.of()),
        run(new Target.Callback(GZ)).first());
  }

  @Test
  void aPlaceComesBackAsItWas() {
    TargetPlace place = new TargetPlace(12, 7, "规则 1/a,b", 3, "12c", "hotline/desk-queue/gz/erp");
    assertEquals(Optional.of(place), TargetPlace.parse(place.text()));
    assertEquals(false, place.text().matches(".*[,\"$ ].*"), place.text());
    assertEquals(Optional.empty(), TargetPlace.parse("hotline/desk-queue/gz/erp"));
    assertEquals(Optional.empty(), TargetPlace.parse("t/1.1/x/y//z"));
    assertEquals(Optional.empty(), TargetPlace.parse("t/1.1/%zz/0//z"));
    assertEquals(Optional.empty(), TargetPlace.parse(""));
  }

  /** Callers wait in queues while cti-server is upgraded. */
  @Test
  void aPlaceOfAnEarlierReleaseIsRead() {
    assertEquals(
        Optional.of(new TargetPlace(3, 0, "gz", 0, "", "hotline/desk-queue/gz/")),
        TargetPlace.parse("t/3/gz/0/hotline/desk-queue/gz/"));
    assertEquals(
        Optional.of(new TargetPlace(3, 0, "gz", 1, "12c", "hotline/desk-queue/gz/")),
        TargetPlace.parse("t/3/gz/1/12c/hotline/desk-queue/gz/"));
    assertEquals(Optional.empty(), TargetPlace.parse("t/3/gz/x/hotline/desk-queue/gz/"));
  }

  @Test
  void thePersonOnDutyIsDialledByTheDialPlanOfTheDesksSite() {
    from = Optional.of(site("9"));
    assertEquals("913900000001", ring(DUTY).number());
    from = Optional.of(site(""));
    assertEquals("13900000001", ring(DUTY).number());
  }

  @Test
  void aNumberOfTheRulesIsDialledTheSameWay() {
    from = Optional.of(site("9"));
    assertEquals("913900000029", ring(new Target.Number("13900000029", RING)).number());
    // What has the prefix already reads as no number.
    assertEquals("913900000029", ring(new Target.Number("913900000029", RING)).number());
    assertEquals("*66", ring(new Target.Number("*66", RING)).number());
    from = Optional.of(site(""));
    assertEquals("13900000029", ring(new Target.Number("13900000029", RING)).number());
    from = Optional.empty();
    assertEquals("+8613900000029", ring(new Target.Number("+8613900000029", RING)).number());
  }

  private TargetStep.Ring ring(Target target) {
    return assertInstanceOf(TargetStep.Ring.class, run(target).first());
  }

  private static Site site(String prefix) {
    return new Site(new SiteId("gz"), "", SiteKind.FACTORY, "20", List.of(), "", prefix);
  }
}
