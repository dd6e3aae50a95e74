package cti.core.ivr;

import cti.core.id.DeskId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a call left its flow for a queue, as text that fits a channel variable. */
record Position(String flow, String node, DeskId desk, Optional<String> choice) {
  private static final int LONGEST = 400;

  /** Four parts with / between; safe in Asterisk's dialplan (no comma, no quote, no dollar). */
  String text() {
    return encode(flow)
        + "/"
        + encode(node)
        + "/"
        + encode(desk.value())
        + "/"
        + encode(choice.orElse(""));
  }

  static Optional<Position> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String[] parts = text.split("/", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    try {
      String choice = decode(parts[3]);
      return Optional.of(
          new Position(
              decode(parts[0]),
              decode(parts[1]),
              new DeskId(decode(parts[2])),
              choice.isEmpty() ? Optional.empty() : Optional.of(choice)));
    } catch (IllegalArgumentException broken) {
      // Not ours: a broken escape or a desk id that cannot be.
      return Optional.empty();
    }
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8);
  }

  private static String decode(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }
}
