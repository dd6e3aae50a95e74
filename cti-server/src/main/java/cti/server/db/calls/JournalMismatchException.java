package cti.server.db.calls;

/** Journal and database do not belong together; nothing was stored. */
public final class JournalMismatchException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private JournalMismatchException(String message) {
    super(
        message
            + ": the journal folder is not the one that this database was filled from, or files of"
            + " it are gone");
  }

  static JournalMismatchException gap(long found, long expected) {
    return new JournalMismatchException(
        "journal record "
            + found
            + " was to be stored, expected "
            + expected
            + ", the next after those in the database");
  }

  static JournalMismatchException other(long sequence, String stored, String given) {
    return new JournalMismatchException(
        "journal record "
            + sequence
            + " is "
            + given
            + ", expected "
            + stored
            + " as stored before");
  }
}
