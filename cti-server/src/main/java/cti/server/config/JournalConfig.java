package cti.server.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The local journal of events.
 *
 * @param segmentBytes a file of this size is closed and the next begun
 * @param mailboxCapacity inputs that may wait for the loop
 */
public record JournalConfig(
    Path folder, int segmentBytes, int mailboxCapacity, Checkpoint checkpoint, Keep keep) {

  /**
   * @param every so many records after the last one the next checkpoint is written
   */
  public record Checkpoint(int every) {}

  /**
   * What is kept of the journal though the database has it and a checkpoint is behind it: both the
   * last segments and the younger ones.
   */
  public record Keep(int segments, Duration time) {}
}
