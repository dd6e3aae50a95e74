package cti.server.gatewaylog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.DataQuality;
import cti.core.engine.Command;
import cti.core.engine.EndedCalls;
import cti.core.engine.Engine;
import cti.core.engine.EngineInput;
import cti.core.engine.EngineSettings;
import cti.core.engine.GatewayInput;
import cti.core.engine.MemberAddressing;
import cti.core.engine.Outcome;
import cti.core.engine.Reply;
import cti.core.event.CallEvent;
import cti.core.event.CallEvent.CallCleared;
import cti.core.id.CallId;
import cti.core.id.GatewayId;
import cti.core.port.DayChecks;
import cti.core.port.GatewayLogStore.Outage;
import cti.core.port.Mailbox;
import cti.core.port.StoreUnavailableException;
import cti.core.recovery.LogSource;
import cti.core.recovery.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The logs of a gateway, followed and held against what is on record. */
class GatewayLogsTest {
  private static final GatewayId GATEWAY = new GatewayId("gw1");
  private static final List<String> QUEUE_LOG =
      List.of(
          "1795300503|1795300493.147|cti-gz|NONE|ENTERQUEUE||13900000026|1",
          "1795300504|1795300493.147|cti-gz|1010|CONNECT|1|1795300503.148|1",
          "1795300504|NONE|cti-gz|1010|PAUSE|on-call",
          "1795300507|1795300493.147|cti-gz|1010|COMPLETECALLER|1|3|1");
  private static final List<String> DETAILS =
      List.of(
          detail("1795300493.147", "8000", "cti-hotline", "PJSIP/ipoffice-49", "Queue", 493, 507),
          detail(
              "1795300503.149",
              "8014",
              "cti-agents",
              "Local/8014@cti-agents-25;2",
              "Dial",
              503,
              507));

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @TempDir Path folder;

  private Optional<LocalTime> nightly = Optional.empty();

  private final LogsInMemory store = new LogsInMemory();
  private final Engine engine =
      new Engine(
          new EngineSettings(GATEWAY, Set.of("cti-hotline"), MemberAddressing.SHIPPED),
          number -> List.of());
  private final List<CallEvent> told = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-21T22:34:00Z");
  private long nanos = 1;
  private boolean live = true;
  private long durable = 100;
  private long shipped = 100;
  private boolean full;
  private int offered;

  /** Lets the engine decide; what it decides is on record at once where {@code ships} says so. */
  private final Mailbox mailbox =
      new Mailbox() {
        @Override
        public boolean offer(EngineInput input) {
          offered++;
          if (full) {
            return false;
          }
          Outcome outcome = engine.handle(input, now);
          outcome.events().forEach(engine::apply);
          outcome.events().forEach(event -> told.add((CallEvent) event));
          return true;
        }

        @Override
        public CompletionStage<Reply> ask(Command command) {
          throw new AssertionError("nobody asks for " + command);
        }
      };

  private final Link link =
      new Link() {
        @Override
        public boolean live() {
          return live;
        }

        @Override
        public Duration gatewayAhead() {
          return ahead;
        }
      };

  private Duration ahead = Duration.ZERO;
  private int most = OpenCalls.MOST;
  private OpenCalls open;
  private GatewayLogs logs;

  @BeforeEach
  void start() throws IOException {
    append("queue_log", QUEUE_LOG);
    append("cti.csv", DETAILS);
    restart();
  }

  private void restart() {
    open = new OpenCalls(most);
    logs =
        new GatewayLogs(
            new LogSettings(
                GATEWAY,
                Optional.of(folder.resolve("queue_log")),
                Optional.empty(),
                Optional.of(folder.resolve("cti.csv")),
                ZoneOffset.UTC,
                new LogSettings.Nightly(nightly, SHANGHAI)),
            store,
            mailbox,
            new GatewayLogs.Surroundings(link, () -> durable, () -> shipped, () -> now),
            open);
  }

  private static String detail(
      String unique,
      String dialled,
      String context,
      String channel,
      String application,
      int from,
      int to) {
    return "\"1795300493.147\",\"%s\",\"1\",\"13900000026\",\"%s\",\"%s\",\"%s\",\"\",\"%s\",\"\",\"\",\"\",\"\",\"\",\"\",\"ANSWERED\",\"\",\"1795300%d.250000\",\"1795300%d.500000\",\"1795300%d.750000\""
        .formatted(unique, dialled, context, channel, application, from, from + 1, to);
  }

  private void append(String file, List<String> lines) throws IOException {
    Files.write(folder.resolve(file), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void pass(Duration time) throws IOException {
    now = now.plus(time);
    nanos += time.toNanos();
    logs.turn(nanos);
  }

  /** The same lines again, of a call whose ids begin with another second. */
  private void anotherCall() throws IOException {
    anotherCall(1);
  }

  /**
   * @param later by so many thousand seconds
   */
  private void anotherCall(int later) throws IOException {
    append("queue_log", QUEUE_LOG.stream().map(line -> later(line, later)).toList());
    append("cti.csv", DETAILS.stream().map(line -> later(line, later)).toList());
  }

  private static String later(String line, int by) {
    return line.replace("1795300", Integer.toString(1_795_300 + by));
  }

  private static String later(String line) {
    return later(line, 1);
  }

  private static final CallId LATER = new CallId("gw1:1795301493.147");

  private void onRecord() {
    store.onRecord.clear();
    for (CallEvent event : told) {
      store.onRecord.computeIfAbsent(event.call(), _ -> new ArrayList<>()).add(event);
    }
  }

  private long endings() {
    return told.stream().filter(CallCleared.class::isInstance).count();
  }

  @Test
  void whatWasThereBeforeTheFirstRunIsNotLookedFor() throws IOException {
    pass(Duration.ZERO);
    pass(Duration.ofSeconds(30));
    assertEquals(0, offered);
    assertEquals(Set.of(), store.checked.keySet());
    assertTrue(store.positions.size() == 2, store.positions.toString());
  }

  @Test
  void aCallThatIsMissingIsToldOnceAndSettledWhenItIsOnRecord() throws IOException {
    pass(Duration.ZERO);
    anotherCall();
    pass(Duration.ofSeconds(1));
    assertEquals(0, offered, "its lines may not be all there");
    pass(Duration.ofSeconds(6));
    assertEquals(1, endings());
    assertEquals(Verdict.MISSING, store.checked.get(LATER).verdict());
    assertEquals(1, logs.state().missing());

    pass(Duration.ofSeconds(6));
    assertEquals(1, endings(), "the journal has it, the database not yet");
    onRecord();
    pass(Duration.ofSeconds(6));
    pass(Duration.ofSeconds(6));

    assertEquals(1, endings());
    assertEquals(Verdict.RECOVERED, store.checked.get(LATER).verdict());
    assertEquals(0, logs.state().missing());
    assertEquals(1, logs.state().counts().recovered());
    CallCleared end = (CallCleared) told.getLast();
    assertEquals(DataQuality.RECOVERED, end.quality());
    assertEquals(Instant.parse("2026-11-21T22:51:47.750Z"), end.at());
  }

  @Test
  void nothingIsToldWhileTheLinkIsAwayOrTheJournalNotShipped() throws IOException {
    pass(Duration.ZERO);
    live = false;
    anotherCall();
    pass(Duration.ofSeconds(20));
    pass(Duration.ofSeconds(20));
    assertEquals(0, offered);
    live = true;
    durable = 200;
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    assertEquals(0, offered, "the call may be among what is not shipped");
    shipped = 200;
    pass(Duration.ofSeconds(1));
    assertEquals(1, endings());
  }

  @Test
  void afterARestartTheReadingGoesOnAtTheFirstCallThatIsNotSettled() throws IOException {
    pass(Duration.ZERO);
    live = false;
    anotherCall();
    pass(Duration.ofSeconds(1));
    logs.close();
    restart();
    live = true;
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(6));
    assertEquals(1, endings());
    onRecord();
    pass(Duration.ofSeconds(6));
    pass(Duration.ofSeconds(6));
    logs.close();
    restart();
    pass(Duration.ofSeconds(6));
    pass(Duration.ofSeconds(6));
    assertEquals(1, endings());
    assertEquals(1, offered, "settled");
  }

  @Test
  void aCallThatWasSeenIsLeftAloneUnlessTheLinkWasAwayMeanwhile() throws IOException {
    pass(Duration.ZERO);
    anotherCall();
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(6));
    onRecord();
    // The same call seen as it happened, but its end two minutes too late.
    store.onRecord.put(
        LATER,
        store.onRecord.get(LATER).stream()
            .filter(event -> !(event instanceof CallEvent.CallRecovered))
            .map(event -> seenLate(event, Duration.ofMinutes(2)))
            .toList());
    store.checked.clear();
    told.clear();
    restart();
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(6));
    assertEquals(Verdict.DIFFERENT, store.checked.get(LATER).verdict());
    assertTrue(
        store.checked.get(LATER).detail().contains("the call:"), store.checked.get(LATER).detail());
    assertEquals(0, endings());
  }

  @Test
  void aCallThatWasSeenInPartAroundAnOutageIsPutRight() throws IOException {
    Instant end = Instant.parse("2026-11-21T22:51:47.750Z");
    store.outages.add(new Outage(end.minusSeconds(2), Optional.of(end.plusSeconds(100))));
    isPutRight(Duration.ofMinutes(2));
  }

  /** Seen on a gateway out of breath: it reported a hang-up two seconds later than it happened. */
  @Test
  void anEndThatWasReportedLateIsPutRight() throws IOException {
    isPutRight(Duration.ofSeconds(2));
  }

  private void isPutRight(Duration late) throws IOException {
    pass(Duration.ZERO);
    anotherCall();
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(6));
    onRecord();
    store.onRecord.put(
        LATER,
        store.onRecord.get(LATER).stream()
            .filter(event -> !(event instanceof CallEvent.CallRecovered))
            .map(event -> seenLate(event, late))
            .toList());
    store.checked.clear();
    Engine fresh =
        new Engine(
            new EngineSettings(GATEWAY, Set.of("cti-hotline"), MemberAddressing.SHIPPED),
            number -> List.of());
    GatewayInput.CallFound[] found = new GatewayInput.CallFound[1];
    logs =
        new GatewayLogs(
            new LogSettings(
                GATEWAY,
                Optional.of(folder.resolve("queue_log")),
                Optional.empty(),
                Optional.of(folder.resolve("cti.csv")),
                ZoneOffset.UTC,
                new LogSettings.Nightly(nightly, SHANGHAI)),
            store,
            new Mailbox() {
              @Override
              public boolean offer(EngineInput input) {
                found[0] = (GatewayInput.CallFound) input;
                return true;
              }

              @Override
              public CompletionStage<Reply> ask(Command command) {
                throw new AssertionError("nobody asks for " + command);
              }
            },
            new GatewayLogs.Surroundings(link, () -> durable, () -> shipped, () -> now));
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(6));
    Outcome outcome = fresh.handle(found[0], now);
    assertEquals(
        List.of("CallRecovered", "CallCleared"),
        outcome.events().stream().map(event -> event.getClass().getSimpleName()).toList(),
        "only what differs is told again");
    assertEquals(Instant.parse("2026-11-21T22:51:47.750Z"), outcome.events().getLast().at());
  }

  private static CallEvent seenLate(CallEvent event, Duration late) {
    return event instanceof CallCleared end
        ? new CallCleared(
            end.call(),
            end.at().plus(late),
            cti.core.call.EventCause.NORMAL,
            end.outcome(),
            end.by(),
            DataQuality.LIVE)
        : event;
  }

  @Test
  void timesArePutRightWhereTheGatewaysClockIsAhead() throws IOException {
    pass(Duration.ZERO);
    ahead = Duration.ofMinutes(5);
    anotherCall();
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(6));
    assertEquals(Instant.parse("2026-11-21T22:46:47.750Z"), told.getLast().at());
  }

  @Test
  void aGatewayThatStartedAnewWillNeverTellTheEnd() throws IOException {
    pass(Duration.ZERO);
    append("queue_log", QUEUE_LOG.stream().limit(2).map(GatewayLogsTest::later).toList());
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(60));
    assertEquals(0, offered, "it may still be under way");
    append("queue_log", List.of("1795301600|NONE|NONE|NONE|QUEUESTART|"));
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(6));
    CallCleared end = (CallCleared) told.getLast();
    assertEquals(DataQuality.LOST_TRACK, end.quality());
    onRecord();
    pass(Duration.ofSeconds(6));
    pass(Duration.ofSeconds(6));
    assertEquals(Verdict.LOST_TRACK, store.checked.get(LATER).verdict());
    assertEquals(1, endings());
  }

  /** A gateway that writes its call detail records in batches, or lost its disk for a while. */
  @Test
  void anEndThatComesAfterTheCallWasToldCorrectsTheRecord() throws IOException {
    aGatewayThatStartedAnewWillNeverTellTheEnd();

    append("queue_log", List.of(later(QUEUE_LOG.get(3))));
    append("cti.csv", DETAILS.stream().map(GatewayLogsTest::later).toList());
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(6));
    CallCleared end = (CallCleared) told.getLast();
    assertEquals(DataQuality.RECOVERED, end.quality());
    assertEquals(Instant.parse("2026-11-21T22:51:47.750Z"), end.at());
    assertEquals(2, endings());
    onRecord();
    pass(Duration.ofSeconds(6));
    pass(Duration.ofSeconds(6));
    assertEquals(Verdict.RECOVERED, store.checked.get(LATER).verdict());
    assertEquals(0, logs.state().missing());
    assertEquals(2, endings(), "once");
  }

  @Test
  void aLegWhoseRecordComesLateCorrectsWhatWasToldWithoutIt() throws IOException {
    pass(Duration.ZERO);
    append("queue_log", QUEUE_LOG.subList(0, 2).stream().map(GatewayLogsTest::later).toList());
    append("cti.csv", List.of(later(DETAILS.getFirst())));
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(6));
    onRecord();
    pass(Duration.ofSeconds(6));
    pass(Duration.ofSeconds(6));
    assertEquals(Verdict.RECOVERED, store.checked.get(LATER).verdict());
    assertEquals(1, endings());

    append("cti.csv", List.of(later(DETAILS.get(1)).replace("1795301507.75", "1795301505.25")));
    append("queue_log", List.of("1795301505|1795301493.147|cti-gz|1010|COMPLETEAGENT|1|1|1"));
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(6));
    assertEquals(2, endings());
    CallEvent.TalkEnded talk =
        told.stream()
            .filter(CallEvent.TalkEnded.class::isInstance)
            .map(CallEvent.TalkEnded.class::cast)
            .reduce((before, last) -> last)
            .orElseThrow();
    assertEquals(Instant.parse("2026-11-21T22:51:45.250Z"), talk.at());
    assertEquals(cti.core.call.ClearedBy.AGENT, talk.by());
  }

  /** Lost in the tail, such as by a server that was away for longer than its files were kept. */
  private void aCallOfYesterdayThatTheTailNeverSaw() throws IOException {
    pass(Duration.ZERO);
    anotherCall();
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(6));
    onRecord();
    pass(Duration.ofSeconds(6));
    pass(Duration.ofSeconds(6));
    assertEquals(Verdict.RECOVERED, store.checked.get(LATER).verdict());
    store.checked.clear();
    store.onRecord.clear();
    store.hours.clear();
    told.clear();
    engine.state().ended().restore(new EndedCalls.Memory(List.of(), List.of()));
  }

  @Test
  void atNightTheWholeOfYesterdayIsCheckedOnce() throws IOException {
    nightly = Optional.of(LocalTime.of(3, 30));
    restart();
    aCallOfYesterdayThatTheTailNeverSaw();
    // 22:51 in UTC is 06:51 of the 22nd in Shanghai; the check is due at 19:30 in UTC of the 22nd.
    now = Instant.parse("2026-11-22T19:29:59Z");
    pass(Duration.ZERO);
    assertEquals(0, endings());
    for (int i = 0; i < 8; i++) {
      pass(Duration.ofSeconds(1));
    }
    assertEquals(2, endings(), "that call, and the one before the reading began");
    DayChecks.Day day = store.days.getLast();
    assertEquals(
        List.of(LocalDate.parse("2026-11-21"), LocalDate.parse("2026-11-22")),
        store.days.stream().map(DayChecks.Day::day).toList(),
        "at the start the day before, which the reading had not begun in; then each night");
    assertEquals(2, day.calls());
    assertEquals(2, day.told());
    assertEquals(
        18,
        store.hours.size() - 1,
        "each hour of the day from the span on in which the reading began, and the hour of now");
    onRecord();
    for (int i = 0; i < 20; i++) {
      pass(Duration.ofSeconds(1));
    }
    assertEquals(Verdict.RECOVERED, store.checked.get(LATER).verdict());
    assertEquals(2, endings());
    assertEquals(2, store.days.size(), "once a night");

    restart();
    for (int i = 0; i < 8; i++) {
      pass(Duration.ofSeconds(1));
    }
    assertEquals(2, store.days.size(), "nor again after a restart");
  }

  @Test
  void aDayIsCheckedWhenSomebodyAsksWhileNothingIsDueByItself() throws IOException {
    aCallOfYesterdayThatTheTailNeverSaw();
    now = Instant.parse("2026-11-23T01:00:00Z");
    LocalDate day = LocalDate.parse("2026-11-22");
    assertEquals(DayChecks.Answer.NOT_OVER, logs.days().ask(day.plusDays(1)));
    assertEquals(DayChecks.Answer.ACCEPTED, logs.days().ask(day));
    assertEquals(DayChecks.Answer.BUSY, logs.days().ask(day));
    durable = 300;
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    assertEquals(0, endings(), "the database does not have all that was journalled");
    shipped = 300;
    for (int i = 0; i < 8; i++) {
      pass(Duration.ofSeconds(1));
    }
    assertEquals(2, endings());
    assertEquals(Optional.of(day), logs.days().state().last().map(DayChecks.Day::day));
    assertEquals(Optional.empty(), logs.days().state().underWay());
  }

  /** A busy second is read in halves of halves, and what is too much for one is said so. */
  @Test
  void moreCallsThanMayBeHeldAreReadInParts() throws IOException {
    append(
        "queue_log", QUEUE_LOG.stream().map(line -> line.replace("1795300", "1795302")).toList());
    append("cti.csv", DETAILS.stream().map(line -> line.replace("1795300", "1795302")).toList());
    anotherCall();
    LogSettings settings =
        new LogSettings(
            GATEWAY,
            Optional.of(folder.resolve("queue_log")),
            Optional.empty(),
            Optional.of(folder.resolve("cti.csv")),
            ZoneOffset.UTC,
            new LogSettings.Nightly(Optional.empty(), SHANGHAI));
    DayLogs few = new DayLogs(settings, 1);
    Instant from = Instant.ofEpochSecond(1_795_301_000);
    assertEquals(
        Optional.empty(),
        few.read(from, from.plusSeconds(2_000), Duration.ZERO),
        "two calls where one may be held");
    assertEquals(
        Set.of("1795301493.147"),
        few.read(from, from.plusSeconds(1_000), Duration.ZERO).orElseThrow().all().keySet());
    OpenCall later =
        few.read(from.plusSeconds(1_000), from.plusSeconds(2_000), Duration.ZERO)
            .orElseThrow()
            .all()
            .get("1795302493.147");
    assertEquals(5, later.lines.lines());
  }

  @Test
  void aDatabaseThatIsAwayAndAFullMailboxAreTriedAgain() throws IOException {
    pass(Duration.ZERO);
    anotherCall();
    pass(Duration.ofSeconds(1));
    store.away = true;
    try {
      pass(Duration.ofSeconds(6));
    } catch (RuntimeException away) {
      logs.problem(away);
    }
    assertEquals("the database is away", logs.state().problem());
    store.away = false;
    full = true;
    pass(Duration.ofSeconds(6));
    assertEquals(0, endings());
    full = false;
    pass(Duration.ofSeconds(6));
    pass(Duration.ofSeconds(6));
    assertEquals(1, endings());
    assertEquals("", logs.state().problem());
  }

  @Test
  void moreOpenCallsThanMayBeAreSettledAllTheSame() throws IOException {
    most = 2;
    restart();
    pass(Duration.ZERO);
    for (int call = 1; call <= 5; call++) {
      anotherCall(call);
    }
    for (int i = 0; i < 6; i++) {
      pass(Duration.ofSeconds(6));
      onRecord();
    }
    assertEquals(5, endings());
    assertEquals(Set.of(), open.all().keySet());
  }

  @Test
  void whatIsReadAgainForACallUnderWayOpensNoOtherThatWasSettled() throws IOException {
    pass(Duration.ZERO);
    append("queue_log", QUEUE_LOG.stream().limit(2).map(GatewayLogsTest::later).toList());
    pass(Duration.ofSeconds(1));
    anotherCall(2);
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(6));
    onRecord();
    pass(Duration.ofSeconds(6));
    pass(Duration.ofSeconds(6));
    assertEquals(Set.of("1795301493.147"), open.all().keySet(), "under way");
    int before = offered;
    logs.close();
    restart();
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(6));
    pass(Duration.ofSeconds(6));
    assertEquals(Set.of("1795301493.147"), open.all().keySet());
    assertEquals(before, offered);
    told.clear();
    append("queue_log", List.of("1795303600|NONE|NONE|NONE|QUEUESTART|"));
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(6));
    assertEquals(
        Set.of(LATER),
        told.stream().map(CallEvent::call).collect(Collectors.toSet()),
        "the one that was cut off");
  }

  /** Read anew after a long stop of the server, its last line is what counts. */
  @Test
  void aCallThatNoLineOfADayTellsOfIsWaitedForNoLonger() throws IOException {
    pass(Duration.ZERO);
    append("queue_log", QUEUE_LOG.stream().limit(2).map(GatewayLogsTest::later).toList());
    now = Instant.parse("2026-11-23T00:51:43Z");
    pass(Duration.ofSeconds(1));
    assertEquals(Set.of("1795301493.147"), open.all().keySet());
    pass(Duration.ofSeconds(2));
    assertEquals(Set.of(), open.all().keySet());
  }

  @Test
  void aCallThatWasReadElsewhereHoldsNoRestartBack() {
    OpenCalls ofADay = new OpenCalls();
    ofADay.take(LogLines.queueLog(QUEUE_LOG.getFirst()).orElseThrow(), new LogPlace(0, 0), nanos);
    ofADay.all().forEach(open::adopt);
    assertEquals(1, open.all().size());
    assertEquals(Optional.empty(), open.earliest(LogSource.QUEUE_LOG));
  }

  @Test
  void whatWasCheckedIsCheckedAgainWhereItCouldNotBeKept() throws IOException {
    pass(Duration.ZERO);
    anotherCall();
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(6));
    onRecord();
    store.keepsNothing = true;
    for (int i = 0; i < 2; i++) {
      try {
        pass(Duration.ofSeconds(6));
      } catch (StoreUnavailableException away) {
        logs.problem(away);
      }
    }
    assertEquals(Verdict.MISSING, store.checked.get(LATER).verdict());
    store.keepsNothing = false;
    pass(Duration.ofSeconds(6));
    pass(Duration.ofSeconds(6));
    assertEquals(Verdict.RECOVERED, store.checked.get(LATER).verdict());
    assertEquals(Set.of(), open.all().keySet());
  }
}
