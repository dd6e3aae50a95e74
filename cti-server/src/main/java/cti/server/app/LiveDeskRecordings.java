package cti.server.app;

import cti.core.desk.Desk;
import cti.core.engine.CatalogInput;
import cti.core.id.DeskId;
import cti.core.ivr.CallPlan;
import cti.core.port.DeskRecordings;
import cti.core.port.Mailbox;
import cti.core.port.Recordings;
import cti.core.recording.RecordingRules;
import cti.server.db.recordings.RecordingStore;
import cti.server.yaml.BadFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes how a desk records: checked with the prompts, on file, in memory, told to the engine. */
final class LiveDeskRecordings implements DeskRecordings {
  private static final Logger log = LoggerFactory.getLogger(LiveDeskRecordings.class);

  private final RecordingStore recordings;
  private final LiveCatalog catalog;
  private final Mailbox mailbox;
  private final PlanFiles files;

  LiveDeskRecordings(
      RecordingStore recordings, LiveCatalog catalog, Mailbox mailbox, PlanFiles files) {
    this.recordings = recordings;
    this.catalog = catalog;
    this.mailbox = mailbox;
    this.files = files;
  }

  @Override
  public synchronized Saved save(DeskId id, RecordingRules rules, Recordings.Audit line) {
    List<Desk> before = catalog.desks();
    Optional<RecordingRules> had =
        before.stream().filter(desk -> desk.id().equals(id)).findFirst().map(Desk::recording);
    if (had.isEmpty()) {
      return new Saved.NoSuchDesk();
    }
    List<Desk> desks =
        before.stream().map(desk -> desk.id().equals(id) ? recordedBy(desk, rules) : desk).toList();
    CallPlan plan;
    try {
      plan = files.load(desks, catalog.sites());
    } catch (BadFileException e) {
      return new Saved.NotPossible(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    recordings.saveRules(id, had.get(), rules, line);
    catalog.replaceDesks(desks, plan);
    if (!mailbox.offer(new CatalogInput.DesksReplaced(desks))) {
      log.warn("the mailbox is full: the engine learns of desk {}'s recording later", id);
    }
    return new Saved.Done();
  }

  private static Desk recordedBy(Desk desk, RecordingRules rules) {
    return new Desk(
        desk.id(),
        desk.name(),
        desk.site(),
        desk.businessLine(),
        desk.queue(),
        desk.wrapUp(),
        desk.longestWait(),
        rules);
  }
}
