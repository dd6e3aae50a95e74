package cti.server.runtime;

import cti.server.event.EventFormatException;
import java.nio.file.Path;

/** The journal has a record that is whole and of no kind that this version knows. */
public final class JournalNotUnderstoodException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalNotUnderstoodException(Path segment, long sequence, EventFormatException unknown) {
    super(
        "journal segment "
            + segment
            + " has at record "
            + sequence
            + " what this version of cti-server does not know: "
            + unknown.getMessage()
            + "; expected one that it wrote itself or an older version did: start the version that"
            + " wrote it, or a later one",
        unknown);
  }
}
