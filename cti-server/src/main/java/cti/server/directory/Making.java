package cti.server.directory;

import cti.server.directory.sheet.SheetException;

/** Finds out what a change would be; on the thread of the previews, may take minutes. */
@FunctionalInterface
interface Making {
  /**
   * @throws SheetException where the source cannot be read
   */
  Made make(Course course) throws SheetException;
}
