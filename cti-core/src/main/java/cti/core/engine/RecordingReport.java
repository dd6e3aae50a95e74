package cti.core.engine;

/** What the gateway reports of the recording on one channel. */
public sealed interface RecordingReport {
  /**
   * Recording begins.
   *
   * @param file the name below the folder of recordings
   * @param part how many recordings this channel has had, this one counted
   */
  record Started(String file, int part) implements RecordingReport {}

  /** Silence is written from now on. */
  record Muted() implements RecordingReport {}

  record Unmuted() implements RecordingReport {}

  record Stopped() implements RecordingReport {}
}
