package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.QUEUE;
import static cti.core.engine.EngineWorld.SECOND_AGENT;
import static cti.core.engine.EngineWorld.SECOND_PHONE;
import static cti.core.engine.EngineWorld.channel;
import static cti.core.engine.EngineWorld.member;
import static cti.core.engine.EngineWorld.present;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.Agent;
import cti.core.agent.AgentState;
import cti.core.call.Call;
import cti.core.call.CallOutcome;
import cti.core.call.CallPhase;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.QueueOutcome;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.call.RingOutcome;
import cti.core.engine.GatewayInput.ChannelFacts;
import cti.core.engine.GatewayInput.MemberFacts;
import cti.core.engine.GatewayInput.WaitingFacts;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.id.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResyncTest {
  private static final MemberFacts BUSY_MEMBER =
      new MemberFacts(QUEUE, member(PHONE), true, true, "on-call", 0);
  private final EngineWorld world = new EngineWorld();

  @Test
  void aTalkThatGoesOnThroughARestartIsCompleteAndLive() {
    EngineWorld after = restartedInTalk();
    after.linkUp(
        List.of(
            present("1", "1", "PJSIP/ipoffice-1", "b1", after.now),
            present("2", "1", "Local/8001@cti-agents-2;1", "b1", after.now)),
        List.of(),
        List.of(BUSY_MEMBER));
    assertEquals(CallPhase.TALKING, after.call("1").phase());
    assertEquals(AgentState.BUSY, after.state(AGENT));
    assertEquals(List.of(), after.actions(), "nothing to put right");
    after.hangsUp("1");
    after.gone("2");
    after.gone("1");
    assertEquals(CallOutcome.ANSWERED, after.ending("1").outcome());
    assertEquals(ClearedBy.CALLER, after.ending("1").by());
    assertEquals(DataQuality.LIVE, after.ending("1").quality());
  }

  @Test
  void aCallThatEndedUnseenIsCountedAsLostTrackAndFreesItsAgent() {
    EngineWorld after = restartedInTalk();
    after.linkUp(List.of(), List.of(), List.of(BUSY_MEMBER));
    assertEquals(DataQuality.LOST_TRACK, after.ending("1").quality());
    assertEquals(CallOutcome.ANSWERED, after.ending("1").outcome());
    assertEquals(AgentState.WORKING_AFTER_CALL, after.state(AGENT));
    assertEquals(List.of(), after.missed());
  }

  @Test
  void aCallThatWasAnsweredUnseenIsFoundTalking() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.linkLost();
    world.pass(Duration.ofSeconds(20));
    world.linkUp(
        List.of(
            present("1", "1", "PJSIP/ipoffice-1", "b1", world.now),
            present("9", "1", "Local/8001@cti-agents-9;1", "b1", world.now)),
        List.of(),
        List.of(new MemberFacts(QUEUE, member(PHONE), true, false, "", 0)));
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    assertEquals(DataQuality.RECOVERED, world.call("1").quality());
    assertEquals(AgentState.BUSY, world.state(AGENT));
    assertEquals(
        new GatewayAction.PauseMember(GATEWAY, QUEUE, member(PHONE), true, "on-call"),
        world.actions().stream()
            .filter(GatewayAction.PauseMember.class::isInstance)
            .reduce((a, b) -> b)
            .orElseThrow(),
        "who talks is not offered the next call");
  }

  /** Seen behind a silent link: the gateway lists its channels in no order. */
  @Test
  void inAConferenceThatWasNeverSeenTheQueuesAgentIsWhoWasThereFirst() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.readyAgent(SECOND_AGENT, SECOND_PHONE);
    world.linkLost();
    world.pass(Duration.ofSeconds(20));
    ChannelFacts caller = present("1", "1", "PJSIP/ipoffice-1", "b1", world.now.minusSeconds(18));
    world.linkUp(
        List.of(
            served(caller, caller.context(), Optional.of(QUEUE)),
            present("7", "1", "Local/8002@cti-agents-7;1", "b1", world.now.minusSeconds(3)),
            present("5", "1", "Local/8001@cti-agents-5;1", "b1", world.now.minusSeconds(12))),
        List.of(),
        List.of());
    assertEquals(
        List.of(Optional.of(AGENT)),
        world.call("1").visits().stream()
            .flatMap(visit -> visit.attempts().stream())
            .map(RingAttempt::agent)
            .toList());
    assertEquals(AgentState.BUSY, world.state(SECOND_AGENT));
  }

  /** Seen behind a cut link: answered, and handed on by the phone, while nobody looked. */
  @Test
  void whoTheCallerWasHandedOnToUnseenIsNoAgentOfTheQueue() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.readyAgent(SECOND_AGENT, SECOND_PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.linkLost();
    world.pass(Duration.ofSeconds(20));
    ChannelFacts caller = present("1", "1", "PJSIP/ipoffice-1", "b1", world.now.minusSeconds(30));
    world.linkUp(
        List.of(
            served(caller, "cti-transfer-agent", Optional.empty()),
            present("7", "1", "Local/8002@cti-agents-7;1", "b1", world.now.minusSeconds(3))),
        List.of(),
        List.of());
    QueueVisit visit = world.call("1").visits().getFirst();
    assertEquals(List.of(), visit.attempts());
    assertEquals(Optional.of(QueueOutcome.GATEWAY_LOST), visit.outcome());
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    assertEquals(AgentState.BUSY, world.state(SECOND_AGENT));
  }

  @Test
  void callersWhoCameWhileTheLinkWasAwayAreFoundWaiting() {
    world.linkUp();
    world.linkLost();
    assertFalse(world.engine.state().live(GATEWAY));
    world.linkUp(
        List.of(present("1", "1", "PJSIP/ipoffice-1", "", world.now.minusSeconds(9))),
        List.of(new WaitingFacts(channel("1"), QUEUE, 1, world.now.minusSeconds(5))),
        List.of());
    assertEquals(CallPhase.WAITING, world.call("1").phase());
    assertEquals(world.now.minusSeconds(5), world.call("1").visits().getFirst().enteredAt());
    assertEquals(DataQuality.RECOVERED, world.call("1").quality());
  }

  @Test
  void anythingToldAgainAfterTheSnapshotChangesNothing() {
    EngineWorld after = restartedInTalk();
    after.linkUp(
        List.of(
            present("1", "1", "PJSIP/ipoffice-1", "b1", after.now),
            present("2", "1", "Local/8001@cti-agents-2;1", "b1", after.now)),
        List.of(),
        List.of(BUSY_MEMBER));
    int events = after.events.size();
    after.dials("1");
    after.rings("1", "2", PHONE);
    after.answers("1", "2", PHONE);
    assertEquals(events, after.events.size());
  }

  @Test
  void aMemberThatNobodyIsLoggedOnForIsRemovedAndAStaticOneStays() {
    world.linkUp(
        List.of(),
        List.of(),
        List.of(
            new MemberFacts(QUEUE, member(PHONE), true, false, "", 0),
            new MemberFacts(QUEUE, member(EngineWorld.SECOND_PHONE), false, false, "", 0)));
    assertEquals(
        List.of(new GatewayAction.RemoveMember(GATEWAY, QUEUE, member(PHONE))), world.actions());
  }

  @Test
  void aWaitThatEndedUnseenIsCountedAndNotGuessed() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.linkLost();
    world.linkUp();
    assertEquals(CallOutcome.LOST_TRACK, world.ending("1").outcome());
    assertEquals(ClearedBy.UNKNOWN, world.ending("1").by());
    assertEquals(
        List.of(QueueOutcome.GATEWAY_LOST),
        world.of(QueueVisitEnded.class).stream().map(QueueVisitEnded::outcome).toList());
    assertEquals(
        List.of(RingOutcome.LOST_TRACK),
        world.of(Diverted.class).stream().map(Diverted::outcome).toList());
    assertEquals(List.of(), world.missed(), "an agent may have talked to the caller");
  }

  @Test
  void aCallerWhoLeftTheMenuUnseenIsCountedAndNotGuessed() {
    world.linkUp();
    world.dials("1");
    world.linkLost();
    world.linkUp();
    assertEquals(CallOutcome.LOST_TRACK, world.ending("1").outcome());
  }

  @Test
  void aWaitThatEndedUnseenLeavesNoPhoneRinging() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.linkLost();
    world.linkUp(
        List.of(
            present("1", "1", "PJSIP/ipoffice-1", "", world.now),
            present("2", "1", "Local/8001@cti-agents-2;1", "", world.now)),
        List.of(),
        List.of());
    assertEquals(CallPhase.ENDING, world.call("1").phase());
  }

  @Test
  void aTalkThatBeginsWhileTheSnapshotIsTakenIsOnRecord() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.linkLost();
    ChannelFacts caller = present("1", "1", "PJSIP/ipoffice-1", "", world.now);
    world.linkUp(
        List.of(
            served(caller, caller.context(), Optional.of(QUEUE)),
            present("2", "1", "Local/8001@cti-agents-2;1", "", world.now)),
        List.of(),
        List.of());
    world.answers("1", "2", PHONE);
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    assertEquals(AgentState.BUSY, world.state(AGENT));
  }

  @Test
  void whatIsLeftOfACallThatEndedBeginsItNoSecondTime() {
    world.linkUp();
    world.dials("1");
    world.linkLost();
    world.linkUp(
        List.of(present("7", "1", "PJSIP/ipoffice-7", "", world.now)), List.of(), List.of());
    assertEquals(1, world.of(ServiceInitiated.class).size());
    assertEquals(List.of(), List.copyOf(world.engine.state().calls()));
  }

  @Test
  void anAgentWhoLostASeatOrIsNoLongerOnFileHoldsNothingUp() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.readyAgent(EngineWorld.SECOND_AGENT, EngineWorld.SECOND_PHONE);
    world.tell(
        new CatalogInput.MasterReplaced(
            EngineWorld.DESKS, List.of(new Agent(AGENT, "员工0101", java.util.Map.of()))));
    world.linkLost();
    world.linkUp(
        List.of(), List.of(), List.of(new MemberFacts(QUEUE, member(PHONE), true, false, "", 0)));
    assertEquals(AgentState.LOGGED_OFF, world.state(EngineWorld.SECOND_AGENT));
    assertEquals(
        new GatewayAction.RemoveMember(GATEWAY, QUEUE, member(PHONE)), world.actions().getLast());
    assertEquals(Optional.empty(), world.engine.state().agentAt(EngineWorld.SECOND_PHONE));
  }

  @Test
  void aMemberOfAnotherMakingKeepsNoGatewayAway() {
    String tooLong = "Local/" + "8".repeat(21) + "@cti-agents/n";
    world.linkUp(
        List.of(present("1", "1", "Local/ @cti-agents-1;1", "b1", world.now)),
        List.of(),
        List.of(new MemberFacts(QUEUE, tooLong, true, false, "", 0)));
    assertTrue(world.engine.state().live(GATEWAY));
    assertEquals(List.of(), world.actions());
    world.linkLost();
    world.linkUp();
  }

  private EngineWorld restartedInTalk() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.answers("1", "2", PHONE);
    EngineWorld after = new EngineWorld(world.events);
    after.now = world.now.plusSeconds(10);
    after.linkLost();
    return after;
  }

  /** Cut between the answer and the bridge: the queue's word of the answer is never heard. */
  @Test
  void anAnswerBesideTheLinkIsKnownByTheBridge() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "leg", PHONE);
    world.linkLost();
    world.linkUp(
        List.of(
            EngineWorld.present("1", "1", "PJSIP/ipoffice-1", "", world.now),
            EngineWorld.present("leg", "1", "Local/8001@cti-agents-leg;1", "", world.now)),
        List.of(
            new GatewayInput.WaitingFacts(
                EngineWorld.channel("1"), EngineWorld.QUEUE, 1, world.now)),
        List.of());
    world.bridged("1", "b");
    world.bridged("leg", "b");
    assertEquals(AgentState.BUSY, world.state(AGENT));
    world.abandons("1");
    world.gone("leg");
    assertEquals(CallOutcome.ANSWERED, world.ending("1").outcome());
    assertEquals(List.of(), world.missed());
  }

  /** The dial's own word of the answer is lost with the link; who is in a bridge has answered. */
  @Test
  void aPhoneInABridgeHasAnswered() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.clicks("1", PHONE, "13900000009");
    world.dialEnds("1", "ANSWER");
    world.leg("1", "far", "PJSIP/ipoffice-far");
    world.dialled("1", "far", "13900000009");
    world.bridged("far", "b");
    world.bridged("1", "b");
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    world.hangsUp("far");
    world.gone("far");
    world.gone("1");
    world.gone("1-2");
    world.gone("1-phone");
    assertEquals(CallOutcome.ANSWERED, world.ending("1").outcome());
  }

  /** A phone's line may outlive its part in the call; the picture still has it in a bridge. */
  @Test
  void aPartThatEndedAndIsStillInTheBridgeStaysEnded() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.clicks("1", PHONE, "13900000009");
    world.dialEnds("1", "ANSWER");
    world.leg("1", "far", "PJSIP/ipoffice-far");
    world.dialled("1", "far", "13900000009");
    world.dialEnds("far", "ANSWER");
    world.hangsUp("far");
    world.linkLost();
    world.linkUp(
        List.of(
            EngineWorld.present("1", "1", "Local/8001*13900000009@cti-click-1;1", "b", world.now),
            EngineWorld.present("far", "1", "PJSIP/ipoffice-far", "b", world.now)),
        List.of(),
        List.of());
    world.gone("far");
    world.gone("1");
    assertEquals(CallOutcome.ANSWERED, world.ending("1").outcome());
    assertEquals(AgentState.READY, world.state(AGENT));
  }

  /** The phone's line comes into the bridge before the leg towards it: it is nobody's enquiry. */
  @Test
  void aPhoneAloneInABridgeIsNoFurtherPart() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.clicks("1", PHONE, "13900000009");
    int before = world.call("1").parts().size();
    world.linkLost();
    world.linkUp(
        List.of(
            present("1", "1", "Local/8001*13900000009@cti-click-1;1", "", world.now),
            present("1-2", "1", "Local/8001*13900000009@cti-click-1;2", "", world.now),
            present("1-phone", "1", "PJSIP/ipoffice-1", "b", world.now)),
        List.of(),
        List.of());
    assertEquals(before, world.call("1").parts().size());
  }

  /** A checkpoint of an older version, taken while the link was away, does not say so of calls. */
  @Test
  void theFirstLossAfterAStartSaysOfEveryCallThatItIsUnseen() {
    world.linkUp();
    world.dials("1");
    Instant lost = world.now;
    world.linkLost();
    LiveState.Memory kept = world.engine.state().memory();
    List<Call> older =
        kept.calls().stream()
            .map(
                call ->
                    new Call(
                        call.id(),
                        call.startedAt(),
                        call.origin(),
                        call.caller(),
                        call.connections(),
                        call.route(),
                        call.visits(),
                        call.parts(),
                        call.times(),
                        new Call.Ending(Optional.empty(), Optional.empty(), false, false, false),
                        call.quality()))
            .toList();
    EngineWorld after = new EngineWorld();
    after.pass(Duration.ofMinutes(3));
    after
        .engine
        .state()
        .restore(
            new LiveState.Memory(
                older,
                kept.callOfConnection(),
                kept.agents(),
                kept.agentAtExtension(),
                kept.gateways(),
                kept.recordings(),
                kept.callbacks(),
                kept.listenings(),
                kept.wishes(),
                kept.ended()));
    after.linkLost();
    assertTrue(after.call("1").ending().gap());
    assertEquals(lost, after.engine.state().gateways().iterator().next().since());
    after.linkLost();
    assertEquals(1, after.events.size(), "once");
  }

  @Test
  void aGatewayThatWasNeverThereIsNotLost() {
    world.linkLost();
    assertEquals(List.of(), world.events);
  }

  /** A caller's channel at a place of the dialplan, in a queue or in none. */
  private static ChannelFacts served(
      ChannelFacts caller, String context, Optional<QueueName> queue) {
    return new ChannelFacts(
        caller.channel(),
        caller.linked(),
        caller.name(),
        caller.callingNumber(),
        "",
        context,
        caller.dialled(),
        caller.bridge(),
        queue,
        caller.since());
  }
}
