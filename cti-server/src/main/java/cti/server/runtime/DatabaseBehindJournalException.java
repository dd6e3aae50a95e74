package cti.server.runtime;

import java.nio.file.Path;

/**
 * The database lacks records that the journal has dropped: it is a new one, another one, or was
 * restored from a backup older than the journal's reserve. Records would be missing for good.
 */
public final class DatabaseBehindJournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseBehindJournalException(Path folder, long first, long database) {
    super(
        "the database holds records up to "
            + database
            + ", but journal folder "
            + folder
            + " begins at record "
            + first
            + ": what lies between was shipped to another database and dropped here, expected a"
            + " database with records up to "
            + (first - 1)
            + " at least: restore a newer backup of it, or put the older segments of the journal"
            + " back from a copy; nothing is written to this database");
  }
}
