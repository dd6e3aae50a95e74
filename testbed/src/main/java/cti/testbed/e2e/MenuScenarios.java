package cti.testbed.e2e;

import cti.testbed.caller.CallerEnd;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.KeyView;
import cti.testbed.client.PopView;
import cti.testbed.client.PopView.NumberView;
import cti.testbed.client.PopView.PersonView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where a call goes: by who calls, by what they press, by what they do not press. */
final class MenuScenarios {
  private static final Duration TO_THE_DESK = Duration.ofSeconds(45);
  private static final Duration SOON = Duration.ofSeconds(10);

  private MenuScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "no key three times in the longest menu: goodbye, hung up",
            Set.of("13900000010"),
            stage -> silentThrice(stage, "13900000010", "headquarters-menu")),
        Scenario.of(
            "unknown number, no key three times: goodbye, hung up",
            Set.of("13900009903"),
            stage -> silentThrice(stage, "13900009903", "general-menu")),
        Scenario.of(
            "three wrong keys of an unknown number: the desktop desk",
            Set.of("hq-desktop", "1001"),
            MenuScenarios::wrongThriceUnknown),
        factoryCaller(),
        Scenario.of("a VIP of a factory pops as one", Set.of("sg", "1011"), MenuScenarios::vip),
        Scenario.of(
            "an external caller pops as one", Set.of("mz", "1012"), MenuScenarios::external),
        Scenario.of("a retired caller pops as one", Set.of("gz", "1010"), MenuScenarios::retired),
        Scenario.of(
                "headquarters caller presses a key and lands at that desk",
                Set.of("hq-itil", "1006"),
                MenuScenarios::headquarters)
            .inQuickRun(),
        Scenario.of(
            "unknown number hears the general menu, its key decides",
            Set.of("zj", "1013"),
            MenuScenarios::unknown),
        Scenario.of(
            "a number that two people share: the general menu, and both in the pop",
            Set.of("sg", "1011"),
            MenuScenarios::shared),
        Scenario.of(
            "three wrong keys of a factory caller: the factory's own desk",
            Set.of("zj", "1013"),
            MenuScenarios::wrongThriceFactory));
  }

  static Scenario factoryCaller() {
    return Scenario.of(
            "known caller from a factory lands at the factory's desk, the pop says who",
            Set.of("gz", "1010"),
            MenuScenarios::factory)
        .inQuickRun();
  }

  private static void factory(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1010", "gz");
    StagedCall call = stage.dial(Callers.silent("13900000025"));
    PopView pop = popWithIncidents(agent, call);

    Expect.equal("callers in the pop", 1, pop.callers().size());
    PersonView person = pop.callers().getFirst();
    Expect.equal("staff number", "E0025", person.staff());
    Expect.equal("name", "员工0025", person.name());
    Expect.equal("department", "广州厂>生产部>卷包车间", person.department());
    Expect.equal("site", "广州厂", person.siteName());
    Expect.equal("office", "广州厂2号楼101室", person.office());
    Expect.equal(
        "numbers",
        List.of("86662001", "13900000025"),
        person.numbers().stream().map(NumberView::given).toList());
    Expect.equal("status", "active", person.status());
    Expect.that("no VIP", !person.vip(), person);
    Expect.equal("number", "13900000025", pop.number());
    Expect.equal("desk", Optional.of("广州厂"), pop.deskName());
    Expect.equal("queue", "cti-gz", pop.queue());
    Expect.equal("phone", agent.extension(), pop.extension());
    Expect.that("a wait of at most 2 s", pop.waitedSeconds() <= 2, pop.waitedSeconds());
    Expect.none("earlier incident", pop.incidents());

    CallOnRecord record = talkAndHangUp(call);
    Expect.equal(
        "matches",
        stage.house().records().isPresent() ? Set.of("E0025") : Set.of(),
        record.matches());
    Expect.equal("desk on record", Optional.of("gz"), record.desk());
    Expect.equal("agent on record", Optional.of("1010"), record.agent());
    Expect.equal("pops at the agent", 1L, agent.popsOf(call.id()));
  }

  private static void vip(Stage stage) throws Exception {
    PersonView person = onlyPerson(stage, "1011", "sg", "13900000036");
    Expect.equal("name", "员工0036", person.name());
    Expect.that("a VIP", person.vip(), person);
    Expect.equal("remark", "领导", person.remark());
  }

  private static void external(Stage stage) throws Exception {
    PersonView person = onlyPerson(stage, "1012", "mz", "13900000050");
    Expect.equal("name", "员工0050", person.name());
    Expect.equal("status", "external", person.status());
  }

  private static void retired(Stage stage) throws Exception {
    PersonView person = onlyPerson(stage, "1010", "gz", "13900000033");
    Expect.equal("name", "员工0033", person.name());
    Expect.equal("status", "retired", person.status());
  }

  private static PersonView onlyPerson(Stage stage, String agent, String desk, String number)
      throws Exception {
    AgentDesk screen = stage.ready(agent, desk);
    StagedCall call = stage.dial(Callers.silent(number));
    PopView pop = popWithIncidents(screen, call);
    talkAndHangUp(call);
    Expect.equal("callers in the pop", 1, pop.callers().size());
    Expect.equal("desk", Optional.of(desk), pop.desk());
    return pop.callers().getFirst();
  }

  private static void headquarters(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1006", "hq-itil");
    StagedCall call = stage.dial(Callers.pressing("13900000012", '5'));
    PopView pop = popWithIncidents(agent, call);
    Expect.equal("keys in the pop", List.of(new KeyView("headquarters-menu", "5")), pop.keys());
    Expect.equal("desk", Optional.of("hq-itil"), pop.desk());
    CallOnRecord record = talkAndHangUp(call);
    Expect.equal("keys on record", "headquarters-menu=5", record.keys());
    Expect.equal("visits", List.of("cti-hq-itil=answered"), record.visitOutcomes());
  }

  private static void unknown(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1013", "zj");
    StagedCall call = stage.dial(Callers.pressing("13900009902", '5'));
    PopView pop = popWithIncidents(agent, call);
    Expect.none("caller in the pop of an unknown number", pop.callers());
    Expect.equal("number", "13900009902", pop.number());
    Expect.equal("keys in the pop", List.of(new KeyView("general-menu", "5")), pop.keys());
    CallOnRecord record = talkAndHangUp(call);
    Expect.equal("visits", List.of("cti-zj=answered"), record.visitOutcomes());
  }

  private static void shared(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1011", "sg");
    StagedCall call = stage.dial(Callers.pressing("13900000099", '3'));
    PopView pop = popWithIncidents(agent, call);
    Expect.equal(
        "callers in the pop",
        Set.of("E0023", "E0034"),
        Set.copyOf(pop.callers().stream().map(PersonView::staff).toList()));
    Expect.equal("keys in the pop", List.of(new KeyView("general-menu", "3")), pop.keys());
    CallOnRecord record = talkAndHangUp(call);
    if (stage.house().records().isPresent()) {
      Expect.equal("matches", Set.of("E0023", "E0034"), record.matches());
    }
  }

  private static void wrongThriceUnknown(Stage stage) throws Exception {
    stage.ready("1001", "hq-desktop");
    StagedCall call = stage.dial(Callers.wrongThrice("13900009901"));
    CallOnRecord record = talkAndHangUp(call);
    Expect.equal("keys", "general-menu=9 general-menu=9 general-menu=9", record.keys());
    Expect.equal("visits", List.of("cti-hq-desktop=answered"), record.visitOutcomes());
  }

  private static void wrongThriceFactory(Stage stage) throws Exception {
    stage.ready("1013", "zj");
    StagedCall call = stage.dial(Callers.wrongThrice("13900000053"));
    CallOnRecord record = talkAndHangUp(call);
    Expect.equal("keys", "factory-offer=9 factory-offer=9 factory-offer=9", record.keys());
    Expect.equal("visits", List.of("cti-zj=answered"), record.visitOutcomes());
  }

  private static void silentThrice(Stage stage, String number, String menu) throws Exception {
    StagedCall call = stage.dial(Callers.silent(number));
    call.awaitPhase("ended", Duration.ofSeconds(130));
    Expect.equal("end", CallerEnd.HUNG_UP_THERE, call.awaitCallerEnd(SOON));
    CallOnRecord record = call.record();
    Expect.equal("outcome", "ended-by-flow", record.outcome());
    Expect.equal("cleared by", "system", record.clearedBy());
    Expect.none("queue visit", record.visits());
    Expect.equal("keys", "%1$s= %1$s= %1$s=".formatted(menu), record.keys());
    Expect.none("fall-back", record.fallbackReason().stream().toList());
  }

  /** The pop with its earlier incidents looked up; they may come a moment after the ring. */
  static PopView popWithIncidents(AgentDesk agent, StagedCall call) throws InterruptedException {
    call.await(
        "rings",
        TO_THE_DESK,
        view -> view.phase().equals("ringing") || view.phase().equals("talking"));
    return agent.awaitPop(
        "with earlier incidents looked up",
        call.id(),
        SOON,
        pop -> pop.incidentsState().equals("loaded"));
  }

  /** The caller hangs up once the call is answered. */
  static CallOnRecord talkAndHangUp(StagedCall call) throws Exception {
    call.awaitPhase("talking", TO_THE_DESK);
    call.hangUp();
    CallOnRecord record = call.record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("cleared by", "caller", record.clearedBy());
    Expect.none("missed call", record.missed());
    return record;
  }
}
