package cti.server.app;

import cti.core.port.MajorIncidents;
import cti.core.port.PhonePins;
import cti.core.port.Prompts.Use;
import cti.core.port.StoreUnavailableException;
import cti.server.agi.PromptStudio;
import cti.server.config.CtiConfig;
import cti.server.db.Database;
import cti.server.db.accounts.Passwords;
import cti.server.db.prompts.PhonePinStore;
import cti.server.db.prompts.PromptStore;
import cti.server.flow.CallPlanFiles;
import cti.server.prompt.PromptRoom;
import cti.server.prompt.PromptRoom.Manifest;
import cti.server.prompt.PromptUses;
import cti.server.recording.RecordingFolder;
import cti.server.web.WebPorts;
import cti.server.yaml.BadFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What callers hear: the recordings of prompts, their folder, and those who record by phone. */
final class PromptWiring {
  private static final Logger log = LoggerFactory.getLogger(PromptWiring.class);
  private static final String TAKES = "prompts";
  private static final int INCIDENTS = 50;
  private static final long EVERY_SECONDS = 15;

  private final PromptRoom prompts;
  private final RoutingWiring routing;
  private final PhonePins pins;
  private final Optional<RecordingFolder> takes;
  private boolean databaseAway;

  PromptWiring(
      CtiConfig config,
      PlanFiles plans,
      Database database,
      LiveCatalog catalog,
      RoutingWiring routing,
      Clock clock) {
    this.prompts =
        new PromptRoom(
            () -> manifest(plans),
            () -> uses(catalog, routing.incidents(), clock),
            new PromptStore(database, clock),
            plans.sounds(),
            routing.adding());
    this.routing = routing;
    this.pins = new PhonePinStore(database, clock, new Passwords(new SecureRandom()));
    this.takes = config.recordings().folder().map(path -> new RecordingFolder(path.resolve(TAKES)));
  }

  private static Manifest manifest(PlanFiles plans) {
    try {
      Map<String, Map<String, String>> all = CallPlanFiles.prompts(plans.scripts());
      Set<String> added = new HashSet<>(all.keySet());
      added.removeAll(CallPlanFiles.prompts(plans.scripts().files()).keySet());
      return new Manifest(all, CallPlanFiles.promptNumbers(plans.scripts()), added);
    } catch (BadFileException e) {
      throw new IllegalStateException("the prompts have faults: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, List<Use>> uses(
      LiveCatalog catalog, MajorIncidents incidents, Clock clock) {
    if (catalog.planFault().isPresent()) {
      return Map.of();
    }
    return PromptUses.of(
        catalog.plan(),
        incidents.list(INCIDENTS).stream()
            .map(MajorIncidents.Entry::incident)
            .filter(known -> known.ends().filter(end -> !end.isAfter(clock.instant())).isEmpty())
            .toList());
  }

  WebPorts.PromptDesk ports() {
    return new WebPorts.PromptDesk(prompts, pins, prompts::audio);
  }

  PromptStudio studio() {
    return new PromptStudio(
        prompts,
        pins,
        new PromptStudio.Takes() {
          @Override
          public Optional<byte[]> read(String name) throws IOException {
            Optional<Path> file = takes.flatMap(folder -> folder.file(name));
            return file.isPresent()
                ? Optional.of(Files.readAllBytes(file.get()))
                : Optional.empty();
          }

          @Override
          public void delete(String name) throws IOException {
            if (takes.isPresent()) {
              takes.get().delete(name);
            }
          }
        });
  }

  /** Fills the gateway's folder from what is on record, from here on. */
  void start(Lifecycle lifecycle) {
    lifecycle.regularly("prompts", EVERY_SECONDS, this::run);
  }

  private void run() {
    try {
      routing.takeUpPrompts();
      prompts.speakAnew(routing.reworded());
      prompts.fill();
      databaseAway = false;
    } catch (StoreUnavailableException e) {
      if (!databaseAway) {
        log.warn("prompts: the database is away, what is played stays: {}", e.getMessage());
      }
      databaseAway = true;
    } catch (RuntimeException e) {
      // The next run tries again.
      log.error("prompts: a run failed", e);
    }
  }
}
