package cti.testbed.faults;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of load.csv (testbed/gateway/cdr_custom.conf): a leg of a call, with times to the
 * microsecond.
 *
 * @param dialledChannel the channel that it reached for; empty for none
 * @param application the last one of the dialplan that ran: Dial, Queue, Congestion, …
 */
record LoadLine(
    String linkedId,
    String uniqueId,
    String callerNumber,
    String dialledNumber,
    String context,
    String channel,
    String dialledChannel,
    String application,
    Instant start,
    Optional<Instant> answer,
    Instant end,
    String disposition) {
  private static final Pattern COLUMN = Pattern.compile("\"((?:[^\"]|\"\")*)\"(?:,|$)");
  private static final int COLUMNS = 13;

  static LoadLine parse(String line) {
    List<String> column =
        COLUMN.matcher(line).results().map(found -> found.group(1).replace("\"\"", "\"")).toList();
    if (column.size() != COLUMNS) {
      throw new IllegalArgumentException(
          "load.csv holds a line of %d columns; expected %d: %s"
              .formatted(column.size(), COLUMNS, line));
    }
    return new LoadLine(
        column.get(0),
        column.get(1),
        column.get(3),
        column.get(4),
        column.get(5),
        column.get(6),
        column.get(7),
        column.get(8),
        time(column.get(9), line).orElseThrow(),
        time(column.get(10), line),
        time(column.get(11), line).orElseThrow(),
        column.get(12));
  }

  private static final Pattern TIME = Pattern.compile("\\d{1,12}\\.\\d{6}");

  /** Seconds since the epoch with six decimals; zero where it never happened. */
  private static Optional<Instant> time(String text, String line) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new IllegalArgumentException(
          "load.csv holds the time '%s'; expected seconds.microseconds: %s".formatted(text, line));
    }
    BigDecimal seconds = new BigDecimal(text);
    if (seconds.signum() == 0) {
      return Optional.empty();
    }
    long micros = seconds.movePointRight(6).longValueExact();
    return Optional.of(Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000));
  }
}
