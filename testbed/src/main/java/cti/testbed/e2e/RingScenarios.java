package cti.testbed.e2e;

import cti.testbed.caller.CallerEnd;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.CallView;
import cti.testbed.client.VisitView.AttemptView;
import cti.testbed.gateway.PhoneBehaviour;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Phones that are not answered, busy, refused; queues without anybody; the B role. */
final class RingScenarios {
  private static final Duration TO_RING = Duration.ofSeconds(25);

  /** Two rings of 12 s and what lies between them. */
  private static final Duration TWO_RINGS = Duration.ofSeconds(40);

  private RingScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "agent does not answer: the next agent does, no missed call",
            Set.of("hq-desktop", "1001", "1002"),
            RingScenarios::nextAgent),
        Scenario.of(
            "nobody answers although two phones ring: one missed call",
            Set.of("hq-oa", "1003", "1004"),
            RingScenarios::nobody),
        Scenario.of(
            "busy and refusing phones are on record as such",
            Set.of("hq-desktop", "1001", "1002"),
            RingScenarios::busyAndRejecting),
        Scenario.of(
            "the B role is rung when the A role does not answer",
            Set.of("hq-erp", "1005", "1006"),
            RingScenarios::secondRole),
        Scenario.of(
            "queue without agents: on to the desktop desk, both stays on record",
            Set.of("mz", "hq-desktop", "1002"),
            RingScenarios::overflow),
        Scenario.of(
            "no agents anywhere: an apology, hung up, one missed call",
            Set.of("hq-desktop"),
            RingScenarios::noAgentsAnywhere));
  }

  private static void nextAgent(Stage stage) throws Exception {
    stage.phone("1001", new PhoneBehaviour.NeverAnswers());
    AgentDesk silent = stage.ready("1001", "hq-desktop");
    StagedCall call = stage.dial(Callers.pressing("13900000001", '1'));
    call.awaitPhase("ringing", TO_RING);
    // Only now, so that the silent one is rung first.
    AgentDesk second = stage.ready("1002", "hq-desktop");
    CallView talking = call.awaitPhase("talking", TWO_RINGS);
    Expect.equal("who talks", Optional.of("1002"), talking.agent());
    call.hangUp();
    CallOnRecord record = call.record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("ring attempts", List.of("no-answer", "answered"), record.attemptOutcomes());
    Expect.none("missed call", record.missed());
    Expect.equal("pops at the silent agent", 1L, silent.popsOf(call.id()));
    Expect.equal("pops at the second agent", 1L, second.popsOf(call.id()));
    long ring = record.attempts().getFirst().ringMillis();
    Expect.that("a ring of 12 s that nobody answered", ring > 11_000 && ring < 13_500, ring);
  }

  private static void nobody(Stage stage) throws Exception {
    stage.phone("1003", new PhoneBehaviour.NeverAnswers());
    stage.phone("1004", new PhoneBehaviour.NeverAnswers());
    stage.ready("1003", "hq-oa");
    stage.ready("1004", "hq-oa");
    StagedCall call = stage.dial(Callers.pressing("13900000003", '2'));
    call.await("two agents were rung", TWO_RINGS, view -> agentsRung(view).size() == 2);
    call.hangUp();
    CallOnRecord record = call.record();
    Expect.equal("outcome", "abandoned-ringing", record.outcome());
    Expect.equal("visits", List.of("cti-hq-oa=agent-no-answer"), record.visitOutcomes());
    Expect.equal("missed calls", List.of("agent-no-answer"), record.missed());
    Expect.equal("missed calls in REST", 1L, stage.house().supervisor().missedFrom("13900000003"));
  }

  private static Set<String> agentsRung(CallView call) {
    Set<String> agents = new HashSet<>();
    call.visits().stream()
        .flatMap(visit -> visit.attempts().stream())
        .forEach(attempt -> attempt.agent().ifPresent(agents::add));
    return agents;
  }

  private static void busyAndRejecting(Stage stage) throws Exception {
    stage.phone("1001", new PhoneBehaviour.IsBusy());
    stage.phone("1002", new PhoneBehaviour.Rejects());
    stage.ready("1001", "hq-desktop");
    stage.ready("1002", "hq-desktop");
    StagedCall call = stage.dial(Callers.pressing("13900000004", '1'));
    call.await(
        "one phone was busy and one refused",
        TO_RING,
        view -> ended(view, "1001").contains("busy") && ended(view, "1002").contains("rejected"));
    call.hangUp();
    CallOnRecord record = call.record();
    Expect.equal("visits", List.of("cti-hq-desktop=agent-no-answer"), record.visitOutcomes());
    Expect.equal("missed calls", List.of("agent-no-answer"), record.missed());
  }

  private static Set<String> ended(CallView call, String agent) {
    Set<String> outcomes = new HashSet<>();
    call.visits().stream()
        .flatMap(visit -> visit.attempts().stream())
        .filter(attempt -> attempt.agent().equals(Optional.of(agent)))
        .map(AttemptView::outcome)
        .forEach(outcome -> outcome.ifPresent(outcomes::add));
    return outcomes;
  }

  private static void secondRole(Stage stage) throws Exception {
    stage.phone("1005", new PhoneBehaviour.NeverAnswers());
    stage.ready("1005", "hq-erp");
    stage.ready("1006", "hq-erp");
    StagedCall call = stage.dial(Callers.pressing("13900000011", '4'));
    CallView ringing = call.awaitPhase("ringing", TO_RING);
    Expect.equal("who is rung first", Optional.of("1005"), ringing.agent());
    CallView talking = call.awaitPhase("talking", TWO_RINGS);
    Expect.equal("who talks", Optional.of("1006"), talking.agent());
    call.hangUp();
    CallOnRecord record = call.record();
    Expect.equal("agent on record", Optional.of("1006"), record.agent());
    Expect.none("missed call", record.missed());
  }

  private static void overflow(Stage stage) throws Exception {
    stage.ready("1002", "hq-desktop");
    StagedCall call = stage.dial(Callers.silent("13900000047"));
    CallOnRecord record = MenuScenarios.talkAndHangUp(call);
    Expect.equal(
        "visits", List.of("cti-mz=no-agents", "cti-hq-desktop=answered"), record.visitOutcomes());
  }

  private static void noAgentsAnywhere(Stage stage) throws Exception {
    StagedCall call = stage.dial(Callers.pressing("13900000008", '1'));
    call.awaitPhase("ended", Duration.ofSeconds(40));
    Expect.equal("end", CallerEnd.HUNG_UP_THERE, call.awaitCallerEnd(Duration.ofSeconds(5)));
    CallOnRecord record = call.record();
    Expect.equal("outcome", "not-answered", record.outcome());
    Expect.equal("cleared by", "system", record.clearedBy());
    Expect.equal("visits", List.of("cti-hq-desktop=no-agents"), record.visitOutcomes());
    Expect.equal("missed calls", List.of("no-agents"), record.missed());
  }
}
