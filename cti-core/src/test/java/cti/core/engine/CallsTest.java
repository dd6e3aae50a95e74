package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.DESK;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.QUEUE;
import static cti.core.engine.EngineWorld.SECOND_AGENT;
import static cti.core.engine.EngineWorld.SECOND_PHONE;
import static cti.core.engine.EngineWorld.STAFF;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.CallerIdentified;
import cti.core.event.CallEvent.FellBack;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.id.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallsTest {
  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void nothingIsLeft() {
    assertEquals(List.of(), List.copyOf(world.engine.state().calls()), "calls that never ended");
  }

  @Test
  void anAnsweredCallIsOnRecordFromRingToHangUp() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.pass(Duration.ofSeconds(3));
    world.rings("1", "2", PHONE);
    assertEquals(CallPhase.RINGING, world.call("1").phase());
    assertEquals(Optional.of(AGENT), world.call("1").agent());
    world.pass(Duration.ofSeconds(2));
    world.answers("1", "2", PHONE);
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    assertEquals(AgentState.BUSY, world.state(AGENT));
    world.pass(Duration.ofSeconds(60));
    world.hangsUp("1");
    world.gone("2");
    world.gone("1");

    assertEquals(CallOutcome.ANSWERED, world.ending("1").outcome());
    assertEquals(ClearedBy.CALLER, world.ending("1").by());
    assertEquals(DataQuality.LIVE, world.ending("1").quality());
    assertEquals(List.of(), world.missed());
    QueueVisitEnded visit = world.of(QueueVisitEnded.class).getFirst();
    assertEquals(QueueOutcome.ANSWERED, visit.outcome());
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(AGENT));
  }

  @Test
  void theAgentWhoHangsUpFirstIsNamed() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.answers("1", "2", PHONE);
    world.hangsUp("2");
    world.gone("2");
    world.gone("1");
    assertEquals(ClearedBy.AGENT, world.ending("1").by());
    assertEquals(1, world.of(TalkEnded.class).size());
  }

  @Test
  void aPhoneThatRangInVainDoesNotEndTheTalkOfAnother() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.readyAgent(SECOND_AGENT, SECOND_PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.rings("1", "3", SECOND_PHONE);
    world.answers("1", "3", SECOND_PHONE);
    world.hangsUp("2");
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    assertEquals(AgentState.BUSY, world.state(SECOND_AGENT));
    world.gone("2");
    world.hangsUp("3");
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(SECOND_AGENT));
    world.gone("3");
    world.gone("1");
    assertEquals(ClearedBy.AGENT, world.ending("1").by());
  }

  @Test
  void manyRingsThatNobodyAnswersAreOneMissedCall() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.readyAgent(SECOND_AGENT, SECOND_PHONE);
    world.dials("1");
    world.joinsQueue("1");
    for (int round = 0; round < 3; round++) {
      world.rings("1", "a" + round, PHONE);
      world.doesNotAnswer("1", "a" + round, PHONE);
      world.rings("1", "b" + round, SECOND_PHONE);
      world.doesNotAnswer("1", "b" + round, SECOND_PHONE);
    }
    assertEquals(6, world.call("1").visits().getFirst().attempts().size());
    world.abandons("1");

    assertEquals(1, world.missed().size());
    assertEquals(QueueOutcome.AGENT_NO_ANSWER, world.missed().getFirst().reason());
    assertEquals(Optional.of(DESK), world.missed().getFirst().desk());
    assertEquals(CallOutcome.ABANDONED_IN_QUEUE, world.ending("1").outcome());
  }

  @Test
  void theNextAgentAnswersAndNothingIsMissed() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.readyAgent(SECOND_AGENT, SECOND_PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.doesNotAnswer("1", "2", PHONE);
    world.rings("1", "3", SECOND_PHONE);
    world.answers("1", "3", SECOND_PHONE);
    List<RingAttempt> attempts = world.call("1").visits().getFirst().attempts();
    assertEquals(
        List.of(Optional.of(RingOutcome.NO_ANSWER), Optional.of(RingOutcome.ANSWERED)),
        attempts.stream().map(RingAttempt::outcome).toList());
    world.hangsUp("1");
    world.gone("1");
    world.gone("3");
    assertEquals(List.of(), world.missed());
    assertEquals(AgentState.READY, world.state(AGENT));
  }

  @Test
  void aBusyPhoneIsToldFromOneThatRangInVain() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.dialEnds("2", "BUSY");
    world.doesNotAnswer("1", "2", PHONE);
    assertEquals(
        List.of(Optional.of(RingOutcome.BUSY)),
        world.call("1").visits().getFirst().attempts().stream().map(RingAttempt::outcome).toList());
    world.abandons("1");
  }

  /** Seen on a gateway out of breath: it told of the hang-up first, and then of the last offer. */
  @Test
  void whatAQueueStillDialsForACallerWhoLeftIsNoCallOfTheirs() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.leg("1", "leg", "Local/" + PHONE + "@cti-agents-leg;1");
    world.hangsUp("1");
    world.dialled("1", "leg", PHONE.value());
    assertEquals(1, world.call("1").parts().size());
    world.gone("leg");
    world.gone("1");
  }

  /** Seen on a gateway out of breath: queue_log has CONNECT, and COMPLETECALLER of no length. */
  @Test
  void aCallerWhoHangsUpInTheMomentOfTheAnswerWasAnswered() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "leg", PHONE);
    world.pass(Duration.ofSeconds(2));
    world.hangsUp("1");
    world.answers("1", "leg", PHONE);
    assertEquals(AgentState.BUSY, world.state(AGENT));
    world.tell(
        new GatewayInput.MemberCompleted(
            EngineWorld.GATEWAY,
            world.now,
            EngineWorld.channel("1"),
            EngineWorld.QUEUE,
            EngineWorld.member(PHONE),
            "caller"));
    world.gone("leg");
    world.gone("1");

    assertEquals(CallOutcome.ANSWERED, world.ending("1").outcome());
    assertEquals(ClearedBy.CALLER, world.ending("1").by());
    assertEquals(List.of(), world.missed());
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(AGENT));
  }

  @Test
  void hangingUpInTheMenuInTheQueueAndWhileRingingAreThreeThings() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);

    world.dials("menu");
    world.hangsUp("menu");
    world.gone("menu");
    assertEquals(CallOutcome.ABANDONED_IN_IVR, world.ending("menu").outcome());
    assertEquals(List.of(), world.missed());

    world.dials("queue");
    world.joinsQueue("queue");
    world.abandons("queue");
    assertEquals(CallOutcome.ABANDONED_IN_QUEUE, world.ending("queue").outcome());
    assertEquals(QueueOutcome.ABANDONED, world.missed().getLast().reason());

    world.dials("ring");
    world.joinsQueue("ring");
    world.rings("ring", "leg", PHONE);
    world.hangsUp("ring");
    world.abandons("ring");
    world.gone("leg");
    assertEquals(CallOutcome.ABANDONED_RINGING, world.ending("ring").outcome());
    assertEquals(QueueOutcome.AGENT_NO_ANSWER, world.missed().getLast().reason());
    assertEquals(2, world.missed().size());
    assertEquals(AgentState.READY, world.state(AGENT));
  }

  @Test
  void aTimeLimitThatSendsTheCallerOnIsAnOverflow() {
    world.linkUp();
    world.dials("1");
    world.joinsQueue("1");
    world.pass(Duration.ofSeconds(90));
    world.queueReturns("1", "TIMEOUT");
    world.pass(Duration.ofSeconds(4));
    QueueName second = new QueueName("cti-second");
    world.tell(
        new GatewayInput.CallerJoined(
            EngineWorld.GATEWAY, world.now, EngineWorld.channel("1"), second, 1));
    List<QueueVisit> visits = world.call("1").visits();
    assertEquals(Optional.of(QueueOutcome.OVERFLOWED), visits.getFirst().outcome());
    assertEquals(
        Duration.ofSeconds(90),
        Duration.between(visits.getFirst().enteredAt(), visits.getFirst().leftAt().orElseThrow()));
    assertEquals(90, world.call("1").times().waiting().toSeconds());
    world.pass(Duration.ofSeconds(10));
    world.abandons("1");
    assertEquals(
        List.of(QueueOutcome.ABANDONED), world.missed().stream().map(CallMissed::reason).toList());
  }

  /** Offered and not answered counts against the desk, wherever the caller goes then. */
  @Test
  void aTimeLimitAfterAnOfferIsNoOverflow() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "leg", PHONE);
    world.doesNotAnswer("1", "leg", PHONE);
    world.queueReturns("1", "TIMEOUT");
    world.tell(
        new GatewayInput.CallerJoined(
            EngineWorld.GATEWAY, world.now, EngineWorld.channel("1"), new QueueName("b"), 1));
    assertEquals(
        Optional.of(QueueOutcome.AGENT_NO_ANSWER), world.call("1").visits().getFirst().outcome());
    world.abandons("1");
    assertEquals(1, world.missed().size());
  }

  @Test
  void theQueuesOwnEndsAreRecorded() {
    world.linkUp();
    world.dials("timeout");
    world.joinsQueue("timeout");
    world.queueReturns("timeout", "TIMEOUT");
    world.gone("timeout");
    assertEquals(QueueOutcome.TIMED_OUT, world.missed().getLast().reason());
    assertEquals(CallOutcome.NOT_ANSWERED, world.ending("timeout").outcome());

    world.dials("empty");
    world.queueReturns("empty", "JOINEMPTY");
    world.gone("empty");
    assertEquals(QueueOutcome.NO_AGENTS, world.missed().getLast().reason());

    world.dials("full");
    world.queueReturns("full", "FULL");
    world.gone("full");
    assertEquals(QueueOutcome.FULL, world.missed().getLast().reason());
    assertEquals(3, world.missed().size());
  }

  @Test
  void aFlowThatIsHeardOfBeforeItsChannelIsNotLost() {
    world.linkUp();
    world.tell(
        new FlowInput.CallerLookedUp(
            GATEWAY, EngineWorld.channel("1"), "02088881234", List.of(STAFF)));
    world.tell(new FlowInput.KeysPressed(GATEWAY, EngineWorld.channel("1"), "menu", "2"));
    world.dials("1");
    world.tell(
        new FlowInput.DeskChosen(
            GATEWAY, EngineWorld.channel("1"), DESK, QUEUE, "factory", "because"));
    Call call = world.call("1");
    assertEquals(List.of(STAFF), call.matches());
    assertEquals(List.of(new Call.KeyPress("menu", "2")), call.keys());
    assertEquals(Optional.of(DESK), call.desk());
    world.joinsQueue("1");
    assertEquals(1, world.of(CallerIdentified.class).size());
    world.abandons("1");
  }

  @Test
  void aPhoneOnDutyThatRingsInVainMakesAMissedCallOfTheDesk() {
    world.linkUp();
    world.dials("1");
    world.tell(
        new FlowInput.DeskChosen(
            GATEWAY, EngineWorld.channel("1"), DESK, QUEUE, "night", "because"));
    world.leg("1", "mobile", "PJSIP/ipoffice-00000007");
    world.dialled("1", "mobile", "13900000028");
    world.dialEnds("mobile", "NOANSWER");
    world.gone("mobile");
    world.gone("1");
    assertEquals(1, world.of(CallMissed.class).size());
    CallMissed missed = world.of(CallMissed.class).getFirst();
    assertEquals(Optional.of(DESK), missed.desk());
    assertEquals(QueueOutcome.AGENT_NO_ANSWER, missed.reason());
  }

  @Test
  void aCallThatTheFlowEndsIsNoMissedCall() {
    world.linkUp();
    world.dials("1");
    world.tell(new FlowInput.FlowOver(GATEWAY, EngineWorld.channel("1"), "no-key-goodbye"));
    world.gone("1");
    assertEquals(CallOutcome.ENDED_BY_FLOW, world.ending("1").outcome());
    assertEquals(ClearedBy.SYSTEM, world.ending("1").by());
    assertEquals(List.of(), world.missed());
  }

  @Test
  void aCallOnTheStaticQueueIsIdentifiedAndKept() {
    world.linkUp();
    world.dials("1");
    world.tell(
        new GatewayInput.FallbackEntered(GATEWAY, world.now, EngineWorld.channel("1"), "FAILURE"));
    world.tell(
        new GatewayInput.CallerJoined(
            GATEWAY,
            world.now,
            EngineWorld.channel("1"),
            new cti.core.id.QueueName("cti-fallback"),
            1));
    assertEquals(1, world.of(FellBack.class).size());
    assertEquals(List.of(STAFF), world.call("1").matches());
    assertEquals(Optional.empty(), world.call("1").desk());
    world.gone("1");
    assertEquals(Optional.empty(), world.missed().getFirst().desk());
  }

  @Test
  void beingToldTwiceChangesNothing() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.dials("1");
    world.joinsQueue("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.rings("1", "2", PHONE);
    world.answers("1", "2", PHONE);
    world.answers("1", "2", PHONE);
    world.hangsUp("1");
    world.hangsUp("2");
    world.gone("2");
    world.gone("2");
    world.gone("1");
    world.gone("1");
    world.queueReturns("1", "TIMEOUT");
    assertEquals(CallOutcome.ANSWERED, world.ending("1").outcome());
    assertEquals(1, world.of(TalkEnded.class).size());
    assertEquals(1, world.of(QueueVisitEnded.class).size());
  }

  @Test
  void replayOfTheJournalGivesTheSameState() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.answers("1", "2", PHONE);
    EngineWorld replayed = new EngineWorld(world.events);
    assertEquals(
        List.copyOf(world.engine.state().calls()), List.copyOf(replayed.engine.state().calls()));
    assertEquals(
        List.copyOf(world.engine.state().agents()), List.copyOf(replayed.engine.state().agents()));
    assertTrue(replayed.engine.state().live(GATEWAY));
    world.gone("1");
    world.gone("2");
  }
}
