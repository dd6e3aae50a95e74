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
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgentsTest {
  private final EngineWorld world = new EngineWorld();

  @Test
  void logOnAddsAPausedMemberAndReadyUnpausesIt() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    assertEquals(
        List.of(
            new GatewayAction.AddMember(
                GATEWAY, QUEUE, member(PHONE), "1001", "Custom:8001", 0, true),
            new GatewayAction.PauseMember(GATEWAY, QUEUE, member(PHONE), false, "")),
        world.actions());
  }

  @Test
  void theSecondChoiceOfADeskHasTheHigherPenalty() {
    world.linkUp();
    world.readyAgent(SECOND_AGENT, SECOND_PHONE);
    GatewayAction.AddMember added =
        assertInstanceOf(GatewayAction.AddMember.class, world.actions().getFirst());
    assertEquals(1, added.penalty());
  }

  @Test
  void logOffRemovesTheMember() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.tell(new AgentCommand.LogOff(AGENT, "end of shift"));
    assertEquals(AgentState.LOGGED_OFF, world.state(AGENT));
    assertEquals(
        new GatewayAction.RemoveMember(GATEWAY, QUEUE, member(PHONE)), world.actions().getLast());
  }

  @Test
  void refusalsNameTheOffendingValue() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    refused("no-such-agent", new AgentCommand.BecomeReady(new AgentId("9999")), "9999");
    refused("no-desk", new AgentCommand.LogOn(SECOND_AGENT, SECOND_PHONE, Set.of()), "[gz]");
    refused(
        "no-such-desk",
        new AgentCommand.LogOn(SECOND_AGENT, SECOND_PHONE, Set.of(new DeskId("moon"))),
        "moon");
    refused(
        "bad-extension",
        new AgentCommand.LogOn(SECOND_AGENT, new Extension("8002,s"), Set.of(DESK)),
        "8002,s");
    refused("extension-taken", new AgentCommand.LogOn(SECOND_AGENT, PHONE, Set.of(DESK)), "1001");
    refused(
        "already-logged-on",
        new AgentCommand.LogOn(AGENT, new Extension("8009"), Set.of(DESK)),
        "8001");
    refused("not-logged-on", new AgentCommand.BecomeReady(SECOND_AGENT), "1002");
  }

  @Test
  void nobodyLeavesATalkBySwitchingState() {
    world.linkUp();
    inTalk();
    world.accepted(new AgentCommand.LogOff(AGENT, "end of shift"));
    world.accepted(new AgentCommand.BecomeNotReady(AGENT, "meal"));
    assertEquals(AgentState.BUSY, world.state(AGENT));
  }

  @Test
  void theMemberStaysPausedFromAnswerToTheEndOfWrapUp() {
    world.linkUp();
    inTalk();
    assertEquals(
        new GatewayAction.PauseMember(GATEWAY, QUEUE, member(PHONE), true, "on-call"),
        world.actions().getLast());
    world.hangsUp("1");
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(AGENT));
    int before = world.actions().size();
    Effect.Arm armed = lastArmed(world);
    assertEquals(world.now.plus(Duration.ofSeconds(30)), armed.due());
    world.now = armed.due();
    world.tell(armed.timer());
    assertEquals(AgentState.READY, world.state(AGENT));
    assertEquals(
        List.of(new GatewayAction.PauseMember(GATEWAY, QUEUE, member(PHONE), false, "")),
        world.actions().subList(before, world.actions().size()));
    world.tell(armed.timer());
    assertEquals(before + 1, world.actions().size(), "a timer of the past does nothing");
  }

  @Test
  void anAgentMayEndWrapUpEarlyOrGoNotReadyFromIt() {
    world.linkUp();
    inTalk();
    world.hangsUp("1");
    world.tell(new AgentCommand.BecomeNotReady(AGENT, "meal"));
    assertEquals(AgentState.NOT_READY, world.state(AGENT));
    world.effects.stream()
        .filter(Effect.Arm.class::isInstance)
        .map(Effect.Arm.class::cast)
        .toList()
        .forEach(armed -> world.tell(armed.timer()));
    assertEquals(AgentState.NOT_READY, world.state(AGENT), "the timer of the wrap-up is void");
  }

  @Test
  void wrapUpGoesOnAfterARestart() {
    world.linkUp();
    inTalk();
    world.hangsUp("1");
    Engine restarted = new EngineWorld(world.events).engine;
    assertEquals(1, restarted.afterReplay(world.now).size());
  }

  @Test
  void aClockThatWasPutBackOverARestartMakesNoWrapUpLonger() {
    world.linkUp();
    inTalk();
    world.hangsUp("1");
    Engine restarted = new EngineWorld(world.events).engine;
    Instant until = restarted.state().agent(AGENT).orElseThrow().wrapUpUntil().orElseThrow();
    Instant hourBack = world.now.minus(Duration.ofHours(1));
    Duration whole = Duration.between(world.now, until);
    assertEquals(
        List.of(new Effect.Arm(new TimerInput.WrapUpOver(AGENT, until), hourBack.plus(whole))),
        restarted.afterReplay(hourBack));
  }

  @Test
  void nobodyLooksReadyWhomTheGatewayRefused() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.tell(
        new GatewayInput.ActionFailed(
            GATEWAY, world.now, world.actions().getFirst(), "No such queue", true));
    assertEquals(AgentState.NOT_READY, world.state(AGENT));
    assertTrue(world.effects.stream().anyMatch(Effect.Warn.class::isInstance));
  }

  @Test
  void aGatewayThatDoesNotAnswerHasRefusedNobody() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    int actions = world.actions().size();
    world.tell(
        new GatewayInput.ActionFailed(
            GATEWAY,
            world.now,
            world.actions().getLast(),
            "action QueuePause had no answer within 5000 ms",
            false));
    assertEquals(AgentState.READY, world.state(AGENT));
    assertEquals(actions, world.actions().size(), "the snapshot or the watchdog puts it right");
    assertTrue(world.effects.getLast() instanceof Effect.Warn, "and it is told");
  }

  @Test
  void whileTheLinkIsAwayNothingIsAskedAndTheSnapshotSetsItRight() {
    world.readyAgent(AGENT, PHONE);
    assertEquals(List.of(), world.actions());
    world.linkUp();
    assertEquals(
        List.of(
            new GatewayAction.AddMember(
                GATEWAY, QUEUE, member(PHONE), "1001", "Custom:8001", 0, false)),
        world.actions());
  }

  @Test
  void whoWasNotReadyBeforeACallIsNotReadyAfterIt() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.tell(new AgentCommand.BecomeNotReady(AGENT, "meal"));
    world.answers("1", "2", PHONE);
    assertEquals(AgentState.BUSY, world.state(AGENT));
    world.hangsUp("1");
    assertEquals(AgentState.WORKING_AFTER_CALL, world.state(AGENT));
    Effect.Arm armed = lastArmed(world);
    EngineWorld restarted = new EngineWorld(world.events);
    for (EngineWorld each : List.of(world, restarted)) {
      each.now = armed.due();
      each.tell(armed.timer());
      assertEquals(AgentState.NOT_READY, each.state(AGENT));
      assertEquals("meal", each.engine.state().agent(AGENT).orElseThrow().reason());
    }
    assertTrue(
        world.actions().stream()
            .filter(GatewayAction.PauseMember.class::isInstance)
            .map(GatewayAction.PauseMember.class::cast)
            .skip(1)
            .allMatch(GatewayAction.PauseMember::paused),
        "nobody is unpaused who is at lunch");
  }

  @Test
  void aCallOfTheStaticQueueMakesNobodyReadyWhoWasNot() {
    world.linkUp();
    assertEquals(
        new Reply.Accepted(),
        world.tell(new AgentCommand.LogOn(AGENT, PHONE, Set.of(DESK))).reply().orElseThrow());
    world.dials("1");
    world.tell(
        new GatewayInput.CallerJoined(
            GATEWAY, world.now, EngineWorld.channel("1"), new QueueName("cti-fallback"), 1));
    world.rings("1", "2", PHONE);
    world.answers("1", "2", PHONE);
    world.hangsUp("1");
    assertEquals(AgentState.NOT_READY, world.state(AGENT));
    assertEquals(AgentStatus.LOGGED_ON, world.engine.state().agent(AGENT).orElseThrow().reason());
  }

  @Test
  void aReadinessThatOneQueueRefusedIsTakenBackFromTheOthers() {
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.tell(
        new GatewayInput.ActionFailed(
            GATEWAY, world.now, world.actions().getLast(), "Interface not found", true));
    assertEquals(AgentState.NOT_READY, world.state(AGENT));
    assertEquals(
        new GatewayAction.PauseMember(GATEWAY, QUEUE, member(PHONE), true, "gateway-refused"),
        world.actions().getLast());
    int actions = world.actions().size();
    world.tell(
        new GatewayInput.ActionFailed(
            GATEWAY, world.now, world.actions().getLast(), "Interface not found", true));
    assertEquals(actions, world.actions().size(), "and that is not asked again and again");
  }

  @Test
  void wrapUpLastsAsLongAsTheDeskSaysWhateverTheGatewaysClockSays() {
    for (Duration ahead : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
      EngineWorld each = new EngineWorld();
      each.linkUp();
      each.readyAgent(AGENT, PHONE);
      each.dials("1");
      each.joinsQueue("1");
      each.rings("1", "2", PHONE);
      each.answers("1", "2", PHONE);
      each.tell(
          new GatewayInput.MemberCompleted(
              GATEWAY,
              each.now.plus(ahead),
              EngineWorld.channel("1"),
              QUEUE,
              member(PHONE),
              "caller"));
      assertEquals(each.now.plus(Duration.ofSeconds(30)), lastArmed(each).due());
    }
  }

  @Test
  void anExtensionThatTheGatewayCannotDialIsRefused() {
    world.linkUp();
    for (String never : List.of("8", "*8001", "80#1")) {
      refused(
          "bad-extension",
          new AgentCommand.LogOn(AGENT, new Extension(never), Set.of(DESK)),
          never);
    }
  }

  private static Effect.Arm lastArmed(EngineWorld world) {
    return world.effects.stream()
        .filter(Effect.Arm.class::isInstance)
        .map(Effect.Arm.class::cast)
        .toList()
        .getLast();
  }

  private void inTalk() {
    world.readyAgent(AGENT, PHONE);
    world.dials("1");
    world.joinsQueue("1");
    world.rings("1", "2", PHONE);
    world.answers("1", "2", PHONE);
  }

  private void refused(String id, AgentCommand command, String mentioned) {
    int events = world.events.size();
    Reply.Refusal refusal =
        assertInstanceOf(Reply.Refusal.class, world.tell(command).reply().orElseThrow());
    assertEquals(id, refusal.id());
    assertTrue(refusal.message().contains(mentioned), refusal.message());
    assertEquals(events, world.events.size(), "a refused command changes nothing");
  }
}
