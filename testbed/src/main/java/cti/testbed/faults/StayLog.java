package cti.testbed.faults;

import cti.testbed.faults.GatewayCall.Stay;
import cti.testbed.gateway.QueueLogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The stays of one channel in queues as queue_log tells them, without the phones that rang. */
final class StayLog {
  private StayLog() {}

  /**
   * Reads them.
   *
   * @param waits the channel
   * @throws IllegalArgumentException for a line without a number where its event has one
   */
  static List<Stay> stays(String waits, List<QueueLogLine> queueLog) {
    List<Stay> stays = new ArrayList<>();
    for (QueueLogLine line : queueLog) {
      if (!line.call().equals(waits)) {
        continue;
      }
      if (line.event().equals("ENTERQUEUE")) {
        stays.add(
            new Stay(
                line.queue(),
                line.at(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                List.of()));
      } else if (!stays.isEmpty()) {
        stays.set(stays.size() - 1, next(stays.getLast(), line));
      }
    }
    return stays;
  }

  private static Stay next(Stay stay, QueueLogLine line) {
    return switch (line.event()) {
      case "CONNECT" ->
          new Stay(
              stay.queue(),
              stay.enteredAt(),
              Optional.of("CONNECT"),
              Optional.of(line.member()),
              number(line, 0),
              stay.ringsInVain(),
              stay.completedBy(),
              stay.rings(),
              stay.cancelled(),
              Optional.of(line.at()));
      case "ABANDON", "EXITWITHTIMEOUT", "EXITEMPTY" ->
          new Stay(
              stay.queue(),
              stay.enteredAt(),
              Optional.of(line.event()),
              stay.member(),
              number(line, 2),
              stay.ringsInVain(),
              stay.completedBy(),
              stay.rings(),
              stay.cancelled(),
              stay.connectedAt());
      case "RINGNOANSWER" ->
          new Stay(
              stay.queue(),
              stay.enteredAt(),
              stay.end(),
              stay.member(),
              stay.waitSeconds(),
              stay.ringsInVain() + 1,
              stay.completedBy(),
              stay.rings(),
              stay.cancelled(),
              stay.connectedAt());
      case "COMPLETEAGENT", "COMPLETECALLER", "BLINDTRANSFER", "ATTENDEDTRANSFER" ->
          new Stay(
              stay.queue(),
              stay.enteredAt(),
              stay.end(),
              stay.member(),
              stay.waitSeconds(),
              stay.ringsInVain(),
              Optional.of(line.event()),
              stay.rings(),
              stay.cancelled(),
              stay.connectedAt());
      case "RINGCANCELED" ->
          new Stay(
              stay.queue(),
              stay.enteredAt(),
              stay.end(),
              stay.member(),
              stay.waitSeconds(),
              stay.ringsInVain(),
              stay.completedBy(),
              stay.rings(),
              Stream.concat(stay.cancelled().stream(), Stream.of(line.member())).toList(),
              stay.connectedAt());
      default -> stay;
    };
  }

  private static long number(QueueLogLine line, int column) {
    String text = line.text(column);
    if (!text.matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          "queue_log's line %s has no number in column %d".formatted(line, column));
    }
    return Long.parseLong(text);
  }
}
