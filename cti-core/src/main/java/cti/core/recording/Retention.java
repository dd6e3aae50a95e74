package cti.core.recording;

import java.time.Duration;
import java.time.Instant;

/** When a file may be deleted. */
public final class Retention {
  private Retention() {}

  /** Recordings that stopped before this are past their days. */
  public static Instant cut(Instant now, int days) {
    return now.minus(Duration.ofDays(days));
  }

  /**
   * Whether the file may go now. A recording that is held, runs, or was never found stays; one that
   * was marked goes on being deleted, unless it was held since.
   */
  public static boolean over(StoredRecording stored, int days, Instant now) {
    if (stored.legalHold()) {
      return false;
    }
    return switch (stored.state()) {
      case RECORDING, STOPPED, END_UNSEEN, MISSING, DELETED -> false;
      case DELETING -> true;
      case STORED ->
          stored
              .recording()
              .stoppedAt()
              .orElse(stored.recording().startedAt())
              .isBefore(cut(now, days));
    };
  }
}
