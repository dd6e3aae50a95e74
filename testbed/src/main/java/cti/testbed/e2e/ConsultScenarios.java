package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.client.CallView;
import cti.testbed.e2e.Pair.Talk;
import cti.testbed.gateway.PhoneBehaviour;
import java.time.Duration;
import java.util.List;

/** Somebody is asked while the caller is on hold: handed over, taken back, all together. */
final class ConsultScenarios {
  private static final Duration SOON = Pair.SOON;

  private ConsultScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "attended transfer to an agent", Pair.PROJECT.claims(), ConsultScenarios::toAgent),
        Scenario.of("attended transfer to a desk", Pair.ERP.claims(), ConsultScenarios::toDesk),
        Scenario.of("attended transfer outside", Pair.MES.claims(), ConsultScenarios::outside),
        Scenario.of(
            "attended transfer by hanging up the phone",
            Pair.GZ.claims(),
            ConsultScenarios::byHangingUp),
        Scenario.of("consult and take back", Pair.MZ.claims(), ConsultScenarios::takeBack),
        Scenario.of("conference of three", Pair.GZ.claims(), ConsultScenarios::conference),
        Scenario.of(
            "whoever is consulted does not answer: back to the caller",
            Pair.ERP.claims(),
            ConsultScenarios::noAnswer),
        Scenario.of(
            "whoever is consulted hangs up: back to the caller",
            Pair.MES.claims(),
            ConsultScenarios::consultedLeaves),
        Scenario.of(
            "the caller hangs up while the agent consults",
            Pair.PROJECT.claims(),
            ConsultScenarios::callerLeaves));
  }

  private static void toAgent(Stage stage) throws Exception {
    Pair pair = Pair.PROJECT;
    Talk talk = pair.talk(stage);
    AgentDesk second = talk.consultOther();
    CallView asked = talk.call().awaitPhase("on-hold", SOON);
    Expect.that("the agent holds", Pair.has(asked, "queue-agent", pair.phone(), "held"), asked);
    second.awaitState("busy", SOON);
    talk.call().stays("on-hold", Duration.ofSeconds(2));
    talk.command("completeTransfer");
    talk.await("transferred-to", pair.otherPhone(), "connected");
    talk.call().awaitPhase("talking", SOON);
    talk.agent().awaitState("working-after-call", SOON);
    talk.call().stays("talking", Duration.ofSeconds(2));
    talk.call().hangUp();
    CallOnRecord record = talk.call().record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("number", pair.caller(), record.number());
    talk.expectParts(pair.otherLeft("transferred-to"));
    second.awaitNot("busy", SOON);
  }

  private static void toDesk(Stage stage) throws Exception {
    Pair pair = Pair.ERP;
    Talk talk = pair.talk(stage);
    AgentDesk second = talk.other();
    talk.command("consult", "toDesk", pair.otherDesk());
    talk.await("consulted", pair.otherPhone(), "connected");
    second.awaitState("busy", SOON);
    talk.command("completeTransfer");
    talk.await("transferred-to", pair.otherPhone(), "connected");
    talk.agent().awaitState("working-after-call", SOON);
    talk.call().hangUp();
    CallOnRecord record = talk.call().record();
    Expect.equal(
        "visits",
        List.of(pair.queue() + "=answered", pair.otherQueue() + "=answered"),
        record.visitOutcomes());
    talk.expectParts(pair.otherLeft("transferred-to"));
    second.awaitState("working-after-call", SOON);
  }

  private static void outside(Stage stage) throws Exception {
    Pair pair = Pair.MES;
    String number = "13800000003";
    stage.phoneAt(number, PhoneBehaviour.answers(Duration.ofSeconds(1)));
    Talk talk = pair.talk(stage);
    talk.command("consult", "toNumber", number);
    talk.await("consulted", number, "connected");
    talk.command("completeTransfer");
    talk.await("transferred-to", number, "connected");
    talk.agent().awaitState("working-after-call", SOON);
    talk.call().stays("talking", Duration.ofSeconds(1));
    talk.call().hangUp();
    talk.call().record();
    talk.expectParts("transferred-to " + number + " left");
  }

  private static void byHangingUp(Stage stage) throws Exception {
    Pair pair = Pair.GZ;
    Talk talk = pair.talk(stage);
    AgentDesk second = talk.consultOther();
    stage.house().testbed().hangUpPhone(pair.phone());
    talk.await("transferred-to", pair.otherPhone(), "connected");
    talk.agent().awaitState("working-after-call", SOON);
    Expect.equal("state of whom it was handed to", "busy", second.state());
    talk.call().stays("talking", Duration.ofSeconds(1));
    talk.call().hangUp();
    talk.call().record();
    talk.expectParts(pair.otherLeft("transferred-to"));
  }

  private static void takeBack(Stage stage) throws Exception {
    Pair pair = Pair.MZ;
    Talk talk = pair.talk(stage);
    AgentDesk second = talk.consultOther();
    talk.command("retrieve");
    talk.call().awaitPhase("talking", SOON);
    second.awaitState("ready", SOON);
    Expect.equal("state of the agent", "busy", talk.agent().state());
    talk.call().stays("talking", Duration.ofSeconds(2));
    talk.call().hangUp();
    talk.call().record();
    talk.expectParts(pair.otherLeft("consulted"));
    talk.agent().awaitState("working-after-call", SOON);
  }

  private static void conference(Stage stage) throws Exception {
    Pair pair = Pair.GZ;
    Talk talk = pair.talk(stage);
    AgentDesk second = talk.consultOther();
    talk.command("conference");
    talk.await("conferenced", pair.otherPhone(), "connected");
    CallView three = talk.call().awaitPhase("talking", SOON);
    Expect.that(
        "the first agent is in it",
        Pair.has(three, "queue-agent", pair.phone(), "connected"),
        three);
    talk.call().stays("talking", Duration.ofSeconds(2));
    stage.house().testbed().hangUpPhone(pair.phone());
    talk.agent().awaitState("working-after-call", SOON);
    Expect.equal("state of the second agent", "busy", second.state());
    talk.call().stays("talking", Duration.ofSeconds(2));
    talk.call().hangUp();
    talk.call().record();
    talk.expectParts(pair.otherLeft("conferenced"));
    second.awaitNot("busy", SOON);
  }

  private static void noAnswer(Stage stage) throws Exception {
    Pair pair = Pair.ERP;
    Talk talk = pair.talk(stage);
    stage.phone(pair.other(), new PhoneBehaviour.Rejects());
    AgentDesk second = talk.other();
    talk.command("consult", "toAgent", pair.other());
    talk.call().awaitPhase("on-hold", SOON);
    talk.call().awaitPhase("talking", SOON);
    Expect.equal("state of the agent", "busy", talk.agent().state());
    talk.call().stays("talking", Duration.ofSeconds(1));
    talk.call().hangUp();
    talk.call().record();
    talk.expectParts(pair.otherWas("consulted", "rejected"));
    Expect.equal("state of whom it rang", "ready", second.state());
  }

  private static void consultedLeaves(Stage stage) throws Exception {
    Pair pair = Pair.MES;
    stage.phone(pair.other(), PhoneBehaviour.answers(Duration.ofSeconds(1), Duration.ofSeconds(2)));
    Talk talk = pair.talk(stage);
    AgentDesk second = talk.consultOther();
    talk.call().awaitPhase("talking", SOON);
    second.awaitState("ready", SOON);
    Expect.equal("state of the agent", "busy", talk.agent().state());
    talk.call().hangUp();
    talk.call().record();
    talk.expectParts(pair.otherLeft("consulted"));
  }

  private static void callerLeaves(Stage stage) throws Exception {
    Pair pair = Pair.PROJECT;
    Talk talk = pair.talk(stage);
    AgentDesk second = talk.consultOther();
    talk.call().hangUp();
    talk.call().awaitPhase("ending", SOON);
    // The two talk on: about the caller, to each other.
    talk.call().stays("ending", Duration.ofSeconds(2));
    Expect.equal("state of the agent", "busy", talk.agent().state());
    Expect.equal("state of whom was asked", "busy", second.state());
    stage.house().testbed().hangUpPhone(pair.phone());
    talk.agent().awaitState("working-after-call", SOON);
    second.awaitState("ready", SOON);
    CallOnRecord record = talk.call().record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("cleared by", "caller", record.clearedBy());
    talk.expectParts(pair.otherLeft("consulted"));
  }
}
