package cti.server.runtime;

import java.time.Duration;

/**
 * When the journal's disk is worth an alarm. What is not asked for is zero.
 *
 * @param warn somebody should look at it today
 * @param critical somebody must look at it now; the journal gives up its reserve of segments
 */
public record DiskRules(Limit warn, Limit critical) {

  /**
   * Any one of these.
   *
   * @param freeBytes less than this is free
   * @param percent less than this share of the disk is free, 0 to 100
   * @param fullWithin at the pace of the last minutes the disk is full within this
   */
  public record Limit(long freeBytes, int percent, Duration fullWithin) {}
}
