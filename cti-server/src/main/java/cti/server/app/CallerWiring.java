package cti.server.app;

import cti.core.id.DeskId;
import cti.core.ivr.FlowWorld;
import cti.core.port.MajorIncidents;
import cti.core.port.PushSink;
import cti.core.port.StoreUnavailableException;
import cti.server.agi.FlowAround;
import cti.server.config.CtiConfig;
import cti.server.db.Database;
import cti.server.db.audit.AuditWriter;
import cti.server.db.callers.CallbackStore;
import cti.server.db.callers.SurveyStore;
import cti.server.db.callers.VoicemailStore;
import cti.server.directory.LibPhoneNumberNormalizer;
import cti.server.link.HttpWebhooks;
import cti.server.recording.RecordingFolder;
import cti.server.recording.Transcriber;
import cti.server.recording.VoicemailKeeper;
import cti.server.web.WebPorts;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What callers leave with us besides talks, and what flows ask beside the rules. */
final class CallerWiring {
  private static final Logger log = LoggerFactory.getLogger(CallerWiring.class);
  private static final String FOLDER = "voicemail";
  private static final long EVERY_SECONDS = 5;

  private final Clock clock;
  private final VoicemailStore voicemails;
  private final CallbackStore callbacks;
  private final SurveyStore surveys;
  private final Optional<RecordingFolder> folder;
  private final HttpWebhooks webhooks;
  private boolean databaseAway;

  CallerWiring(CtiConfig config, Database database, Clock clock) {
    this.clock = clock;
    this.voicemails = new VoicemailStore(database, new AuditWriter(clock));
    this.callbacks = new CallbackStore(database);
    this.surveys = new SurveyStore(database);
    this.folder =
        config.recordings().folder().map(path -> new RecordingFolder(path.resolve(FOLDER)));
    this.webhooks = new HttpWebhooks(config.ivr().webhooks(), config.ivr().webhookLimit());
  }

  WebPorts.Left ports() {
    return new WebPorts.Left(
        callbacks, voicemails, surveys, name -> folder.flatMap(found -> found.file(name)));
  }

  LiveWaits measure(PushSink screens) {
    return new LiveWaits(screens);
  }

  /** What flows ask. */
  FlowAround around(LiveWaits waits, LiveCatalog catalog, MajorIncidents incidents) {
    return new FlowAround(
        (caller, choice) ->
            incidents.concerning(caller, choice).stream()
                .map(known -> new FlowWorld.Notice(known.id(), known.prompt()))
                .toList(),
        desk ->
            catalog.desks().stream()
                .filter(known -> known.id().equals(desk))
                .findFirst()
                .flatMap(known -> waits.expected(known.queue(), clock.instant())),
        webhooks,
        new LibPhoneNumberNormalizer());
  }

  /** Looks after messages from here on. */
  void start(Lifecycle lifecycle, ToIntFunction<DeskId> retentionDays) {
    Optional<VoicemailKeeper> keeper =
        folder.map(
            found -> new VoicemailKeeper(found, voicemails, Transcriber.NONE, retentionDays));
    if (keeper.isEmpty()) {
      log.info("voicemail: no folder of recordings is configured, messages are not played");
    }
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("voicemail").daemon().factory());
    thread.scheduleWithFixedDelay(() -> run(keeper), 1, EVERY_SECONDS, TimeUnit.SECONDS);
    lifecycle.started(
        "voicemail",
        () -> {
          webhooks.close();
          thread.shutdownNow();
          if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
            log.warn("voicemail: the thread did not end within 10 s");
          }
        });
  }

  private void run(Optional<VoicemailKeeper> keeper) {
    try {
      keeper.ifPresent(found -> found.run(clock.instant()));
      databaseAway = false;
    } catch (StoreUnavailableException e) {
      if (!databaseAway) {
        log.warn("voicemail: the database is away, messages wait: {}", e.getMessage());
      }
      databaseAway = true;
    } catch (RuntimeException e) {
      // The next run tries again; a thread that ended would look after nothing.
      log.error("voicemail: a run failed", e);
    }
  }
}
