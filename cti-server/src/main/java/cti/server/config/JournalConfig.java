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
    Path folder,
    int segmentBytes,
    int mailboxCapacity,
    Checkpoint checkpoint,
    Keep keep,
    Disk disk) {

  /**
   * @param every so many records after the last one the next checkpoint is written
   */
  public record Checkpoint(int every) {}

  /**
   * What is kept of the journal though the database has it and a checkpoint is behind it: both the
   * last segments and the younger ones.
   */
  public record Keep(int segments, Duration time) {}

  /** When the disk is worth an alarm. */
  public record Disk(DiskLimit warn, DiskLimit critical) {}

  /**
   * Any one of these; zero asks for nothing.
   *
   * @param freeMebibytes less than this is free
   * @param percent less than this share of the disk is free
   * @param fullWithin at the pace of the last minutes it is full within this
   */
  public record DiskLimit(int freeMebibytes, int percent, Duration fullWithin) {}
}
