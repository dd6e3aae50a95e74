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

import cti.core.agent.AgentRules;
import cti.core.agent.AgentState;
import cti.core.agent.PauseReason;
import cti.core.call.RingOutcome;
import cti.core.event.AgentEvent.AgentRingMissed;
import cti.core.recovery.CallLog;
import cti.core.recovery.QueueLogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Phones that nobody answers, and phones that cannot be reached. */
class RingNoAnswerTest {
  private final EngineWorld world = new EngineWorld();

  @BeforeEach
  void ready() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
  }

  @Test
  void theThirdMissInARowMakesTheAgentNotReady() {
    world.letsRing(PHONE, "1");
    world.letsRing(PHONE, "2");
    assertEquals(AgentState.READY, world.state(AGENT));
    assertEquals(2, world.status(AGENT).misses());
    world.letsRing(PHONE, "3");
    assertEquals(AgentState.NOT_READY, world.state(AGENT));
    assertEquals("ring-no-answer", world.status(AGENT).reason());
    assertEquals(
        new GatewayAction.PauseMember(GATEWAY, QUEUE, member(PHONE), true, "ring-no-answer"),
        world.actions().getLast());
    assertEquals(
        List.of(1, 2, 3),
        world.events.stream()
            .filter(AgentRingMissed.class::isInstance)
            .map(event -> ((AgentRingMissed) event).inARow())
            .toList());
    assertEquals(world.status(AGENT), new EngineWorld(world.events).status(AGENT));
  }

  @Test
  void anAnswerBeginsTheCountAnew() {
    world.letsRing(PHONE, "1");
    world.letsRing(PHONE, "2");
    world.dials("3");
    world.joinsQueue("3");
    world.rings("3", "3-leg", PHONE);
    world.answers("3", "3-leg", PHONE);
    world.hangsUp("3");
    world.accepted(new AgentCommand.BecomeReady(AGENT));
    world.letsRing(PHONE, "4");
    assertEquals(AgentState.READY, world.state(AGENT));
    assertEquals(1, world.status(AGENT).misses());
  }

  /**
   * A frozen gateway: the fourth call rang already when the third miss made the agent not ready.
   */
  @Test
  void whoAnswersACallThatRangAlreadyIsThereAfterAll() {
    world.letsRing(PHONE, "1");
    world.letsRing(PHONE, "2");
    ringing("3");
    ringing("4");
    refusesWith("3", 21);
    assertEquals("ring-no-answer", world.status(AGENT).reason());
    world.answers("4", "4-leg", PHONE);
    assertEquals(AgentState.BUSY, world.state(AGENT));
    assertEquals(
        AgentState.READY, world.status(AGENT).pending().orElseThrow().state(), "told on screens");
    world.hangsUp("4");
    world.accepted(new AgentCommand.BecomeReady(AGENT));
    assertEquals(AgentState.READY, world.state(AGENT));
    assertEquals(0, world.status(AGENT).misses());
  }

  @Test
  void whoAnswersAndWasNotReadyByTheirOwnWillStaysSo() {
    ringing("1");
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "meal"));
    world.answers("1", "1-leg", PHONE);
    assertEquals(Optional.empty(), world.status(AGENT).pending());
    assertEquals("meal", world.status(AGENT).reason());
  }

  @Test
  void whoComesBackHasTheWholeCountAgain() {
    for (String caller : List.of("1", "2", "3")) {
      world.letsRing(PHONE, caller);
    }
    world.accepted(new AgentCommand.BecomeReady(AGENT));
    world.letsRing(PHONE, "4");
    assertEquals(AgentState.READY, world.state(AGENT));
  }

  @Test
  void aPhoneThatCannotBeReachedMakesItsAgentNotReadyAtOnce() {
    ringing("1");
    refusesWith("1", 20);
    assertEquals("device-unavailable", world.status(AGENT).reason());
  }

  /** Seen as the gateway was restarted: it reached no phone any more, and took no pause. */
  @Test
  void aGatewayOnItsWayDownHoldsNothingAgainstAPhone() {
    ringing("1");
    refusesWith("1", 20);
    unanswered(pause("device-unavailable"));
    assertEquals(AgentState.READY, world.state(AGENT));
    assertEquals(0, world.status(AGENT).misses());
    assertEquals(
        new GatewayAction.PauseMember(GATEWAY, QUEUE, member(PHONE), false, ""),
        world.actions().getLast());
  }

  @Test
  void aPauseOfOnesOwnStaysThoughTheGatewayDidNotAnswer() {
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "meal"));
    unanswered(pause("meal"));
    assertEquals("meal", world.status(AGENT).reason());
    unanswered(pause("device-unavailable"));
    assertEquals("meal", world.status(AGENT).reason(), "chosen since the phone was not reached");
  }

  private static GatewayAction pause(String reason) {
    return new GatewayAction.PauseMember(GATEWAY, QUEUE, member(PHONE), true, reason);
  }

  private void unanswered(GatewayAction action) {
    world.tell(
        new GatewayInput.ActionFailed(
            GATEWAY, world.now, action, "Asterisk is shutting down", false));
  }

  @Test
  void aDeskMayCountUnreachablePhonesLikeMisses() {
    rules(new AgentRules(Duration.ofMinutes(2), 1, 2, false));
    ringing("1");
    refusesWith("1", 20);
    assertEquals(AgentState.READY, world.state(AGENT));
    ringing("2");
    refusesWith("2", 20);
    assertEquals("ring-no-answer", world.status(AGENT).reason());
  }

  @Test
  void aRefusedCallIsAMissAndABusyPhoneIsNone() {
    ringing("1");
    refusesWith("1", 17);
    assertEquals(0, world.status(AGENT).misses());
    ringing("2");
    refusesWith("2", 21);
    assertEquals(1, world.status(AGENT).misses());
    AgentRingMissed missed = (AgentRingMissed) world.events.getLast();
    assertEquals(RingOutcome.REJECTED, missed.outcome());
  }

  @Test
  void aDeskMaySwitchTheRuleOff() {
    rules(new AgentRules(Duration.ofMinutes(2), 1, 0, false));
    for (int i = 0; i < 30; i++) {
      world.letsRing(PHONE, "c" + i);
    }
    assertEquals(AgentState.READY, world.state(AGENT));
  }

  @Test
  void aCallerWhoLeavesOrATimeThatIsUpIsNoMissOfTheAgent() {
    ringing("1");
    world.abandons("1");
    ringing("2");
    world.queueReturns("2", "TIMEOUT");
    ringing("3");
    world.linkLost();
    world.linkUp();
    assertEquals(0, world.status(AGENT).misses());
  }

  /** Under a burst the leg is gone before the caller's hang-up is told (RINGCANCELED). */
  @Test
  void anOfferThatTheQueueTookBackIsNoMissOfTheAgent() {
    for (String caller : List.of("1", "2", "3")) {
      ringing(caller);
      world.gone(caller + "-leg");
      world.abandons(caller);
    }
    assertEquals(AgentState.READY, world.state(AGENT));
    assertEquals(0, world.status(AGENT).misses());
  }

  @Test
  void whoseRingEndsBecauseAnotherAnswersMissedNothing() {
    world.readyAgent(SECOND_AGENT, SECOND_PHONE);
    ringing("1");
    world.rings("1", "1-other", SECOND_PHONE);
    world.answers("1", "1-other", SECOND_PHONE);
    assertEquals(0, world.status(AGENT).misses());
  }

  @Test
  void theSameMissToldTwiceCountsOnce() {
    world.letsRing(PHONE, "1");
    world.doesNotAnswer("1", "1-leg", PHONE);
    world.dialEnds("1-leg", "CONGESTION");
    assertEquals(1, world.status(AGENT).misses());
  }

  /** Found by the fault killed-in-write: the agent talked while the server was away. */
  @Test
  void anAnswerThatOnlyTheLogsTellBreaksTheRow() {
    letRing("1", "2");
    Instant talk = world.now;
    letRing("3");
    assertEquals("ring-no-answer", world.status(AGENT).reason());
    answeredByTheLogs("9", talk);
    assertEquals(AgentState.READY, world.state(AGENT));
    assertEquals(
        new GatewayAction.PauseMember(GATEWAY, QUEUE, member(PHONE), false, ""),
        world.actions().getLast());
    assertEquals(world.status(AGENT), new EngineWorld(world.events).status(AGENT));
  }

  @Test
  void whatRangInVainBehindTheAnswerCountsOn() {
    letRing("1");
    Instant talk = world.now;
    letRing("2");
    answeredByTheLogs("9", talk);
    assertEquals(1, world.status(AGENT).misses());
    letRing("3", "4");
    assertEquals("ring-no-answer", world.status(AGENT).reason());
    answeredByTheLogs("10", talk);
    assertEquals("ring-no-answer", world.status(AGENT).reason(), "three rang behind it");
  }

  @Test
  void whoWentByTheirOwnWillStaysAway() {
    letRing("1");
    Instant talk = world.now;
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "meal"));
    answeredByTheLogs("9", talk);
    assertEquals("meal", world.status(AGENT).reason());
    assertEquals(0, world.status(AGENT).misses());
  }

  /** One after the other, a minute apart. */
  private void letRing(String... callers) {
    for (String caller : callers) {
      world.letsRing(PHONE, caller);
      world.pass(Duration.ofMinutes(1));
    }
  }

  private void answeredByTheLogs(String caller, Instant at) {
    CallLog log = new CallLog(caller);
    log.add(line(caller, at.minusSeconds(9), "NONE", "ENTERQUEUE", "", "02088881234", "1"));
    log.add(line(caller, at, AGENT.value(), "CONNECT", "9", caller + "-leg", "5"));
    log.add(line(caller, at.plusSeconds(9), AGENT.value(), "COMPLETECALLER", "9", "9", "1"));
    world.tell(
        new GatewayInput.CallFound(
            GATEWAY, world.now, log.told(Dialplan.NAMES, false), Optional.empty()));
  }

  private static QueueLogEntry line(
      String call, Instant at, String member, String event, String... data) {
    return new QueueLogEntry(at, call, QUEUE.value(), member, event, List.of(data));
  }

  private void rules(AgentRules rules) {
    world.tell(new CatalogInput.AgentRulesReplaced(PauseReason.SHIPPED, Map.of(DESK, rules)));
  }

  private void ringing(String caller) {
    world.dials(caller);
    world.joinsQueue(caller);
    world.rings(caller, caller + "-leg", PHONE);
  }

  private void refusesWith(String caller, int q850) {
    world.tell(
        new GatewayInput.PhoneRefused(
            GATEWAY, world.now, EngineWorld.channel(caller), PHONE, q850));
  }
}
