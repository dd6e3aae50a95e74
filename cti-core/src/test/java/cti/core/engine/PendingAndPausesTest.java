package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.DESK;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.QUEUE;
import static cti.core.engine.EngineWorld.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.AgentRules;
import cti.core.agent.AgentState;
import cti.core.agent.PauseReason;
import cti.core.agent.PendingState;
import cti.core.event.AgentEvent.AgentPauseOverdue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What agents ask for in a call, pauses with limits, and wrap-up that is made longer. */
class PendingAndPausesTest {
  private final EngineWorld world = new EngineWorld();

  @BeforeEach
  void linked() {
    world.linkUp();
  }

  @Test
  void aBreakThatIsAskedForInACallBeginsAfterItsWrapUp() {
    inTalk();
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "break"));
    assertEquals(
        Optional.of(new PendingState(AgentState.NOT_READY, "break")),
        world.status(AGENT).pending());
    world.hangsUp("1");
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(AGENT));
    world.pass(Duration.ofSeconds(30));
    world.fireTimers();
    assertEquals(AgentState.NOT_READY, world.state(AGENT));
    assertEquals("break", world.status(AGENT).reason());
    assertEquals(Optional.empty(), world.status(AGENT).pending());
    assertEquals(
        new GatewayAction.PauseMember(GATEWAY, QUEUE, member(PHONE), true, "break"),
        world.actions().getLast());
  }

  @Test
  void whatIsPendingOutlivesARestart() {
    inTalk();
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "break"));
    world.hangsUp("1");
    EngineWorld after = new EngineWorld(world.events);
    assertEquals(world.status(AGENT), after.status(AGENT));
    after.effects.addAll(after.engine.afterReplay(world.now));
    after.now = world.now.plusSeconds(30);
    after.fireTimers();
    assertEquals("break", after.status(AGENT).reason());
  }

  @Test
  void aLogOffThatIsAskedForInACallFollowsIt() {
    inTalk();
    world.accepted(new AgentCommand.LogOff(AGENT, "end of shift"));
    world.hangsUp("1");
    world.pass(Duration.ofSeconds(30));
    world.fireTimers();
    assertEquals(AgentState.LOGGED_OFF, world.state(AGENT));
    assertEquals("end of shift", world.status(AGENT).reason());
    assertEquals(
        new GatewayAction.RemoveMember(GATEWAY, QUEUE, member(PHONE)), world.actions().getLast());
  }

  @Test
  void readyTakesBackWhatWasPending() {
    inTalk();
    world.accepted(new AgentCommand.LogOff(AGENT, ""));
    world.accepted(new AgentCommand.BecomeReady(AGENT));
    assertEquals(Optional.empty(), world.status(AGENT).pending());
    world.hangsUp("1");
    world.pass(Duration.ofSeconds(30));
    world.fireTimers();
    assertEquals(AgentState.READY, world.state(AGENT));
  }

  @Test
  void whoWasNotReadyBeforeACallMayAskToBeReadyAfterIt() {
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "meal"));
    world.answers("1", "2", PHONE);
    world.accepted(new AgentCommand.BecomeReady(AGENT));
    assertEquals(
        Optional.of(new PendingState(AgentState.READY, "")), world.status(AGENT).pending());
    world.hangsUp("1");
    world.pass(Duration.ofSeconds(30));
    world.fireTimers();
    assertEquals(AgentState.READY, world.state(AGENT));
  }

  @Test
  void theSameAskedAgainIsNoNews() {
    inTalk();
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "break"));
    int events = world.events.size();
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "break"));
    assertEquals(events, world.events.size());
  }

  @Test
  void aReasonThatIsNotOnFileIsRefusedWithThoseThatAre() {
    world.readyAgent(AGENT, PHONE);
    for (String unknown : List.of("lunch", "", "MEAL")) {
      world.refused("unknown-reason", new AgentCommand.BecomeNotReady(AGENT, unknown), "meal");
    }
    world.tell(
        new CatalogInput.AgentRulesReplaced(
            List.of(reason("meal", false), reason("lecture", true)), Map.of()));
    world.refused("unknown-reason", new AgentCommand.BecomeNotReady(AGENT, "meal"), "[lecture]");
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "lecture"));
  }

  @Test
  void aPauseOverItsLimitIsToldOnceAndNeverEnded() {
    world.readyAgent(AGENT, PHONE);
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "break"));
    Instant due = world.now.plus(Duration.ofMinutes(15));
    assertEquals(Optional.of(due), world.status(AGENT).pauseUntil());
    world.pass(Duration.ofMinutes(14));
    world.fireTimers();
    assertFalse(world.status(AGENT).stint().overdue());
    world.now = due;
    world.fireTimers();
    assertTrue(world.status(AGENT).stint().overdue());
    assertEquals(AgentState.NOT_READY, world.state(AGENT));
    world.tell(new TimerInput.PauseOver(AGENT, due));
    assertEquals(1, world.events.stream().filter(AgentPauseOverdue.class::isInstance).count());
    world.accepted(new AgentCommand.BecomeReady(AGENT));
    assertFalse(world.status(AGENT).stint().overdue());
  }

  @Test
  void theLimitOfAnEarlierPauseIsVoid() {
    world.readyAgent(AGENT, PHONE);
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "break"));
    world.pass(Duration.ofMinutes(10));
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "meal"));
    world.pass(Duration.ofMinutes(10));
    world.fireTimers();
    assertFalse(world.status(AGENT).stint().overdue());
  }

  @Test
  void theLimitOfAPauseIsArmedAgainAfterARestart() {
    world.readyAgent(AGENT, PHONE);
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "break"));
    EngineWorld after = new EngineWorld(world.events);
    after.effects.addAll(after.engine.afterReplay(world.now));
    after.now = world.now.plus(Duration.ofHours(2));
    after.fireTimers();
    assertTrue(after.status(AGENT).stint().overdue());
  }

  @Test
  void aWrapUpIsExtendedAsOftenAsTheDeskAllows() {
    world.tell(
        new CatalogInput.AgentRulesReplaced(
            PauseReason.SHIPPED, Map.of(DESK, new AgentRules(Duration.ofSeconds(60), 2, 3, true))));
    inTalk();
    world.refused("not-in-wrap-up", new AgentCommand.ExtendWrapUp(AGENT), "BUSY");
    world.hangsUp("1");
    Instant end = world.now.plusSeconds(30);
    world.accepted(new AgentCommand.ExtendWrapUp(AGENT));
    world.accepted(new AgentCommand.ExtendWrapUp(AGENT));
    world.refused("no-more-extensions", new AgentCommand.ExtendWrapUp(AGENT), "at most 2");
    assertEquals(Optional.of(end.plusSeconds(120)), world.status(AGENT).wrapUpUntil());
    world.now = end.plusSeconds(60);
    world.fireTimers();
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(AGENT), "earlier timers are void");
    world.now = end.plusSeconds(120);
    world.fireTimers();
    assertEquals(AgentState.READY, world.state(AGENT));
  }

  @Test
  void readyEndsAnExtendedWrapUp() {
    inTalk();
    world.hangsUp("1");
    world.accepted(new AgentCommand.ExtendWrapUp(AGENT));
    world.accepted(new AgentCommand.BecomeReady(AGENT));
    assertEquals(AgentState.READY, world.state(AGENT));
    world.pass(Duration.ofHours(1));
    int events = world.events.size();
    world.fireTimers();
    assertEquals(events, world.events.size());
  }

  private static PauseReason reason(String id, boolean active) {
    return new PauseReason(id, "讲座", "Lecture", Optional.empty(), true, Optional.empty(), active);
  }

  private void inTalk() {
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.answers("1", "2", PHONE);
  }
}
