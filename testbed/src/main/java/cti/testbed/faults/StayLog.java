package cti.testbed.faults;

import cti.testbed.faults.GatewayCall.Stay;
import cti.testbed.gateway.QueueLogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A stay of one channel in a queue, while the lines of queue_log that tell of it are read. */
final class StayLog {
  private final String queue;
  private final Instant enteredAt;
  private Optional<String> end = Optional.empty();
  private Optional<String> member = Optional.empty();
  private Optional<Instant> connectedAt = Optional.empty();
  private long waitSeconds;
  private int ringsInVain;
  private Optional<String> completedBy = Optional.empty();
  private final List<String> cancelled = new ArrayList<>();

  private StayLog(QueueLogLine entered) {
    this.queue = entered.queue();
    this.enteredAt = entered.at();
  }

  /**
   * All stays of a channel, without the phones that rang.
   *
   * @param waits the channel
   * @throws IllegalArgumentException for a line without a number where its event has one
   */
  static List<Stay> stays(String waits, List<QueueLogLine> queueLog) {
    List<StayLog> stays = new ArrayList<>();
    for (QueueLogLine line : queueLog) {
      if (!line.call().equals(waits)) {
        continue;
      }
      if (line.event().equals("ENTERQUEUE")) {
        stays.add(new StayLog(line));
      } else if (!stays.isEmpty()) {
        stays.getLast().take(line);
      }
    }
    return stays.stream().map(StayLog::stay).toList();
  }

  private void take(QueueLogLine line) {
    switch (line.event()) {
      case "CONNECT" -> {
        end = Optional.of(line.event());
        member = Optional.of(line.member());
        connectedAt = Optional.of(line.at());
        waitSeconds = number(line, 0);
      }
      case "ABANDON", "EXITWITHTIMEOUT", "EXITEMPTY" -> {
        end = Optional.of(line.event());
        waitSeconds = number(line, 2);
      }
      case "RINGNOANSWER" -> ringsInVain++;
      case "RINGCANCELED" -> cancelled.add(line.member());
      case "COMPLETEAGENT", "COMPLETECALLER", "BLINDTRANSFER", "ATTENDEDTRANSFER" ->
          completedBy = Optional.of(line.event());
      default -> {
        // Nothing that is compared: a position, an announcement.
      }
    }
  }

  private Stay stay() {
    return new Stay(
        queue,
        enteredAt,
        end,
        member,
        waitSeconds,
        ringsInVain,
        completedBy,
        List.of(),
        cancelled,
        connectedAt);
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
