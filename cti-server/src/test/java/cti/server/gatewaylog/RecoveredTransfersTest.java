package cti.server.gatewaylog;

import static cti.core.call.RingOutcome.LOST_TRACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.Call;
import cti.core.call.CallOutcome;
import cti.core.call.ClearedBy;
import cti.core.call.DataQuality;
import cti.core.call.EventCause;
import cti.core.call.Part;
import cti.core.call.PartRole;
import cti.core.engine.Dialplan;
import cti.core.engine.Engine;
import cti.core.engine.EngineSettings;
import cti.core.engine.GatewayInput;
import cti.core.engine.MemberAddressing;
import cti.core.engine.Outcome;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.event.CallEvent.Conferenced;
import cti.core.event.CallEvent.ConnectionCleared;
import cti.core.event.CallEvent.Delivered;
import cti.core.event.CallEvent.Diverted;
import cti.core.event.CallEvent.PartDelivered;
import cti.core.event.CallEvent.Queued;
import cti.core.event.CallEvent.TalkEnded;
import cti.core.event.CallEvent.Transferred;
import cti.core.id.ConnectionId;
import cti.core.id.GatewayId;
import cti.core.recovery.Comparison;
import cti.core.recovery.LoggedCall;
import cti.core.recovery.OnRecord;
import cti.core.recovery.QueueLogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Calls of a real gateway in which an agent handed the caller on or asked a colleague, told from
 * its logs alone. Agent 1021 at 8021 answers for cti-hq-erp, 8022 for cti-hq-itil.
 */
class RecoveredTransfersTest {
  private static final GatewayId GATEWAY = new GatewayId("gw1");
  private static final Path FOLDER = Path.of("src", "test", "resources", "gatewaylog", "transfers");
  private static final LogPlace PLACE = new LogPlace(1, 0);
  private static final Instant NOW = Instant.parse("2026-11-27T19:00:00Z");

  private final OpenCalls calls = new OpenCalls();
  private final Engine engine =
      new Engine(
          new EngineSettings(GATEWAY, Set.of("cti-hotline"), MemberAddressing.SHIPPED),
          number -> List.of());

  RecoveredTransfersTest() throws IOException {
    for (String line : Files.readAllLines(FOLDER.resolve("queue_log"))) {
      QueueLogEntry entry = LogLines.queueLog(line).orElseThrow();
      calls.take(entry, PLACE, 0);
    }
    for (String line : Files.readAllLines(FOLDER.resolve("cti.csv"))) {
      calls.take(LogLines.callDetail(line, ZoneOffset.UTC).orElseThrow(), PLACE, 0);
    }
  }

  private LoggedCall logged(String linked) {
    OpenCall call = calls.all().get(linked);
    assertTrue(call.complete(true), linked + " is not told to its end");
    return call.lines.told(Dialplan.NAMES, true);
  }

  private List<CallEvent> told(String linked, Optional<OnRecord> before) {
    Outcome outcome =
        engine.handle(new GatewayInput.CallFound(GATEWAY, NOW, logged(linked), before), NOW);
    return outcome.events().stream().map(CallEvent.class::cast).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1795738379.76 | QUEUE_AGENT 8021 3 s, TRANSFERRED_TO 8022 7 s",
        "1795738401.87 | QUEUE_AGENT 8021 3 s, TRANSFERRED_TO 8023 BUSY, TRANSFERRED_TO 8021 7 s",
        "1795738358.68 | QUEUE_AGENT 8021 3 s, TRANSFERRED_TO 13900000088 8 s",
        "1795737333.573| QUEUE_AGENT 8021 7 s, TRANSFERRED_TO 8022 6 s",
        "1795738343.55 | QUEUE_AGENT 8021 7 s, TRANSFERRED_TO 13900000088 6 s",
        "1795738326.39 | QUEUE_AGENT 8021 7 s, TRANSFERRED_TO 8022 6 s",
        "1795738310.24 | QUEUE_AGENT 8021 10 s, CONSULTED 8022 3 s",
        "1795738292.4  | QUEUE_AGENT 8021 11 s, CONFERENCED 8022 8 s",
        // The two talked on for a second when the caller had left.
        "1795804003.20 | QUEUE_AGENT 8143 11 s, CONFERENCED 8166 3 s",
        // The agent left the two to themselves, which app_queue tells as COMPLETEAGENT.
        "1795807569.4457 | QUEUE_AGENT 8120 9 s, TRANSFERRED_TO 8166 5 s",
        // The same while the phone of who was asked still rang; the caller left before an answer.
        "1795807569.4467 | QUEUE_AGENT 8120 7 s, TRANSFERRED_TO 8166 NO_ANSWER",
      })
  void whoTookPart(String linked, String parts) {
    OnRecord record = OnRecord.of(told(linked, Optional.empty())).orElseThrow();
    Call call = record.call();
    assertEquals(
        parts.strip(),
        call.parts().stream()
            .filter(part -> part.role() != PartRole.CALLER)
            .map(RecoveredTransfersTest::inShort)
            .collect(Collectors.joining(", ")));
    assertEquals("13900000077", call.origin().callingNumber());
    assertEquals(
        Duration.between(call.startedAt(), record.endedAt().orElseThrow()), call.times().total());
    assertEquals(List.of(), Comparison.differences(logged(linked), record));
  }

  private static String inShort(Part part) {
    Part.Times times = part.times();
    String how =
        part.failure()
            .map(Enum::name)
            .orElseGet(
                () ->
                    Duration.between(
                                times.answeredAt().orElseThrow(), times.endedAt().orElseThrow())
                            .toSeconds()
                        + " s");
    return part.role() + " " + part.device().number() + " " + how;
  }

  @ParameterizedTest
  @CsvSource({
    "1795738379.76,BLIND 8022 to 0",
    "1795738401.87,BLIND 8023 to 0",
    "1795738358.68,BLIND 13900000088 to 0",
    "1795737333.573,ATTENDED 8022 to 1",
    "1795738343.55,ATTENDED 13900000088 to 1",
    "1795738326.39,ATTENDED 8022 to 1"
  })
  void howTheCallerWasHandedOn(String linked, String how) {
    assertEquals(
        List.of(how),
        told(linked, Optional.empty()).stream()
            .filter(Transferred.class::isInstance)
            .map(Transferred.class::cast)
            .map(e -> e.kind() + " " + e.target() + " to " + e.to().size())
            .toList());
  }

  @Test
  void aConsultationThatWasCalledOffHandsNobodyOnAndAConferenceNeither() {
    assertTrue(
        told("1795738310.24", Optional.empty()).stream().noneMatch(Transferred.class::isInstance));
    List<CallEvent> conference = told("1795738292.4", Optional.empty());
    assertTrue(conference.stream().noneMatch(Transferred.class::isInstance));
    assertEquals(1, conference.stream().filter(Conferenced.class::isInstance).count());
  }

  /**
   * Seen on the gateway: talk and consultation lay in an outage, behind which a phone seemed
   * called, or handed the caller where three were brought together.
   */
  @ParameterizedTest
  @CsvSource({"1795738326.39,CALLED", "1795738292.4,TRANSFERRED_TO"})
  void whoSeemedSomethingElseBehindAnOutageIsWhatTheLogsTell(String linked, PartRole seemed) {
    List<CallEvent> all = told(linked, Optional.empty());
    List<CallEvent> seen = new ArrayList<>();
    for (CallEvent event : all) {
      switch (event) {
        case PartDelivered e ->
            seen.add(
                new PartDelivered(
                    e.call(),
                    e.at(),
                    EventCause.RESYNC,
                    e.connection(),
                    seemed,
                    e.agent(),
                    e.number()));
        case CallEvent.ServiceInitiated e -> seen.add(e);
        case CallEvent.CallerIdentified e -> seen.add(e);
        case CallEvent.PartEstablished e -> seen.add(e);
        case CallEvent.PartEnded e -> seen.add(e);
        case CallCleared e -> seen.add(e);
        default -> {}
      }
    }
    OnRecord before = OnRecord.of(seen).orElseThrow();
    List<CallEvent> both = new ArrayList<>(seen);
    both.addAll(told(linked, Optional.of(before)));
    assertEquals(others(all), others(both));
  }

  private static List<String> others(List<CallEvent> events) {
    return OnRecord.of(events).orElseThrow().call().parts().stream()
        .filter(part -> part.role() != PartRole.CALLER)
        .map(RecoveredTransfersTest::inShort)
        .toList();
  }

  /** Seen on the gateway: the agent of the queue was taken for somebody who is asked, too. */
  @ParameterizedTest
  @EnumSource(names = {"CALLED", "CONSULTED", "TRANSFERRED_TO"})
  void whoAskedIsTheAgentOfTheQueueWhateverASnapshotShowed(PartRole seemed) {
    List<CallEvent> all = told("1795738310.24", Optional.empty());
    Delivered ring = all.stream().flatMap(of(Delivered.class)).findFirst().orElseThrow();
    ConnectionId line = new ConnectionId(ring.attempt().value());
    List<CallEvent> seen = new ArrayList<>();
    for (CallEvent event : all) {
      if (event instanceof CallEvent.ServiceInitiated
          || event instanceof CallEvent.CallerIdentified) {
        seen.add(event);
      }
    }
    seen.add(
        new PartDelivered(
            ring.call(),
            ring.at(),
            EventCause.RESYNC,
            line,
            seemed,
            ring.agent(),
            ring.extension().value()));
    seen.add(
        new CallEvent.PartEstablished(
            ring.call(), ring.at(), EventCause.RESYNC, line, ring.agent()));
    all.stream().flatMap(of(CallCleared.class)).forEach(seen::add);
    List<CallEvent> both = new ArrayList<>(seen);
    both.addAll(told("1795738310.24", OnRecord.of(seen)));
    assertEquals(List.of("QUEUE_AGENT 8021 10 s", "CONSULTED 8022 3 s"), others(both));
  }

  /** Rung and talked, each where it belongs, as of a call that was seen. */
  @Test
  void theTimesOfTheCallerAddUp() {
    Call call = OnRecord.of(told("1795738379.76", Optional.empty())).orElseThrow().call();
    assertEquals(3 + 7, call.times().talking().toSeconds());
    assertEquals(1, call.times().ringing().toSeconds());
    assertEquals(1, call.times().waiting().toSeconds());
    assertEquals(Duration.ZERO, call.times().onHold());
  }

  /** Seen on the gateway: a phone rang when the link was cut, and was given up with the call. */
  @Test
  void whoTookTheCallFromAPhoneThatWasSeenRingingTookItByATransfer() {
    List<CallEvent> all = told("1795738379.76", Optional.empty());
    Delivered ring = all.stream().flatMap(of(Delivered.class)).findFirst().orElseThrow();
    CallEvent queued = all.stream().flatMap(of(Queued.class)).findFirst().orElseThrow();
    List<CallEvent> seen = new ArrayList<>();
    all.stream().takeWhile(event -> event != ring && event != queued).forEach(seen::add);
    seen.removeIf(CallEvent.CallRecovered.class::isInstance);
    seen.add(queued);
    seen.add(ring);
    Instant cut = all.getLast().at().plusSeconds(1);
    seen.add(
        new Diverted(
            ring.call(), cut, EventCause.RESYNC, ring.visit(), ring.attempt(), LOST_TRACK));
    ConnectionId line = new ConnectionId(ring.attempt().value());
    seen.add(new ConnectionCleared(ring.call(), cut, EventCause.RESYNC, line, 0));
    seen.add(
        new CallCleared(
            ring.call(),
            cut,
            EventCause.RESYNC,
            CallOutcome.LOST_TRACK,
            ClearedBy.UNKNOWN,
            DataQuality.LOST_TRACK));
    List<CallEvent> again = told("1795738379.76", OnRecord.of(seen));
    assertEquals(
        List.of(PartRole.TRANSFERRED_TO),
        again.stream().flatMap(of(PartDelivered.class)).map(PartDelivered::role).toList());
  }

  /** Seen on the gateway: a snapshot found the agent's channels gone and the caller still there. */
  @Test
  void whoEndedATalkIsToldWhereNobodySawIt() {
    List<CallEvent> seen =
        told("1795738310.24", Optional.empty()).stream()
            .filter(event -> !(event instanceof CallEvent.CallRecovered))
            .map(RecoveredTransfersTest::byNobodyKnown)
            .toList();
    OnRecord before = OnRecord.of(seen).orElseThrow();
    assertEquals(1, Comparison.differences(logged("1795738310.24"), before).size());
    assertTrue(Comparison.onlyLate(logged("1795738310.24"), before, Duration.ofSeconds(1)));
    List<CallEvent> again = told("1795738310.24", Optional.of(before));
    assertEquals(
        List.of(ClearedBy.CALLER),
        again.stream().flatMap(of(TalkEnded.class)).map(TalkEnded::by).toList());
    List<CallEvent> all = new ArrayList<>(seen);
    all.addAll(again);
    assertEquals(
        List.of(), Comparison.differences(logged("1795738310.24"), OnRecord.of(all).orElseThrow()));
  }

  private static CallEvent byNobodyKnown(CallEvent event) {
    return event instanceof TalkEnded e
        ? new TalkEnded(
            e.call(), e.at(), e.cause(), e.visit(), e.attempt(), e.agent(), ClearedBy.UNKNOWN)
        : event;
  }

  private static <T> Function<CallEvent, Stream<T>> of(Class<T> type) {
    return event -> Stream.of(event).filter(type::isInstance).map(type::cast);
  }

  /** What is on record already is right: nothing but its confirmation is told, and once. */
  @Test
  void whatIsOnRecordIsNotToldAgain() {
    List<CallEvent> first = told("1795738401.87", Optional.empty());
    List<CallEvent> again = told("1795738401.87", OnRecord.of(first));
    assertEquals(
        List.of("CallRecovered", "Transferred", "CallCleared"),
        again.stream().map(event -> event.getClass().getSimpleName()).toList());
  }
}
