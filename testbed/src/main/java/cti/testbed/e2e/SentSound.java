package cti.testbed.e2e;

import cti.testbed.client.Patience;
import cti.testbed.client.Unexpected;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the gateway sends to a phone, in packets of 20 ms. A recording on the gateway does not tell:
 * it is taken before the sound is translated and sent.
 */
final class SentSound {
  private static final int TWO_SECONDS = 100;
  private static final Duration TO_SEND_IT = Duration.ofSeconds(6);

  private SentSound() {}

  /** From now on sound goes out to the phone, at least two seconds of it. */
  static void flowsTo(Stage stage, String phone) throws IOException, InterruptedException {
    String line = line(stage, phone);
    long before = packets(stage, line);
    Patience.until(
        "the gateway sends sound to phone " + phone,
        TO_SEND_IT,
        () -> {
          try {
            long sent = packets(stage, line) - before;
            return sent >= TWO_SECONDS
                ? Optional.empty()
                : Optional.of(sent + " packets, expected " + TWO_SECONDS);
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
  }

  /** The channel to the phone, as {@code ipoffice-0000001f}. */
  private static String line(Stage stage, String phone) throws IOException, InterruptedException {
    return stage
        .house()
        .testbed()
        .gatewayConsole("core show channels concise")
        .lines()
        .filter(one -> one.startsWith("PJSIP/") && one.contains("!" + phone + "!"))
        .map(one -> one.substring("PJSIP/".length(), one.indexOf('!')))
        .findFirst()
        .orElseThrow(() -> new Unexpected("no line to phone " + phone));
  }

  /** The column Count of Transmit: channel, time, codec, four figures of what came, then it. */
  private static long packets(Stage stage, String line) throws IOException, InterruptedException {
    Matcher row =
        Pattern.compile(Pattern.quote(line) + "\\s+\\S+\\s+\\S+(?:\\s+[0-9.]+){4}\\s+([0-9]+)")
            .matcher(stage.house().testbed().gatewayConsole("pjsip show channelstats"));
    if (!row.find()) {
      throw new Unexpected("no statistics of " + line);
    }
    return Long.parseLong(row.group(1));
  }
}
