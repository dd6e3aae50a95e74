package cti.server.directory.sheet;

/**
 * How much of a file is read.
 *
 * @param rows most rows, the header among them
 * @param inflatedBytes most bytes that a packed file may unpack to
 * @param stopped looked at with every row: true ends the reading
 */
public record SheetLimits(int rows, long inflatedBytes, Stop stopped) {
  /** Whoever may end a reading. */
  @FunctionalInterface
  public interface Stop {
    /**
     * @throws SheetException saying why
     */
    void check() throws SheetException;
  }

  /** The most characters of one cell. */
  public static final int LONGEST_CELL = 4_000;

  /** The most columns. */
  public static final int MOST_COLUMNS = 64;

  void checkRow(int row) throws SheetException {
    if (row > rows) {
      throw new SheetException("row " + row + " is one too many, expected at most " + rows);
    }
    stopped.check();
  }
}
