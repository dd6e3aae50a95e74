package cti.server.web.view;

import cti.core.call.CallTimes;
import java.time.Instant;

/**
 * How the caller spent the call, without gap or overlap, in milliseconds: together the time from
 * its begin to {@code until}.
 *
 * @param until the last change; what goes on has gone on since then
 */
public record TimesView(
    Instant until,
    long inFlowMillis,
    long waitingMillis,
    long ringingMillis,
    long talkingMillis,
    long onHoldMillis,
    long endingMillis) {

  public static TimesView of(CallTimes times) {
    return new TimesView(
        times.until(),
        times.inFlow().toMillis(),
        times.waiting().toMillis(),
        times.ringing().toMillis(),
        times.talking().toMillis(),
        times.onHold().toMillis(),
        times.ending().toMillis());
  }
}
