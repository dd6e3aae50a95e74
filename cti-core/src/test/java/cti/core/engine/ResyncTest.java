package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.QUEUE;
import static cti.core.engine.EngineWorld.channel;
import static cti.core.engine.EngineWorld.member;
import static cti.core.engine.EngineWorld.present;
import static cti.core.engine.EngineWorld.served;
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
import cti.core.call.RingAttempt;
import cti.core.call.RingOutcome;
import cti.core.engine.GatewayInput.ChannelFacts;
import cti.core.engine.GatewayInput.MemberFacts;
import cti.core.engine.GatewayInput.WaitingFacts;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.ServiceInitiated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a picture of the gateway makes of calls, agents and members. */
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

  /** Seen on a slow machine: a phone rang when the link was back, and its agent saw no caller. */
  @Test
  void phonesThatRingWhenTheLinkIsBackShowWhoCalls() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.linkLost();
    world.pass(Duration.ofSeconds(20));
    Instant joined = world.now.minusSeconds(12);
    Instant rang = world.now.minusSeconds(4);
    world.linkUp(
        List.of(
            present("1", "1", "PJSIP/ipoffice-1", "", world.now.minusSeconds(15)),
            present("leg", "1", "Local/8001@cti-agents-1;1", "", rang),
            present("leg-2", "1", "Local/8001@cti-agents-1;2", "", rang),
            present("phone", "1", "PJSIP/ipoffice-2", "", rang)),
        List.of(new WaitingFacts(channel("1"), QUEUE, 1, joined)),
        List.of());
    RingAttempt ring = world.call("1").visits().getFirst().attempts().getFirst();
    assertEquals(Optional.of(AGENT), ring.agent());
    assertEquals(rang, ring.startedAt());
    assertEquals(CallPhase.RINGING, world.call("1").phase());
    world.answers("1", "leg", PHONE);
    assertEquals(1, world.call("1").visits().getFirst().attempts().size());
    assertEquals(AgentState.BUSY, world.state(AGENT));
  }

  /** The leg of a talk before this wait is no offer of it. */
  @Test
  void aLegOfBeforeTheWaitIsNoRing() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.linkLost();
    world.pass(Duration.ofSeconds(60));
    world.linkUp(
        List.of(
            present("1", "1", "PJSIP/ipoffice-1", "", world.now.minusSeconds(55)),
            present("leg", "1", "Local/8001@cti-agents-1;1", "", world.now.minusSeconds(40))),
        List.of(new WaitingFacts(channel("1"), QUEUE, 1, world.now.minusSeconds(1))),
        List.of());
    assertEquals(List.of(), world.call("1").visits().getFirst().attempts());
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
}
