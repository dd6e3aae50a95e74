package cti.server.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.call.PartRole;
import cti.core.event.CallEvent;
import cti.core.event.DomainEvent;
import cti.core.event.RecordingEvent.RecordingPaused;
import cti.core.event.RecordingEvent.RecordingResumed;
import cti.core.event.RecordingEvent.RecordingStarted;
import cti.core.event.RecordingEvent.RecordingStopped;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.DeskId;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.id.RecordingId;
import cti.core.port.AuditTrail;
import cti.core.port.CallHistory.Period;
import cti.core.port.JournalRecord;
import cti.core.port.Page;
import cti.core.port.Recordings.Action;
import cti.core.port.Recordings.Audit;
import cti.core.port.Recordings.Filter;
import cti.core.port.Recordings.Totals;
import cti.core.recording.Recording;
import cti.core.recording.RecordingPolicy;
import cti.core.recording.RecordingRules;
import cti.core.recording.RecordingState;
import cti.core.recording.StoredRecording;
import cti.server.db.Database;
import cti.server.db.OnEveryDatabase;
import cti.server.db.SampleCatalog;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditStore;
import cti.server.db.audit.AuditWriter;
import cti.server.db.calls.MySqlRecordStore;
import cti.server.db.directory.DirectoryStore;
import cti.server.db.recordings.RecordingStore;
import cti.server.event.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the journal to the file, and to its end; on real tables and real files. */
@OnEveryDatabase
class RecordingKeeperTest {
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
  private static final AttemptId ATTEMPT = new AttemptId("gw1:5.2");
  private static final RecordingId ID = RecordingId.of(ATTEMPT, 1);
  private static final CallId CALL = new CallId("gw1:5.1");
  private static final DeskId DESK = new DeskId("gz");
  private static final AgentId AGENT = new AgentId("1001");
  private static final String FILE = "20261121/5.1_5.2_1.wav";
  private static final Period DAY = new Period(AT.minusSeconds(60), AT.plusSeconds(86_400));

  private final MySqlRecordStore records;
  private final RecordingStore store;
  private final AuditStore chain;
  @TempDir private Path folder;
  private RecordingKeeper keeper;
  private Instant now = AT;
  private int days = 30;
  private long sequence;

  RecordingKeeperTest(TestDatabase test) {
    Database database = test.emptied();
    new DirectoryStore(database).replace(SampleCatalog.catalog());
    this.records = new MySqlRecordStore(database, new EventCodec());
    this.store = new RecordingStore(database, new AuditWriter(() -> now));
    this.chain = new AuditStore(database);
  }

  @BeforeEach
  void aKeeper() {
    keeper = keeper(1);
  }

  private RecordingKeeper keeper(long leastFree) {
    return new RecordingKeeper(
        new RecordingFolder(folder), store, new GatewayId("gw1"), desk -> days, leastFree);
  }

  private void journal(DomainEvent... events) {
    records.store(
        java.util.Arrays.stream(events)
            .map(event -> new JournalRecord(++sequence, event))
            .toList());
  }

  private static RecordingStarted started(Instant at) {
    return new RecordingStarted(ID, CALL, at, ATTEMPT, Optional.of(AGENT), Optional.of(DESK), FILE);
  }

  private static RecordingStopped stopped(Instant at) {
    return new RecordingStopped(ID, CALL, at, EventCause.NORMAL);
  }

  private void talk(int seconds) {
    journal(started(AT), stopped(AT.plusSeconds(seconds)));
    now = AT.plusSeconds(seconds);
  }

  private Path write(String name, byte[] bytes, Instant changedAt) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.from(changedAt));
    return file;
  }

  private void pass(Duration time) {
    now = now.plus(time);
    keeper.run(now);
  }

  private StoredRecording stored() {
    return store.find(ID).orElseThrow();
  }

  private String fault() {
    return stored().audio().orElseThrow().fault();
  }

  @Test
  void aTalkIsFoldedWithItsPauses() {
    journal(
        started(AT),
        new RecordingPaused(ID, CALL, AT.plusSeconds(3), AT.plusSeconds(123)),
        new RecordingResumed(ID, CALL, AT.plusSeconds(5)),
        new RecordingPaused(ID, CALL, AT.plusSeconds(8), AT.plusSeconds(128)));
    assertEquals(RecordingState.RECORDING, stored().state());
    journal(stopped(AT.plusSeconds(10)));
    assertEquals(RecordingState.STOPPED, stored().state());
    assertEquals(
        new Recording(
            ID,
            new Recording.Talk(CALL, ATTEMPT, Optional.of(AGENT), Optional.of(DESK)),
            FILE,
            AT,
            List.of(
                new Recording.Pause(
                    AT.plusSeconds(3), AT.plusSeconds(123), Optional.of(AT.plusSeconds(5))),
                new Recording.Pause(
                    AT.plusSeconds(8), AT.plusSeconds(128), Optional.of(AT.plusSeconds(10)))),
            Optional.of(AT.plusSeconds(10))),
        stored().recording());
  }

  @Test
  void aFileThatIsThereIsSummedUp() throws IOException {
    write(FILE, WavSamples.closed(7_500), AT);
    talk(8);
    keeper.run(now);
    assertEquals(RecordingState.STOPPED, stored().state(), "the gateway is given a moment");
    pass(Duration.ofSeconds(3));
    assertEquals(RecordingState.STORED, stored().state());
    StoredRecording.Audio audio = stored().audio().orElseThrow();
    assertEquals(44 + 120_000, audio.bytes());
    assertEquals(Duration.ofMillis(7_500), audio.length());
    assertEquals(64, audio.sha256().length());
    assertEquals("", audio.fault());
    assertEquals(new Totals(1, 0, 0, 0, 120_044), keeper.figures().totals());
  }

  @Test
  void soundOfAnotherLengthThanTheTalkIsAFault() throws IOException {
    write(FILE, WavSamples.closed(5_000), AT);
    talk(8);
    pass(Duration.ofSeconds(3));
    assertEquals("sound of 5000 ms, talk of 8000 ms", fault());
    assertEquals(1, keeper.figures().totals().faulty());
  }

  @Test
  void aFileThatTheGatewayNeverClosedIsKeptWithAFault() throws IOException {
    write(FILE, WavSamples.open(8_000), AT);
    talk(8);
    pass(Duration.ofSeconds(3));
    assertEquals(RecordingState.STOPPED, stored().state(), "it may still be closed");
    pass(Duration.ofSeconds(30));
    assertEquals(RecordingState.STORED, stored().state());
    assertTrue(fault().contains("did not close"), fault());
  }

  @Test
  void aFileThatIsNotThereIsMissingUntilItIs() throws IOException {
    talk(8);
    Files.createDirectories(folder);
    pass(Duration.ofSeconds(3));
    assertEquals(RecordingState.STOPPED, stored().state());
    pass(Duration.ofSeconds(30));
    assertEquals(RecordingState.MISSING, stored().state());
    assertEquals(1, keeper.figures().totals().missing());
    write(FILE, WavSamples.closed(8_000), now);
    pass(Duration.ofMinutes(1));
    assertEquals(RecordingState.STORED, stored().state());
    assertEquals(0, keeper.figures().totals().missing());
  }

  @Test
  void whatIsNoWavFileIsMissing() throws IOException {
    write(FILE, "no sound at all, but of some length, to be sure of it".getBytes(), AT);
    talk(8);
    pass(Duration.ofSeconds(60));
    assertEquals(RecordingState.MISSING, stored().state());
  }

  @Test
  void aFileWhoseEventsWereMissedIsFound() throws IOException {
    write(FILE, WavSamples.closed(4_000), AT.plusSeconds(4));
    now = AT.plus(Duration.ofMinutes(9));
    keeper.run(now);
    assertEquals(Optional.empty(), store.find(ID), "its events may still come");
    pass(Duration.ofMinutes(6));
    StoredRecording found = stored();
    assertEquals(RecordingState.STORED, found.state());
    assertEquals(CALL, found.recording().talk().call());
    assertEquals(AT, found.recording().startedAt());
    assertEquals(Optional.of(AT.plusSeconds(4)), found.recording().stoppedAt());
    journal(started(AT.plusMillis(20)));
    assertEquals(RecordingState.STORED, stored().state(), "a late journal takes nothing back");
    assertEquals(Optional.of(AGENT), stored().recording().talk().agent());
    journal(stopped(AT.plusMillis(4_010)));
    assertEquals(RecordingState.STORED, stored().state());
    pass(Duration.ofMinutes(10));
    assertEquals(1, store.list(everything(), Optional.empty(), 10).items().size());
  }

  @Test
  void otherFilesInTheFolderAreLeftAlone() throws IOException {
    Path notes = write("20261121/notes.wav", new byte[] {1}, AT);
    Path other = write("20261121/1.2_1.3_1.txt", new byte[] {1}, AT);
    now = AT.plus(Duration.ofDays(4_000));
    keeper.run(now);
    assertEquals(List.of(), store.list(everything(), Optional.empty(), 10).items());
    assertTrue(Files.exists(notes) && Files.exists(other));
  }

  private static Filter everything() {
    return filter(DAY, Optional.empty(), Optional.empty());
  }

  private static Filter filter(Period period, Optional<AgentId> own, Optional<Set<DeskId>> sight) {
    return new Filter(
        period, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), own, sight);
  }

  @Test
  void whatIsOverIsDeletedAndStaysOnRecord() throws IOException {
    Path file = write(FILE, WavSamples.closed(8_000), AT);
    talk(8);
    pass(Duration.ofSeconds(3));
    now = AT.plusSeconds(8);
    pass(Duration.ofDays(30));
    assertEquals(RecordingState.STORED, stored().state(), "its last day is not over");
    pass(Duration.ofSeconds(1));
    assertEquals(RecordingState.DELETED, stored().state());
    assertEquals(Optional.of(now), stored().deletedAt());
    assertFalse(Files.exists(file));
    assertFalse(Files.exists(file.getParent()), "an empty day goes too");
    List<Audit> lines = store.auditOf(ID.value(), 10);
    assertEquals(1, lines.size());
    assertEquals(Action.DELETED, lines.getFirst().action());
    assertEquals("retention", lines.getFirst().actor());
    assertFalse(store.hold(ID, true, line(Action.HELD)), "nothing is left to hold");
  }

  private Audit line(Action action) {
    return new Audit(now, action, ID.value(), "admin", "127.0.0.1", "court");
  }

  @Test
  void whatIsHeldStaysUntilItIsReleased() throws IOException {
    Path file = write(FILE, WavSamples.closed(8_000), AT);
    talk(8);
    pass(Duration.ofSeconds(3));
    assertTrue(store.hold(ID, true, line(Action.HELD)));
    assertTrue(store.hold(ID, true, line(Action.HELD)), "held already: no second line");
    pass(Duration.ofDays(100));
    assertEquals(RecordingState.STORED, stored().state());
    assertTrue(Files.exists(file));
    assertTrue(store.hold(ID, false, line(Action.RELEASED)));
    pass(Duration.ofSeconds(5));
    assertEquals(RecordingState.DELETED, stored().state());
    assertEquals(
        List.of(Action.DELETED, Action.RELEASED, Action.HELD),
        store.auditOf(ID.value(), 10).stream().map(Audit::action).toList());
  }

  /** Each act is a line of the chained log too, so that one that is taken away shows. */
  @Test
  void whoPlayedARecordingIsALineOfTheChain() throws IOException {
    write(FILE, WavSamples.closed(8_000), AT);
    talk(8);
    pass(Duration.ofSeconds(3));
    store.audit(new Audit(now, Action.PLAYED, ID.value(), "班长0001", "192.0.2.7", "bytes 0-99/100"));
    store.hold(ID, true, line(Action.HELD));
    RecordingRules all = new RecordingRules(RecordingPolicy.ALL, 0, "sorry", true, true, false, 90);
    store.saveRules(
        new DeskId("gz"),
        RecordingRules.NONE,
        all,
        new Audit(now, Action.RULES_CHANGED, "gz", "admin", "192.0.2.7", "none -> all"));
    assertEquals(
        List.of(Action.RULES_CHANGED),
        store.auditOf("gz", 10).stream().map(Audit::action).toList());
    List<AuditTrail.Entry> lines =
        chain.entries(Optional.empty(), Optional.empty(), Optional.empty(), 10);
    assertEquals(
        List.of(
            "admin change desk-recording gz",
            "admin hold recording " + ID,
            "班长0001 play recording " + ID),
        lines.stream()
            .map(line -> line.account() + " " + line.action() + " " + line.subject())
            .toList());
    assertEquals(
        "{\"call\":\"" + CALL + "\",\"detail\":\"bytes 0-99/100\",\"address\":\"192.0.2.7\"}",
        lines.getLast().after().orElseThrow());
    String rules =
        "{\"policy\":\"%s\",\"sharePercent\":0,\"announcement\":\"%s\",\"agentMayStart\":%s,"
            + "\"agentMayPause\":%s,\"agentMayListen\":false,\"retentionDays\":%d}";
    assertEquals(
        Optional.of(rules.formatted("NONE", "recording-announcement", false, false, 180)),
        lines.getFirst().before());
    assertEquals(
        Optional.of(rules.formatted("ALL", "sorry", true, true, 90)), lines.getFirst().after());
    assertEquals(3, chain.check().lines());
    assertEquals(Optional.empty(), chain.check().broken());
  }

  @Test
  void aDeletionThatWasCutShortIsFinished() throws IOException {
    write(FILE, WavSamples.closed(8_000), AT);
    talk(8);
    pass(Duration.ofSeconds(3));
    assertTrue(store.markForDeletion(ID));
    assertFalse(store.markForDeletion(ID));
    Files.delete(folder.resolve(FILE));
    pass(Duration.ofSeconds(5));
    assertEquals(RecordingState.DELETED, stored().state());
  }

  @Test
  void aFolderThatIsNotThereIsAnAlarmAndLosesNothing() throws IOException {
    talk(8);
    Files.deleteIfExists(folder);
    pass(Duration.ofMinutes(5));
    assertEquals(RecordingState.STOPPED, stored().state());
    assertTrue(keeper.figures().alarm().orElseThrow().contains("is not there"));
    write(FILE, WavSamples.closed(8_000), AT.plusSeconds(8));
    pass(Duration.ofSeconds(5));
    assertEquals(Optional.empty(), keeper.figures().alarm());
    assertEquals(RecordingState.STORED, stored().state());
  }

  @Test
  void littleRoomOnTheDiskIsAnAlarm() {
    keeper = keeper(Long.MAX_VALUE);
    keeper.run(now);
    assertTrue(keeper.figures().alarm().orElseThrow().contains("MiB left"));
    assertTrue(keeper.figures().freeBytes() > 0);
  }

  @Test
  void aListIsOfThoseWhoMaySeeItAndComesInParts() {
    journal(started(AT), stopped(AT.plusSeconds(1)));
    RecordingId second = RecordingId.of(ATTEMPT, 2);
    RecordingId third = RecordingId.of(new AttemptId("gw1:6.2"), 1);
    journal(
        new RecordingStarted(
            second,
            CALL,
            AT.plusSeconds(2),
            ATTEMPT,
            Optional.of(AGENT),
            Optional.of(DESK),
            "20261121/5.1_5.2_2.wav"),
        new RecordingStarted(
            third,
            new CallId("gw1:6.1"),
            AT.plusSeconds(2),
            new AttemptId("gw1:6.2"),
            Optional.of(new AgentId("1002")),
            Optional.empty(),
            "20261121/6.1_6.2_1.wav"));
    assertEquals(List.of(third, second, ID), ids(everything()));
    assertEquals(List.of(second, ID), ids(filter(DAY, Optional.of(AGENT), Optional.empty())));
    assertEquals(
        List.of(second, ID), ids(filter(DAY, Optional.empty(), Optional.of(Set.of(DESK)))));
    assertEquals(List.of(), ids(filter(DAY, Optional.empty(), Optional.of(Set.of()))));
    assertEquals(
        List.of(ID),
        ids(filter(new Period(AT, AT.plusSeconds(2)), Optional.empty(), Optional.empty())));
    Page<StoredRecording> first = store.list(everything(), Optional.empty(), 2);
    assertEquals(2, first.items().size());
    assertEquals(
        List.of(ID),
        store.list(everything(), first.next(), 2).items().stream()
            .map(one -> one.recording().id())
            .toList());
  }

  private List<RecordingId> ids(Filter filter) {
    return store.list(filter, Optional.empty(), 10).items().stream()
        .map(one -> one.recording().id())
        .toList();
  }

  private static RecordingStopped unseen(Instant at) {
    return new RecordingStopped(ID, CALL, at, EventCause.RESYNC);
  }

  /** The link was away when the talk ended: we know of the end 40 s later, the file knew it. */
  @Test
  void anEndThatNobodySawIsTheFiles() throws IOException {
    write(FILE, WavSamples.closed(8_000), AT.plusSeconds(8));
    journal(started(AT), unseen(AT.plusSeconds(48)));
    assertEquals(RecordingState.END_UNSEEN, stored().state());
    now = AT.plusSeconds(48);
    pass(Duration.ofSeconds(3));
    assertEquals(RecordingState.STORED, stored().state());
    assertEquals(Optional.of(AT.plusSeconds(8)), stored().recording().stoppedAt());
    assertEquals("", fault());
  }

  @Test
  void anUnseenEndWithoutAFileIsMissingInTime() throws IOException {
    Files.createDirectories(folder);
    journal(started(AT), unseen(AT.plusSeconds(8)));
    now = AT.plusSeconds(8);
    pass(Duration.ofSeconds(3));
    assertEquals(RecordingState.END_UNSEEN, stored().state());
    pass(Duration.ofSeconds(30));
    assertEquals(RecordingState.MISSING, stored().state());
  }

  @Test
  void anEndThatIsSeenAfterAllCountsInTheFilesPlace() throws IOException {
    Files.createDirectories(folder);
    journal(started(AT), unseen(AT.plusSeconds(48)), stopped(AT.plusSeconds(9)));
    assertEquals(Optional.of(AT.plusSeconds(9)), stored().recording().stoppedAt());
  }

  /** The picture was forgotten: nobody will ever tell that the talk is over. */
  @Test
  void aRecordingWhoseEndIsOnNoRecordIsEndedByItsFile() throws IOException {
    write(FILE, WavSamples.closed(90_000), AT.plusSeconds(90));
    journal(started(AT), new RecordingPaused(ID, CALL, AT.plusSeconds(80), AT.plusSeconds(200)));
    now = AT.plusSeconds(90);
    pass(Duration.ofMinutes(9));
    assertEquals(RecordingState.RECORDING, stored().state(), "a talk may last");
    pass(Duration.ofMinutes(2));
    assertEquals(RecordingState.STORED, stored().state());
    assertEquals(Optional.of(AT.plusSeconds(90)), stored().recording().stoppedAt());
    assertEquals(Optional.of(AT.plusSeconds(90)), stored().recording().pauses().getFirst().to());
    assertEquals("", fault());
  }

  /** The gateway died in the talk, and cti-server's picture with it. */
  @Test
  void aFileThatIsWrittenToNoMoreEndsItsRecordingAfterADay() throws IOException {
    write(FILE, WavSamples.open(90_000), AT.plusSeconds(90));
    journal(started(AT));
    now = AT.plusSeconds(90);
    pass(Duration.ofHours(23));
    assertEquals(RecordingState.RECORDING, stored().state());
    pass(Duration.ofHours(2));
    assertEquals(Optional.of(AT.plusSeconds(90)), stored().recording().stoppedAt());
    assertTrue(fault().contains("did not close"), fault());
  }

  @Test
  void aRecordingWithoutFileOrEndIsMissingAfterADay() throws IOException {
    Files.createDirectories(folder);
    journal(started(AT));
    pass(Duration.ofHours(25));
    pass(Duration.ofSeconds(5));
    assertEquals(RecordingState.MISSING, stored().state());
  }

  @Test
  void whatTheGatewayCouldNotWriteIsAnAlarmForAnHour() throws IOException {
    Files.createDirectories(folder);
    talk(8);
    pass(Duration.ofSeconds(40));
    assertTrue(
        keeper.figures().alarm().orElseThrow().startsWith("1 recordings of the last hour"),
        () -> keeper.figures().toString());
    pass(Duration.ofMinutes(61));
    assertEquals(Optional.empty(), keeper.figures().alarm());
  }

  @Test
  void whatIsRecordedOfAConsultationBelongsToTheCallThatItJoined() throws IOException {
    CallId into = new CallId("gw1:4.1");
    talk(8);
    journal(new CallEvent.CallsMerged(into, AT.plusSeconds(9), EventCause.NORMAL, CALL, List.of()));
    assertEquals(into, stored().recording().talk().call());
  }

  /** A colleague to whom the caller was handed: no offer of a queue, but a part of the call. */
  @Test
  void aFileOfAColleaguesTalkIsOfTheColleagueAndTheDesk() throws IOException {
    ConnectionId colleague = new ConnectionId(ATTEMPT.value());
    journal(
        new CallEvent.ServiceInitiated(
            CALL,
            AT,
            EventCause.NORMAL,
            new ConnectionId(CALL.value()),
            new GatewayId("gw1"),
            "PJSIP/ipoffice-1",
            "13900000001",
            "",
            "8000",
            Direction.INBOUND),
        new CallEvent.Routed(
            CALL, AT, EventCause.NORMAL, DESK, new QueueName("cti-gz"), "by-site", "from gz"),
        new CallEvent.PartDelivered(
            CALL,
            AT,
            EventCause.NORMAL,
            colleague,
            PartRole.TRANSFERRED_TO,
            Optional.of(AGENT),
            "8010"));
    write(FILE, WavSamples.closed(4_000), AT.plusSeconds(4));
    now = AT.plus(Duration.ofMinutes(15));
    keeper.run(now);
    Recording.Talk talk = stored().recording().talk();
    assertEquals(Optional.of(AGENT), talk.agent());
    assertEquals(Optional.of(DESK), talk.desk());
  }
}
