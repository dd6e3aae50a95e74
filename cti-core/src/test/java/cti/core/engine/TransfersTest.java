package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.QUEUE;
import static cti.core.engine.EngineWorld.SECOND_AGENT;
import static cti.core.engine.EngineWorld.SECOND_PHONE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.agent.AgentState;
import cti.core.call.Call;
import cti.core.call.CallOutcome;
import cti.core.call.CallPhase;
import cti.core.call.ClearedBy;
import cti.core.call.ConnectionState;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.call.QueueOutcome;
import cti.core.call.TransferKind;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.Conferenced;
import cti.core.event.CallEvent.QueueVisitEnded;
import cti.core.event.CallEvent.Transferred;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Transfers, consultations, conferences. */
class TransfersTest extends TalkFixture {
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
  void aConsultationOfADeskWaitsThereWhileTheCallerIsOnHold() {
    talk();
    seconds(10);
    world.holds("leg");
    consultationLegs();
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

  /** The agent holds the caller and dials a colleague at the phone; the gateway has the legs. */
  private void asksByPhone() {
    talk();
    world.holds("leg");
    world.leg("1", "x", "Local/1@cti-transfer-x;1");
    world.leg("1", "x-2", "Local/1@cti-transfer-x;2");
    world.leg("1", "to", "Local/" + SECOND_PHONE + "@cti-agents-to;1");
    world.leg("1", "to-2", "Local/" + SECOND_PHONE + "@cti-agents-to;2");
  }

  /** Seen behind a freeze: the phone's own line is dialled for a consultation given up already. */
  @Test
  void whoIsAskedAndGivenUpInOneMomentIsAskedOnce() {
    asksByPhone();
    world.dialled("x-2", "to", SECOND_PHONE.value());
    world.leg("1", "to-line", "PJSIP/ipoffice-to");
    world.dialEnds("to", "CANCEL");
    gone("to");
    world.dialled("to-2", "to-line", SECOND_PHONE.value());
    assertEquals(
        List.of(PartRole.CALLER, PartRole.QUEUE_AGENT, PartRole.CONSULTED),
        world.call("1").parts().stream().map(Part::role).toList());
  }

  /** Seen behind a freeze: who asked brings all together while the phone still rings, in vain. */
  @Test
  void whoIsBroughtInWhileTheyRingAndNeverAnswersWasAsked() {
    asksByPhone();
    world.dialled("x-2", "to", SECOND_PHONE.value());
    world.transfersAttended("leg", true, "Local/1@cti-transfer-x;1");
    assertEquals(PartRole.CONFERENCED, part("1", "to").role());
    gone("to");
    assertEquals(PartRole.CONSULTED, part("1", "to").role());
    assertEquals(Optional.empty(), part("1", "to").times().answeredAt());
  }

  /** The same where even the phone's dialling is told behind the end of who asked. */
  @Test
  void whoIsAskedBehindTheEndOfWhoAskedIsOnRecord() {
    asksByPhone();
    gone("x");
    world.dialled("x-2", "to", SECOND_PHONE.value());
    assertEquals(PartRole.CONSULTED, part("1", "to").role());
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
}
