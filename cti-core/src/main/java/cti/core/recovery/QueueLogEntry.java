package cti.core.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A line of Asterisk's queue_log (logger.c, ast_queue_log).
 *
 * @param at by the gateway's clock; to the second in the file, finer in the table
 * @param call the caller's channel, or a word such as NONE or MANAGER
 * @param member the member's name, NONE where there is none
 * @param data what belongs to the event; as many as the line had
 */
public record QueueLogEntry(
    Instant at, String call, String queue, String member, String event, List<String> data) {
  /** A gateway that has just started: what it served before is over. */
  public static final String GATEWAY_STARTED = "QUEUESTART";

  public QueueLogEntry {
    data = List.copyOf(data);
  }

  /** The same by another clock, which the gateway's is ahead of by so much. */
  public QueueLogEntry byClock(Duration ahead) {
    return ahead.isZero()
        ? this
        : new QueueLogEntry(at.minus(ahead), call, queue, member, event, data);
  }

  /** Whether the line is about a call, and not about members or the gateway as a whole. */
  public boolean ofCall() {
    return switch (call) {
      case "", "NONE", "MANAGER", "REALTIME" -> false;
      default -> true;
    };
  }

  /** Whether it was cut down to its second; one by another clock does not tell any more. */
  boolean wholeSecond() {
    return at.getNano() == 0;
  }

  /** A number among the data; 0 where it is missing or none. */
  long number(int index) {
    String text = index < data.size() ? data.get(index).strip() : "";
    if (text.isEmpty() || text.length() > 12 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    return Long.parseLong(text);
  }

  String text(int index) {
    return index < data.size() ? data.get(index).strip() : "";
  }
}
