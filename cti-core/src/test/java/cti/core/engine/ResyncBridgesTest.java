package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.QUEUE;
import static cti.core.engine.EngineWorld.SECOND_AGENT;
import static cti.core.engine.EngineWorld.SECOND_PHONE;
import static cti.core.engine.EngineWorld.channel;
import static cti.core.engine.EngineWorld.present;
import static cti.core.engine.EngineWorld.served;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.agent.AgentState;
import cti.core.call.CallOutcome;
import cti.core.call.CallPhase;
import cti.core.call.QueueOutcome;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.engine.GatewayInput.ChannelFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whom a picture of the gateway finds together in a bridge. */
class ResyncBridgesTest {
  private final EngineWorld world = new EngineWorld();

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
            present("1", "1", "PJSIP/ipoffice-1", "", world.now),
            present("leg", "1", "Local/8001@cti-agents-leg;1", "", world.now)),
        List.of(new GatewayInput.WaitingFacts(channel("1"), QUEUE, 1, world.now)),
        List.of());
    world.bridged("1", "b");
    world.bridged("leg", "b");
    assertEquals(AgentState.BUSY, world.state(AGENT));
    world.abandons("1");
    world.gone("leg");
    assertEquals(CallOutcome.ANSWERED, world.ending("1").outcome());
    assertEquals(List.of(), world.missed());
  }

  /** The agent has answered their own phone; the number that they clicked is rung. */
  private void rungByClick() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.clicks("1", PHONE, "13900000009");
    world.dialEnds("1", "ANSWER");
    world.leg("1", "far", "PJSIP/ipoffice-far");
    world.dialled("1", "far", "13900000009");
  }

  /** The dial's own word of the answer is lost with the link; who is in a bridge has answered. */
  @Test
  void aPhoneInABridgeHasAnswered() {
    rungByClick();
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
    rungByClick();
    world.dialEnds("far", "ANSWER");
    world.hangsUp("far");
    world.linkLost();
    world.linkUp(
        List.of(
            present("1", "1", "Local/8001*13900000009@cti-click-1;1", "b", world.now),
            present("far", "1", "PJSIP/ipoffice-far", "b", world.now)),
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
}
