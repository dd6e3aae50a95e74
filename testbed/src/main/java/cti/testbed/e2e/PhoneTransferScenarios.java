package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.e2e.Pair.Talk;
import cti.testbed.gateway.PhoneBehaviour;
import java.time.Duration;
import java.util.List;

/** Transfers that agents make at the phone, without cti-server's help. */
final class PhoneTransferScenarios {
  private static final Duration SOON = Pair.SOON;
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private PhoneTransferScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "blind transfer by the phone's keys",
            Pair.PROJECT.claims(),
            s -> blind(s, keys("##"), StagedCall::record)),
        Scenario.of(
            "attended transfer by the phone's keys",
            Pair.ERP.claims(),
            PhoneTransferScenarios::attended),
        Scenario.of(
            "whoever is asked by the phone's keys is busy: back to the caller",
            Pair.MZ.claims(),
            PhoneTransferScenarios::askedInVain),
        Scenario.of(
            "transfer by the phone's switch (REFER)",
            Pair.PROJECT.claims(),
            s ->
                blind(
                    s,
                    new PhoneBehaviour.Refers(
                        AT_ONCE, Duration.ofSeconds(3), Pair.PROJECT.otherPhone()),
                    // The queue goes on with the same leg, and takes the next phone for the agent.
                    StagedCall::recordBesideTheLog)));
  }

  private static PhoneBehaviour keys(String code) {
    return new PhoneBehaviour.Presses(
        AT_ONCE, Duration.ofSeconds(3), code + Pair.PROJECT.otherPhone());
  }

  /** How the record is read. */
  @FunctionalInterface
  private interface Reading {
    CallOnRecord of(StagedCall call) throws Exception;
  }

  private static void blind(Stage stage, PhoneBehaviour how, Reading reading) throws Exception {
    Pair pair = Pair.PROJECT;
    stage.phone(pair.agent(), how);
    AgentDesk second = stage.ready(pair.other(), pair.otherDesk());
    Talk talk = pair.talk(stage);
    talk.await("transferred-to", pair.otherPhone(), "connected");
    talk.agent().awaitState("working-after-call", SOON);
    second.awaitState("busy", SOON);
    talk.call().stays("talking", Duration.ofSeconds(2));
    talk.call().hangUp();
    CallOnRecord record = reading.of(talk.call());
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("number", pair.caller(), record.number());
    talk.expectParts(pair.otherLeft("transferred-to"));
    second.awaitState("ready", SOON);
  }

  private static void attended(Stage stage) throws Exception {
    Pair pair = Pair.ERP;
    stage.phone(
        pair.agent(),
        new PhoneBehaviour.Presses(AT_ONCE, Duration.ofSeconds(3), "*2w" + pair.otherPhone()));
    AgentDesk second = stage.ready(pair.other(), pair.otherDesk());
    Talk talk = pair.talk(stage);
    talk.await("consulted", pair.otherPhone(), "connected");
    talk.call().awaitPhase("on-hold", SOON);
    second.awaitState("busy", SOON);
    stage.house().testbed().hangUpPhone(pair.phone());
    talk.await("transferred-to", pair.otherPhone(), "connected");
    talk.agent().awaitState("working-after-call", SOON);
    talk.call().hangUp();
    talk.call().record();
    talk.expectParts(pair.otherLeft("transferred-to"));
  }

  /** The agent hears that it failed, and comes to no queue. */
  private static void askedInVain(Stage stage) throws Exception {
    Pair pair = Pair.MZ;
    stage.phone(
        pair.agent(),
        new PhoneBehaviour.Presses(AT_ONCE, Duration.ofSeconds(3), "*2w" + pair.otherPhone()));
    AgentDesk second = stage.ready(pair.other(), pair.otherDesk());
    stage.phone(pair.other(), new PhoneBehaviour.IsBusy());
    Talk talk = pair.talk(stage);
    talk.call().awaitPhase("on-hold", SOON);
    talk.call().awaitPhase("talking", SOON);
    Expect.equal("state of the agent", "busy", talk.agent().state());
    talk.call().stays("talking", Duration.ofSeconds(1));
    talk.call().hangUp();
    CallOnRecord record = talk.call().record();
    Expect.equal("visits", List.of(pair.queue() + "=answered"), record.visitOutcomes());
    talk.expectParts(pair.otherWas("consulted", "busy"));
    Expect.equal("state of whom it rang", "ready", second.state());
  }
}
