package cti.server.db.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.callback.CallbackOutcome;
import cti.core.callback.Wish;
import cti.core.event.CallerEvent;
import cti.core.event.CallerEvent.AffectedByIncident;
import cti.core.event.CallerEvent.CallbackDialled;
import cti.core.event.CallerEvent.CallbackEnded;
import cti.core.event.CallerEvent.CallbackFailed;
import cti.core.event.CallerEvent.CallbackReached;
import cti.core.event.CallerEvent.CallbackRequested;
import cti.core.event.CallerEvent.MessageBegun;
import cti.core.event.CallerEvent.SurveyAnswered;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.CallbackId;
import cti.core.id.ChannelId;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.VoicemailId;
import cti.core.incident.CallRole;
import cti.core.incident.Incident;
import cti.core.incident.Incident.LinkedCall;
import cti.core.incident.IncidentLevel;
import cti.core.port.AuditTrail;
import cti.core.port.AuditTrail.Entry;
import cti.core.port.CallHistory.Period;
import cti.core.port.Callbacks;
import cti.core.port.Callbacks.StoredCallback;
import cti.core.port.Incidents.Draft;
import cti.core.port.Incidents.Saved;
import cti.core.port.JournalRecord;
import cti.core.port.MajorIncidents;
import cti.core.port.Surveys;
import cti.core.port.Voicemails;
import cti.core.port.Voicemails.Audit;
import cti.core.port.Voicemails.StoredVoicemail;
import cti.core.routing.MajorIncident;
import cti.server.db.Database;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import cti.server.db.audit.AuditStore;
import cti.server.db.audit.AuditWriter;
import cti.server.db.calls.MySqlRecordStore;
import cti.server.db.incidents.IncidentStore;
import cti.server.db.routing.MajorIncidentStore;
import cti.server.event.EventCodec;
import cti.server.recording.RecordingFolder;
import cti.server.recording.VoicemailKeeper;
import cti.server.recording.WavSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers leave, from the journal to its tables and files. */
@OnEveryDatabase
class CallerStoresTest {
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
  private static final CallId CALL = new CallId("gw1:1.1");
  private static final CallId MADE = new CallId("gw1:cti-back-1");
  private static final CallbackId CALLBACK = CallbackId.of(CALL);
  private static final VoicemailId MESSAGE = VoicemailId.of(CALL, new ChannelId("1.1"), 1);
  private static final DeskId DESK = new DeskId("gz");
  private static final String FILE = "20261121/1.1_1.1_1.wav";
  private static final int DAYS = 30;
  private static final Period DAY = new Period(AT.minusSeconds(60), AT.plusSeconds(86_400));

  private static final Draft TICKET =
      new Draft(
          "网络中断",
          "",
          Optional.empty(),
          "",
          "",
          "",
          Optional.empty(),
          Optional.of(DESK),
          "电话",
          "末端服务和技术服务",
          "上网/网络搬迁",
          "defect",
          IncidentLevel.I,
          Optional.empty(),
          List.of());

  private final Database database;
  private final MySqlRecordStore records;
  private long sequence;
  @TempDir private Path folder;

  CallerStoresTest(TestDatabase test) {
    this.database = test.emptied();
    this.records = new MySqlRecordStore(database, new EventCodec());
  }

  private void happen(CallerEvent... events) {
    records.store(
        List.of(events).stream().map(event -> new JournalRecord(++sequence, event)).toList());
  }

  private static CallbackRequested requested() {
    return new CallbackRequested(
        CALLBACK,
        CALL,
        AT,
        new Wish(
            DESK,
            new QueueName("cti-gz"),
            "13900000025",
            AT.minusSeconds(30),
            AT.plusSeconds(3600),
            Optional.of("en")));
  }

  private StoredCallback callback() {
    return new CallbackStore(database).find(CALLBACK).orElseThrow();
  }

  @Test
  void aCallbackIsOnRecordFromWishToTalk() {
    happen(requested());
    assertEquals("WAITING", callback().state());
    assertEquals(AT.minusSeconds(30), callback().times().since());
    happen(
        new CallbackDialled(CALLBACK, CALL, AT.plusSeconds(60), 1, MADE),
        new CallbackFailed(
            CALLBACK, CALL, AT.plusSeconds(90), "BUSY", Optional.of(AT.plusSeconds(390))));
    assertEquals("WAITING", callback().state());
    assertEquals(Optional.of("BUSY"), callback().progress().lastReason());
    assertEquals(Optional.of(AT.plusSeconds(390)), callback().progress().notBefore());
    happen(
        new CallbackDialled(CALLBACK, CALL, AT.plusSeconds(400), 2, MADE),
        new CallbackReached(CALLBACK, CALL, AT.plusSeconds(420), MADE),
        new CallbackEnded(CALLBACK, CALL, AT.plusSeconds(430), CallbackOutcome.TALKED, ""));
    assertEquals("ENDED", callback().state());
    assertEquals(Optional.of("TALKED"), callback().outcome());
    assertEquals(2, callback().progress().attempts());
    assertEquals(Optional.empty(), callback().progress().endedBy());
  }

  private List<Entry> lines() {
    return new AuditStore(database)
        .entries(Optional.of("callback " + CALLBACK), Optional.empty(), Optional.empty(), 100)
        .reversed();
  }

  @Test
  void askedForCancelledAndEndedAreLinesOfTheAuditLog() {
    happen(requested());
    happen(new CallbackDialled(CALLBACK, CALL, AT.plusSeconds(60), 1, MADE));
    happen(
        new CallbackEnded(
            CALLBACK, CALL, AT.plusSeconds(95), CallbackOutcome.CANCELLED, "supervisor"));
    happen(
        requested(),
        new CallbackEnded(CALLBACK, CALL, AT.plusSeconds(130), CallbackOutcome.TALKED, ""));
    assertEquals(
        List.of(
            "caller:13900000025 create",
            "supervisor cancel",
            "caller:13900000025 create",
            "system:callbacks end"),
        lines().stream().map(line -> line.account() + " " + line.action()).toList());
    Entry asked = lines().getFirst();
    assertEquals(AT, asked.at());
    assertEquals(Optional.empty(), asked.before());
    Entry cancelled = lines().get(1);
    assertEquals(AT.plusSeconds(95), cancelled.at());
    assertEquals(
        Optional.of(
            "{\"desk\":\"gz\",\"callerNumber\":\"13900000025\",\"state\":\"DIALLING\","
                + "\"attempts\":1}"),
        cancelled.before());
    assertEquals(
        Optional.of(
            "{\"desk\":\"gz\",\"callerNumber\":\"13900000025\",\"state\":\"ENDED\","
                + "\"attempts\":1,\"outcome\":\"CANCELLED\"}"),
        cancelled.after());
    assertEquals(4, new AuditStore(database).check().lines());
    assertEquals(Optional.empty(), new AuditStore(database).check().broken());
  }

  /** A batch that was stored before is passed over, and its line with it. */
  @Test
  void aLineOfTheAuditLogStandsOnce() {
    JournalRecord asked = new JournalRecord(1, requested());
    records.store(List.of(asked));
    records.store(List.of(asked));
    assertEquals(1, lines().size());
  }

  /** In the same call: the first one was cancelled, and they ask again. */
  @Test
  void aSecondWishOfTheSameCallIsOpen() {
    happen(
        requested(),
        new CallbackDialled(CALLBACK, CALL, AT.plusSeconds(60), 1, MADE),
        new CallbackFailed(CALLBACK, CALL, AT.plusSeconds(90), "BUSY", Optional.empty()),
        new CallbackEnded(
            CALLBACK, CALL, AT.plusSeconds(95), CallbackOutcome.CANCELLED, "supervisor"));
    assertEquals("ENDED", callback().state());
    happen(requested());
    assertEquals("WAITING", callback().state());
    assertEquals(Optional.empty(), callback().outcome());
    assertEquals(Optional.empty(), callback().times().endedAt());
    assertEquals(
        new Callbacks.Progress(
            0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        callback().progress());
    assertEquals(1, listed(Optional.of(true), Optional.empty()).size());
  }

  private List<StoredCallback> listed(Optional<Boolean> open, Optional<Set<DeskId>> sight) {
    return new CallbackStore(database)
        .list(new Callbacks.Filter(DAY, Optional.empty(), open, sight), Optional.empty(), 10)
        .items();
  }

  @Test
  void callbacksAreListedByDeskAndByWhetherTheyAreOver() {
    happen(requested());
    assertEquals(1, listed(Optional.of(true), Optional.empty()).size());
    assertEquals(0, listed(Optional.of(false), Optional.empty()).size());
    assertEquals(1, listed(Optional.empty(), Optional.of(Set.of(DESK))).size());
    assertEquals(0, listed(Optional.empty(), Optional.of(Set.of(new DeskId("sg")))).size());
    assertEquals(0, listed(Optional.empty(), Optional.of(Set.of())).size());
  }

  private StoredVoicemail message() {
    return new VoicemailStore(database, new AuditWriter(() -> AT)).find(MESSAGE).orElseThrow();
  }

  private void look(Instant now) {
    new VoicemailKeeper(
            new RecordingFolder(folder),
            new VoicemailStore(database, new AuditWriter(() -> AT)),
            audio -> Optional.of("text of " + audio.getFileName()),
            desk -> desk.equals(DESK) ? DAYS : 3650)
        .run(now);
  }

  @Test
  void aMessageIsNewWhenItsFileIsWhole() throws IOException {
    happen(new MessageBegun(MESSAGE, CALL, AT, DESK, FILE, 120));
    Path file = folder.resolve(FILE);
    Files.createDirectories(file.getParent());
    look(AT.plusSeconds(10));
    assertEquals("BEGUN", message().content().state());
    Files.write(file, WavSamples.closed(5_000));
    look(AT.plusSeconds(20));
    assertEquals("NEW", message().content().state());
    assertEquals(
        Optional.of(Duration.ofSeconds(5)),
        message().content().audio().map(Voicemails.Audio::length));
    assertEquals(Optional.of("text of 1.1_1.1_1.wav"), message().content().transcription());
  }

  @Test
  void aMessageWhoseDaysAreOverIsDeletedAndTheAuditTellsIt() throws IOException {
    VoicemailId other = VoicemailId.of(CALL, new ChannelId("1.1"), 2);
    happen(
        new MessageBegun(MESSAGE, CALL, AT, DESK, FILE, 120),
        new MessageBegun(other, CALL, AT, new DeskId("sg"), "20261121/1.1_1.1_2.wav", 120));
    Path file = folder.resolve(FILE);
    Path kept = folder.resolve("20261121/1.1_1.1_2.wav");
    Files.createDirectories(file.getParent());
    Files.write(file, WavSamples.closed(5_000));
    Files.write(kept, WavSamples.closed(5_000));
    look(AT.plusSeconds(20));
    Instant over = AT.plus(Duration.ofDays(DAYS));
    look(over);
    assertEquals("NEW", message().content().state(), "its last moment");
    look(over.plusMillis(1));
    assertEquals("DELETED", message().content().state());
    assertEquals(Optional.empty(), message().content().audio());
    assertEquals(Optional.empty(), message().content().transcription());
    assertFalse(Files.exists(file));
    VoicemailStore store = new VoicemailStore(database, new AuditWriter(() -> AT));
    assertEquals(
        List.of("DELETED retention " + FILE + " kept 30 days"),
        store.auditOf(MESSAGE, 10).stream()
            .map(line -> line.action() + " " + line.actor() + " " + line.detail())
            .toList());
    assertTrue(Files.exists(kept), "another desk keeps its messages longer");
    assertEquals("NEW", store.find(other).orElseThrow().content().state());
    look(over.plusSeconds(3600));
    assertEquals(1, store.auditOf(MESSAGE, 10).size(), "deleted once");
  }

  @Test
  void aBreathIsNoMessage() throws IOException {
    happen(new MessageBegun(MESSAGE, CALL, AT, DESK, FILE, 120));
    Path file = folder.resolve(FILE);
    Files.createDirectories(file.getParent());
    Files.write(file, WavSamples.closed(900));
    look(AT.plusSeconds(20));
    assertEquals("EMPTY", message().content().state());
  }

  @Test
  void whoNeverSpokeLeftNothing() {
    happen(new MessageBegun(MESSAGE, CALL, AT, DESK, FILE, 120));
    look(AT.plusSeconds(179));
    assertEquals("BEGUN", message().content().state());
    look(AT.plusSeconds(181));
    assertEquals("EMPTY", message().content().state());
  }

  @Test
  void aMessageIsHeardOnceAndEachPlaybackIsOnRecord() throws IOException {
    happen(new MessageBegun(MESSAGE, CALL, AT, DESK, FILE, 120));
    Path file = folder.resolve(FILE);
    Files.createDirectories(file.getParent());
    Files.write(file, WavSamples.closed(5_000));
    look(AT.plusSeconds(20));
    VoicemailStore store = new VoicemailStore(database, new AuditWriter(() -> AT));
    Audit heard = new Audit(AT, "HEARD", MESSAGE, "1001", "127.0.0.1", "");
    assertTrue(store.heard(MESSAGE, heard));
    assertFalse(store.heard(MESSAGE, heard));
    store.audit(new Audit(AT, "PLAYED", MESSAGE, "1001", "127.0.0.1", "bytes 0-9/80044"));
    assertEquals(
        List.of("PLAYED", "HEARD"),
        store.auditOf(MESSAGE, 10).stream().map(Audit::action).toList());
    assertEquals(Optional.of("1001"), message().content().heardBy());
    AuditStore chain = new AuditStore(database);
    assertEquals(
        List.of("play", "hear"),
        chain
            .entries(Optional.of("voicemail " + MESSAGE), Optional.empty(), Optional.empty(), 10)
            .stream()
            .map(AuditTrail.Entry::action)
            .toList());
    assertEquals(Optional.empty(), chain.check().broken());
  }

  @Test
  void marksAreCountedOverAllThatTheFilterTakes() {
    happen(survey(CALL, 5), survey(new CallId("gw1:1.2"), 4), survey(new CallId("gw1:1.3"), 5));
    Surveys.Filter all =
        new Surveys.Filter(
            DAY,
            Optional.empty(),
            Optional.empty(),
            Optional.of(DESK),
            Optional.of(new AgentId("1001")),
            Optional.empty());
    SurveyStore store = new SurveyStore(database);
    assertEquals(new Surveys.Figures(3, 14, List.of(0L, 0L, 0L, 1L, 2L)), store.figures(all));
    assertEquals(2, store.list(all, Optional.empty(), 2).items().size());
  }

  @Test
  void whoIsAffectedIsOnTheListAndTiedToTheTicket() {
    IncidentStore tickets =
        new IncidentStore(database, Clock.fixed(AT, ZoneOffset.UTC), ZoneOffset.UTC);
    Incident ticket =
        assertInstanceOf(Saved.Opened.class, tickets.open(TICKET, "key", "supervisor")).incident();
    MajorIncidentStore known = new MajorIncidentStore(database, () -> AT);
    String id =
        known
            .add(
                new MajorIncident(
                    "0",
                    "网络中断",
                    "outage-network",
                    Set.of(),
                    Set.of(),
                    Optional.of(ticket.id()),
                    AT,
                    Optional.empty()),
                "supervisor")
            .incident()
            .id();
    AffectedByIncident told = new AffectedByIncident(CALL, AT.plusSeconds(5), id);
    // A record that is shipped twice counts once.
    happen(told, told);
    assertEquals(
        List.of(CALL),
        known.affected(id, 10).orElseThrow().stream().map(MajorIncidents.Affected::call).toList());
    assertEquals(Optional.empty(), known.affected("4711", 10));
    assertEquals(
        List.of(new LinkedCall(CALL, CallRole.RELATED)),
        tickets.find(ticket.id()).orElseThrow().calls());
  }

  private static SurveyAnswered survey(CallId call, int mark) {
    return new SurveyAnswered(
        call, AT, "survey", mark, Optional.of(DESK), Optional.of(new AgentId("1001")));
  }
}
