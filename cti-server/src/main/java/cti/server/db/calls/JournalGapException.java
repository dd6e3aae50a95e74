package cti.server.db.calls;

/** Journal and database do not fit together: records are missing between them. */
public final class JournalGapException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  JournalGapException(long found, long expected) {
    super(
        "journal record "
            + found
            + " was to be stored, expected "
            + expected
            + ", the next after those in the database: the journal folder is not the one that this"
            + " database was filled from, or files of it are gone");
  }
}
