package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.QUEUE;
import static cti.core.engine.EngineWorld.SECOND_AGENT;
import static cti.core.engine.EngineWorld.SECOND_PHONE;
import static cti.core.engine.EngineWorld.callId;
import static cti.core.engine.EngineWorld.present;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.AgentState;
import cti.core.call.Call;
import cti.core.call.CallOutcome;
import cti.core.call.CallPhase;
import cti.core.call.CallTimes;
import cti.core.call.ClearedBy;
import cti.core.call.ConnectionState;
import cti.core.call.Direction;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.call.QueueOutcome;
import cti.core.call.RingOutcome;
import cti.core.call.TransferKind;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallsMerged;
import cti.core.event.CallEvent.Conferenced;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.CallEvent.Transferred;
import cti.core.event.DomainEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds, transfers, consultations, conferences, pick-up, and calls that agents make. */
class TransfersTest {
  private final EngineWorld world = new EngineWorld();

  @BeforeEach
  void twoAgentsAreReady() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.readyAgent(SECOND_AGENT, SECOND_PHONE);
  }

  @Test
  void timeOnHoldIsNoTalkAndAllOfItAddsUp() {
    talk();
    seconds(10);
    world.holds("leg");
    assertEquals(CallPhase.ON_HOLD, world.call("1").phase());
    assertEquals(ConnectionState.HELD, part("1", "leg").state());
    seconds(5);
    world.retrieves("leg");
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    seconds(20);
    world.hangsUp("leg-line");
    seconds(1);
    world.gone("leg");
    world.gone("leg-2");
    world.gone("leg-line");
    world.gone("1");

    Call over = over("1");
    CallTimes times = over.times();
    assertEquals(List.of(2L, 3L, 0L, 30L, 5L, 1L), spent(times));
    assertEquals(Duration.between(times.startedAt(), times.until()), times.total());
    Part agent = over.parts().get(1);
    assertEquals(Duration.ofSeconds(30), agent.times().talked());
    assertEquals(Duration.ofSeconds(5), agent.times().held());
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(AGENT));
  }

  @Test
  void aCallerWhoHoldsIsOnHoldToo() {
    talk();
    seconds(4);
    world.holds("1");
    seconds(6);
    world.retrieves("1");
    seconds(1);
    world.abandons("1");
    world.gone("leg");
    world.gone("leg-2");
    world.gone("leg-line");
    assertEquals(List.of(2L, 3L, 0L, 5L, 6L, 0L), spent(over("1").times()));
  }

  @Test
  void aBlindTransferKeepsTheCallAndItsCaller() {
    talk();
    seconds(10);
    world.transfersBlind("leg", SECOND_PHONE.value());
    world.gone("leg");
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(AGENT));
    world.dialsPhone("1", "1", "to", SECOND_PHONE);
    assertEquals(CallPhase.RINGING, world.call("1").phase());
    assertEquals(Optional.of(SECOND_AGENT), world.call("1").agent());
    seconds(3);
    world.dialEnds("to", "ANSWER");
    assertEquals(AgentState.BUSY, world.state(SECOND_AGENT));
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    seconds(7);
    world.hangsUp("to-line");
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(SECOND_AGENT));
    for (String channel : List.of("to", "to-2", "to-line", "leg-2", "leg-line", "1")) {
      world.gone(channel);
    }

    Transferred transferred = world.of(Transferred.class).getFirst();
    assertEquals(TransferKind.BLIND, transferred.kind());
    assertEquals(Optional.of(AGENT), transferred.agent());
    Call over = over("1");
    assertEquals("02088881234", over.origin().callingNumber());
    assertEquals(List.of(2L, 3L, 3L, 17L, 0L, 0L), spent(over.times()));
    assertEquals(
        List.of(PartRole.CALLER, PartRole.QUEUE_AGENT, PartRole.TRANSFERRED_TO),
        over.parts().stream().map(Part::role).toList());
    assertEquals(CallOutcome.ANSWERED, world.ending("1").outcome());
    assertEquals(ClearedBy.AGENT, world.ending("1").by());
  }

  /** By the switch (REFER) it is the leg towards the agent's phone that is sent on. */
  @Test
  void aTransferByThePhonesSwitchReachesTheNextPhone() {
    talk();
    seconds(10);
    world.transfersBlind("leg-line", SECOND_PHONE.value());
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(AGENT));
    world.gone("leg-line");
    world.dialsPhone("1", "leg-2", "to", SECOND_PHONE);
    seconds(3);
    world.dialEnds("to", "ANSWER");
    assertEquals(AgentState.BUSY, world.state(SECOND_AGENT));
    assertEquals(PartRole.TRANSFERRED_TO, part("1", "to").role());
    seconds(7);
    world.abandons("1");
    gone("leg", "leg-2", "to", "to-2", "to-line");
    assertEquals(List.of(2L, 3L, 3L, 17L, 0L, 0L), spent(over("1").times()));
  }

  /** Seen on a busy gateway: the next phone is dialled before the transfer is told. */
  @Test
  void aTransferByThePhonesSwitchMayBeToldAfterTheNextPhoneIsDialled() {
    talk();
    seconds(10);
    world.dialsPhone("1", "leg-2", "to", SECOND_PHONE);
    world.transfersBlind("leg-line", SECOND_PHONE.value());
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(AGENT));
    world.gone("leg-line");
    seconds(3);
    world.dialEnds("to", "ANSWER");
    assertEquals(AgentState.BUSY, world.state(SECOND_AGENT));
    assertEquals(PartRole.TRANSFERRED_TO, part("1", "to").role());
    seconds(7);
    world.abandons("1");
    gone("leg", "leg-2", "to", "to-2", "to-line");
    assertEquals(List.of(2L, 3L, 3L, 17L, 0L, 0L), spent(over("1").times()));
  }

  @Test
  void aBlindTransferToADeskIsASecondVisit() {
    talk();
    seconds(10);
    world.transfersBlind("leg", QUEUE.value());
    gone("leg", "leg-2", "leg-line");
    world.joinsQueue("1");
    seconds(4);
    world.rings("1", "second", SECOND_PHONE);
    seconds(2);
    world.answers("1", "second", SECOND_PHONE);
    seconds(5);
    world.abandons("1");
    world.gone("second");
    Call over = over("1");
    assertEquals(2, over.visits().size());
    assertEquals(
        List.of(QueueOutcome.ANSWERED, QueueOutcome.ANSWERED),
        world.of(QueueVisitEnded.class).stream().map(QueueVisitEnded::outcome).toList());
    assertEquals(List.of(2L, 9L, 0L, 15L, 0L, 0L), spent(over.times()));
  }

  @Test
  void aConsultationThatIsCancelledLeavesTheCallerWithTheAgent() {
    consultation();
    assertEquals(CallPhase.ON_HOLD, world.call("1").phase());
    assertEquals(AgentState.BUSY, world.state(SECOND_AGENT));
    seconds(3);
    world.retrieves("leg");
    world.hangsUp("x-2");
    world.hangsUp("to-2");
    gone("x", "x-2", "to", "to-2", "to-line");
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    // Who was only asked has no caller to write up.
    assertEquals(AgentState.READY, world.state(SECOND_AGENT));
    seconds(2);
    world.abandons("1");
    gone("leg", "leg-2", "leg-line");
    assertEquals(List.of(2L, 3L, 0L, 12L, 5L, 0L), spent(over("1").times()));
    assertEquals(List.of(), world.of(Transferred.class));
  }

  @Test
  void anAttendedTransferHandsTheCallerOver() {
    consultation();
    seconds(3);
    world.transfersAttended("leg", false, "Local/1@cti-consult-x;1");
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(AGENT));
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    assertEquals(PartRole.TRANSFERRED_TO, part("1", "to").role());
    gone("leg", "leg-2", "leg-line");
    seconds(20);
    world.abandons("1");
    gone("x", "x-2", "to", "to-2", "to-line");
    Call over = over("1");
    assertEquals(List.of(2L, 3L, 0L, 30L, 5L, 0L), spent(over.times()));
    assertEquals(Duration.ofSeconds(23), over.parts().getLast().times().talked());
    assertEquals(SECOND_PHONE.value(), world.of(Transferred.class).getFirst().target());
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(SECOND_AGENT));
  }

  @Test
  void whoHangsUpWhileConsultingHandsTheCallerOver() {
    consultation();
    world.hangsUp("leg-2");
    world.transfersAttended("leg", false, "Local/1@cti-consult-x;1");
    gone("leg", "leg-2", "leg-line");
    assertEquals(PartRole.TRANSFERRED_TO, part("1", "to").role());
    assertEquals(1, world.of(Transferred.class).size());
    assertEquals(CallPhase.TALKING, world.call("1").phase());
  }

  /** Seen on the gateway: the line of who handed over hangs up behind the transfer. */
  @Test
  void whoHandedOverLeavesAndTheOthersTalkOn() {
    consultation();
    world.transfersAttended("leg", false, "Local/1@cti-consult-x;1");
    world.hangsUp("leg");
    world.hangsUp("leg-2");
    world.hangsUp("leg-line");
    gone("leg", "leg-2", "leg-line");
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    assertEquals(AgentState.BUSY, world.state(SECOND_AGENT));
    assertEquals(ConnectionState.CONNECTED, part("1", "to").state());
  }

  /** Seen on the gateway: the two who talk about the caller talk on. */
  @Test
  void aCallerWhoLeavesAConsultationLeavesTwoAgentsTalking() {
    consultation();
    seconds(3);
    world.abandons("1");
    assertEquals(CallPhase.ENDING, world.call("1").phase());
    assertEquals(AgentState.BUSY, world.state(AGENT));
    assertEquals(AgentState.BUSY, world.state(SECOND_AGENT));
    seconds(7);
    world.hangsUp("leg-line");
    gone("leg", "leg-2", "leg-line");
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(AGENT));
    world.hangsUp("to");
    assertEquals(AgentState.READY, world.state(SECOND_AGENT));
    gone("x", "x-2", "to", "to-2", "to-line");
    Call over = over("1");
    assertEquals(List.of(2L, 3L, 0L, 10L, 5L, 7L), spent(over.times()));
    assertEquals(ClearedBy.CALLER, world.ending("1").by());
  }

  /** Seen on the gateway: hung up before the silence is answered, its channel is not named. */
  @Test
  void hungUpAtOnceOnHoldTheCallerDoesNotListenToSilenceEither() {
    talk();
    world.holds("leg");
    world.leg("1", "x", "Local/1@cti-hold-x;1");
    world.leg("1", "x-2", "Local/1@cti-hold-x;2");
    world.hangsUp("leg-line");
    world.transfersAttended("leg", false, "");
    assertEquals(
        new GatewayAction.HangUp(EngineWorld.GATEWAY, EngineWorld.channel("1")),
        world.actions().getLast());
  }

  /**
   * Seen on the gateway: hung up before the silence has a channel, the gateway tells of no transfer
   * ever, and neither the caller nor the silence would end.
   */
  @Test
  void hungUpBeforeTheSilenceIsThereBothEnd() {
    talk();
    world.holds("leg");
    world.hangsUp("leg-line");
    gone("leg-line");
    int before = world.actions().size();
    world.leg("1", "x", "Local/1@cti-hold-x;1");
    world.leg("1", "x-2", "Local/1@cti-hold-x;2");
    assertEquals(List.of("1", "x"), hungUp(before));
    gone("leg", "leg-2");
    gone("1");
    assertEquals(List.of("1", "x"), hungUp(before));
    gone("x", "x-2");
    assertEquals(ClearedBy.AGENT, world.ending("1").by());
  }

  /** The same for a consultation: whoever is asked would answer to nobody. */
  @Test
  void hungUpBeforeTheConsultationIsThereBothEnd() {
    talk();
    world.holds("leg");
    world.hangsUp("leg-line");
    gone("leg-line");
    int before = world.actions().size();
    world.leg("1", "x", "Local/1@cti-consult-x;1");
    assertEquals(List.of("1", "x"), hungUp(before));
  }

  /** Seen behind a freeze: the phone's own line is dialled for a consultation given up already. */
  @Test
  void whoIsAskedAndGivenUpInOneMomentIsAskedOnce() {
    talk();
    world.holds("leg");
    world.leg("1", "x", "Local/1@cti-transfer-x;1");
    world.leg("1", "x-2", "Local/1@cti-transfer-x;2");
    world.leg("1", "to", "Local/" + SECOND_PHONE + "@cti-agents-to;1");
    world.leg("1", "to-2", "Local/" + SECOND_PHONE + "@cti-agents-to;2");
    world.dialled("x-2", "to", SECOND_PHONE.value());
    world.leg("1", "to-line", "PJSIP/ipoffice-to");
    world.dialEnds("to", "CANCEL");
    gone("to");
    world.dialled("to-2", "to-line", SECOND_PHONE.value());
    assertEquals(
        List.of(PartRole.CALLER, PartRole.QUEUE_AGENT, PartRole.CONSULTED),
        world.call("1").parts().stream().map(Part::role).toList());
  }

  /** The same where even the phone's dialling is told behind the end of who asked. */
  @Test
  void whoIsAskedBehindTheEndOfWhoAskedIsOnRecord() {
    talk();
    world.holds("leg");
    world.leg("1", "x", "Local/1@cti-transfer-x;1");
    world.leg("1", "x-2", "Local/1@cti-transfer-x;2");
    world.leg("1", "to", "Local/" + SECOND_PHONE + "@cti-agents-to;1");
    world.leg("1", "to-2", "Local/" + SECOND_PHONE + "@cti-agents-to;2");
    gone("x");
    world.dialled("x-2", "to", SECOND_PHONE.value());
    assertEquals(PartRole.CONSULTED, part("1", "to").role());
  }

  /** However it comes that the silence is left over: it does not keep an ended call alive. */
  @Test
  void silenceThatNobodyIsLeftWithEnds() {
    talk();
    world.holds("leg");
    world.leg("1", "x", "Local/1@cti-hold-x;1");
    world.hangsUp("leg-line");
    gone("leg-line", "leg", "leg-2");
    int before = world.actions().size();
    gone("1");
    assertEquals(List.of("x"), hungUp(before));
  }

  private List<String> hungUp(int before) {
    return world.actions().subList(before, world.actions().size()).stream()
        .filter(GatewayAction.HangUp.class::isInstance)
        .map(GatewayAction.HangUp.class::cast)
        .map(action -> action.channel().value())
        .toList();
  }

  /** Seen on the gateway: the agent's phone would stay in the silence of [cti-hold]. */
  @Test
  void aCallerWhoLeavesOnHoldLeavesNobodyInSilence() {
    talk();
    world.holds("leg");
    world.leg("1", "x", "Local/1@cti-hold-x;1");
    world.leg("1", "x-2", "Local/1@cti-hold-x;2");
    int before = world.actions().size();
    world.abandons("1");
    assertEquals(
        List.of(new GatewayAction.HangUp(EngineWorld.GATEWAY, EngineWorld.channel("x"))),
        world.actions().subList(before, world.actions().size()).stream()
            .filter(GatewayAction.HangUp.class::isInstance)
            .toList());
  }

  /** Seen on the gateway: hung up at the wrong end, queue_log says that the caller did it. */
  @Test
  void anAgentWhoHangsUpByCommandHangsUpThePhone() {
    talk();
    world.tell(new CallCommand.HangUp(AGENT, callId("1")));
    assertEquals(
        new GatewayAction.HangUp(EngineWorld.GATEWAY, EngineWorld.channel("leg-line")),
        world.actions().getLast());
  }

  @Test
  void aConferenceIsAllThreeUntilTheyLeave() {
    consultation();
    seconds(3);
    world.transfersAttended("leg", true, "Local/1@cti-consult-x;1");
    assertEquals(1, world.of(Conferenced.class).size());
    assertEquals(2, world.call("1").talkers().size());
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    seconds(10);
    world.hangsUp("leg-2");
    gone("leg", "leg-2", "leg-line");
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    assertEquals(AgentState.BUSY, world.state(SECOND_AGENT));
    seconds(10);
    world.abandons("1");
    gone("x", "x-2", "to", "to-2", "to-line");
    assertEquals(List.of(2L, 3L, 0L, 30L, 5L, 0L), spent(over("1").times()));
  }

  @Test
  void hungUpOnHoldTheCallerDoesNotListenToSilence() {
    talk();
    world.holds("leg");
    world.leg("1", "x", "Local/1@cti-hold-x;1");
    world.leg("1", "x-2", "Local/1@cti-hold-x;2");
    world.hangsUp("leg-2");
    world.transfersAttended("leg", false, "Local/1@cti-hold-x;1");
    assertEquals(
        new GatewayAction.HangUp(EngineWorld.GATEWAY, EngineWorld.channel("1")),
        world.actions().getLast());
  }

  @Test
  void aConsultationOfADeskWaitsThereWhileTheCallerIsOnHold() {
    talk();
    seconds(10);
    world.holds("leg");
    world.leg("1", "x", "Local/1@cti-consult-x;1");
    world.leg("1", "x-2", "Local/1@cti-consult-x;2");
    world.joinsQueue("x-2");
    assertEquals(CallPhase.ON_HOLD, world.call("1").phase());
    world.tell(
        new GatewayInput.MemberCalled(
            EngineWorld.GATEWAY,
            world.now,
            EngineWorld.channel("x-2"),
            EngineWorld.channel("to"),
            QUEUE,
            EngineWorld.member(SECOND_PHONE)));
    seconds(2);
    world.tell(
        new GatewayInput.MemberConnected(
            EngineWorld.GATEWAY,
            world.now,
            EngineWorld.channel("x-2"),
            EngineWorld.channel("to"),
            QUEUE,
            EngineWorld.member(SECOND_PHONE)));
    assertEquals(CallPhase.ON_HOLD, world.call("1").phase());
    seconds(3);
    world.transfersAttended("leg", false, "Local/1@cti-consult-x;1");
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    assertEquals(Optional.of(SECOND_AGENT), world.call("1").agent());
    assertEquals(5, world.call("1").times().onHold().toSeconds());
  }

  @Test
  void aCallByClickIsOutboundAndTellsWhoWasCalled() {
    world.clicks("out", PHONE, "02088881234");
    Call call = world.call("out");
    assertEquals(Direction.OUTBOUND, call.origin().direction());
    assertEquals("02088881234", call.origin().dialledNumber());
    assertEquals(List.of(EngineWorld.STAFF), call.matches());
    assertEquals(CallPhase.RINGING, call.phase());
    seconds(2);
    world.dialEnds("out", "ANSWER");
    assertEquals(AgentState.BUSY, world.state(AGENT));
    world.leg("out", "far", "PJSIP/ipoffice-far");
    world.dialled("out", "far", "02088881234");
    seconds(3);
    world.dialEnds("far", "ANSWER");
    assertEquals(CallPhase.TALKING, world.call("out").phase());
    seconds(10);
    world.hangsUp("far");
    gone("far", "out", "out-2", "out-phone");
    Call over = over("out");
    assertEquals(List.of(0L, 0L, 5L, 10L, 0L, 0L), spent(over.times()));
    assertEquals(CallOutcome.ANSWERED, world.ending("out").outcome());
    assertEquals(ClearedBy.CALLER, world.ending("out").by());
    assertEquals(AgentState.READY, world.state(AGENT));
    assertEquals(List.of(), world.missed());
  }

  @Test
  void whatBecomesOfACallOfOursThatNobodyTakes() {
    assertEquals(CallOutcome.BUSY, called("BUSY"));
    assertEquals(CallOutcome.NOT_ANSWERED, called("NOANSWER"));
    assertEquals(CallOutcome.UNREACHABLE, called("CHANUNAVAIL"));
    assertEquals(CallOutcome.CANCELLED, called("CANCEL"));
  }

  private CallOutcome called(String status) {
    String id = "out-" + status;
    world.clicks(id, PHONE, "13900000009");
    world.dialEnds(id, "ANSWER");
    world.leg(id, id + "-far", "PJSIP/ipoffice-far");
    world.dialled(id, id + "-far", "13900000009");
    world.dialEnds(id + "-far", status);
    gone(id + "-far", id, id + "-2", id + "-phone");
    assertEquals(AgentState.READY, world.state(AGENT));
    return world.ending(id).outcome();
  }

  @Test
  void aPhoneThatDialsTheCodeMakesACallOfOurs() {
    world.tell(
        new GatewayInput.ChannelCreated(
            EngineWorld.GATEWAY,
            world.now,
            EngineWorld.channel("p"),
            EngineWorld.channel("p"),
            "PJSIP/ipoffice-p",
            PHONE.value(),
            "",
            "cti-hotline",
            "*98002"));
    Call call = world.call("p");
    assertEquals(Direction.INTERNAL, call.origin().direction());
    assertEquals(AgentState.BUSY, world.state(AGENT));
    world.dialsPhone("p", "p", "to", SECOND_PHONE);
    seconds(2);
    world.dialEnds("to", "ANSWER");
    assertEquals(AgentState.BUSY, world.state(SECOND_AGENT));
    seconds(4);
    world.abandons("p");
    gone("to", "to-2", "to-line");
    assertEquals(CallOutcome.ANSWERED, world.ending("p").outcome());
    assertEquals(AgentState.READY, world.state(AGENT));
    assertEquals(AgentState.READY, world.state(SECOND_AGENT));
  }

  @Test
  void aColleagueWhoPicksUpHasTheCallAndTheOwnCallIsPartOfIt() {
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "leg", PHONE);
    seconds(2);
    world.clicks("pick", SECOND_PHONE, "");
    world.dialEnds("pick", "ANSWER");
    world.picksUp("leg", "pick");
    world.gone("leg");
    world.tell(
        new GatewayInput.MemberConnected(
            EngineWorld.GATEWAY,
            world.now,
            EngineWorld.channel("1"),
            EngineWorld.channel("pick"),
            QUEUE,
            EngineWorld.member(PHONE)));
    assertEquals(AgentState.BUSY, world.state(SECOND_AGENT));
    assertEquals(AgentState.READY, world.state(AGENT));
    assertEquals(CallOutcome.MERGED, world.ending("pick").outcome());
    assertEquals(callId("pick"), world.of(CallsMerged.class).getFirst().merged());
    Call call = world.call("1");
    assertEquals(Optional.of(SECOND_AGENT), call.agent());
    assertEquals(
        Optional.of(RingOutcome.PICKED_UP),
        call.lastVisit().orElseThrow().attempts().getFirst().outcome());
    seconds(5);
    world.abandons("1");
    gone("pick", "pick-2", "pick-phone");
    assertEquals(CallOutcome.ANSWERED, world.ending("1").outcome());
  }

  /** Seen on a busy gateway: the bridge is told before the pick-up is. */
  @Test
  void aTransferThatIsFetchedIsTheOneWhoFetchedItWhateverIsToldFirst() {
    talk();
    seconds(10);
    world.transfersBlind("leg", SECOND_PHONE.value());
    world.gone("leg");
    world.dialsPhone("1", "1", "to", SECOND_PHONE);
    world.bridged("1", "b9");
    world.clicks("pick", PHONE, "");
    world.dialEnds("pick", "ANSWER");
    world.bridged("pick", "b9");
    world.picksUp("to", "pick");
    gone("to", "to-2", "to-line");
    assertEquals(PartRole.TRANSFERRED_TO, part("1", "pick").role());
    assertEquals(CallPhase.TALKING, world.call("1").phase());
    assertEquals(Optional.of(RingOutcome.PICKED_UP), part("1", "to").failure());
  }

  @Test
  void twoCallsInOneBridgeAreOne() {
    talk();
    seconds(5);
    world.clicks("out", SECOND_PHONE, "13900000009");
    world.dialEnds("out", "ANSWER");
    world.leg("out", "far", "PJSIP/ipoffice-far");
    world.dialled("out", "far", "13900000009");
    world.dialEnds("far", "ANSWER");
    world.bridged("1", "b1");
    world.bridged("far", "b1");
    assertEquals(CallOutcome.ANSWERED, world.ending("out").outcome());
    Call call = world.call("1");
    assertEquals("02088881234", call.origin().callingNumber());
    assertTrue(call.connections().size() > 4);
    assertEquals(PartRole.TRANSFERRED_TO, part("1", "far").role());
    world.abandons("1");
    gone("leg", "leg-2", "leg-line", "out", "out-2", "out-phone", "far");
    assertEquals(CallOutcome.ANSWERED, world.ending("1").outcome());
    assertEquals(AgentState.READY, world.state(SECOND_AGENT));
  }

  @Test
  void twoCallsInOneBridgeAreOneThoughThePictureAloneShowedTheFirstInIt() {
    talk();
    world.bridged("1", "b1");
    seconds(5);
    world.clicks("out", SECOND_PHONE, "13900000009");
    world.dialEnds("out", "ANSWER");
    world.leg("out", "far", "PJSIP/ipoffice-far");
    world.dialled("out", "far", "13900000009");
    world.linkLost();
    world.linkUp(
        List.of(
            present("1", "1", "PJSIP/ipoffice-1", "b1", world.now),
            present("leg", "1", "Local/8001@cti-agents-leg;1", "b1", world.now),
            present("out", "out", "Local/8002*13900000009@cti-click-out;1", "", world.now),
            present("far", "out", "PJSIP/ipoffice-far", "", world.now)),
        List.of(),
        List.of());
    world.dialEnds("far", "ANSWER");
    world.bridged("far", "b1");
    assertEquals(CallOutcome.ANSWERED, world.ending("out").outcome());
    assertEquals(PartRole.TRANSFERRED_TO, part("1", "far").role());
  }

  @Test
  void toldTwiceIsToldOnce() {
    talk();
    world.holds("leg");
    world.holds("leg");
    world.retrieves("leg");
    world.retrieves("leg");
    world.transfersBlind("nobody", "1");
    world.holds("nobody");
    world.transfersBlind("leg", SECOND_PHONE.value());
    world.transfersBlind("leg", SECOND_PHONE.value());
    assertEquals(1, world.of(Transferred.class).size());
    assertEquals(1, world.of(CallEvent.Held.class).size());
    assertEquals(1, world.of(CallEvent.Retrieved.class).size());
  }

  @Test
  void theJournalTellsItAllAgain() {
    consultation();
    world.transfersAttended("leg", true, "Local/1@cti-consult-x;1");
    EngineWorld replayed = new EngineWorld(world.events);
    assertEquals(world.call("1"), replayed.call("1"));
  }

  private void talk() {
    world.dials("1");
    seconds(2);
    world.joinsQueue("1");
    world.rings("1", "leg", PHONE);
    world.leg("1", "leg-2", "Local/" + PHONE + "@cti-agents-leg;2");
    world.leg("1", "leg-line", "PJSIP/ipoffice-leg");
    world.dialled("leg-2", "leg-line", PHONE.value());
    seconds(3);
    world.answers("1", "leg", PHONE);
  }

  /** Ten seconds of talk, then the second agent is asked and answers after two. */
  private void consultation() {
    talk();
    seconds(10);
    world.holds("leg");
    world.leg("1", "x", "Local/1@cti-consult-x;1");
    world.leg("1", "x-2", "Local/1@cti-consult-x;2");
    world.dialsPhone("1", "x-2", "to", SECOND_PHONE);
    seconds(2);
    world.dialEnds("to", "ANSWER");
  }

  private void gone(String... channels) {
    for (String channel : channels) {
      world.gone(channel);
    }
  }

  private void seconds(int seconds) {
    world.pass(Duration.ofSeconds(seconds));
  }

  private Part part(String call, String channel) {
    return world.call(call).parts().stream()
        .filter(part -> part.id().value().equals(EngineWorld.GATEWAY + ":" + channel))
        .findFirst()
        .orElseThrow();
  }

  /** A call that is over, as its events tell it. */
  private Call over(String id) {
    Call call = null;
    for (DomainEvent event : world.events) {
      if (event instanceof ServiceInitiated begun && begun.call().equals(callId(id))) {
        call = Call.begun(begun);
      } else if (event instanceof CallEvent e && e.call().equals(callId(id))) {
        call = call.apply(e);
      }
    }
    return call;
  }

  /** In flow, waiting, ringing, talking, on hold, ending. */
  private static List<Long> spent(CallTimes times) {
    return List.of(
        times.inFlow().toSeconds(),
        times.waiting().toSeconds(),
        times.ringing().toSeconds(),
        times.talking().toSeconds(),
        times.onHold().toSeconds(),
        times.ending().toSeconds());
  }
}
