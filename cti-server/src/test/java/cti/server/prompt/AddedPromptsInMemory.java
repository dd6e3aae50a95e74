package cti.server.prompt;

import cti.core.port.AddedPrompts;
import cti.core.port.Prompts.Wording;
import cti.core.port.StoreUnavailableException;
import java.util.List;
import java.util.TreeMap;

/** Prompts that were added, without a database; it can be taken away. */
public final class AddedPromptsInMemory implements AddedPrompts, PromptBook.Copies {
  private final TreeMap<String, Wording> added = new TreeMap<>();
  private List<Wording> copy = List.of();
  boolean away;

  private void there() {
    if (away) {
      throw new StoreUnavailableException("the database is away", new RuntimeException("test"));
    }
  }

  @Override
  public List<Wording> kept() {
    return copy;
  }

  @Override
  public void keep(List<Wording> now) {
    copy = now;
  }

  @Override
  public synchronized List<Wording> all() {
    there();
    return List.copyOf(added.values());
  }

  @Override
  public synchronized boolean add(Wording wording, String by) {
    there();
    return added.putIfAbsent(wording.id(), wording) == null;
  }

  @Override
  public synchronized boolean change(Wording wording, String by) {
    there();
    return added.replace(wording.id(), wording) != null;
  }

  @Override
  public synchronized boolean remove(String id, String by) {
    there();
    return added.remove(id) != null;
  }
}
