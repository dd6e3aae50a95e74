package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.QUEUE;
import static cti.core.engine.EngineWorld.SECOND_PHONE;
import static cti.core.engine.EngineWorld.channel;
import static cti.core.engine.EngineWorld.member;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cti.core.agent.AgentState;
import cti.core.agent.DeviceState;
import cti.core.agent.DriftKind;
import cti.core.engine.GatewayInput.Looked;
import cti.core.engine.GatewayInput.MemberActivity;
import cti.core.engine.GatewayInput.MemberFacts;
import cti.core.engine.GatewayInput.SeenChannel;
import cti.core.event.AgentEvent.AgentBusy;
import cti.core.event.GatewayEvent.DriftHealed;
import cti.core.id.Extension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What drifts apart is put right at the second look, and told. */
class WatchdogTest {
  private static final MemberFacts AS_WANTED = facts("1001", true, false, 0);
  private static final Map<String, DeviceState> FREE = Map.of("Custom:8001", DeviceState.NOT_INUSE);
  private final EngineWorld world = new EngineWorld();
  private Set<Extension> inCall = Set.of();

  @BeforeEach
  void ready() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.effects.clear();
  }

  @Test
  void whereAllAgreeNothingIsDone() {
    for (int i = 0; i < 5; i++) {
      look(List.of(AS_WANTED), FREE);
    }
    assertEquals(List.of(), healed());
    assertEquals(List.of(), world.actions());
  }

  @Test
  void aMemberThatWasRemovedBehindOurBackIsAddedAtTheSecondLook() {
    look(List.of(), FREE);
    assertEquals(List.of(), world.actions(), "it may be on its way");
    look(List.of(), FREE);
    assertEquals(
        List.of(
            new GatewayAction.AddMember(
                GATEWAY, QUEUE, member(PHONE), "1001", "Custom:8001", 0, false)),
        world.actions());
    assertEquals(List.of(DriftKind.MEMBER_MISSING), healed());
    look(List.of(), FREE);
    assertEquals(1, healed().size(), "what was just put right is looked at twice again");
    look(List.of(), FREE);
    assertEquals(2, healed().size());
  }

  @Test
  void aPauseBehindOurBackIsTakenBack() {
    twice(List.of(facts("1001", true, true, 0)), FREE);
    assertEquals(
        List.of(new GatewayAction.PauseMember(GATEWAY, QUEUE, member(PHONE), false, "")),
        world.actions());
    DriftHealed healed = (DriftHealed) world.events.getLast();
    assertEquals(DriftKind.MEMBER_PAUSE, healed.kind());
    assertEquals("paused cli", healed.found());
    assertEquals("not paused", healed.wanted());
  }

  @Test
  void whoIsNotReadyIsPausedAgain() {
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "meal"));
    world.effects.clear();
    twice(List.of(AS_WANTED), FREE);
    assertEquals(
        List.of(new GatewayAction.PauseMember(GATEWAY, QUEUE, member(PHONE), true, "meal")),
        world.actions());
  }

  @Test
  void aStateThatChangedBetweenTheLooksIsOnItsWay() {
    look(List.of(facts("1001", true, true, 0)), FREE);
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "meal"));
    world.pass(Duration.ofSeconds(1));
    world.accepted(new AgentCommand.BecomeReady(AGENT));
    look(List.of(facts("1001", true, true, 0)), FREE);
    assertEquals(List.of(), healed());
    look(List.of(facts("1001", true, true, 0)), FREE);
    assertEquals(List.of(DriftKind.MEMBER_PAUSE), healed());
  }

  @Test
  void aPenaltyFollowsTheSeat() {
    twice(List.of(facts("1001", true, false, 7)), FREE);
    assertEquals(
        List.of(new GatewayAction.SetPenalty(GATEWAY, QUEUE, member(PHONE), 0)), world.actions());
  }

  @Test
  void aMemberOfAnotherNameIsMadeAnew() {
    twice(List.of(facts("1002", true, false, 0)), FREE);
    assertEquals(
        List.of(
            new GatewayAction.RemoveMember(GATEWAY, QUEUE, member(PHONE)),
            new GatewayAction.AddMember(
                GATEWAY, QUEUE, member(PHONE), "1001", "Custom:8001", 0, false)),
        world.actions());
  }

  @Test
  void aMemberWithoutAnAgentIsRemovedAndAStaticOneStays() {
    MemberFacts stray = new MemberFacts(QUEUE, member(SECOND_PHONE), true, false, "", 0);
    MemberFacts fixed = new MemberFacts(QUEUE, member(SECOND_PHONE), false, false, "", 0);
    twice(List.of(AS_WANTED, stray), FREE);
    assertEquals(
        List.of(new GatewayAction.RemoveMember(GATEWAY, QUEUE, member(SECOND_PHONE))),
        world.actions());
    twice(List.of(AS_WANTED, fixed), FREE);
    assertEquals(List.of(DriftKind.MEMBER_STRAY), healed());
  }

  @Test
  void aPhoneThatIsHeldToBeInUseWithoutACallIsFreed() {
    for (DeviceState stuck :
        List.of(DeviceState.INUSE, DeviceState.RINGING, DeviceState.UNAVAILABLE)) {
      world.effects.clear();
      twice(List.of(AS_WANTED), Map.of("Custom:8001", stuck));
      assertEquals(
          List.of(new GatewayAction.SetDeviceState(GATEWAY, "Custom:8001", DeviceState.NOT_INUSE)),
          world.actions());
    }
  }

  @Test
  void aPhoneAtWhichTheDialplanCountsACallIsLeftAlone() {
    inCall = Set.of(PHONE);
    twice(List.of(AS_WANTED), Map.of("Custom:8001", DeviceState.INUSE));
    assertEquals(List.of(), world.actions());
    inCall = Set.of();
    twice(List.of(AS_WANTED), Map.of("Custom:8001", DeviceState.INUSE));
    assertEquals(1, world.actions().size());
  }

  @Test
  void aQueueThatHoldsAFreePhoneToBeInUseIsToldAgain() {
    MemberFacts deaf =
        new MemberFacts(
            QUEUE,
            member(PHONE),
            "1001",
            true,
            false,
            "",
            0,
            new MemberActivity(DeviceState.INUSE, false, java.util.Optional.empty()));
    twice(List.of(deaf), FREE);
    assertEquals(
        List.of(new GatewayAction.SetDeviceState(GATEWAY, "Custom:8001", DeviceState.NOT_INUSE)),
        world.actions());
  }

  @Test
  void aPhoneThatIsInACallIsNotFreedButHeldToBeInUse() {
    List<SeenChannel> channels =
        List.of(
            seen("1", "Local/8001@cti-agents-0001;1", true, true, "b1"),
            seen("2", "PJSIP/ipoffice-2", true, true, "b2"));
    for (int i = 0; i < 3; i++) {
      look(List.of(AS_WANTED), Map.of("Custom:8001", DeviceState.INUSE), channels);
    }
    assertEquals(List.of(), world.actions());
    look(List.of(AS_WANTED), FREE, channels);
    look(List.of(AS_WANTED), FREE, channels);
    assertEquals(
        List.of(new GatewayAction.SetDeviceState(GATEWAY, "Custom:8001", DeviceState.INUSE)),
        world.actions());
  }

  @Test
  void anAgentWhoIsHeldToBeInACallThatThereIsNotIsFreed() {
    world.engine.apply(new AgentBusy(AGENT, world.now, EngineWorld.callId("never-was")));
    twice(List.of(facts("1001", true, true, 0)), FREE);
    assertEquals(AgentState.READY, world.state(AGENT));
    assertEquals(List.of(DriftKind.AGENT_IN_NO_CALL), healed());
  }

  /** As a thawed gateway kept them for good: its leg, the far half of it, a colleague's phone. */
  @Test
  void aConsultationThatAllLeftIsHungUpAtTheSecondLook() {
    world.dials("1");
    legs("1");
    world.gone("1");
    List<SeenChannel> kept = kept("b1");
    look(List.of(AS_WANTED), FREE, kept);
    assertEquals(List.of(), world.actions(), "it may be on its way to somebody");
    look(List.of(AS_WANTED), FREE, kept);
    assertEquals(List.of(new GatewayAction.HangUp(GATEWAY, channel("x"))), world.actions());
    DriftHealed healed = (DriftHealed) world.events.getLast();
    assertEquals(DriftKind.CHANNEL_DESERTED, healed.kind());
    assertEquals("Local/8002@cti-transfer-3a;1 answered, with nobody", healed.found());
  }

  @Test
  void aLegOfNoCallThatIsInNoBridgeIsHungUpAsWell() {
    List<SeenChannel> kept = kept("");
    look(List.of(AS_WANTED), FREE, kept);
    look(List.of(AS_WANTED), FREE, kept);
    assertEquals(List.of(new GatewayAction.HangUp(GATEWAY, channel("x"))), world.actions());
  }

  /** The agent has gone back to the caller, and whom they asked waits alone. */
  @Test
  void aLegWhoseCallHasOtherLinesIsLeftAlone() {
    world.dials("1");
    legs("1");
    for (int i = 0; i < 3; i++) {
      look(List.of(AS_WANTED), FREE, kept("b1"));
    }
    assertEquals(List.of(), world.actions());
  }

  @Test
  void aLegThatRingsOrIsHeardOrIsNotOursIsLeftAlone() {
    List<SeenChannel> fine =
        List.of(
            seen("a", "Local/8002@cti-transfer-3a;1", false, false, ""),
            seen("b", "Local/8003@cti-consult-3b;1", true, false, "b2"),
            seen("c", "Local/8009@cti-agents-3c;1", true, true, "b2"),
            seen("d", "Local/8004@cti-agents-3d;1", true, true, "b3"),
            seen("e", "Local/8004@cti-transfer-3c;2", true, false, ""),
            seen("f", "Local/8005@elsewhere-3d;1", true, false, ""),
            seen("g", "PJSIP/ipoffice-8", true, false, ""));
    for (int i = 0; i < 3; i++) {
      look(List.of(AS_WANTED), FREE, fine);
    }
    assertEquals(List.of(), world.actions());
  }

  /** A leg towards whoever is asked, as far as their line. */
  private void legs(String call) {
    world.leg(call, "x", "Local/8002@cti-transfer-3a;1");
    world.leg(call, "x-2", "Local/8002@cti-transfer-3a;2");
    world.leg(call, "x-line", "PJSIP/ipoffice-7");
  }

  private static List<SeenChannel> kept(String bridge) {
    return List.of(
        seen("x", "Local/8002@cti-transfer-3a;1", true, false, bridge),
        seen("x-2", "Local/8002@cti-transfer-3a;2", true, true, "b9"),
        seen("x-line", "PJSIP/ipoffice-7", true, true, "b9"));
  }

  @Test
  void whatWasSeenBeforeTheLinkWasLostSaysNothing() {
    look(List.of(), FREE);
    world.linkLost();
    look(List.of(), FREE);
    world.linkUp(List.of(), List.of(), List.of(AS_WANTED));
    look(List.of(), FREE);
    assertEquals(List.of(), healed());
  }

  private void twice(List<MemberFacts> members, Map<String, DeviceState> devices) {
    look(members, devices);
    look(members, devices);
  }

  private void look(List<MemberFacts> members, Map<String, DeviceState> devices) {
    look(members, devices, List.of());
  }

  private void look(
      List<MemberFacts> members, Map<String, DeviceState> devices, List<SeenChannel> channels) {
    world.pass(Duration.ofSeconds(15));
    world.tell(new Looked(GATEWAY, world.now, members, devices, channels, inCall));
  }

  private static SeenChannel seen(
      String id, String name, boolean answered, boolean served, String bridge) {
    return new SeenChannel(channel(id), name, answered, served, bridge);
  }

  private List<DriftKind> healed() {
    return world.events.stream()
        .filter(DriftHealed.class::isInstance)
        .map(event -> ((DriftHealed) event).kind())
        .toList();
  }

  private static MemberFacts facts(String name, boolean dynamic, boolean paused, int penalty) {
    return new MemberFacts(
        QUEUE,
        member(PHONE),
        name,
        dynamic,
        paused,
        paused ? "cli" : "",
        penalty,
        new MemberActivity(DeviceState.NOT_INUSE, false, java.util.Optional.empty()));
  }
}
