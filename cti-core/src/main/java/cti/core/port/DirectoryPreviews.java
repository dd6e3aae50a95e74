package cti.core.port;

import cti.core.desk.Site;
import cti.core.directory.DepartmentPath;
import cti.core.directory.GoneRule;
import cti.core.directory.StaffChange;
import cti.core.fault.FaultText;
import cti.core.id.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Changes of many people at once: first a preview, then exactly that or nothing. Previews are made
 * one after the other in the background, and forgotten after an hour or at a restart.
 */
public interface DirectoryPreviews {
  /** How a file is written. */
  enum Format {
    CSV,
    XLSX
  }

  /** Where a preview comes from. */
  enum Kind {
    FILE,
    DEPARTMENT,
    DIAL_PLAN,
    LDAP
  }

  /** How far it is. */
  enum State {
    READING,
    READY,
    /** There are faults: it cannot be applied. */
    FAULTY,
    APPLYING,
    APPLIED,
    /** It could not be read or applied; nothing was written. */
    FAILED
  }

  /** A file of staff. Returns at once. */
  Begun file(byte[] content, Format format, GoneRule gone, String by);

  /** Renames or moves a department and all below it. */
  Begun moveDepartment(DepartmentPath from, DepartmentPath to, String by);

  /** Gives a site another dial plan, and every number of its people the normal form by it. */
  Begun dialPlan(SiteId site, Site next, String by);

  /** All there are, newest first. */
  List<Preview> all();

  Optional<Preview> find(String id);

  /**
   * Changes of a preview, by employee number.
   *
   * @param kind only these
   * @param from how many to leave out, from 0
   */
  Optional<Part<StaffChange>> changes(
      String id, Optional<StaffChange.Kind> kind, int from, int limit);

  Optional<Part<RowFault>> faults(String id, int from, int limit);

  /**
   * Applies a preview in the background.
   *
   * @param token of the preview: only what was looked at is applied
   */
  Taken apply(String id, String token, String by);

  /** Forgets a preview that is not being applied. */
  Taken discard(String id);

  /** What came of the wish for one. */
  sealed interface Begun {
    record Started(Preview preview) implements Begun {}

    /** Too many wait already. */
    record Busy(int most) implements Begun {}

    /**
     * It makes no sense.
     *
     * @param id stable
     */
    record Refused(String id, String reason) implements Begun {}
  }

  /** What came of a decision about one. */
  sealed interface Taken {
    record Done(Preview preview) implements Taken {}

    record NoSuchPreview() implements Taken {}

    record Refused(String id, String reason) implements Taken {}
  }

  /**
   * One preview as it is now.
   *
   * @param token known once it is READY
   * @param message why it failed, or waits; may be empty
   */
  record Preview(
      String id,
      Kind kind,
      State state,
      Origin origin,
      Progress progress,
      Counts counts,
      Optional<String> token,
      String message) {}

  /**
   * @param what the name of the file's format, of the department, of the site
   */
  record Origin(String what, String by, Instant at) {}

  /**
   * @param done of {@code total} rows or people; total is 0 while it is not known
   */
  record Progress(int done, int total) {}

  /**
   * @param unchanged people of the source who stay as they are
   * @param kept people on record who are not in the source, and stay
   */
  record Counts(int added, int changed, int gone, int unchanged, int kept, int faults) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);
  }

  /**
   * A fault by its place.
   *
   * @param row as a spreadsheet counts, the header is 1; 0 where it is no row
   * @param column empty where it is about the whole row
   * @param place an LDAP entry, or an employee number; may be empty
   * @param what goes on where the column's name stops
   */
  record RowFault(int row, String column, String place, FaultText what) {}

  /** Part of a list. */
  record Part<T>(List<T> items, int total) {
    public Part {
      items = List.copyOf(items);
    }
  }
}
