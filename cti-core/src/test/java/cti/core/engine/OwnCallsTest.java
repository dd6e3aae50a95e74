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
import cti.core.call.ClearedBy;
import cti.core.call.Direction;
import cti.core.call.PartRole;
import cti.core.call.RingOutcome;
import cti.core.event.CallEvent.CallsMerged;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Calls that agents make, calls that they fetch, and two calls that become one. */
class OwnCallsTest extends TalkFixture {
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
}
