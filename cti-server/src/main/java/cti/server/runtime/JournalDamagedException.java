package cti.server.runtime;

import java.nio.file.Path;

/** The journal has a damaged record before its end, which no crash of ours leaves. */
public final class JournalDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalDamagedException(Path segment, long offset, String problem) {
    super(
        "journal segment "
            + segment
            + " is damaged at byte "
            + offset
            + ": "
            + problem
            + "; restore it from a copy, or move the folder away to begin a new journal");
  }
}
