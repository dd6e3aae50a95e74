package cti.server.gatewaylog;

import cti.core.recovery.CallDetail;
import cti.core.recovery.CallDetail.Party;
import cti.core.recovery.CallDetail.Ran;
import cti.core.recovery.CallDetail.Times;
import cti.core.recovery.QueueLogEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines of queue_log and of the call detail records; what is neither is empty. */
final class LogLines {
  private static final Pattern SECONDS = Pattern.compile("([0-9]{9,11})(?:\\.([0-9]{1,9}))?");
  private static final Pattern CAUSE = Pattern.compile("q850=([0-9]{1,3})");
  private static final Pattern NUMBER = Pattern.compile("[+*#]?[0-9][0-9*#]{1,39}");
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int LONGEST_ID = 128;
  private static final int LONGEST_QUEUE = 80;
  private static final int COLUMNS = 17;

  private LogLines() {}

  /** {@code epoch|call|queue|member|event|data…} */
  static Optional<QueueLogEntry> queueLog(String line) {
    String[] fields = line.split("\\|", -1);
    if (fields.length < 5
        || fields[1].length() > LONGEST_ID
        || fields[2].length() > LONGEST_QUEUE) {
      return Optional.empty();
    }
    return epoch(fields[0])
        .map(
            at ->
                new QueueLogEntry(
                    at,
                    fields[1],
                    fields[2],
                    fields[3],
                    fields[4],
                    List.of(fields).subList(5, fields.length)));
  }

  /**
   * The columns of conf/asterisk/cdr_custom_cti.conf. The last three are exact and in UTC; a file
   * of an older gateway does not have them, and its times are local ones.
   *
   * @param zone of the gateway's local times
   */
  static Optional<CallDetail> callDetail(String line, ZoneId zone) {
    List<String> column = columns(line);
    if (column.size() < COLUMNS || !isId(column.get(0)) || !isId(column.get(1))) {
      return Optional.empty();
    }
    Optional<Instant> start = time(column, 10, zone);
    Optional<Instant> end = time(column, 12, zone);
    if (start.isEmpty() || end.isEmpty()) {
      return Optional.empty();
    }
    Matcher cause = CAUSE.matcher(column.get(16));
    return Optional.of(
        new CallDetail(
            column.get(0),
            column.get(1),
            new Party(column.get(3), column.get(4), column.get(5), column.get(6)),
            new Ran(column.get(8), column.get(7), numberIn(column.get(9))),
            new Times(start.get(), time(column, 11, zone), end.get()),
            column.get(15),
            cause.find() ? Optional.of(Integer.valueOf(cause.group(1))) : Optional.empty()));
  }

  /**
   * 8006 of {@code Local/8006@cti-agents/n,30,t}, of {@code g1/8006}; empty where there is none.
   */
  private static String numberIn(String data) {
    String place = data.split("[,@]", 2)[0];
    String last = place.substring(Math.max(place.lastIndexOf('/'), place.lastIndexOf(':')) + 1);
    return NUMBER.matcher(last).matches() ? last : "";
  }

  private static boolean isId(String text) {
    return !text.isBlank() && text.length() <= LONGEST_ID;
  }

  private static Optional<Instant> time(List<String> column, int local, ZoneId zone) {
    int exact = local + 7;
    Optional<Instant> utc = exact < column.size() ? epoch(column.get(exact)) : Optional.empty();
    return utc.or(() -> local(column.get(local), zone));
  }

  private static Optional<Instant> local(String text, ZoneId zone) {
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(LocalDateTime.parse(text, LOCAL).atZone(zone).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> epoch(String text) {
    Matcher matcher = SECONDS.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String fraction = matcher.group(2) == null ? "0" : matcher.group(2);
    long nanos = Long.parseLong((fraction + "000000000").substring(0, 9));
    return Optional.of(Instant.ofEpochSecond(Long.parseLong(matcher.group(1)), nanos));
  }

  /** A quote inside quotes is doubled (RFC 4180). */
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
