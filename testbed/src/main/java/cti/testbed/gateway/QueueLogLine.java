package cti.testbed.gateway;

import java.time.Instant;
import java.util.List;

/**
 * A line of Asterisk's queue_log: {@code epoch|call|queue|member|event|data…} (logger.c,
 * ast_queue_log).
 *
 * @param at to the second
 * @param call the caller's Uniqueid, {@code NONE} or {@code MANAGER}
 * @param member the member's name, {@code NONE} where there is none
 */
public record QueueLogLine(
    Instant at, String call, String queue, String member, String event, List<String> data) {

  public QueueLogLine {
    data = List.copyOf(data);
  }

  public static QueueLogLine parse(String line) {
    String[] fields = line.split("\\|", -1);
    if (fields.length < 5 || !fields[0].matches("\\d+")) {
      throw new IllegalArgumentException(
          "queue_log holds '%s'; expected epoch|call|queue|member|event|data…".formatted(line));
    }
    return new QueueLogLine(
        Instant.ofEpochSecond(Long.parseLong(fields[0])),
        fields[1],
        fields[2],
        fields[3],
        fields[4],
        List.of(fields).subList(5, fields.length));
  }

  /** One of the data; empty where the line has fewer. */
  public String text(int index) {
    return index < data.size() ? data.get(index) : "";
  }
}
