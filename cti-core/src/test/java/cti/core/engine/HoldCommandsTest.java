package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.SECOND_AGENT;
import static cti.core.engine.EngineWorld.callId;
import static cti.core.engine.EngineWorld.channel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.CallPhase;
import cti.core.call.ClearedBy;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Hold and retrieve by command. The gateway holds in two steps (the transcripts have them some 60
 * ms apart): Hold of the agent's channel, then a leg into [cti-hold] and the agent's channel in one
 * bridge with it.
 */
class HoldCommandsTest extends TalkFixture {
  private static final CallCommand HOLD = new CallCommand.Hold(AGENT, callId("1"));
  private static final CallCommand RETRIEVE = new CallCommand.Retrieve(AGENT, callId("1"));
  private static final GatewayAction TO_HOLD =
      new GatewayAction.Consult(GATEWAY, channel("leg"), "cti-hold", "1", "");
  private static final GatewayAction KEY =
      new GatewayAction.ConsultAgain(GATEWAY, channel("leg"), "1");
  private static final GatewayAction BACK =
      new GatewayAction.CancelConsult(GATEWAY, channel("leg"));

  private int before;

  @BeforeEach
  void theyTalk() {
    talk();
    before = world.actions().size();
  }

  @Test
  void retrievedRightAfterTheHoldTheyAreBackAsSoonAsItIsComplete() {
    accepted(HOLD);
    accepted(RETRIEVE);
    assertEquals(List.of(TO_HOLD), asked());
    world.holds("leg");
    silence();
    assertEquals(List.of(TO_HOLD), asked());
    world.bridged("leg", "silence");
    assertEquals(List.of(TO_HOLD, BACK), asked());
    world.retrieves("leg");
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    timeIsUp();
    assertEquals(List.of(TO_HOLD, BACK), asked());
    assertEquals(List.of(), warnings());
  }

  @Test
  void retrievedBetweenTheTwoStepsTheyAreBackAsSoonAsItIsComplete() {
    accepted(HOLD);
    world.holds("leg");
    accepted(RETRIEVE);
    assertEquals(List.of(TO_HOLD), asked());
    silence();
    world.bridged("leg", "silence");
    assertEquals(List.of(TO_HOLD, BACK), asked());
  }

  @Test
  void aConsultationIsLeftAsSoonAsItCanBe() {
    accepted(new CallCommand.Consult(AGENT, callId("1"), toSecondAgent()));
    accepted(RETRIEVE);
    world.holds("leg");
    consultationLegs();
    world.bridged("leg", "consultation");
    assertEquals(BACK, world.actions().getLast());
  }

  @Test
  void retrievedTwiceTheGatewayIsAskedOnce() {
    accepted(HOLD);
    accepted(RETRIEVE);
    refused("wrong-state", RETRIEVE, "retrieved already");
    world.holds("leg");
    silence();
    world.bridged("leg", "silence");
    refused("wrong-state", RETRIEVE, "retrieved already");
    assertEquals(List.of(TO_HOLD, BACK), asked());
    world.retrieves("leg");
    refused("wrong-state", RETRIEVE, "connected");
  }

  @Test
  void aHoldThatIsCompleteIsRetrievedAtOnceAndOnce() {
    held();
    accepted(RETRIEVE);
    assertEquals(List.of(TO_HOLD, BACK), asked());
    refused("wrong-state", RETRIEVE, "retrieved already");
    world.retrieves("leg");
    timeIsUp();
    assertEquals(List.of(TO_HOLD, BACK), asked());
    assertEquals(List.of(), warnings());
  }

  /** Found by a machine out of breath: the gateway said Success, and the caller stayed on hold. */
  @Test
  void whoIsNotBackIsCalledBackAgainAndAtLastGivenUp() {
    held();
    accepted(RETRIEVE);
    timeIsUp();
    assertEquals(List.of(TO_HOLD, BACK, BACK), asked());
    assertTrue(warnings().getLast().contains("asked again"), warnings().getLast());
    refused("wrong-state", RETRIEVE, "retrieved already");
    timeIsUp();
    timeIsUp();
    assertEquals(List.of(TO_HOLD, BACK, BACK, BACK), asked());
    assertTrue(warnings().getLast().contains("given up after 3 times"), warnings().getLast());
    accepted(RETRIEVE);
  }

  @Test
  void whoIsBeingPutOnHoldIsNotHeldNorHandedOnASecondTime() {
    accepted(HOLD);
    refused("wrong-state", HOLD, "being put on hold");
    refused(
        "wrong-state",
        new CallCommand.TransferBlind(AGENT, callId("1"), toSecondAgent()),
        "being put on hold");
    refused(
        "wrong-state",
        new CallCommand.Consult(AGENT, callId("1"), toSecondAgent()),
        "being put on hold");
    assertEquals(List.of(TO_HOLD), asked());
    world.holds("leg");
    silence();
    world.bridged("leg", "silence");
    refused("wrong-state", HOLD, "held");
  }

  @Test
  void anAgentWhoHangsUpBetweenTakesNobodyBack() {
    accepted(HOLD);
    accepted(RETRIEVE);
    world.holds("leg");
    world.hangsUp("leg-line");
    gone("leg-line");
    silence();
    gone("leg", "leg-2");
    gone("1", "x", "x-2");
    timeIsUp();
    assertTrue(asked().stream().noneMatch(BACK::equals), asked().toString());
    assertEquals(List.of(), warnings());
    assertEquals(ClearedBy.AGENT, world.ending("1").by());
  }

  @Test
  void aCallerWhoHangsUpBetweenIsNotTakenBack() {
    accepted(HOLD);
    accepted(RETRIEVE);
    world.holds("leg");
    world.abandons("1");
    gone("leg", "leg-2", "leg-line");
    timeIsUp();
    assertEquals(List.of(TO_HOLD), asked());
    assertEquals(List.of(), warnings());
    assertEquals(ClearedBy.CALLER, world.ending("1").by());
  }

  @Test
  void aHoldThatTheGatewayRefusesLeavesThemTalking() {
    accepted(HOLD);
    accepted(RETRIEVE);
    world.tell(new GatewayInput.ActionFailed(GATEWAY, world.now, TO_HOLD, "no channel", true));
    refused("wrong-state", RETRIEVE, "connected");
    accepted(HOLD);
    assertEquals(List.of(TO_HOLD, TO_HOLD), asked());
  }

  @Test
  void aHoldThatNeverComesIsGivenUpAndSaidSo() {
    accepted(HOLD);
    accepted(RETRIEVE);
    timeIsUp();
    assertEquals(1, warnings().size());
    assertTrue(warnings().getFirst().contains("leg within 3 s"), warnings().getFirst());
    refused("wrong-state", RETRIEVE, "connected");
    accepted(HOLD);
  }

  @Test
  void aHoldWithoutItsSecondStepIsThePhonesAfterThreeSeconds() {
    accepted(HOLD);
    world.holds("leg");
    accepted(RETRIEVE);
    timeIsUp();
    refused("held-by-phone", RETRIEVE, "retrieve it there");
    assertEquals(List.of(TO_HOLD), asked());
  }

  /** Seen on a slow machine: the caller on hold for 20 s, and nobody asked. */
  @Test
  void theLastKeyOfAHoldThatGetsLostIsPressedAgain() {
    accepted(HOLD);
    world.holds("leg");
    aSecondPasses();
    assertEquals(List.of(TO_HOLD, KEY), asked());
    assertTrue(warnings().getLast().contains("channel leg on hold"), warnings().getLast());
    aSecondPasses();
    assertEquals(List.of(TO_HOLD, KEY, KEY), asked());
    accepted(RETRIEVE);
    silence();
    world.bridged("leg", "silence");
    assertEquals(List.of(TO_HOLD, KEY, KEY, BACK), asked());
    world.retrieves("leg");
    aSecondPasses();
    assertEquals(List.of(TO_HOLD, KEY, KEY, BACK), asked());
  }

  @Test
  void aKeyIsPressedForThreeSecondsAtMost() {
    accepted(HOLD);
    world.holds("leg");
    for (int second = 0; second < 5; second++) {
      aSecondPasses();
    }
    assertEquals(List.of(TO_HOLD, KEY, KEY), asked());
  }

  @Test
  void noKeyIsPressedWhereNobodyIsOnHoldYetOrALegIsThere() {
    accepted(HOLD);
    aSecondPasses();
    world.holds("leg");
    silence();
    aSecondPasses();
    world.bridged("leg", "silence");
    aSecondPasses();
    assertEquals(List.of(TO_HOLD), asked());
  }

  private void aSecondPasses() {
    world.pass(HoldsUnderway.KEY_LOST);
    world.fireTimers();
  }

  @Test
  void aHoldOfThePhoneIsRetrievedThere() {
    world.holds("leg");
    refused("held-by-phone", RETRIEVE, "retrieve it there");
  }

  /** What was under way when the link was lost is what the gateway shows then. */
  @Test
  void theLinkLostMeanwhileNothingWaitsAnyMore() {
    accepted(HOLD);
    accepted(RETRIEVE);
    world.linkLost();
    timeIsUp();
    assertEquals(List.of(), warnings());
  }

  private static CallCommand.Target toSecondAgent() {
    return new CallCommand.Target.ToAgent(SECOND_AGENT);
  }

  private void held() {
    accepted(HOLD);
    world.holds("leg");
    silence();
    world.bridged("leg", "silence");
  }

  private void timeIsUp() {
    world.pass(HoldsUnderway.LONGEST);
    world.fireTimers();
  }

  private void accepted(CallCommand command) {
    assertEquals(new Reply.Accepted(), world.tell(command).reply().orElseThrow());
  }

  private void refused(String id, CallCommand command, String mentioned) {
    Reply.Refusal refusal =
        assertInstanceOf(Reply.Refusal.class, world.tell(command).reply().orElseThrow());
    assertEquals(id, refusal.id());
    assertTrue(refusal.message().contains(mentioned), refusal.message());
  }

  private List<GatewayAction> asked() {
    return world.actions().subList(before, world.actions().size());
  }

  private List<String> warnings() {
    return world.effects.stream()
        .filter(Effect.Warn.class::isInstance)
        .map(effect -> ((Effect.Warn) effect).message())
        .toList();
  }
}
