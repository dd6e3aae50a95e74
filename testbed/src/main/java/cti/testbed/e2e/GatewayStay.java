package cti.testbed.e2e;

import cti.testbed.gateway.QueueLogLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A stay in a queue in the words of Asterisk's own queue_log (app_queue.c, ast_queue_log).
 *
 * @param end CONNECT, ABANDON, EXITWITHTIMEOUT, EXITEMPTY, EXITWITHKEY, WITHDRAW; empty where the
 *     log has none yet
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
    return of(Set.of(call), log);
  }

  /**
   * The stays of one call, in order.
   *
   * @param channels Uniqueids of its channels: who consults a desk waits there by another one
   */
  static List<GatewayStay> of(Set<String> channels, List<QueueLogLine> log) {
    List<GatewayStay> stays = new ArrayList<>();
    Map<String, Integer> last = new HashMap<>();
    for (QueueLogLine line : log) {
      if (!channels.contains(line.call())) {
        continue;
      }
      if (line.event().equals("ENTERQUEUE")) {
        last.put(line.call(), stays.size());
        stays.add(
            new GatewayStay(
                line.queue(), Optional.empty(), Optional.empty(), 0, 0, Optional.empty()));
      } else if (last.containsKey(line.call())) {
        int stay = last.get(line.call());
        stays.set(stay, stays.get(stay).with(line));
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
      case "ABANDON", "EXITWITHTIMEOUT", "EXITEMPTY", "WITHDRAW" ->
          new GatewayStay(
              queue, Optional.of(line.event()), member, number(line, 2), ringsInVain, completedBy);
      case "EXITWITHKEY" ->
          new GatewayStay(
              queue, Optional.of(line.event()), member, number(line, 3), ringsInVain, completedBy);
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
