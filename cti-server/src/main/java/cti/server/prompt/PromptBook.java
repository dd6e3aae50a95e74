package cti.server.prompt;

import cti.core.port.AddedPrompts;
import cti.core.port.Prompts.Wording;
import cti.core.port.StoreUnavailableException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The prompts that were added on the running server, in memory: read at the start, after each
 * change, and now and then. While the database is away those of the last good copy count, so that a
 * flow that names one of them goes on.
 */
public final class PromptBook {
  private static final Logger log = LoggerFactory.getLogger(PromptBook.class);

  private final AddedPrompts records;
  private final Copies copies;
  private final Runnable changed;
  private volatile List<Wording> added;

  /**
   * @param changed what is to be done when there are others: what leads calls is read anew
   */
  public PromptBook(AddedPrompts records, Copies copies, Runnable changed) {
    this.records = records;
    this.copies = copies;
    this.changed = changed;
    this.added = List.copyOf(copies.kept());
  }

  /** A copy that is there while the database is away. */
  public interface Copies {
    List<Wording> kept();

    void keep(List<Wording> added);
  }

  /** Those that there are. Never blocks. */
  public List<Wording> now() {
    return added;
  }

  boolean has(String id) {
    return added.stream().anyMatch(one -> one.id().equals(id));
  }

  /** Reads what this or another server added; blocks. */
  public void catchUp() {
    try {
      take();
    } catch (StoreUnavailableException e) {
      log.debug("prompts that were added are still those last known: {}", e.getMessage());
    }
  }

  boolean add(Wording wording, String by) {
    return told(records.add(wording, by), "added", wording.id(), by);
  }

  boolean change(Wording wording, String by) {
    return told(records.change(wording, by), "reworded", wording.id(), by);
  }

  boolean remove(String id, String by) {
    return told(records.remove(id, by), "removed", id, by);
  }

  private boolean told(boolean done, String what, String id, String by) {
    if (done) {
      log.info("prompts: {} {} by user={}", id, what, by);
    }
    take();
    return done;
  }

  private synchronized void take() {
    List<Wording> found = List.copyOf(records.all());
    if (found.equals(added)) {
      return;
    }
    added = found;
    copies.keep(found);
    changed.run();
  }
}
