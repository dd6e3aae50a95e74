package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.gateway.PhoneBehaviour;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Who hangs up where: each is on record as itself. */
final class HangUpScenarios {
  private static final Duration TO_THE_DESK = Duration.ofSeconds(25);
  private static final Set<String> DESK = Set.of("hq-project", "1004");

  private HangUpScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "caller hangs up in the menu", Set.of("13900000015"), HangUpScenarios::inTheMenu),
        Scenario.of("caller hangs up in the queue", DESK, HangUpScenarios::inTheQueue),
        Scenario.of("caller hangs up while the phone rings", DESK, HangUpScenarios::ringing),
        Scenario.of("caller hangs up in talk", DESK, HangUpScenarios::inTalk).inQuickRun(),
        Scenario.of("agent hangs up", DESK, HangUpScenarios::byAgent));
  }

  private static void inTheMenu(Stage stage) throws Exception {
    StagedCall call = stage.dial(Callers.leavingTheMenu("13900000015"));
    CallOnRecord record = call.record();
    Expect.equal("outcome", "abandoned-in-ivr", record.outcome());
    Expect.equal("cleared by", "caller", record.clearedBy());
    Expect.none("queue visit", record.visits());
  }

  private static void inTheQueue(Stage stage) throws Exception {
    stage.loggedOn("1004", "hq-project");
    StagedCall call = stage.dial(Callers.pressing("13900000016", '3'));
    call.awaitPhase("waiting", TO_THE_DESK);
    call.hangUp();
    CallOnRecord record = call.record();
    Expect.equal("outcome", "abandoned-in-queue", record.outcome());
    Expect.equal("cleared by", "caller", record.clearedBy());
    Expect.equal("visits", List.of("cti-hq-project=abandoned"), record.visitOutcomes());
    Expect.equal("missed calls", List.of("abandoned"), record.missed());
    Expect.none("ring attempt", record.attempts());
  }

  private static void ringing(Stage stage) throws Exception {
    stage.phone("1004", new PhoneBehaviour.NeverAnswers());
    AgentDesk agent = stage.ready("1004", "hq-project");
    StagedCall call = stage.dial(Callers.pressing("13900000017", '3'));
    call.awaitPhase("ringing", TO_THE_DESK);
    call.hangUp();
    CallOnRecord record = call.record();
    Expect.equal("outcome", "abandoned-ringing", record.outcome());
    Expect.equal("cleared by", "caller", record.clearedBy());
    Expect.equal("visits", List.of("cti-hq-project=agent-no-answer"), record.visitOutcomes());
    Expect.equal("ring attempts", List.of("caller-gone"), record.attemptOutcomes());
    Expect.equal("missed calls", List.of("agent-no-answer"), record.missed());
    String id = call.id();
    agent.stream()
        .await(
            "the pop is taken back",
            Duration.ofSeconds(5),
            picture -> picture.popEnds().stream().filter(end -> end.call().equals(id)).findFirst());
  }

  private static void inTalk(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1004", "hq-project");
    StagedCall call = stage.dial(Callers.pressing("13900000019", '3'));
    CallOnRecord record = MenuScenarios.talkAndHangUp(call);
    Expect.equal("visits", List.of("cti-hq-project=answered"), record.visitOutcomes());
    agent.awaitState("working-after-call", Duration.ofSeconds(5));
  }

  private static void byAgent(Stage stage) throws Exception {
    stage.phone("1004", PhoneBehaviour.answers(Duration.ofSeconds(1), Duration.ofSeconds(3)));
    stage.ready("1004", "hq-project");
    StagedCall call = stage.dial(Callers.pressing("13900000020", '3'));
    call.awaitPhase("talking", TO_THE_DESK);
    CallOnRecord record = call.record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("cleared by", "agent", record.clearedBy());
    Expect.that(
        "a talk of 3 s",
        record.talkMillis() >= 2_500 && record.talkMillis() <= 4_500,
        record.talkMillis() + " ms");
    Expect.none("missed call", record.missed());
  }
}
