package cti.testbed.gateway;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of the file that conf/asterisk/cdr_custom_cti.conf makes Asterisk write, a leg a line.
 *
 * @param durationSeconds from start to end
 * @param talkSeconds from answer to end
 * @param disposition ANSWERED, NO ANSWER, BUSY, FAILED, CONGESTION
 */
public record CallDetailRecord(
    String linkedId,
    String uniqueId,
    String callerNumber,
    String dialledNumber,
    String channel,
    int durationSeconds,
    int talkSeconds,
    String disposition) {

  /** The least; later versions add columns at the end. */
  private static final int COLUMNS = 17;

  public static CallDetailRecord parse(String line) {
    List<String> column = columns(line);
    if (column.size() < COLUMNS) {
      throw new IllegalArgumentException(
          "a call detail record has %d columns; expected at least %d: %s"
              .formatted(column.size(), COLUMNS, line));
    }
    return new CallDetailRecord(
        column.get(0),
        column.get(1),
        column.get(3),
        column.get(4),
        column.get(6),
        Integer.parseInt(column.get(13)),
        Integer.parseInt(column.get(14)),
        column.get(15));
  }

  /** Every column is in double quotes; a quote inside is doubled (RFC 4180). */
  private static List<String> columns(String line) {
    List<String> columns = new ArrayList<>();
    StringBuilder column = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        column.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        columns.add(column.toString());
        column.setLength(0);
      } else {
        column.append(c);
      }
    }
    columns.add(column.toString());
    return columns;
  }
}
