package cti.core.port;

import cti.core.id.DeskId;
import cti.core.recording.RecordingRules;

/** How desks record, to be changed. Methods block; they throw StoreUnavailableException. */
public interface DeskRecordings {
  /** Takes effect with the next call that is sent to the desk; {@code line} is its audit line. */
  Saved save(DeskId desk, RecordingRules rules, Recordings.Audit line);

  /** What came of it. */
  sealed interface Saved {
    record Done() implements Saved {}

    record NoSuchDesk() implements Saved {}

    /** Such as an announcement that is no prompt; nothing was changed. */
    record NotPossible(String why) implements Saved {}
  }
}
