package cti.core.port;

import cti.core.port.VersionedTexts.Draft;
import cti.core.port.VersionedTexts.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Versions and drafts of a text on record. Blocks; throws StoreUnavailableException. */
public interface VersionRecords {
  /** Every version, oldest first. */
  List<Version> versions();

  /** Another figure whenever a version was added or withdrawn, whoever did it; cheap. */
  long changes();

  /**
   * Adds a version, and drops the draft that it was; both or none.
   *
   * @param draft empty for none
   * @return whether {@code version} was the next one; nothing is changed where not
   */
  boolean add(Version version, Optional<String> draft);

  /** Whether it was there and not withdrawn yet. */
  boolean withdraw(int version, Instant at, String by);

  List<Draft> drafts();

  Optional<Draft> draft(String name);

  /**
   * Keeps a draft where nobody changed it since.
   *
   * @param revision the one that was seen; 0 for none
   * @param basedOn for a new one
   * @return the draft as it is now: ours, or that of somebody else
   */
  Draft save(String name, String yaml, int revision, int basedOn, String by);

  /** Whether there was one. */
  boolean drop(String name, String by);
}
