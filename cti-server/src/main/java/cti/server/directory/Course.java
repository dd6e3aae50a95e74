package cti.server.directory;

import cti.server.directory.sheet.SheetException;

/** How far the making of a preview is, and whether it may go on. */
public interface Course {
  /** How many rows or people there are. */
  void total(int rows);

  /** How many of them are done. */
  void done(int rows);

  /**
   * @throws SheetException where it took too long or is not wanted any more
   */
  void check() throws SheetException;
}
