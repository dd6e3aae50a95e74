package cti.core.port;

import cti.core.directory.DirectoryChange;
import cti.core.directory.DirectoryPicture;
import cti.core.directory.StaffRecord;
import cti.core.id.StaffId;
import java.util.Optional;
import java.util.function.IntConsumer;

/** The directory on record. Everything blocks and throws {@link StoreUnavailableException}. */
public interface DirectoryRecords {
  /** Everything, of one moment. */
  DirectoryPicture read();

  Optional<StaffRecord> find(StaffId staff);

  /** How many incidents name a person as their caller: with any, they are not taken off. */
  long incidentsOf(StaffId staff);

  /**
   * Writes a change and its audit lines, or nothing.
   *
   * @param written is told how many people are written, now and then; never more than there are
   */
  Applied apply(DirectoryChange change, IntConsumer written);

  /** What came of it. */
  sealed interface Applied {
    /** {@code revision}: that of the directory now. */
    record Done(long revision) implements Applied {}

    /** Somebody changed the directory meanwhile; nothing was written. */
    record Moved(long revision) implements Applied {}

    /** The person is not as expected; nothing was written. */
    record Conflict(StaffId staff, Optional<StaffRecord> now) implements Applied {}

    /** A change of many people is being written; nothing was written of this one. */
    record Busy() implements Applied {}
  }
}
