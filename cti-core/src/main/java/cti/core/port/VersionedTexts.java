package cti.core.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A text that leads calls, such as the rules or a flow, by version: drafts, publishing, taking
 * back. What is in force comes from memory; the rest blocks and throws StoreUnavailableException.
 */
public interface VersionedTexts {
  /** The longest text of a version, in characters. */
  int LONGEST = 200_000;

  /** The number of the version in force; 0 where none was published: never blocks, never fails. */
  int inForce();

  /** Every version, newest first, without those that were never published. */
  List<Version> versions();

  Optional<Version> version(int number);

  List<Draft> drafts();

  Optional<Draft> draft(String name);

  /**
   * Keeps a draft; one that has faults may be kept, and is not published.
   *
   * @param revision the one that the author saw; 0 for a new draft
   */
  Saved saveDraft(String name, String yaml, int revision, String by);

  /** Whether there was one. */
  boolean dropDraft(String name, String by);

  /** What is wrong with a text. */
  Checked check(String yaml);

  /**
   * Makes a draft the next version, and drops it. All calls that begin from its time on are led by
   * it; calls in progress keep theirs.
   *
   * @param at when it comes into force; empty for at once
   */
  Published publish(String draft, String comment, Optional<Instant> at, String by);

  /** Makes an earlier version the next one, in force at once. */
  Published rollBack(int version, String comment, String by);

  /** Takes back a version that was published for later and is not in force yet. */
  Published withdraw(int version, String by);

  /**
   * A version that was published.
   *
   * @param checksum SHA-256 of the text, in hex
   * @param activeFrom later than {@code publishedAt} for one that was scheduled
   * @param basedOn the version that it was made from
   * @param restores the version that a rollback took up again
   * @param withdrawnAt when a scheduled one was taken back
   */
  record Version(
      int number,
      String yaml,
      String checksum,
      String author,
      String comment,
      Instant publishedAt,
      Instant activeFrom,
      Optional<Integer> basedOn,
      Optional<Integer> restores,
      Optional<Instant> withdrawnAt) {}

  /**
   * A text that is worked on.
   *
   * @param basedOn the last version when it was begun
   * @param revision counts changes, from 1
   */
  record Draft(
      String name, String yaml, int basedOn, String author, Instant changedAt, int revision) {}

  /** What came of keeping a draft. */
  sealed interface Saved {
    record Done(Draft draft, Checked checked) implements Saved {}

    /** Somebody else changed it meanwhile. */
    record Changed(Draft now) implements Saved {}
  }

  /** Faults refuse a version, warnings do not. */
  record Checked(List<String> faults, List<String> warnings) {
    public Checked {
      faults = List.copyOf(faults);
      warnings = List.copyOf(warnings);
    }
  }

  /** What came of publishing. */
  sealed interface Published {
    record Done(Version version, List<String> warnings) implements Published {}

    record NoSuchDraft(String name) implements Published {}

    record NoSuchVersion(int number) implements Published {}

    record Faulty(List<String> faults) implements Published {
      public Faulty {
        faults = List.copyOf(faults);
      }
    }

    /** Another version was published since the draft was begun. */
    record Outdated(int basedOn, int last) implements Published {}

    /** What is asked is not possible; {@code why} is for people. */
    record Refused(String why) implements Published {}
  }
}
