package cti.core.engine;

import static cti.core.engine.EngineWorld.AGENT;
import static cti.core.engine.EngineWorld.GATEWAY;
import static cti.core.engine.EngineWorld.PHONE;
import static cti.core.engine.EngineWorld.SECOND_AGENT;
import static cti.core.engine.EngineWorld.SECOND_PHONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.Call;
import cti.core.call.DataQuality;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.DomainEvent;
import cti.core.id.CallId;
import cti.core.recovery.Comparison;
import cti.core.recovery.LoggedCall;
import cti.core.recovery.OnRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever part of a gateway's reports is cut out: once the link is back and its logs are read, the
 * records are those of a world in which nothing was cut out. A failing seed is in the name.
 */
class RecoveryWorldTest {
  private static final Duration TOLERANCE = Duration.ofSeconds(1);
  private static final int CALLS = 40;

  @ParameterizedTest
  @ValueSource(
      longs = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
        4711, 20261121
      })
  void anOutageLeavesNoTrace(long seed) {
    LoggedWorld gateway = new LoggedWorld(seed, CALLS);
    Random random = new Random(seed);
    Duration all = Duration.between(gateway.reports.getFirst().at(), gateway.end());
    Instant lost =
        gateway.reports.getFirst().at().plusMillis(random.nextLong(all.toMillis() * 8 / 10));
    Instant back = lost.plusSeconds(1 + random.nextInt(120));
    EngineWorld whole = play(gateway, Instant.MAX, Instant.MAX);
    EngineWorld cut = play(gateway, lost, back);

    readLogs(gateway, cut);
    List<DomainEvent> once = List.copyOf(cut.events);
    readLogs(gateway, cut);
    assertEquals(once, cut.events, "the logs read twice");

    Map<CallId, OnRecord> expected = records(whole.events);
    Map<CallId, OnRecord> actual = records(cut.events);
    assertEquals(expected.keySet(), actual.keySet(), "calls on record");
    assertEquals(CALLS, actual.size());
    expected.forEach((id, record) -> same(id, record, actual.get(id)));
    assertEquals(missed(whole.events), missed(cut.events), "missed calls");
    assertEquals(outcomes(whole.events), outcomes(cut.events), "outcomes");
    assertEquals(List.of(), List.copyOf(cut.engine.state().calls()), "ghosts");
    assertTrue(
        actual.values().stream().noneMatch(record -> record.quality() == DataQuality.LOST_TRACK),
        "lost track of a call that the logs tell");
  }

  /** Killed and started again in the middle of reading: nothing is told twice. */
  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34, 35})
  void aRestartWhileTheLogsAreReadTellsNothingTwice(long seed) {
    LoggedWorld gateway = new LoggedWorld(seed, CALLS);
    Instant first = gateway.reports.getFirst().at();
    EngineWorld cut = play(gateway, first.plusSeconds(30), first.plusSeconds(150));
    readLogs(gateway, cut);
    Map<CallId, OnRecord> expected = records(cut.events);
    Random random = new Random(seed);
    EngineWorld before = play(gateway, first.plusSeconds(30), first.plusSeconds(150));
    int played = before.events.size();
    readLogs(gateway, before);
    int kept = played + random.nextInt(before.events.size() - played + 1);

    EngineWorld after = new EngineWorld(before.events.subList(0, kept));
    after.events.addAll(before.events.subList(0, kept));
    after.now = gateway.end().plusSeconds(60);
    after.tell(new GatewayInput.LinkLost(GATEWAY, after.now, "started"));
    after.tell(gateway.snapshot(after.now));
    readLogs(gateway, after);

    Map<CallId, OnRecord> actual = records(after.events);
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((id, record) -> same(id, record, actual.get(id)));
  }

  private static EngineWorld play(LoggedWorld gateway, Instant lost, Instant back) {
    EngineWorld world = new EngineWorld();
    world.now = gateway.reports.getFirst().at().minusSeconds(10);
    world.linkUp();
    world.readyAgent(AGENT, PHONE);
    world.readyAgent(SECOND_AGENT, SECOND_PHONE);
    boolean away = false;
    boolean returned = false;
    for (LoggedWorld.Report report : gateway.reports) {
      if (!away && !report.at().isBefore(lost)) {
        away = true;
        world.now = lost;
        world.linkLost();
      }
      if (away && !returned && !report.at().isBefore(back)) {
        returned = true;
        world.now = back;
        world.tell(gateway.snapshot(back));
      }
      if (!away || returned) {
        world.now = report.at();
        report.tell().accept(world);
      }
    }
    if (away && !returned) {
      world.now = back.isAfter(gateway.end()) ? back : gateway.end();
      world.tell(gateway.snapshot(world.now));
    }
    world.now = world.now.plusSeconds(10);
    return world;
  }

  /** As the server does: what is missing, or on record otherwise than the logs tell. */
  private static void readLogs(LoggedWorld gateway, EngineWorld world) {
    Map<CallId, OnRecord> records = records(world.events);
    gateway.logs.forEach(
        (linked, log) -> {
          LoggedCall logged = log.told(Dialplan.NAMES, true);
          Optional<OnRecord> onRecord =
              Optional.ofNullable(records.get(new CallId(GATEWAY + ":" + linked)));
          boolean offered =
              onRecord.isEmpty()
                  || onRecord.get().endedAt().isEmpty()
                  || onRecord.get().quality() == DataQuality.LOST_TRACK
                  || !Comparison.differences(logged, onRecord.get()).isEmpty();
          if (offered) {
            world.tell(new GatewayInput.CallFound(GATEWAY, world.now, logged, onRecord));
          }
        });
  }

  private static Map<CallId, OnRecord> records(List<DomainEvent> events) {
    Map<CallId, List<CallEvent>> byCall = new LinkedHashMap<>();
    for (DomainEvent event : events) {
      if (event instanceof CallEvent e) {
        byCall.computeIfAbsent(e.call(), _ -> new ArrayList<>()).add(e);
      }
    }
    Map<CallId, OnRecord> records = new LinkedHashMap<>();
    byCall.forEach((id, own) -> OnRecord.of(own).ifPresent(record -> records.put(id, record)));
    return new java.util.TreeMap<>(records);
  }

  private static void same(CallId id, OnRecord expected, OnRecord actual) {
    Call one = expected.call();
    Call other = actual.call();
    near(id + " begins", one.startedAt(), other.startedAt());
    near(id + " ends", expected.endedAt().orElseThrow(), actual.endedAt().orElseThrow());
    assertEquals(one.visits().size(), other.visits().size(), id + ": stays");
    for (int i = 0; i < one.visits().size(); i++) {
      same(id, one.visits().get(i), other.visits().get(i));
    }
  }

  private static void same(CallId id, QueueVisit expected, QueueVisit actual) {
    assertEquals(expected.queue(), actual.queue(), id.value());
    assertEquals(expected.desk(), actual.desk(), id.value());
    assertEquals(expected.outcome(), actual.outcome(), id.value());
    assertEquals(expected.callerLeft(), actual.callerLeft(), id.value());
    near(id + " enters", expected.enteredAt(), actual.enteredAt());
    near(id + " leaves", expected.leftAt().orElseThrow(), actual.leftAt().orElseThrow());
    assertEquals(rings(expected), rings(actual), id + ": rings");
    for (int i = 0; i < expected.attempts().size(); i++) {
      RingAttempt one = expected.attempts().get(i);
      RingAttempt other = actual.attempts().get(i);
      near(id + " rings", one.startedAt(), other.startedAt());
      near(
          id + " ends ringing or talk", one.endedAt().orElseThrow(), other.endedAt().orElseThrow());
      assertEquals(one.answeredAt().isPresent(), other.answeredAt().isPresent(), id.value());
      one.answeredAt().ifPresent(at -> near(id + " answers", at, other.answeredAt().orElseThrow()));
    }
  }

  private static List<String> rings(QueueVisit visit) {
    return visit.attempts().stream()
        .map(ring -> ring.extension() + " " + ring.agent() + " " + ring.outcome())
        .toList();
  }

  private static void near(String what, Instant expected, Instant actual) {
    Duration apart = Duration.between(expected, actual).abs();
    assertTrue(apart.compareTo(TOLERANCE) <= 0, what + " at " + expected + ", told " + actual);
  }

  private static List<String> missed(List<DomainEvent> events) {
    Map<CallId, String> last = new java.util.TreeMap<>();
    for (DomainEvent event : events) {
      if (event instanceof CallEvent.CallRecovered told) {
        last.remove(told.call());
      } else if (event instanceof CallMissed nobody) {
        last.put(nobody.call(), nobody.reason() + " " + nobody.desk());
      }
    }
    return last.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
  }

  private static Map<CallId, String> outcomes(List<DomainEvent> events) {
    Map<CallId, String> last = new java.util.TreeMap<>();
    for (DomainEvent event : events) {
      if (event instanceof CallCleared cleared) {
        last.put(cleared.call(), cleared.outcome() + " by " + cleared.by());
      }
    }
    return last;
  }
}
