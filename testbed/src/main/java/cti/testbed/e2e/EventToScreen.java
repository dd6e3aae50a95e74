package cti.testbed.e2e;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The time from the read of a gateway's event to its frame on a client's socket, as the server
 * counts it in /metrics.
 *
 * @param p50Seconds median; NaN where there were no events
 * @param p99Seconds 99th percentile
 */
record EventToScreen(double p50Seconds, double p99Seconds, double maxSeconds, long count) {
  private static final String NAME = "cti_event_to_screen_seconds";

  static EventToScreen of(String metrics) {
    return new EventToScreen(
        value(metrics, NAME + "{quantile=\"0.5\"}"),
        value(metrics, NAME + "{quantile=\"0.99\"}"),
        value(metrics, NAME + "_max"),
        (long) value(metrics, NAME + "_count"));
  }

  private static double value(String metrics, String name) {
    OptionalDouble found =
        metrics
            .lines()
            .filter(line -> line.startsWith(name + " "))
            .mapToDouble(line -> Double.parseDouble(line.substring(name.length()).strip()))
            .findFirst();
    return found.orElseThrow(
        () -> new IllegalArgumentException("/metrics has no line '" + name + " …'"));
  }

  String line(String where) {
    return String.format(
        Locale.ROOT,
        "event to screen: p50 %.1f ms, p99 %.1f ms, longest %.1f ms over %d events (from /metrics,"
            + " %s)",
        p50Seconds * 1000,
        p99Seconds * 1000,
        maxSeconds * 1000,
        count,
        where);
  }
}
