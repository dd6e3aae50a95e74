package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.DESK;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.QUEUE;
import static cti.core.engine.EngineWorld.SECOND_AGENT;
import static cti.core.engine.EngineWorld.SECOND_PHONE;
import static cti.core.engine.EngineWorld.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.Agent;
import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.agent.SeatRole;
import cti.core.desk.Desk;
import cti.core.engine.GatewayInput.MemberFacts;
import cti.core.event.AgentEvent.AgentTakenOver;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two desks: ready at one and not at the other, penalties, and phones that change hands. */
class SeatsTest {
  private static final DeskId ERP = new DeskId("erp");
  private static final QueueName ERP_QUEUE = new QueueName("cti-hq-erp");
  private final EngineWorld world = new EngineWorld();

  @BeforeEach
  void twoDesks() {
    SiteId site = new SiteId("gz");
    world.tell(
        new CatalogInput.MasterReplaced(
            List.of(
                new Desk(
                    DESK, "广州厂", site, "", QUEUE, Duration.ofSeconds(30), Duration.ofMinutes(2)),
                new Desk(
                    ERP,
                    "本部(ERP)",
                    site,
                    "ERP",
                    ERP_QUEUE,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2))),
            List.of(
                new Agent(AGENT, "员工0101", Map.of(DESK, SeatRole.A, ERP, SeatRole.B)),
                new Agent(SECOND_AGENT, "员工0102", Map.of(DESK, SeatRole.B)))));
    world.linkUp();
  }

  @Test
  void anAgentIsReadyAtOneDeskAndNotAtAnother() {
    bothDesks();
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "", Set.of(ERP)));
    assertEquals(AgentState.READY, world.state(AGENT));
    assertTrue(world.status(AGENT).readyAt(DESK));
    assertFalse(world.status(AGENT).readyAt(ERP));
    assertEquals(pause(ERP_QUEUE, true, "desk-not-ready"), world.actions().getLast());
    world.accepted(new AgentCommand.BecomeReady(AGENT, Set.of(ERP)));
    assertEquals(pause(ERP_QUEUE, false, ""), world.actions().getLast());
    assertTrue(world.status(AGENT).readyAt(ERP));
  }

  @Test
  void aDeskThatWasPutAsideStaysSoThroughPausesAndCalls() {
    bothDesks();
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "", Set.of(ERP)));
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "meal"));
    world.accepted(new AgentCommand.BecomeReady(AGENT));
    int actions = world.actions().size();
    assertEquals(
        List.of(pause(ERP_QUEUE, true, "desk-not-ready"), pause(QUEUE, false, "")),
        world.actions().subList(actions - 2, actions));
    assertEquals(world.status(AGENT), new EngineWorld(world.events).status(AGENT));
  }

  @Test
  void readyAtNoDeskIsNotReadyAndNeedsAReason() {
    bothDesks();
    world.refused(
        "no-desk-left", new AgentCommand.BecomeNotReady(AGENT, "", Set.of(ERP, DESK)), "reason");
    world.refused(
        "no-such-desk",
        new AgentCommand.BecomeNotReady(AGENT, "", Set.of(new DeskId("moon"))),
        "moon");
  }

  @Test
  void aDeskMayBePutAsideInACallAndCountsAfterIt() {
    bothDesks();
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.answers("1", "2", PHONE);
    int actions = world.actions().size();
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "", Set.of(ERP)));
    assertEquals(actions, world.actions().size(), "paused anyway");
    world.hangsUp("1");
    world.accepted(new AgentCommand.BecomeReady(AGENT));
    assertTrue(world.actions().contains(pause(ERP_QUEUE, true, "desk-not-ready")));
  }

  @Test
  void aPenaltyThatDoesNotFollowTheRoleIsPutRightBySnapshot() {
    bothDesks();
    world.linkLost();
    int actions = world.actions().size();
    world.linkUp(
        List.of(),
        List.of(),
        List.of(
            new MemberFacts(QUEUE, member(PHONE), true, false, "", 1),
            new MemberFacts(ERP_QUEUE, member(PHONE), true, false, "", 1)));
    assertEquals(
        List.of(new GatewayAction.SetPenalty(GATEWAY, QUEUE, member(PHONE), 0)),
        world.actions().subList(actions, world.actions().size()));
  }

  @Test
  void anExtensionIsTakenOverAndTheOldAgentIsLoggedOff() {
    world.readyAgent(SECOND_AGENT, PHONE);
    world.refused("extension-taken", new AgentCommand.LogOn(AGENT, PHONE, Set.of(DESK)), "1002");
    int actions = world.actions().size();
    world.accepted(new AgentCommand.LogOn(AGENT, PHONE, Set.of(DESK), true));
    assertEquals(AgentState.LOGGED_OFF, world.state(SECOND_AGENT));
    assertEquals(AgentStatus.TAKEN_OVER, world.status(SECOND_AGENT).reason());
    assertEquals(Optional.of(AGENT), world.engine.state().agentAt(PHONE));
    assertTrue(world.events.contains(new AgentTakenOver(SECOND_AGENT, world.now, PHONE, AGENT)));
    assertEquals(
        List.of(
            new GatewayAction.RemoveMember(GATEWAY, QUEUE, member(PHONE)),
            new GatewayAction.AddMember(
                GATEWAY, QUEUE, member(PHONE), "1001", "Custom:8001", 0, true)),
        world.actions().subList(actions, world.actions().size()));
    EngineWorld replayed = new EngineWorld(world.events);
    assertEquals(Optional.of(AGENT), replayed.engine.state().agentAt(PHONE));
  }

  @Test
  void nobodyTakesAPhoneOverInTheMiddleOfACall() {
    world.readyAgent(SECOND_AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.answers("1", "2", PHONE);
    world.refused(
        "extension-in-call", new AgentCommand.LogOn(AGENT, PHONE, Set.of(DESK), true), "1002");
    world.hangsUp("1");
    world.accepted(new AgentCommand.LogOn(AGENT, PHONE, Set.of(DESK), true));
  }

  @Test
  void whoForgotToLogOffMovesToAnotherPhone() {
    world.readyAgent(AGENT, PHONE);
    world.accepted(new AgentCommand.LogOn(AGENT, SECOND_PHONE, Set.of(DESK), true));
    assertEquals(Optional.empty(), world.engine.state().agentAt(PHONE));
    assertEquals(Optional.of(AGENT), world.engine.state().agentAt(SECOND_PHONE));
    assertEquals(AgentState.NOT_READY, world.state(AGENT));
  }

  @Test
  void nobodyMovesInTheMiddleOfACall() {
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.answers("1", "2", PHONE);
    world.refused("busy", new AgentCommand.LogOn(AGENT, SECOND_PHONE, Set.of(DESK), true), "1001");
  }

  private void bothDesks() {
    world.accepted(new AgentCommand.LogOn(AGENT, PHONE, Set.of(DESK, ERP)));
    world.accepted(new AgentCommand.BecomeReady(AGENT));
  }

  private static GatewayAction.PauseMember pause(QueueName queue, boolean paused, String reason) {
    return new GatewayAction.PauseMember(GATEWAY, queue, member(PHONE), paused, reason);
  }
}
