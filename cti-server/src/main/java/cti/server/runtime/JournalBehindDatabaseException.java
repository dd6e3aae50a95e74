package cti.server.runtime;

import java.nio.file.Path;

/**
 * The database holds records that the journal does not have: the folder was moved, wiped, or is
 * another server's. New records would get numbers that the database has given to others already.
 */
public final class JournalBehindDatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalBehindDatabaseException(Path folder, long journal, long database) {
    super(
        "journal folder "
            + folder
            + " ends at record "
            + journal
            + ", but the database holds records up to "
            + database
            + ", expected a journal that goes as far: put the folder back that this database was"
            + " filled from (journal.folder in conf/cti.yaml), or use a new database");
  }
}
