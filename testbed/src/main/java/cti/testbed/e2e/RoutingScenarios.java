package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.client.CallView;
import cti.testbed.client.RouteView;
import cti.testbed.gateway.PhoneBehaviour;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an administrator relies on: who is reached when, by which version, and why. */
final class RoutingScenarios {
  private static final Duration TO_A_PHONE = Duration.ofSeconds(45);
  private static final Duration SOON = Duration.ofSeconds(10);

  private RoutingScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.alone("each desk by key", RoutingScenarios::eachDeskByKey),
        Scenario.alone("each desk by site", RoutingScenarios::eachDeskBySite),
        Scenario.alone("out of hours: the duty mobile", RoutingScenarios::outOfHours),
        Scenario.alone("the duty mobile is busy: the next target", RoutingScenarios::dutyIsBusy),
        Scenario.alone("a holiday and a make-up day", RoutingScenarios::holidayAndMakeUp),
        Scenario.alone("the A role is busy: the B role answers", RoutingScenarios::busyA),
        Scenario.alone("the A role does not answer: the B role does", RoutingScenarios::silentA),
        Scenario.alone("overflow to another site", RoutingScenarios::overflow),
        Scenario.alone("the agent of the last talk is preferred", RoutingScenarios::lastAgent));
  }

  private static void eachDeskByKey(Stage stage) throws Exception {
    Rules.publishShipped(stage);
    Map<Character, String> desks =
        Map.of(
            '1',
            "hq-desktop",
            '2',
            "hq-oa",
            '3',
            "hq-project",
            '4',
            "hq-erp",
            '5',
            "hq-itil",
            '6',
            "hq-marketing",
            '7',
            "hq-asset",
            '8',
            "hq-mes");
    Map<String, String> agents =
        Map.of(
            "hq-desktop",
            "1001",
            "hq-oa",
            "1003",
            "hq-project",
            "1004",
            "hq-erp",
            "1005",
            "hq-itil",
            "1006",
            "hq-marketing",
            "1007",
            "hq-asset",
            "1008",
            "hq-mes",
            "1009");
    for (Map.Entry<String, String> seat : agents.entrySet()) {
      stage.ready(seat.getValue(), seat.getKey());
    }
    int caller = 1;
    for (Map.Entry<Character, String> key : desks.entrySet()) {
      String number = "1390000000" + caller++;
      StagedCall call = stage.dial(Callers.pressing(number, key.getKey()));
      CallView talking = call.awaitPhase("talking", TO_A_PHONE);
      Expect.equal("desk of key " + key.getKey(), Optional.of(key.getValue()), talking.desk());
      Expect.equal("agent", Optional.of(agents.get(key.getValue())), talking.agent());
      MenuScenarios.talkAndHangUp(call);
      RouteView route = Rules.firstRoute(stage, call);
      Expect.equal("keys", key.getKey().toString(), route.keys());
      Expect.that(
          "a rule for the choice",
          route.rule().filter(rule -> rule.equals("choice-" + route.choice().get())).isPresent(),
          route);
    }
  }

  private static void eachDeskBySite(Stage stage) throws Exception {
    Rules.publishShipped(stage);
    Map<String, String> callers =
        Map.of(
            "gz",
            Rules.CALLER_OF_GZ,
            "sg",
            "13900000035",
            "mz",
            "13900000046",
            "zj",
            "13900000055");
    Map<String, String> agents = Map.of("gz", "1010", "sg", "1011", "mz", "1012", "zj", "1013");
    for (Map.Entry<String, String> seat : agents.entrySet()) {
      stage.ready(seat.getValue(), seat.getKey());
    }
    for (Map.Entry<String, String> caller : callers.entrySet()) {
      StagedCall call = stage.dial(Callers.silent(caller.getValue()));
      CallView talking = call.awaitPhase("talking", TO_A_PHONE);
      Expect.equal("desk", Optional.of(caller.getKey()), talking.desk());
      MenuScenarios.talkAndHangUp(call);
      Expect.equal(
          "rule", Optional.of("site-" + caller.getKey()), Rules.firstRoute(stage, call).rule());
    }
  }

  private static void outOfHours(Stage stage) throws Exception {
    int version =
        Rules.publish(
            stage,
            Rules.toTargets(
                Rules.closedWeek("") + Rules.roster(),
                "site: gz, closed: gz",
                "{ duty: gz-duty, limit: 20 }"));
    stage.number(Rules.ON_DUTY, PhoneBehaviour.answers(Duration.ofSeconds(1)));
    StagedCall call = stage.dial(Callers.silent(Rules.CALLER_OF_GZ));
    call.awaitPhase("talking", TO_A_PHONE);
    Rules.expectDialled(stage, Rules.ON_DUTY);
    call.hangUp();
    CallOnRecord record = call.record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("desk on record", Optional.of("gz"), record.desk());
    RouteView route = Rules.firstRoute(stage, call);
    Expect.equal("version on record", version, route.version());
    Expect.that(
        "the calendar in the explanation",
        route.calendars().stream().anyMatch(line -> line.startsWith("desk gz is closed")),
        route.calendars());
  }

  private static void dutyIsBusy(Stage stage) throws Exception {
    Rules.publish(
        stage,
        Rules.toTargets(
            Rules.closedWeek("") + Rules.roster(),
            "site: gz",
            "{ duty: gz-duty, limit: 20 }",
            "{ number: \"" + "13900000029" + "\", limit: 20 }"));
    stage.number(Rules.ON_DUTY, new PhoneBehaviour.IsBusy());
    stage.number("13900000029", PhoneBehaviour.answers(Duration.ofSeconds(1)));
    StagedCall call = stage.dial(Callers.silent(Rules.CALLER_OF_GZ));
    call.awaitPhase("talking", TO_A_PHONE);
    Rules.expectDialled(stage, "13900000029");
    call.hangUp();
    Expect.equal("outcome", "answered", call.record().outcome());
    List<RouteView> routes = stage.house().supervisor().routesOf(call.id());
    Expect.equal("targets tried", List.of(1, 2), routes.stream().map(RouteView::tried).toList());
  }

  private static void holidayAndMakeUp(Stage stage) throws Exception {
    LocalDate today = LocalDate.now(Rules.ZONE);
    String everyDay =
        """
        calendars:
          cn:
            - { from: %s, to: %s, name: 节日 }
        hours:
          - { desks: gz, calendar: cn, week: { mon-sun: "00:00-24:00" } }
        """
            .formatted(today.minusDays(1), today.plusDays(1));
    Rules.publish(
        stage,
        Rules.toTargets(
            everyDay + Rules.roster(), "site: gz, holiday: cn", "{ duty: gz-duty, limit: 20 }"));
    stage.number(Rules.ON_DUTY, PhoneBehaviour.answers(Duration.ofSeconds(1)));
    StagedCall onHoliday = stage.dial(Callers.silent(Rules.CALLER_OF_GZ));
    onHoliday.awaitPhase("talking", TO_A_PHONE);
    Rules.expectDialled(stage, Rules.ON_DUTY);
    onHoliday.hangUp();
    Expect.equal("outcome", "answered", onHoliday.record().outcome());
    Expect.that(
        "the holiday in the explanation",
        Rules.firstRoute(stage, onHoliday).reason().contains("is a holiday (节日)"),
        Rules.firstRoute(stage, onHoliday).reason());

    String madeUp =
        "{ from: %s, to: %s, make_up: true, name: 调休 }"
            .formatted(today.minusDays(1), today.plusDays(1));
    Rules.publish(
        stage, Rules.toTargets(Rules.closedWeek(madeUp), "site: gz, open: gz", "desk: gz"));
    AgentDesk agent = stage.ready("1010", "gz");
    StagedCall onMakeUpDay = stage.dial(Callers.silent(Rules.CALLER_OF_GZ));
    CallView talking = onMakeUpDay.awaitPhase("talking", TO_A_PHONE);
    Expect.equal("agent", Optional.of(agent.agent()), talking.agent());
    MenuScenarios.talkAndHangUp(onMakeUpDay);
    Expect.that(
        "the make-up day in the explanation",
        Rules.firstRoute(stage, onMakeUpDay).reason().contains("is a make-up working day (调休)"),
        Rules.firstRoute(stage, onMakeUpDay).reason());
  }

  private static final String ROLES =
      """
      rules:
        - id: oa
          when: { choice: oa }
          desk: hq-oa
          targets:
            - { role: a, desk: hq-oa, limit: 6 }
            - { role: b, desk: hq-oa, limit: 20 }
            - desk: hq-oa
        - { id: rest, when: { always: true }, desk: hq-desktop }
      """;

  private static void busyA(Stage stage) throws Exception {
    Rules.publish(stage, ROLES);
    stage.ready("1003", "hq-oa");
    stage.ready("1004", "hq-oa");
    StagedCall first = stage.dial(Callers.pressing("13900000002", '2'));
    Expect.equal(
        "agent of the first call",
        Optional.of("1003"),
        first.awaitPhase("talking", TO_A_PHONE).agent());
    StagedCall second = stage.dial(Callers.pressing("13900000003", '2'));
    CallView talking = second.awaitPhase("talking", TO_A_PHONE);
    Expect.equal("agent of the second call", Optional.of("1004"), talking.agent());
    RouteView route = Rules.firstRoute(stage, second);
    Expect.equal("target tried first", 2, route.tried());
    Expect.equal(
        "targets passed over",
        List.of("role A of desk hq-oa (6 s): nobody is ready and free"),
        route.skipped());
    MenuScenarios.talkAndHangUp(second);
    MenuScenarios.talkAndHangUp(first);
  }

  private static void silentA(Stage stage) throws Exception {
    Rules.publish(stage, ROLES);
    stage.phone("1003", new PhoneBehaviour.NeverAnswers());
    stage.ready("1003", "hq-oa");
    stage.ready("1004", "hq-oa");
    StagedCall call = stage.dial(Callers.pressing("13900000004", '2'));
    CallView talking = call.awaitPhase("talking", TO_A_PHONE);
    Expect.equal("agent", Optional.of("1004"), talking.agent());
    CallOnRecord record = MenuScenarios.talkAndHangUp(call);
    Expect.equal(
        "visits",
        List.of("cti-hq-oa=agent-no-answer", "cti-hq-oa=answered"),
        record.visitOutcomes());
    Expect.equal(
        "phones rung",
        List.of(House.extension("1003"), House.extension("1004")),
        record.attempts().stream().map(CallOnRecord.Attempt::extension).toList());
    Expect.none("missed call", record.missed());
  }

  private static void overflow(Stage stage) throws Exception {
    Rules.publish(
        stage,
        Rules.toTargets("", "site: gz", "{ desk: gz, limit: 5 }", "{ desk: sg, priority: 20 }"));
    AgentDesk away = stage.loggedOn("1010", "gz");
    stage.ready("1011", "sg");
    StagedCall call = stage.dial(Callers.silent(Rules.CALLER_OF_GZ));
    CallView talking = call.awaitPhase("talking", TO_A_PHONE);
    Expect.equal("agent", Optional.of("1011"), talking.agent());
    CallOnRecord record = MenuScenarios.talkAndHangUp(call);
    Expect.equal("visits", List.of("cti-gz=overflowed", "cti-sg=answered"), record.visitOutcomes());
    Expect.none("missed call", record.missed());
    away.ready();
  }

  private static void lastAgent(Stage stage) throws Exception {
    String yaml =
        Rules.toTargets(
            "", "site: gz", "{ last_agent: true, within_days: 1, limit: 10 }", "desk: gz");
    Rules.publish(stage, yaml);
    AgentDesk last = stage.ready("1001", "gz");
    StagedCall first = stage.dial(Callers.silent("13900000032"));
    Expect.equal(
        "agent of the first call",
        Optional.of("1001"),
        first.awaitPhase("talking", TO_A_PHONE).agent());
    MenuScenarios.talkAndHangUp(first);
    last.ready();
    stage.ready("1010", "gz");
    last.awaitState("ready", SOON);
    StagedCall again = stage.dial(Callers.silent("13900000032"));
    again.awaitPhase("talking", TO_A_PHONE);
    last.awaitState("busy", SOON);
    Expect.that(
        "the last agent in the targets tried",
        Rules.firstRoute(stage, again).tried() == 1,
        Rules.firstRoute(stage, again));
    MenuScenarios.talkAndHangUp(again);
  }
}
