package cti.core.port;

import cti.core.port.Prompts.Wording;
import java.util.List;

/**
 * Prompts that administrators added to the manifest, on record; each change with its audit line.
 * Blocks; throws {@link StoreUnavailableException}.
 */
public interface AddedPrompts {
  /** All of them, by id. */
  List<Wording> all();

  /** False where one of that id is there, or another has its number: nothing was changed. */
  boolean add(Wording wording, String by);

  /**
   * Other texts, or another number; false where there is none of that id, or another has its
   * number.
   */
  boolean change(Wording wording, String by);

  /** Removes it with every recording of it; false where there is none of that id. */
  boolean remove(String id, String by);
}
