package cti.server.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.Agent;
import cti.core.agent.SeatRole;
import cti.core.call.CallOutcome;
import cti.core.call.DataQuality;
import cti.core.call.QueueOutcome;
import cti.core.call.QueueVisit;
import cti.core.call.RingAttempt;
import cti.core.call.RingOutcome;
import cti.core.desk.Desk;
import cti.core.engine.AgentCommand;
import cti.core.engine.CatalogInput;
import cti.core.engine.Dialplan;
import cti.core.engine.Engine;
import cti.core.engine.EngineInput;
import cti.core.engine.EngineSettings;
import cti.core.engine.GatewayInput;
import cti.core.engine.MemberAddressing;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.CallMissed;
import cti.core.event.CallEvent.CallRecovered;
import cti.core.event.CallEvent.ServiceInitiated;
import cti.core.event.DomainEvent;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.recovery.Comparison;
import cti.core.recovery.LoggedCall;
import cti.core.recovery.OnRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every recorded transcript, the link lost before each of its messages and back after some more of
 * them: nothing that nobody saw is guessed, and once the gateway's logs are read the records are
 * those of a link that was never lost.
 */
class CutTranscriptsTest {
  private static final GatewayId GATEWAY = new GatewayId("gw1");
  private static final Path FOLDER = Path.of("src", "test", "resources", "ami");
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  /** How many messages an outage swallows; 0 stands for all that are left. */
  private static final List<Integer> SWALLOWED = List.of(1, 2, 3, 5, 8, 13, 22, 36, 60, 0);

  /** A queue that takes nobody in leaves no line in queue_log (docs/adr/0005-recovery.md). */
  private static final Set<String> NOT_IN_THE_LOGS = Set.of("join-empty", "queue-full");

  /** Session begins in the middle of calls: the picture is not in its events. */
  private static final Set<String> NOT_FROM_THE_BEGINNING =
      Set.of("snapshot-one-in-talk-one-waiting");

  static List<String> transcripts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".txt"))
          .map(name -> name.substring(0, name.length() - 4))
          .filter(name -> !NOT_FROM_THE_BEGINNING.contains(name))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void nothingIsGuessedAndTheLogsTellTheRest(String transcript) throws IOException {
    List<AmiMessage> messages = Transcripts.messages(transcript, Integer.MAX_VALUE);
    Map<CallId, OnRecord> whole = play(messages, messages.size(), messages.size()).records();
    for (int lost = 0; lost < messages.size(); lost++) {
      Set<Integer> returns = new TreeSet<>();
      for (int swallowed : SWALLOWED) {
        int back = swallowed == 0 ? messages.size() : lost + swallowed;
        returns.add(Math.min(back, messages.size()));
      }
      for (int back : returns) {
        String where = "%s, lost before %d, back after %d".formatted(transcript, lost, back);
        World cut = play(messages, lost, back);
        notGuessed(where, whole, cut);
        if (!NOT_IN_THE_LOGS.contains(transcript)) {
          cut.readLogs();
          List<DomainEvent> once = List.copyOf(cut.events);
          cut.readLogs();
          assertEquals(once, cut.events, where + ": the logs read twice");
          converged(where, whole, cut);
        }
      }
    }
  }

  /** What differs from what was so says that it was not seen. */
  private static void notGuessed(String where, Map<CallId, OnRecord> whole, World cut) {
    Map<CallId, CallCleared> ends = new TreeMap<>();
    Map<CallId, CallMissed> missed = new TreeMap<>();
    Set<CallId> begun = new TreeSet<>();
    for (DomainEvent event : cut.events) {
      switch (event) {
        case ServiceInitiated e ->
            assertTrue(begun.add(e.call()), where + ": " + e.call() + " begins twice");
        case CallCleared e -> {
          CallCleared before = ends.put(e.call(), e);
          assertEquals(null, before, where + ": " + e.call() + " ends twice");
        }
        case CallMissed e -> missed.put(e.call(), e);
        default -> {
          // Judged by the fold.
        }
      }
    }
    assertTrue(whole.keySet().containsAll(begun), where + ": calls that nobody made");
    Map<CallId, CallOutcome> outcomes = outcomes(cut.uncut);
    ends.forEach(
        (call, end) ->
            assertTrue(
                end.outcome() == outcomes.get(call)
                    || (end.outcome() == CallOutcome.LOST_TRACK
                        && end.quality() == DataQuality.LOST_TRACK),
                where + ": ended as " + end + ", was " + outcomes.get(call)));
    missed.forEach(
        (call, nobody) ->
            assertTrue(
                cut.uncut.stream()
                    .anyMatch(e -> e instanceof CallMissed m && m.call().equals(call)),
                where + ": missed " + nobody));
    cut.records()
        .forEach(
            (call, record) -> {
              Set<QueueOutcome> known =
                  whole.get(call).call().visits().stream()
                      .flatMap(visit -> visit.outcome().stream())
                      .collect(Collectors.toSet());
              for (QueueVisit visit : record.call().visits()) {
                visit
                    .outcome()
                    .ifPresent(
                        how ->
                            assertTrue(
                                how == QueueOutcome.GATEWAY_LOST || known.contains(how),
                                where + ": a stay ended as " + how + ", were " + known));
              }
            });
  }

  private static Map<CallId, CallOutcome> outcomes(List<DomainEvent> events) {
    Map<CallId, CallOutcome> outcomes = new TreeMap<>();
    for (DomainEvent event : events) {
      if (event instanceof CallCleared end) {
        outcomes.put(end.call(), end.outcome());
      }
    }
    return outcomes;
  }

  private static void converged(String where, Map<CallId, OnRecord> whole, World cut) {
    Map<CallId, OnRecord> records = cut.records();
    Map<CallId, OnRecord> ended = new TreeMap<>(whole);
    ended.values().removeIf(record -> record.endedAt().isEmpty());
    assertTrue(records.keySet().containsAll(ended.keySet()), where + ": " + records.keySet());
    assertEquals(outcomes(cut.uncut), outcomes(cut.events), where + ": outcomes");
    assertEquals(missed(cut.uncut), missed(cut.events), where + ": missed calls");
    ended.forEach((id, record) -> same(where, record, records.get(id)));
  }

  private static Set<String> missed(List<DomainEvent> events) {
    Map<CallId, String> missed = new TreeMap<>();
    for (DomainEvent event : events) {
      if (event instanceof CallRecovered told) {
        missed.remove(told.call());
      } else if (event instanceof CallMissed nobody) {
        missed.put(nobody.call(), nobody.call() + " " + nobody.reason());
      }
    }
    return new TreeSet<>(missed.values());
  }

  private static void same(String where, OnRecord expected, OnRecord actual) {
    near(where + ": begins", expected.call().startedAt(), actual.call().startedAt());
    near(where + ": ends", expected.endedAt().orElseThrow(), actual.endedAt().orElseThrow());
    assertEquals(stays(expected), stays(actual), where);
    List<QueueVisit> ours = actual.call().visits();
    for (int i = 0; i < ours.size(); i++) {
      QueueVisit one = expected.call().visits().get(i);
      near(where + ": enters", one.enteredAt(), ours.get(i).enteredAt());
      near(
          where + ": waits",
          Duration.between(one.enteredAt(), one.leftAt().orElseThrow()),
          Duration.between(ours.get(i).enteredAt(), ours.get(i).leftAt().orElseThrow()));
      for (int j = 0; j < one.attempts().size(); j++) {
        same(where, one.attempts().get(j), ours.get(i).attempts().get(j));
      }
    }
    assertEquals(
        Duration.between(actual.call().startedAt(), actual.endedAt().orElseThrow()),
        actual.call().times().total(),
        where + ": times of the caller");
    assertEquals(List.of(), partsOutsideQueues(expected, actual), where + ": parts");
  }

  private static void same(String where, RingAttempt expected, RingAttempt actual) {
    near(where + ": rings", expected.startedAt(), actual.startedAt());
    near(where + ": rang", ringing(expected), ringing(actual));
    expected
        .answeredAt()
        .ifPresent(
            at ->
                near(
                    where + ": talked",
                    Duration.between(at, expected.endedAt().orElseThrow()),
                    Duration.between(
                        actual.answeredAt().orElseThrow(), actual.endedAt().orElseThrow())));
  }

  private static Duration ringing(RingAttempt ring) {
    return Duration.between(ring.startedAt(), ring.answeredAt().or(ring::endedAt).orElseThrow());
  }

  private static List<String> stays(OnRecord record) {
    return record.call().visits().stream()
        .map(
            visit ->
                visit.queue()
                    + " "
                    + visit.outcome()
                    + " "
                    + visit.callerLeft()
                    + " "
                    + visit.attempts().stream()
                        .map(ring -> ring.extension() + "=" + how(ring))
                        .toList())
        .toList();
  }

  /** Refused is refused: the queue's own account of a phone tells no more. */
  private static String how(RingAttempt ring) {
    return ring.outcome().map(RingOutcome::name).orElse("?");
  }

  private static List<String> partsOutsideQueues(OnRecord expected, OnRecord actual) {
    List<String> missing =
        new ArrayList<>(
            expected.call().parts().stream()
                .map(part -> part.device().number() + " " + part.times().answeredAt().isPresent())
                .toList());
    actual
        .call()
        .parts()
        .forEach(
            part ->
                missing.remove(
                    part.device().number() + " " + part.times().answeredAt().isPresent()));
    return missing;
  }

  /** A moment that was seen and one that the logs tell may be apart; how long it took, less so. */
  private static void near(String what, Instant expected, Instant actual) {
    assertTrue(
        Duration.between(expected, actual).abs().compareTo(TOLERANCE.multipliedBy(2)) <= 0,
        what + " at " + expected + ", told " + actual);
  }

  private static void near(String what, Duration expected, Duration actual) {
    // A leg's record and the event of the same thing are a few milliseconds apart.
    assertTrue(
        expected.minus(actual).abs().compareTo(TOLERANCE.plusMillis(50)) <= 0,
        what + " " + expected + ", told " + actual);
  }

  private static World play(List<AmiMessage> messages, int lost, int back) {
    World world = new World();
    World uncut = new World();
    RecordedGateway gateway = new RecordedGateway(GATEWAY);
    for (int i = 0; i <= messages.size(); i++) {
      if (i == lost && lost < messages.size()) {
        world.tell(new GatewayInput.LinkLost(GATEWAY, gateway.now(), "cut"));
      }
      if (i == back && lost < messages.size()) {
        world.tell(gateway.snapshot());
      }
      if (i == messages.size()) {
        break;
      }
      AmiMessage message = messages.get(i);
      gateway.take(message);
      if (i < lost || i >= back) {
        world.hear(message);
      }
      uncut.hear(message);
    }
    world.gateway = gateway;
    world.uncut = uncut.events;
    return world;
  }

  /** An engine, and what came of what it was told. */
  private static final class World {
    final Engine engine = engine();
    final AmiTranslator translator = new AmiTranslator(GATEWAY);
    final List<DomainEvent> events = new ArrayList<>();
    List<DomainEvent> uncut = List.of();
    RecordedGateway gateway;
    private Instant now = Instant.parse("2026-11-21T20:00:00Z");

    World() {
      tell(new GatewayInput.Snapshot(GATEWAY, now, "22", List.of(), List.of(), List.of()));
      DeskId erp = new DeskId("hq-erp");
      tell(new AgentCommand.LogOn(new AgentId("1"), new Extension("8005"), Set.of(erp)));
      tell(new AgentCommand.LogOn(new AgentId("2"), new Extension("8006"), Set.of(erp)));
    }

    void hear(AmiMessage message) {
      translator.input(message, now).ifPresent(this::tell);
    }

    void tell(EngineInput input) {
      if (input instanceof GatewayInput stamped) {
        now = stamped.at();
      }
      List<DomainEvent> happened = engine.handle(input, now).events();
      happened.forEach(engine::apply);
      events.addAll(happened);
    }

    Map<CallId, OnRecord> records() {
      Map<CallId, List<CallEvent>> byCall = new LinkedHashMap<>();
      for (DomainEvent event : events) {
        if (event instanceof CallEvent e) {
          byCall.computeIfAbsent(e.call(), _ -> new ArrayList<>()).add(e);
        }
      }
      Map<CallId, OnRecord> records = new TreeMap<>();
      byCall.forEach((id, own) -> OnRecord.of(own).ifPresent(record -> records.put(id, record)));
      return records;
    }

    /** As the server does, around an outage. */
    void readLogs() {
      Map<CallId, OnRecord> records = records();
      gateway
          .logs()
          .forEach(
              (linked, log) -> {
                LoggedCall logged = log.told(Dialplan.NAMES, true);
                Optional<OnRecord> onRecord =
                    Optional.ofNullable(records.get(new CallId(GATEWAY + ":" + linked)));
                boolean offered =
                    onRecord.isEmpty()
                        || onRecord.get().endedAt().isEmpty()
                        || (logged.endedAt().isPresent()
                            && !onRecord.get().recovered()
                            && (onRecord.get().quality() == DataQuality.LOST_TRACK
                                || !Comparison.differences(logged, onRecord.get()).isEmpty()));
                if (offered && log.callerEnded()) {
                  tell(new GatewayInput.CallFound(GATEWAY, now, logged, onRecord));
                }
              });
    }

    private static Engine engine() {
      Engine engine =
          new Engine(
              new EngineSettings(GATEWAY, Set.of("cti-hotline"), MemberAddressing.SHIPPED)
                  .withLogs(true),
              number -> List.of());
      DeskId erp = new DeskId("hq-erp");
      Instant begin = Instant.parse("2026-11-21T20:00:00Z");
      engine.handle(
          new CatalogInput.MasterReplaced(
              List.of(
                  new Desk(
                      erp,
                      "本部(ERP)",
                      new SiteId("hq"),
                      "ERP",
                      new QueueName("cti-hq-erp"),
                      Duration.ofSeconds(15),
                      Duration.ofMinutes(2))),
              List.of(
                  new Agent(new AgentId("1"), "员工0001", Map.of(erp, SeatRole.A)),
                  new Agent(new AgentId("2"), "员工0002", Map.of(erp, SeatRole.A)))),
          begin);
      return engine;
    }
  }
}
