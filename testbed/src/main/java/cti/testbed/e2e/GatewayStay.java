package cti.testbed.e2e;

import cti.testbed.gateway.QueueLogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stay in a queue in the words of Asterisk's own queue_log (app_queue.c, ast_queue_log).
 *
 * @param end CONNECT, ABANDON, EXITWITHTIMEOUT, EXITEMPTY; empty where the log has none yet
 * @param member who answered
 * @param waitSeconds whole seconds, as app_queue counts them
 * @param ringsInVain RINGNOANSWER lines: not answered, busy and refused alike
 * @param completedBy COMPLETEAGENT or COMPLETECALLER
 */
record GatewayStay(
    String queue,
    Optional<String> end,
    Optional<String> member,
    long waitSeconds,
    int ringsInVain,
    Optional<String> completedBy) {

  /** The stays of one call, in order. */
  static List<GatewayStay> of(String call, List<QueueLogLine> log) {
    List<GatewayStay> stays = new ArrayList<>();
    for (QueueLogLine line : log) {
      if (!line.call().equals(call)) {
        continue;
      }
      if (line.event().equals("ENTERQUEUE")) {
        stays.add(
            new GatewayStay(
                line.queue(), Optional.empty(), Optional.empty(), 0, 0, Optional.empty()));
      } else if (!stays.isEmpty()) {
        stays.set(stays.size() - 1, stays.getLast().with(line));
      }
    }
    return List.copyOf(stays);
  }

  private GatewayStay with(QueueLogLine line) {
    return switch (line.event()) {
      case "CONNECT" ->
          new GatewayStay(
              queue,
              Optional.of(line.event()),
              Optional.of(line.member()),
              number(line, 0),
              ringsInVain,
              completedBy);
      case "ABANDON", "EXITWITHTIMEOUT", "EXITEMPTY" ->
          new GatewayStay(
              queue, Optional.of(line.event()), member, number(line, 2), ringsInVain, completedBy);
      case "RINGNOANSWER" ->
          new GatewayStay(queue, end, member, waitSeconds, ringsInVain + 1, completedBy);
      case "COMPLETEAGENT", "COMPLETECALLER" ->
          new GatewayStay(queue, end, member, waitSeconds, ringsInVain, Optional.of(line.event()));
      default -> this;
    };
  }

  private static long number(QueueLogLine line, int column) {
    if (column >= line.data().size() || !line.data().get(column).matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          "queue_log's line %s has no number in column %d".formatted(line, column));
    }
    return Long.parseLong(line.data().get(column));
  }
}
