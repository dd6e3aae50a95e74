package cti.server.app;

import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.DialPlan;
import cti.core.directory.DirectoryChange;
import cti.core.directory.DirectoryIndex;
import cti.core.directory.StaffChange;
import cti.core.engine.CatalogInput;
import cti.core.port.CatalogReload;
import cti.core.port.DirectoryRecords;
import cti.core.port.DirectoryRecords.Applied;
import cti.core.port.Mailbox;
import cti.core.port.MasterRecords;
import cti.core.port.MasterRecords.Master;
import cti.core.port.MasterRecords.MasterChange;
import cti.core.port.MasterRecords.Placed;
import cti.core.port.StoreUnavailableException;
import cti.server.app.LastGoodCopy.MasterCopy;
import cti.server.app.LiveCatalog.FittingPlan;
import cti.server.app.LiveCatalog.Picture;
import cti.server.app.MasterData.Loaded;
import cti.server.db.Database;
import cti.server.db.directory.DirectoryStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what the database holds in the place of what is in memory, and keeps a copy of it. Edits and
 * reloads come one after the other, so that memory never falls behind an edit; lookups wait for
 * neither.
 */
final class MasterReload implements CatalogReload {
  private static final Logger log = LoggerFactory.getLogger(MasterReload.class);

  /** A copy of a big directory takes seconds to write: one for all edits of this time. */
  private static final int COPY_AFTER_SECONDS = 5;

  /** Whoever edits holds a thread of the web side meanwhile. */
  private static final int LONGEST_WAIT_SECONDS = 5;

  private static final long NONE = -1;

  private final Database database;
  private final MasterData masterData;
  private final LiveCatalog catalog;
  private final LastGoodCopy copy;
  private final Mailbox mailbox;
  private final ScheduledThreadPoolExecutor copies =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("last-good-copy").daemon().factory());
  private final ReentrantLock writing = new ReentrantLock();
  private final Object copying = new Object();
  private boolean copyDue;
  private volatile Optional<MasterCopy> kept = Optional.empty();
  private boolean behind;

  /** Of the directory that is in memory; none before it was read from the database. */
  private long revision = NONE;

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
    copies.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Outcome reload() {
    return taken(
        () -> take(MasterData.load(database, catalog.directory())),
        () -> refused("a change of many people is being written, expected a retry"));
  }

  /**
   * Does what must not happen beside another change, within the limit that somebody waits.
   *
   * @param busy what is answered where another change lasts longer
   */
  private <T> T taken(Supplier<T> work, Supplier<T> busy) {
    try {
      if (!writing.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        return busy.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return busy.get();
    }
    try {
      return work.get();
    } finally {
      writing.unlock();
    }
  }

  /** What was read at the start is in memory already. */
  void holds(long read) {
    writing.lock();
    try {
      revision = read;
    } finally {
      writing.unlock();
    }
  }

  /** What a database that has just come holds. */
  void arrived(Loaded loaded) {
    writing.lock();
    try {
      take(loaded);
    } finally {
      writing.unlock();
    }
  }

  /** Takes effect on the next call; what is under way goes on as it began. */
  private Outcome take(Loaded read) {
    MasterCopy loaded = read.copy();
    if (loaded.desks().isEmpty() && !catalog.desks().isEmpty()) {
      return refused(
          "the database has no desk at all, expected those in use: "
              + catalog.desks().size()
              + "; what is in memory stays");
    }
    Picture next = masterData.picture(loaded, catalog.directory());
    if (next.plan() instanceof FittingPlan.None(String reason) && catalog.planFault().isEmpty()) {
      return refused(reason + "; what is in memory stays");
    }
    if (!told(next)) {
      return refused("the server is overloaded, expected a retry");
    }
    catalog.replace(next);
    behind = false;
    revision = read.revision();
    keepSoon();
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

  /** Writes an edit and puts it into use; busy where a change of many people lasts too long. */
  Applied edit(DirectoryRecords records, DirectoryChange change) {
    return taken(() -> written(records, change, done -> {}), Applied.Busy::new);
  }

  /** Writes a change of many people and puts it into use, however long others take. */
  Applied apply(DirectoryRecords records, DirectoryChange change, IntConsumer written) {
    writing.lock();
    try {
      return written(records, change, written);
    } finally {
      writing.unlock();
    }
  }

  private Applied written(DirectoryRecords records, DirectoryChange change, IntConsumer written) {
    Applied applied = records.apply(change, written);
    if (!(applied instanceof Applied.Done(long next))) {
      return applied;
    }
    if (change.site().isEmpty() && change.staff().size() == 1 && follows(next)) {
      revision = next;
      StaffChange one = change.staff().getFirst();
      catalog.replaceDirectory(catalog.directory().with(one.staff(), one.after()));
      keepSoon();
    } else {
      follow();
    }
    return applied;
  }

  /**
   * Writes a change of sites, desks or agents and puts it into use.
   *
   * @return false where a change of many people lasts too long; nothing was written
   */
  boolean edit(MasterRecords records, MasterChange change, String by) {
    return taken(
        () -> {
          written(records, change, by);
          return true;
        },
        () -> false);
  }

  private void written(MasterRecords records, MasterChange change, String by) {
    long next = records.write(change, by);
    if (!follows(next)) {
      follow();
      return;
    }
    use(records, next, by);
  }

  /** Whether a change is the next one of what is in memory: no other server changed anything. */
  private boolean follows(long next) {
    return !behind && next == revision + 1;
  }

  private void use(MasterRecords records, long revisionOfChange, String by) {
    try {
      Master master = records.read();
      List<Site> sites = master.sites().stream().map(Placed::it).toList();
      List<Desk> desks = master.desks().stream().map(Placed::it).toList();
      DirectoryIndex directory =
          sites.equals(catalog.sites())
              ? catalog.directory()
              : new DirectoryIndex(new DialPlan(sites), catalog.directory().all());
      Picture next =
          new Picture(sites, desks, master.agents(), directory, masterData.plan(desks, sites));
      if (told(next)) {
        catalog.replace(next);
        revision = revisionOfChange;
        keepSoon();
        return;
      }
      log.warn("the mailbox is full: the change of {} is in use later", by);
    } catch (StoreUnavailableException e) {
      log.warn("the change of {} is in use when the database is back: {}", by, e.getMessage());
    }
    behind = true;
  }

  private boolean told(Picture next) {
    // All or nothing: of two inputs a full mailbox may take one and refuse the other.
    return mailbox.offer(new CatalogInput.MasterReplaced(next.desks(), next.agents()));
  }

  /** What is written is to be in use, now or as soon as it can be read. */
  private void follow() {
    behind = true;
    try {
      take(MasterData.load(database, catalog.directory()));
    } catch (StoreUnavailableException e) {
      log.warn("a change is in use when the database is back: {}", e.getMessage());
    }
  }

  /** Makes up for what could not be read or told before, and for what another server changed. */
  void catchUp() {
    if (writing.tryLock()) {
      try {
        if (behind || changedElsewhere()) {
          follow();
        }
      } finally {
        writing.unlock();
      }
    }
  }

  private boolean changedElsewhere() {
    try {
      return new DirectoryStore(database).revision() != revision;
    } catch (StoreUnavailableException e) {
      log.debug("master data: still the last known: {}", e.getMessage());
      return false;
    }
  }

  private void keepSoon() {
    synchronized (copying) {
      if (!copyDue && !copies.isShutdown()) {
        copyDue = true;
        copies.schedule(this::keep, COPY_AFTER_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  private void keep() {
    synchronized (copying) {
      copyDue = false;
    }
    Picture now = catalog.picture();
    MasterCopy next = new MasterCopy(now.sites(), now.desks(), now.agents(), now.directory().all());
    if (!kept.equals(Optional.of(next)) && copy.keep(next)) {
      kept = Optional.of(next);
    }
  }

  private static Outcome refused(String reason) {
    log.error("master data was not taken: {}", reason);
    return new Outcome.Refused(reason);
  }

  /** Writes the copy that is due. */
  void close() throws InterruptedException {
    copies.shutdown();
    if (!copies.awaitTermination(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the last good copy is not written after 30 s");
    }
    boolean due;
    synchronized (copying) {
      due = copyDue;
    }
    if (due) {
      keep();
    }
  }
}
