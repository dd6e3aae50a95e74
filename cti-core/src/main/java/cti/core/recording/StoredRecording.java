package cti.core.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A recording as it is on record.
 *
 * @param audio empty until the file was looked at
 * @param legalHold the file is never deleted while this is so
 * @param deletedAt when the file was deleted
 */
public record StoredRecording(
    Recording recording,
    RecordingState state,
    Optional<Audio> audio,
    boolean legalHold,
    Optional<Instant> deletedAt) {

  /**
   * What the file holds.
   *
   * @param sha256 of the whole file, hexadecimal
   * @param fault what is wrong with it, for people; empty where nothing is
   */
  public record Audio(long bytes, Duration length, String sha256, String fault) {}

  public boolean playable() {
    return state == RecordingState.STORED;
  }
}
