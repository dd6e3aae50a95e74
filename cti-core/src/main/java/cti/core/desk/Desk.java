package cti.core.desk;

import cti.core.id.DeskId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.recording.RecordingRules;
import java.time.Duration;

/**
 * The pair of site and business line that owns one queue.
 *
 * @param wrapUp time for work after a call, 0 to 1 h
 * @param longestWait how long a caller may wait before the flow goes on, 10 s to 1 h
 */
public record Desk(
    DeskId id,
    String name,
    SiteId site,
    String businessLine,
    QueueName queue,
    Duration wrapUp,
    Duration longestWait,
    RecordingRules recording) {
  /** A desk that records nothing. */
  public Desk(
      DeskId id,
      String name,
      SiteId site,
      String businessLine,
      QueueName queue,
      Duration wrapUp,
      Duration longestWait) {
    this(id, name, site, businessLine, queue, wrapUp, longestWait, RecordingRules.NONE);
  }

  public Desk {
    between("wrap-up", wrapUp, Duration.ZERO, Duration.ofHours(1));
    between("longest wait", longestWait, Duration.ofSeconds(10), Duration.ofHours(1));
  }

  private static void between(String what, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          what + " of a desk is " + value + ", expected " + least + " to " + most);
    }
  }
}
