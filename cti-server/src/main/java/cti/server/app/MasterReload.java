package cti.server.app;

import cti.core.engine.CatalogInput;
import cti.core.port.CatalogReload;
import cti.core.port.Mailbox;
import cti.server.app.LastGoodCopy.MasterCopy;
import cti.server.app.LiveCatalog.Picture;
import cti.server.db.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what the database holds in the place of what is in memory, and keeps a copy of it. */
final class MasterReload implements CatalogReload {
  private static final Logger log = LoggerFactory.getLogger(MasterReload.class);

  private final Database database;
  private final MasterData masterData;
  private final LiveCatalog catalog;
  private final LastGoodCopy copy;
  private final Mailbox mailbox;

  MasterReload(
      Database database,
      MasterData masterData,
      LiveCatalog catalog,
      LastGoodCopy copy,
      Mailbox mailbox) {
    this.database = database;
    this.masterData = masterData;
    this.catalog = catalog;
    this.copy = copy;
    this.mailbox = mailbox;
  }

  @Override
  public Outcome reload() {
    return take(MasterData.load(database));
  }

  /** Takes effect on the next call; what is under way goes on as it began. */
  synchronized Outcome take(MasterCopy loaded) {
    if (loaded.desks().isEmpty() && !catalog.desks().isEmpty()) {
      return refused(
          "the database has no desk at all, expected those in use: "
              + catalog.desks().size()
              + "; what is in memory stays");
    }
    Picture next;
    try {
      next = masterData.picture(loaded);
    } catch (StartException e) {
      return refused(e.getMessage() + "; what is in memory stays");
    }
    boolean told =
        mailbox.offer(new CatalogInput.DesksReplaced(loaded.desks()))
            && mailbox.offer(new CatalogInput.AgentsReplaced(loaded.agents()));
    if (!told) {
      return refused("the server is overloaded, expected a retry");
    }
    catalog.replace(next);
    copy.keep(loaded);
    log.info(
        "master data: {} sites, {} desks, {} agents, {} people",
        loaded.sites().size(),
        loaded.desks().size(),
        loaded.agents().size(),
        loaded.staff().size());
    return new Outcome.Loaded(
        loaded.sites().size(),
        loaded.desks().size(),
        loaded.agents().size(),
        loaded.staff().size());
  }

  private static Outcome refused(String reason) {
    log.error("master data was not taken: {}", reason);
    return new Outcome.Refused(reason);
  }
}
