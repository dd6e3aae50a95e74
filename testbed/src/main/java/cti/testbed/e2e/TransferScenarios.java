package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.e2e.Pair.Talk;
import cti.testbed.gateway.PhoneBehaviour;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Callers who are handed on without asking: where they come out, and that none is lost. */
final class TransferScenarios {
  private static final Duration SOON = Pair.SOON;

  /** The dialplan's CTI_RING_LIMIT and what lies around it. */
  private static final Duration NOBODY_ANSWERS = Duration.ofSeconds(45);

  /** The sample desks' longest wait of 90 s, and the words behind it. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(120);

  private TransferScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "a desk's time limit sends the caller on to another queue: overflowed",
            Set.of("hq-asset", "1008", "hq-desktop", "1001", "13900000013"),
            TransferScenarios::overflow),
        Scenario.of("blind transfer to an agent", Pair.PROJECT.claims(), TransferScenarios::agent)
            .inQuickRun(),
        Scenario.of("blind transfer to a desk", Pair.ERP.claims(), TransferScenarios::desk),
        Scenario.of("blind transfer outside", Pair.MES.claims(), TransferScenarios::outside),
        Scenario.of(
            "blind transfer to a phone that nobody answers: the caller comes back",
            Pair.GZ.claims(),
            TransferScenarios::comesBack),
        Scenario.of(
            "blind transfer to a busy phone: the caller comes back",
            Pair.MZ.claims(),
            TransferScenarios::busy),
        Scenario.of(
            "the caller hangs up while a transfer rings",
            Pair.MZ.claims(),
            TransferScenarios::callerLeaves));
  }

  private static void overflow(Stage stage) throws Exception {
    stage.loggedOn("1008", "hq-asset");
    AgentDesk next = stage.ready("1001", "hq-desktop");
    StagedCall call = stage.dial(Callers.pressing("13900000013", '7'));
    call.awaitPhase("waiting", Pair.TO_TALK);
    call.awaitPhase("talking", LONGEST_WAIT);
    next.awaitState("busy", SOON);
    call.hangUp();
    CallOnRecord record = call.record();
    Expect.equal(
        "visits",
        List.of("cti-hq-asset=overflowed", "cti-hq-desktop=answered"),
        record.visitOutcomes());
    Expect.none("missed call", record.missed());
    PartsOnRecord.about("wait at the first desk", 90, record.visits().getFirst().waitMillis());
    call.parts().addsUp();
  }

  private static void agent(Stage stage) throws Exception {
    Pair pair = Pair.PROJECT;
    Talk talk = pair.talk(stage);
    AgentDesk second = talk.other();
    talk.call().stays("talking", Duration.ofSeconds(2));
    talk.command("transfer", "toAgent", pair.other());
    talk.await("transferred-to", pair.otherPhone(), "connected");
    talk.agent().awaitState("working-after-call", SOON);
    second.awaitState("busy", SOON);
    talk.call().stays("talking", Duration.ofSeconds(2));
    talk.call().hangUp();
    CallOnRecord record = talk.call().record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("number", pair.caller(), record.number());
    Expect.equal("visits", List.of(pair.queue() + "=answered"), record.visitOutcomes());
    talk.expectParts(pair.otherLeft("transferred-to"));
    second.awaitState("ready", SOON);
    Expect.that(
        "Transferred was pushed",
        talk.call().pushed().contains("Transferred"),
        talk.call().pushed());
  }

  private static void desk(Stage stage) throws Exception {
    Pair pair = Pair.ERP;
    Talk talk = pair.talk(stage);
    AgentDesk second = talk.other();
    talk.command("transfer", "toDesk", pair.otherDesk());
    talk.await("queue-agent", pair.otherPhone(), "connected");
    talk.agent().awaitState("working-after-call", SOON);
    second.awaitState("busy", SOON);
    Expect.equal("pops at the second agent", 1L, second.popsOf(talk.call().id()));
    talk.call().hangUp();
    CallOnRecord record = talk.call().record();
    Expect.equal(
        "visits",
        List.of(pair.queue() + "=answered", pair.otherQueue() + "=answered"),
        record.visitOutcomes());
    Expect.equal("desk", Optional.of(pair.otherDesk()), record.desk());
    talk.expectParts(pair.otherLeft("queue-agent"));
    second.awaitState("working-after-call", SOON);
  }

  private static void outside(Stage stage) throws Exception {
    Pair pair = Pair.MES;
    String number = "13800000002";
    stage.phoneAt(number, PhoneBehaviour.answers(Duration.ofSeconds(1), Duration.ofSeconds(4)));
    Talk talk = pair.talk(stage);
    talk.command("transfer", "toNumber", number);
    talk.await("transferred-to", number, "connected");
    talk.agent().awaitState("working-after-call", SOON);
    CallOnRecord record = talk.call().record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("cleared by", "agent", record.clearedBy());
    Expect.equal("agent", Optional.of(pair.agent()), record.agent());
    PartsOnRecord parts = talk.expectParts("transferred-to " + number + " left");
    PartsOnRecord.about("talk outside", 4, parts.parts().getLast().talk());
  }

  private static void comesBack(Stage stage) throws Exception {
    Pair pair = Pair.GZ;
    Talk talk = pair.talk(stage);
    stage.phone(pair.other(), new PhoneBehaviour.NeverAnswers());
    talk.other();
    talk.command("transfer", "toAgent", pair.other());
    talk.await("transferred-to", pair.otherPhone(), "alerting");
    talk.call()
        .await(
            "the phone that handed the caller on rings and answers",
            NOBODY_ANSWERS,
            view -> Pair.has(view, "transferred-to", pair.phone(), "connected"));
    talk.agent().awaitState("busy", SOON);
    talk.call().hangUp();
    CallOnRecord record = talk.call().record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.none("missed call", record.missed());
    talk.expectParts(
        pair.otherWas("transferred-to", "no-answer"),
        "transferred-to %s agent %s left".formatted(pair.phone(), pair.agent()));
    talk.agent().awaitState("working-after-call", SOON);
  }

  private static void busy(Stage stage) throws Exception {
    Pair pair = Pair.MZ;
    Talk talk = pair.talk(stage);
    stage.phone(pair.other(), new PhoneBehaviour.IsBusy());
    talk.other();
    talk.command("transfer", "toAgent", pair.other());
    talk.await("transferred-to", pair.phone(), "connected");
    talk.call().hangUp();
    talk.call().record();
    talk.expectParts(
        pair.otherWas("transferred-to", "busy"),
        "transferred-to %s agent %s left".formatted(pair.phone(), pair.agent()));
  }

  private static void callerLeaves(Stage stage) throws Exception {
    Pair pair = Pair.MZ;
    Talk talk = pair.talk(stage);
    stage.phone(pair.other(), new PhoneBehaviour.NeverAnswers());
    AgentDesk second = talk.other();
    talk.command("transfer", "toAgent", pair.other());
    talk.await("transferred-to", pair.otherPhone(), "alerting");
    talk.call().hangUp();
    CallOnRecord record = talk.call().record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.none("missed call", record.missed());
    talk.expectParts(pair.otherWas("transferred-to", "caller-gone"));
    Expect.equal("state of whom it rang", "ready", second.state());
  }
}
