package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.SECOND_AGENT;
import static cti.core.engine.EngineWorld.SECOND_PHONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.AgentState;
import cti.core.agent.AgentStatus;
import cti.core.call.Call;
import cti.core.call.ConnectionState;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls of every kind told through one another at random, with inputs lost, told twice and late,
 * and links that break. Whatever happens, some things hold. A failing seed is in the name of the
 * test.
 */
class RandomCallsTest {
  private static final int CALLS = 40;
  private static final int AT_ONCE = 4;

  /** Between so many inputs the journal is replayed. */
  private static final int REPLAYED = 40;

  private static final int LAST = 30;

  /** How much goes wrong with the inputs; each one in so many, 0 never. */
  private record Trouble(int lost, int twice, int late, int cut) {
    static final Trouble NONE = new Trouble(0, 0, 0, 0);
    static final Trouble TWICE = new Trouble(0, 3, 0, 0);
    static final Trouble EVERYTHING = new Trouble(12, 10, 10, 60);
  }

  static LongStream seeds() {
    return LongStream.concat(LongStream.rangeClosed(1, 60), LongStream.of(4711, 20261121));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatAlwaysHolds(long seed) {
    EngineWorld world = told(seed, Trouble.EVERYTHING);
    world.linkLost();
    world.linkUp();
    assertEquals(List.of(), List.copyOf(world.engine.state().calls()), "ghosts");
    for (AgentStatus status : world.engine.state().agents()) {
      assertFalse(status.state() == AgentState.BUSY, status + " is busy with nobody");
    }
    Map<CallId, Call> over = over(world.events);
    over.values().forEach(RandomCallsTest::addsUp);
    missedOnceAndNeverAnswered(world.events, over);
    sameFromTheJournal(world);
  }

  /** Without trouble, and with everything told twice, the calls come out the same. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void toldTwiceIsToldOnce(long seed) {
    assertEquals(over(told(seed, Trouble.NONE).events), over(told(seed, Trouble.TWICE).events));
  }

  private static EngineWorld told(long seed, Trouble trouble) {
    Random calls = new Random(seed);
    Random troubles = new Random(seed + 1);
    EngineWorld world = new EngineWorld();
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.readyAgent(SECOND_AGENT, SECOND_PHONE);
    List<List<Runnable>> under = new ArrayList<>();
    List<Runnable> late = new ArrayList<>();
    int begun = 0;
    while (begun < CALLS || !under.isEmpty()) {
      if (begun < CALLS && under.size() < AT_ONCE) {
        begun++;
        under.add(new ArrayList<>(CallStory.of(world, "c" + begun, calls)));
      }
      world.pass(Duration.ofMillis(calls.nextInt(4_000)));
      List<Runnable> story = under.get(calls.nextInt(under.size()));
      Runnable step = story.removeFirst();
      if (story.isEmpty()) {
        under.remove(story);
      }
      tell(step, late, trouble, troubles);
      if (one(trouble.cut(), troubles)) {
        world.linkLost();
        world.linkUp();
      }
      world.fireTimers();
      nobodyIsOnTwoCalls(world);
      if (one(REPLAYED, troubles)) {
        sameFromTheJournal(world);
      }
    }
    late.forEach(Runnable::run);
    return world;
  }

  private static void tell(Runnable step, List<Runnable> late, Trouble trouble, Random random) {
    if (one(trouble.lost(), random)) {
      return;
    }
    if (one(trouble.late(), random)) {
      late.add(step);
      return;
    }
    step.run();
    if (one(trouble.twice(), random)) {
      step.run();
    }
    late.forEach(Runnable::run);
    late.clear();
  }

  private static boolean one(int inSoMany, Random random) {
    return inSoMany > 0 && random.nextInt(inSoMany) == 0;
  }

  private static void nobodyIsOnTwoCalls(EngineWorld world) {
    Set<AgentId> talking = new HashSet<>();
    for (Call call : world.engine.state().calls()) {
      Set<AgentId> here = new HashSet<>();
      for (Part part : call.parts()) {
        if (part.talking() && part.state() == ConnectionState.CONNECTED) {
          part.device().agent().ifPresent(here::add);
        }
      }
      here.forEach(
          agent ->
              assertTrue(talking.add(agent), () -> agent + " talks in two calls" + last(world)));
    }
    for (AgentId agent : talking) {
      assertEquals(AgentState.BUSY, world.state(agent), () -> agent + " talks" + last(world));
    }
  }

  /** The last events, for whoever looks for the fault. */
  private static String last(EngineWorld world) {
    List<DomainEvent> all = world.events;
    return all.subList(Math.max(0, all.size() - LAST), all.size()).stream()
        .map(event -> "\n  " + event)
        .collect(Collectors.joining());
  }

  /** Every call that began, as its events tell it to its end; each begins and ends once. */
  private static Map<CallId, Call> over(List<DomainEvent> events) {
    Map<CallId, Call> calls = new LinkedHashMap<>();
    Set<CallId> ended = new HashSet<>();
    for (DomainEvent event : events) {
      if (event instanceof CallEvent told) {
        assertFalse(ended.contains(told.call()), told + " behind the end");
        if (told instanceof ServiceInitiated begun) {
          assertTrue(calls.put(begun.call(), Call.begun(begun)) == null, begun + " again");
        } else {
          calls.put(told.call(), calls.get(told.call()).apply(told));
        }
        if (told instanceof CallCleared) {
          ended.add(told.call());
        }
      }
    }
    return calls;
  }

  private static void addsUp(Call call) {
    assertEquals(
        Duration.between(call.startedAt(), call.times().until()), call.times().total(), "" + call);
    for (Part part : call.parts()) {
      assertFalse(part.open(), part + " never ended");
      if (part.role() == PartRole.CALLER) {
        continue; // Who calls also waits, which is neither talk nor hold.
      }
      Optional<Duration> there =
          part.times()
              .answeredAt()
              .map(from -> Duration.between(from, part.times().endedAt().orElseThrow()));
      assertEquals(
          there.orElse(Duration.ZERO),
          part.times().talked().plus(part.times().held()),
          part.toString());
    }
  }

  private static void missedOnceAndNeverAnswered(List<DomainEvent> events, Map<CallId, Call> over) {
    Set<CallId> missed = new HashSet<>();
    for (DomainEvent event : events) {
      if (event instanceof CallMissed miss) {
        assertTrue(missed.add(miss.call()), miss + " again");
        assertFalse(over.get(miss.call()).answered(), miss + " was answered");
      }
    }
  }

  private static void sameFromTheJournal(EngineWorld world) {
    EngineWorld replayed = new EngineWorld(List.copyOf(world.events));
    assertEquals(
        Set.copyOf(world.engine.state().calls()), Set.copyOf(replayed.engine.state().calls()));
    assertEquals(
        List.copyOf(world.engine.state().agents()), List.copyOf(replayed.engine.state().agents()));
  }
}
