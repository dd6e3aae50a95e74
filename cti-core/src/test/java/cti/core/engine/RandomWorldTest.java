package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.DESK;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.SECOND_AGENT;
import static cti.core.engine.EngineWorld.SECOND_PHONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.agent.DeviceState;
import cti.core.call.Call;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.Established;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.Extension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Worlds made at random, with inputs told twice, left out, and links that break. Whatever happens,
 * some things hold. A failing seed is in the name of the test.
 */
class RandomWorldTest {
  private static final int STEPS = 400;
  private static final String[] REASONS = {"meal", "break", "no such reason"};

  @ParameterizedTest
  @ValueSource(
      longs = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 4711, 20261121
      })
  void whatAlwaysHolds(long seed) {
    Random random = new Random(seed);
    EngineWorld world = new EngineWorld();
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.readyAgent(SECOND_AGENT, SECOND_PHONE);
    int calls = 0;
    for (int step = 0; step < STEPS; step++) {
      world.pass(Duration.ofMillis(random.nextInt(3_000)));
      if (random.nextInt(4) == 0) {
        calls++;
        world.dials("c" + calls);
      } else if (calls > 0) {
        something(world, random, "c" + (1 + random.nextInt(calls)), step);
      }
      fireDueTimers(world);
      nobodyIsOnTwoCalls(world);
      nobodySharesAPhone(world);
      pauseAndWrapUpHaveTheirTimers(world);
    }
    world.linkLost();
    world.linkUp();

    assertEquals(List.of(), List.copyOf(world.engine.state().calls()), "ghosts");
    everyCallBeginsAndEndsOnce(world.events);
    missedMeansNobodyTalked(world.events);
    talksEndAfterTheyBegin(world.events);
    agentsAreFree(world);
    EngineWorld replayed = new EngineWorld(world.events);
    assertEquals(
        List.copyOf(world.engine.state().agents()), List.copyOf(replayed.engine.state().agents()));
  }

  private static void something(EngineWorld world, Random random, String caller, int step) {
    Extension phone = random.nextBoolean() ? PHONE : SECOND_PHONE;
    String leg = caller + "-leg" + random.nextInt(3);
    Runnable input =
        switch (random.nextInt(20)) {
          case 0, 1 -> () -> world.joinsQueue(caller);
          case 2, 3 -> () -> world.rings(caller, leg, phone);
          case 4, 5 -> () -> world.answers(caller, leg, phone);
          case 6 -> () -> world.doesNotAnswer(caller, leg, phone);
          case 7 -> () -> world.hangsUp(random.nextBoolean() ? caller : leg);
          case 8 -> () -> world.gone(random.nextBoolean() ? caller : leg);
          case 9 ->
              () -> world.queueReturns(caller, random.nextBoolean() ? "TIMEOUT" : "JOINEMPTY");
          case 10 -> () -> world.dialEnds(leg, random.nextBoolean() ? "BUSY" : "CONGESTION");
          case 11 -> () -> world.tell(new AgentCommand.BecomeNotReady(AGENT, REASONS[step % 3]));
          case 12 -> () -> world.tell(new AgentCommand.ExtendWrapUp(AGENT));
          case 13 -> () -> world.tell(new AgentCommand.LogOff(AGENT, "step " + step));
          case 14 -> () -> world.tell(new AgentCommand.LogOn(AGENT, PHONE, Set.of(DESK)));
          case 15 -> () -> world.tell(new AgentCommand.LogOn(AGENT, phone, Set.of(DESK), true));
          case 16 ->
              () -> world.tell(new AgentCommand.LogOn(SECOND_AGENT, phone, Set.of(DESK), true));
          case 17 -> () -> world.tell(new AgentCommand.BecomeReady(SECOND_AGENT));
          case 18 -> () -> look(world, random);
          default -> () -> world.tell(new AgentCommand.BecomeReady(AGENT));
        };
    input.run();
    if (random.nextInt(5) == 0) {
      input.run();
    }
  }

  /** The watchdog sees what there may be: members and phones as nobody wants them. */
  private static void look(EngineWorld world, Random random) {
    List<GatewayInput.MemberFacts> members = new ArrayList<>();
    Map<String, DeviceState> devices = new HashMap<>();
    for (Extension phone : List.of(PHONE, SECOND_PHONE)) {
      if (random.nextInt(4) > 0) {
        members.add(
            new GatewayInput.MemberFacts(
                EngineWorld.QUEUE,
                EngineWorld.member(phone),
                true,
                random.nextBoolean(),
                "random",
                random.nextInt(3)));
      }
      DeviceState[] states = DeviceState.values();
      devices.put("Custom:" + phone, states[random.nextInt(states.length)]);
    }
    world.tell(
        new GatewayInput.Looked(
            EngineWorld.GATEWAY, world.now, members, devices, List.of(), Set.of()));
  }

  private static void fireDueTimers(EngineWorld world) {
    for (Effect effect : List.copyOf(world.effects)) {
      if (effect instanceof Effect.Arm armed && !armed.due().isAfter(world.now)) {
        world.effects.remove(effect);
        world.tell(armed.timer());
      }
    }
  }

  private static void nobodySharesAPhone(EngineWorld world) {
    Set<Extension> taken = new HashSet<>();
    for (AgentStatus status : world.engine.state().agents()) {
      status
          .extension()
          .ifPresent(
              extension -> {
                assertTrue(taken.add(extension), extension + " has two agents");
                assertEquals(Optional.of(status.agent()), world.engine.state().agentAt(extension));
              });
      assertTrue(
          status.pending().isEmpty()
              || status.state() == AgentState.BUSY
              || status.state() == AgentState.WORKING_AFTER_CALL,
          status + " has something pending and no call");
    }
  }

  /** What is armed now is what a restart would arm again. */
  private static void pauseAndWrapUpHaveTheirTimers(EngineWorld world) {
    for (Effect again : world.engine.afterReplay(world.now)) {
      assertTrue(world.effects.contains(again), again + " is not armed");
    }
  }

  private static void nobodyIsOnTwoCalls(EngineWorld world) {
    Set<AgentId> talking = new HashSet<>();
    for (Call call : world.engine.state().calls()) {
      call.talking()
          .flatMap(attempt -> attempt.agent())
          .ifPresent(agent -> assertTrue(talking.add(agent), agent + " talks twice"));
    }
    for (AgentId agent : talking) {
      assertEquals(AgentState.BUSY, world.state(agent), agent + " talks");
    }
  }

  private static void everyCallBeginsAndEndsOnce(List<DomainEvent> events) {
    Map<CallId, List<String>> seen = new HashMap<>();
    for (DomainEvent event : events) {
      if (event instanceof CallEvent e) {
        List<String> names = seen.computeIfAbsent(e.call(), id -> new ArrayList<>());
        assertFalse(names.contains("CallCleared"), e + " after the end");
        names.add(e.getClass().getSimpleName());
        assertEquals(
            e instanceof ServiceInitiated, names.size() == 1, "the first event of " + e.call());
      }
    }
    seen.forEach((call, names) -> assertEquals("CallCleared", names.getLast(), call.value()));
  }

  private static void missedMeansNobodyTalked(List<DomainEvent> events) {
    Set<CallId> talked = new HashSet<>();
    Set<CallId> missed = new HashSet<>();
    for (DomainEvent event : events) {
      if (event instanceof Established e) {
        talked.add(e.call());
      } else if (event instanceof CallMissed e) {
        assertTrue(missed.add(e.call()), e.call() + " is missed twice");
        assertFalse(talked.contains(e.call()), e.call() + " was answered");
      }
    }
  }

  private static void talksEndAfterTheyBegin(List<DomainEvent> events) {
    Map<String, Established> open = new HashMap<>();
    for (DomainEvent event : events) {
      if (event instanceof Established e) {
        open.put(e.attempt().value(), e);
      } else if (event instanceof TalkEnded e) {
        Established began = open.remove(e.attempt().value());
        assertTrue(began != null && !e.at().isBefore(began.at()), e.toString());
      } else if (event instanceof CallCleared e) {
        assertTrue(
            open.values().stream().noneMatch(talk -> talk.call().equals(e.call())),
            "a talk of " + e.call() + " never ended");
      }
    }
  }

  private static void agentsAreFree(EngineWorld world) {
    for (AgentStatus status : world.engine.state().agents()) {
      assertFalse(status.state() == AgentState.BUSY, status + " is busy with nobody");
    }
  }
}
