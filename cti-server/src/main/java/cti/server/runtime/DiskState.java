package cti.server.runtime;

import java.time.Duration;
import java.util.Optional;

/**
 * How the journal's disk is.
 *
 * @param freeBytes for us
 * @param totalBytes of the disk
 * @param fullIn at the pace of the last minutes; empty while it does not fill, or not long enough
 *     is known
 * @param why the level is not normal, with the figure and what is expected; empty where it is
 */
public record DiskState(
    Level level, long freeBytes, long totalBytes, Optional<Duration> fullIn, String why) {
  /** In order of urgency. */
  public enum Level {
    NORMAL,
    WARN,
    CRITICAL
  }

  /** Before anything was measured. */
  public static final DiskState UNKNOWN = new DiskState(Level.NORMAL, 0, 0, Optional.empty(), "");
}
