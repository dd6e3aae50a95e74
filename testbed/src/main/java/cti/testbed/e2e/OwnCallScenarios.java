package cti.testbed.e2e;

import cti.testbed.caller.CallerScript;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.CallView;
import cti.testbed.client.Patience;
import cti.testbed.e2e.Pair.Talk;
import cti.testbed.gateway.PhoneBehaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls that agents make, by click and by phone, and calls that they fetch from a colleague. */
final class OwnCallScenarios {
  private static final Duration SOON = Pair.SOON;
  private static final String HEARD = "13800000047";

  /** Each begins at a number of RTP's own choice; half of them would not have been heard. */
  private static final int CLICKS = 5;

  private OwnCallScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "a missed caller is called back by click: the case is returned",
            Pair.PROJECT.claims(),
            OwnCallScenarios::callBack),
        Scenario.of(
            "a call by click that nobody takes", Set.of("1007"), OwnCallScenarios::clickNoAnswer),
        Scenario.of(
            "a call by click to a busy number", Set.of("1007"), OwnCallScenarios::clickBusy),
        Scenario.of(
            "calls by click are heard, the tone of ringing before them",
            Set.of("1007", HEARD),
            OwnCallScenarios::clicksAreHeard),
        Scenario.of(
            "an internal call by click", Pair.ERP.claims(), OwnCallScenarios::clickInternal),
        Scenario.of(
            "a phone dials out through the gateway", Pair.MES.claims(), OwnCallScenarios::byPhone),
        Scenario.of(
            "a call by click is handed on to an agent",
            Pair.MES.claims(),
            OwnCallScenarios::handedOn),
        Scenario.of(
            "a colleague picks up a call that rings in the queue",
            Pair.GZ.claims(),
            OwnCallScenarios::pickUp),
        Scenario.of(
            "a colleague picks up a transfer that rings",
            Set.of("mz", "1012", "zj", "1013", "sg", "1011", "13900000048"),
            OwnCallScenarios::pickUpTransfer));
  }

  private static void callBack(Stage stage) throws Exception {
    Pair pair = Pair.PROJECT;
    AgentDesk agent = stage.loggedOn(pair.agent(), pair.desk());
    StagedCall missed = pair.call(stage);
    missed.awaitPhase("waiting", Pair.TO_TALK);
    missed.hangUp();
    Expect.equal("missed calls", List.of("abandoned"), missed.record().missed());
    awaitCase(stage, pair.caller(), "open");
    stage.phoneAt(pair.caller(), PhoneBehaviour.answers(Duration.ofSeconds(1)));
    StagedCall back = stage.click(agent, pair.caller());
    CallView rings =
        back.await(
            "a call out to somebody of the directory",
            SOON,
            view -> view.direction().equals("outbound") && !view.callers().isEmpty());
    Expect.equal("number dialled", pair.caller(), rings.dialledNumber());
    Expect.equal(
        "who is called",
        List.of("E0019"),
        rings.callers().stream().map(CallView.CallerView::staff).toList());
    back.awaitPhase("talking", SOON);
    agent.awaitState("busy", SOON);
    awaitCase(stage, pair.caller(), "returned");
    back.stays("talking", Duration.ofSeconds(2));
    agent.command("hangUp", back.id());
    CallOnRecord record = back.record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("cleared by", "agent", record.clearedBy());
    Expect.none("queue visit", record.visits());
    Expect.none("missed call", record.missed());
    PartsOnRecord parts = back.parts().addsUp();
    Expect.equal("direction", "outbound", parts.direction());
    Expect.equal("dialled", pair.caller(), parts.dialled());
    Expect.equal(
        "parts",
        List.of(
            "caller %s agent %s left".formatted(pair.phone(), pair.agent()),
            "called %s left".formatted(pair.caller())),
        parts.inWords());
    PartsOnRecord.about("talk", 2, parts.talk());
    agent.awaitState("not-ready", SOON);
  }

  private static void awaitCase(Stage stage, String number, String state)
      throws InterruptedException {
    Patience.until(
        "the missed case of " + number + " is " + state,
        SOON,
        () -> {
          try {
            List<String> cases = stage.house().supervisor().missedCases(number);
            return cases.stream().findFirst().equals(Optional.of(state))
                ? Optional.empty()
                : Optional.of(cases.toString());
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
  }

  private static void clickNoAnswer(Stage stage) throws Exception {
    String number = "13800000004";
    stage.phoneAt(number, new PhoneBehaviour.NeverAnswers());
    AgentDesk agent = stage.ready("1007", "hq-marketing");
    StagedCall call = stage.click(agent, number);
    call.await("it rings there", SOON, view -> Pair.has(view, "called", number, "alerting"));
    Expect.equal("a second call", "busy", agent.refused("dial", "", "number", Pair.OUTSIDE));
    agent.command("hangUp", call.id());
    CallOnRecord record = call.record();
    Expect.equal("outcome", "cancelled", record.outcome());
    Expect.none("missed call", record.missed());
    call.parts().addsUp();
    agent.awaitState("ready", SOON);
  }

  private static void clicksAreHeard(Stage stage) throws Exception {
    stage.phoneAt(HEARD, new PhoneBehaviour.Sounds(Duration.ofMillis(1_500)));
    AgentDesk agent = stage.ready("1007", "hq-marketing");
    for (int i = 0; i < CLICKS; i++) {
      StagedCall call = stage.click(agent, HEARD);
      call.awaitPhase("talking", SOON);
      SentSound.flowsTo(stage, agent.extension());
      agent.command("hangUp", call.id());
      Expect.equal("outcome", "answered", call.record().outcome());
      agent.awaitState("ready", SOON);
    }
  }

  private static void clickBusy(Stage stage) throws Exception {
    String number = "13800000005";
    stage.phoneAt(number, new PhoneBehaviour.IsBusy());
    AgentDesk agent = stage.ready("1007", "hq-marketing");
    StagedCall call = stage.click(agent, number);
    CallOnRecord record = call.record();
    Expect.equal("outcome", "busy", record.outcome());
    PartsOnRecord parts = call.parts().addsUp();
    Expect.equal(
        "parts",
        List.of("caller 8011 agent 1007 left", "called " + number + " busy"),
        parts.inWords());
    agent.awaitState("ready", SOON);
  }

  private static void clickInternal(Stage stage) throws Exception {
    Pair pair = Pair.ERP;
    AgentDesk first = stage.ready(pair.agent(), pair.desk());
    AgentDesk second = stage.ready(pair.other(), pair.otherDesk());
    StagedCall call = stage.click(first, pair.otherPhone());
    call.awaitPhase("talking", Duration.ofSeconds(15));
    first.awaitState("busy", SOON);
    second.awaitState("busy", SOON);
    call.stays("talking", Duration.ofSeconds(2));
    stage.house().testbed().hangUpPhone(pair.otherPhone());
    CallOnRecord record = call.record();
    Expect.equal("outcome", "answered", record.outcome());
    PartsOnRecord parts = call.parts().addsUp();
    Expect.equal("direction", "internal", parts.direction());
    Expect.equal(
        "parts",
        List.of(
            "caller %s agent %s left".formatted(pair.phone(), pair.agent()),
            pair.otherLeft("called")),
        parts.inWords());
    first.awaitState("ready", SOON);
    second.awaitState("ready", SOON);
  }

  private static void byPhone(Stage stage) throws Exception {
    String number = "13800000006";
    stage.phoneAt(number, PhoneBehaviour.answers(Duration.ofSeconds(1)));
    AgentDesk agent = stage.ready("1009", "hq-mes");
    CallerScript script = CallerScript.from(agent.extension()).dials("*9" + number).staysOn();
    StagedCall call = stage.dial(script);
    call.awaitPhase("talking", Duration.ofSeconds(15));
    agent.awaitState("busy", SOON);
    call.hangUp();
    CallOnRecord record = call.record();
    Expect.equal("outcome", "answered", record.outcome());
    PartsOnRecord parts = call.parts().addsUp();
    Expect.equal("direction", "outbound", parts.direction());
    Expect.equal("dialled", number, parts.dialled());
    Expect.equal(
        "parts",
        List.of("caller 8013 agent 1009 left", "called " + number + " left"),
        parts.inWords());
    agent.awaitState("ready", SOON);
  }

  private static void handedOn(Stage stage) throws Exception {
    Pair pair = Pair.MES;
    String number = "13800000007";
    stage.phoneAt(number, PhoneBehaviour.answers(Duration.ofSeconds(1)));
    AgentDesk first = stage.ready(pair.agent(), pair.desk());
    AgentDesk second = stage.ready(pair.other(), pair.otherDesk());
    StagedCall call = stage.click(first, number);
    call.awaitPhase("talking", Duration.ofSeconds(15));
    // Until the two are joined, a moment behind the answer, the gateway refuses to hand on.
    call.stays("talking", Duration.ofSeconds(1));
    first.command("transfer", call.id(), "toAgent", pair.other());
    call.await(
        "the second agent talks",
        Pair.TO_TALK,
        view -> Pair.has(view, "transferred-to", pair.otherPhone(), "connected"));
    first.awaitState("ready", SOON);
    second.awaitState("busy", SOON);
    stage.house().testbed().hangUpPhone(pair.otherPhone());
    CallOnRecord record = call.record();
    Expect.equal("outcome", "answered", record.outcome());
    PartsOnRecord parts = call.parts().addsUp();
    Expect.equal(
        "parts",
        List.of(
            "caller %s agent %s left".formatted(pair.phone(), pair.agent()),
            "called " + number + " left",
            pair.otherLeft("transferred-to")),
        parts.inWords());
    second.awaitState("ready", SOON);
  }

  private static void pickUp(Stage stage) throws Exception {
    Pair pair = Pair.GZ;
    stage.phone(pair.agent(), new PhoneBehaviour.NeverAnswers());
    AgentDesk rung = stage.ready(pair.agent(), pair.desk());
    AgentDesk colleague = stage.ready(pair.other(), pair.otherDesk());
    StagedCall call = pair.call(stage);
    call.awaitPhase("ringing", Pair.TO_TALK);
    Expect.equal("one's own", "your-phone-rings", rung.refused("pickUp", call.id()));
    colleague.command("pickUp", call.id());
    CallView talks = call.awaitPhase("talking", SOON);
    Expect.equal("who talks", Optional.of(pair.other()), talks.agent());
    colleague.awaitState("busy", SOON);
    Expect.equal("state of whom it rang", "ready", rung.state());
    call.stays("talking", Duration.ofSeconds(2));
    call.hangUp();
    CallOnRecord record = call.record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("agent", Optional.of(pair.other()), record.agent());
    Expect.equal("visits", List.of(pair.queue() + "=answered"), record.visitOutcomes());
    PartsOnRecord parts = call.parts().addsUp();
    Expect.equal(
        "parts",
        List.of(
            pair.callerLeft(),
            "queue-agent %s agent %s picked-up".formatted(pair.phone(), pair.agent()),
            pair.otherLeft("queue-agent")),
        parts.inWords());
    colleague.awaitNot("busy", SOON);
  }

  private static void pickUpTransfer(Stage stage) throws Exception {
    Pair pair = Pair.MZ;
    Talk talk = pair.talk(stage);
    stage.phone(pair.other(), new PhoneBehaviour.NeverAnswers());
    talk.other();
    AgentDesk colleague = stage.ready("1011", "sg");
    talk.command("transfer", "toAgent", pair.other());
    talk.await("transferred-to", pair.otherPhone(), "alerting");
    colleague.command("pickUp", talk.call().id());
    talk.await("transferred-to", colleague.extension(), "connected");
    colleague.awaitState("busy", SOON);
    talk.call().hangUp();
    talk.call().record();
    talk.expectParts(
        pair.otherWas("transferred-to", "picked-up"),
        "transferred-to %s agent 1011 left".formatted(colleague.extension()));
    colleague.awaitNot("busy", SOON);
  }
}
