package cti.server.yaml;

import java.util.List;

/** A file that may not be used; the message lists every fault, one a line. */
public final class BadFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  public BadFileException(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /** Each as {@code file: path: what is wrong, what was expected}. */
  public List<String> faults() {
    return faults;
  }
}
