package cti.testbed.client;

import java.time.Instant;

/** How the caller spent a call, in milliseconds up to {@code until}. */
public record TimesView(
    Instant until,
    long inFlowMillis,
    long waitingMillis,
    long ringingMillis,
    long talkingMillis,
    long onHoldMillis,
    long endingMillis) {

  public long totalMillis() {
    return inFlowMillis
        + waitingMillis
        + ringingMillis
        + talkingMillis
        + onHoldMillis
        + endingMillis;
  }
}
