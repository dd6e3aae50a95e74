package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.e2e.Pair.Talk;
import cti.testbed.gateway.PhoneBehaviour;
import java.time.Duration;
import java.util.List;

/** Who is on hold, by command and by the phone's own key, and who leaves meanwhile. */
final class HoldScenarios {
  private static final Duration SOON = Pair.SOON;

  private HoldScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "hold and retrieve by command", Pair.PROJECT.claims(), HoldScenarios::byCommand),
        Scenario.of(
            "retrieve before the hold is complete", Pair.PROJECT.claims(), HoldScenarios::atOnce),
        Scenario.of(
            "hold and retrieve at the phone itself", Pair.ERP.claims(), HoldScenarios::byPhone),
        Scenario.of("the caller hangs up on hold", Pair.MES.claims(), HoldScenarios::callerLeaves),
        Scenario.of(
            "the agent's phone hangs up on hold", Pair.GZ.claims(), HoldScenarios::phoneHangsUp),
        Scenario.of("hang up by command", Pair.MZ.claims(), HoldScenarios::hangUp),
        Scenario.of(
            "commands that make no sense are refused", Pair.MZ.claims(), HoldScenarios::refusals));
  }

  private static void byCommand(Stage stage) throws Exception {
    Talk talk = Pair.PROJECT.talk(stage);
    talk.command("hold");
    talk.call().awaitPhase("on-hold", SOON);
    talk.await("queue-agent", Pair.PROJECT.phone(), "held");
    Expect.equal("state on hold", "busy", talk.agent().state());
    Expect.equal("hold twice", "wrong-state", talk.refused("hold"));
    Expect.equal(
        "transfer on hold", "wrong-state", talk.refused("transfer", "toNumber", Pair.OUTSIDE));
    Expect.equal("complete with nobody", "nobody-consulted", talk.refused("completeTransfer"));
    talk.call().stays("on-hold", Duration.ofSeconds(3));
    talk.command("retrieve");
    talk.call().awaitPhase("talking", SOON);
    Expect.equal("retrieve twice", "wrong-state", talk.refused("retrieve"));
    talk.call().stays("talking", Duration.ofSeconds(2));
    talk.call().hangUp();
    CallOnRecord record = talk.call().record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("cleared by", "caller", record.clearedBy());
    PartsOnRecord parts = talk.expectParts();
    PartsOnRecord.about("hold", 3, parts.hold());
    PartsOnRecord.about("hold of the agent", 3, parts.parts().getLast().hold());
    talk.agent().awaitState("working-after-call", SOON);
    Expect.that(
        "Held and Retrieved were pushed",
        talk.call().pushed().containsAll(List.of("Held", "Retrieved")),
        talk.call().pushed());
  }

  private static void atOnce(Stage stage) throws Exception {
    Talk talk = Pair.PROJECT.talk(stage);
    talk.command("hold");
    talk.command("retrieve");
    Expect.equal("retrieve twice", "wrong-state", talk.refused("retrieve"));
    talk.call().awaitPushed("Retrieved", 1, SOON);
    talk.call().awaitPhase("talking", SOON);
    talk.call().stays("talking", Duration.ofSeconds(2));
    talk.command("hold");
    talk.call().awaitPhase("on-hold", SOON);
    talk.command("retrieve");
    talk.call().awaitPhase("talking", SOON);
    talk.call().hangUp();
    CallOnRecord record = talk.call().record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("cleared by", "caller", record.clearedBy());
    talk.expectParts();
  }

  private static void byPhone(Stage stage) throws Exception {
    Pair pair = Pair.ERP;
    stage.phone(
        pair.agent(),
        new PhoneBehaviour.Holds(
            Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)));
    Talk talk = pair.talk(stage);
    talk.call().awaitPhase("on-hold", SOON);
    Expect.equal("retrieve for the phone", "held-by-phone", talk.refused("retrieve"));
    talk.call().awaitPhase("talking", SOON);
    talk.call().hangUp();
    talk.call().record();
    PartsOnRecord.about("hold", 4, talk.expectParts().hold());
  }

  private static void callerLeaves(Stage stage) throws Exception {
    Talk talk = Pair.MES.talk(stage);
    talk.command("hold");
    talk.call().awaitPhase("on-hold", SOON);
    talk.call().hangUp();
    CallOnRecord record = talk.call().record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("cleared by", "caller", record.clearedBy());
    talk.agent().awaitState("working-after-call", SOON);
    talk.expectParts();
  }

  private static void phoneHangsUp(Stage stage) throws Exception {
    Talk talk = Pair.GZ.talk(stage);
    talk.command("hold");
    talk.call().awaitPhase("on-hold", SOON);
    stage.house().testbed().hangUpPhone(Pair.GZ.phone());
    CallOnRecord record = talk.call().record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("cleared by", "agent", record.clearedBy());
    talk.agent().awaitState("working-after-call", SOON);
    talk.expectParts();
  }

  private static void hangUp(Stage stage) throws Exception {
    Talk talk = Pair.MZ.talk(stage);
    talk.command("hangUp");
    CallOnRecord record = talk.call().record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("cleared by", "agent", record.clearedBy());
    talk.call().parts().addsUp();
    talk.agent().awaitState("working-after-call", SOON);
  }

  private static void refusals(Stage stage) throws Exception {
    Pair pair = Pair.MZ;
    AgentDesk idle = stage.ready(pair.other(), pair.otherDesk());
    Expect.equal("no call", "no-such-call", idle.refused("hold", "gw1:1"));
    Expect.equal("no number", "bad-number", ask(idle, "dial", "number", "12ab"));
    Expect.equal("the own number", "bad-number", ask(idle, "dial", "number", pair.otherPhone()));
    Talk talk = pair.talk(stage);
    Expect.equal("another's call", "not-your-call", idle.refused("hold", talk.call().id()));
    Expect.equal("pick-up of a talk", "not-ringing", idle.refused("pickUp", talk.call().id()));
    Expect.equal("not held", "wrong-state", talk.refused("retrieve"));
    Expect.equal("nobody consulted", "nobody-consulted", talk.refused("completeTransfer"));
    Expect.equal("no conference", "nobody-consulted", talk.refused("conference"));
    Expect.equal("no such desk", "no-such-desk", talk.refused("transfer", "toDesk", "nowhere"));
    Expect.equal("agent away", "target-away", talk.refused("transfer", "toAgent", "1002"));
    Expect.equal("oneself", "target-away", talk.refused("consult", "toAgent", pair.agent()));
    Expect.equal("bad number", "bad-number", talk.refused("consult", "toNumber", "1"));
    Expect.equal("dial in a talk", "busy", ask(talk.agent(), "dial", "number", Pair.OUTSIDE));
    talk.call().stays("talking", Duration.ofSeconds(1));
    talk.call().hangUp();
    talk.call().record();
    idle.logOff();
    Expect.equal("logged off", "not-logged-on", ask(idle, "dial", "number", Pair.OUTSIDE));
  }

  private static String ask(AgentDesk agent, String command, String... more)
      throws InterruptedException {
    return agent.refused(command, "", more);
  }
}
