package cti.server.directory.sheet;

/** A file is no table that can be read; the message says where and what was expected. */
public final class SheetException extends Exception {
  private static final long serialVersionUID = 1L;

  public SheetException(String message) {
    super(message);
  }

  public SheetException(String message, Throwable cause) {
    super(message, cause);
  }
}
