package cti.server.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.SeatRole;
import cti.core.calendar.RosterName;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.routing.Condition;
import cti.core.routing.Outcome;
import cti.core.routing.RoutingPlan;
import cti.core.routing.RoutingRule;
import cti.core.routing.Target;
import cti.server.yaml.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutingFileTest {
  private static RoutingPlan read(String yaml) {
    Faults faults = new Faults("routing.yaml");
    Optional<RoutingPlan> plan = RoutingFile.read(yaml, faults);
    assertEquals(List.of(), faults.found());
    return plan.orElseThrow();
  }

  private static List<String> faults(String yaml) {
    Faults faults = new Faults("routing.yaml");
    RoutingFile.read(yaml, faults);
    return faults.found().stream().map(fault -> fault.replaceFirst("routing.yaml: ", "")).toList();
  }

  private static final DeskId GZ = new DeskId("gz");

  @Test
  void aRuleWithOneDeskIsAllThatIsNeeded() {
    RoutingPlan plan = read("rules:\n  - { id: rest, when: { always: true }, desk: gz }\n");
    assertEquals(
        List.of(RoutingRule.toDesk("rest", List.of(new Condition.Always()), GZ)),
        plan.rules().rules());
  }

  @Test
  void everyConditionHasItsKey() {
    RoutingRule rule =
        read("""
        rules:
          - id: all
            when:
              choice: [erp, oa]
              site: gz
              caller: [factory]
              department: 公司本部>信息中心
              person: E0001
              vip: true
              status: active
              dialled: "8000"
              keys: ["14", "2"]
              open: gz
              closed: sg
              holiday: cn
              make_up: cn
              queue: { desk: gz, waiting_at_least: 3, ready_at_most: 0, ready_at_least: 1, longest_wait_at_least: 60 }
              missed_today_at_least: 2
              talked_with: { desk: gz, within_hours: 48 }
              always: true
            desk: gz
        """)
            .rules()
            .rules()
            .getFirst();
    assertEquals(17, rule.conditions().size());
    assertTrue(
        rule.conditions()
            .contains(
                new Condition.QueueIs(
                    GZ,
                    OptionalInt.of(3),
                    OptionalInt.of(0),
                    OptionalInt.of(1),
                    Optional.of(Duration.ofSeconds(60)))));
    assertTrue(rule.conditions().contains(new Condition.PersonIs(Set.of(new StaffId("E0001")))));
    assertTrue(
        rule.conditions().contains(new Condition.TalkedWith(Set.of(GZ), Duration.ofHours(48))));
  }

  @Test
  void everyTargetHasItsKeyAndItsTimeLimit() {
    RoutingRule rule =
        read("""
        lists:
          leave:
            - voicemail: gz
        rules:
          - id: all
            when: { choice: none }
            desk: gz
            targets:
              - announcement: closed-now
              - { last_agent: true, within_days: 7, limit: 10 }
              - { role: a, desk: gz, limit: 15 }
              - { role: b, desk: gz, priority: 5 }
              - { desk: gz, limit: 60, priority: 10 }
              - desk: sg
              - { duty: gz-duty, line: office, limit: 25 }
              - { number: "13900000001" }
              - callback: gz
              - list: leave
        """)
            .rules()
            .rules()
            .getFirst();
    assertEquals(
        new Outcome.Targets(
            GZ,
            List.of(
                new Target.Announcement("closed-now"),
                new Target.LastAgent(Duration.ofDays(7), Duration.ofSeconds(10)),
                new Target.DeskRole(GZ, SeatRole.A, 0, Duration.ofSeconds(15)),
                new Target.DeskRole(GZ, SeatRole.B, 5, Duration.ofSeconds(20)),
                new Target.DeskQueue(GZ, 10, Optional.of(Duration.ofSeconds(60))),
                Target.DeskQueue.of(new DeskId("sg")),
                new Target.Duty(
                    new RosterName("gz-duty"), Target.DutyLine.OFFICE, Duration.ofSeconds(25)),
                new Target.Number("13900000001", Duration.ofSeconds(30)),
                new Target.Callback(GZ),
                new Target.ListOf("leave"))),
        rule.outcome());
  }

  @Test
  void calendarsHoursAndRostersAreRead() {
    RoutingPlan plan =
        read(
            """
            zone: Asia/Shanghai
            hotline: ["8000"]
            calendars:
              cn:
                - { from: 2026-10-01, to: 2026-10-07, name: 国庆节 }
                - { from: 2026-10-10, make_up: true, name: 调休 }
            hours:
              - desks: [gz, sg]
                calendar: cn
                week: { mon-fri: ["08:30-12:00", "13:30-17:00"], sat: "09:00-12:00" }
                make_up: "08:30-17:00"
            rosters:
              duty:
                hand_over: mon 08:30
                weeks:
                  "2026-11-23": E0001
                  "2026-11-30": [E0002, E0001]
                swaps:
                  - { from: "2026-11-25T08:30", until: "2026-11-26T08:30", people: E0003 }
            rules:
              - { id: rest, when: { always: true }, desk: gz }
            """);
    assertEquals(Set.of("8000"), plan.rules().hotline());
    Instant october10 = Instant.parse("2026-10-10T02:00:00Z");
    assertTrue(plan.calendars().opening(GZ, october10).orElseThrow().open());
    assertTrue(
        plan.calendars()
            .opening(new DeskId("sg"), Instant.parse("2026-10-07T02:00:00Z"))
            .orElseThrow()
            .why()
            .contains("国庆节"));
    assertEquals(
        List.of(new StaffId("E0003")),
        plan.calendars()
            .onDuty(new RosterName("duty"), Instant.parse("2026-11-25T02:00:00Z"))
            .orElseThrow()
            .people());
  }

  @Test
  void allFaultsAreToldAtOnceWithTheirPlace() {
    assertEquals(
        List.of(
            "hours.1.calendar: no calendar us, expected one of [cn]",
            "hours.1.week.mon-son: is no day, expected such as mon or mon-fri",
            "hours.1.week.tue: time span '8-17', expected such as 08:30-17:00",
            "rosters.duty.hand_over: is monday, expected such as mon 08:30",
            "rules.1.when.choice: has none beside others, expected it alone",
            "rules.1.targets.1: is no target, expected desk, role, last_agent, duty, number,"
                + " callback, voicemail, announcement or list",
            "rules.1.targets.2.limit: is 0, expected a whole number 1 to 3600",
            "rules.1.targets.3.role: is c, expected one of a, b",
            "rules.2.ask: is there beside a desk or targets, expected one of them",
            "rules.3.when: has no condition, expected choice, site, caller, department, person,"
                + " vip, status, dialled, keys, open, closed, holiday, make_up, queue,"
                + " missed_today_at_least, talked_with or always: true",
            "rules.3.desk: is missing"),
        faults(
                """
                calendars:
                  cn: []
                hours:
                  - desks: gz
                    calendar: us
                    week: { mon-son: "08:30-17:00", tue: "8-17" }
                rosters:
                  duty:
                    hand_over: monday
                    weeks: {}
                rules:
                  - id: one
                    when: { choice: [none, erp] }
                    desk: gz
                    targets:
                      - { fax: gz }
                      - { desk: gz, limit: 0 }
                      - { role: c, desk: gz }
                  - { id: two, when: { always: true }, ask: true, desk: gz }
                  - { id: three, when: {} }
                """)
            .stream()
            .distinct()
            .toList());
  }
}
