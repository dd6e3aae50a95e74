package cti.core.ivr;

import cti.core.id.DeskId;
import cti.core.id.StaffId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a call left its flow for a queue or a number, and what was known by then, as text that fits
 * a channel variable.
 *
 * @param desk empty for a call that was given none
 * @param more what a call rarely has; may be empty
 */
record Position(
    String flow, String node, Optional<DeskId> desk, Optional<String> choice, More more) {
  private static final int LONGEST = 1000;

  /**
   * @param language empty for the flow's own
   */
  record More(
      Optional<String> language, Optional<StaffId> staff, String keys, Map<String, String> digits) {
    static final More NOTHING = new More(Optional.empty(), Optional.empty(), "", Map.of());

    More {
      digits = Map.copyOf(digits);
    }
  }

  static Position of(Flow flow, String node, FlowState state) {
    return new Position(
        flow.id(),
        node,
        state.desk(),
        state.choice(),
        new More(
            Optional.of(state.language()).filter(language -> !language.equals(flow.language())),
            state.said().staff(),
            state.said().keys(),
            state.said().digits()));
  }

  /** Parts with / between; safe in Asterisk's dialplan (no comma, no quote, no dollar). */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(encode(flow)).append('/').append(encode(node)).append('/');
    text.append(encode(desk.map(DeskId::value).orElse(""))).append('/');
    text.append(encode(choice.orElse("")));
    more.language().ifPresent(language -> text.append("/l").append(encode(language)));
    more.staff().ifPresent(staff -> text.append("/s").append(encode(staff.value())));
    if (!more.keys().isEmpty()) {
      text.append("/k").append(encode(more.keys()));
    }
    new TreeMap<>(more.digits())
        .forEach(
            (name, digits) ->
                text.append("/d").append(encode(name)).append('_').append(encode(digits)));
    return text.toString();
  }

  static Optional<Position> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String[] parts = text.split("/", -1);
    if (parts.length < 4) {
      return Optional.empty();
    }
    try {
      Optional<String> language = Optional.empty();
      Optional<StaffId> staff = Optional.empty();
      String keys = "";
      Map<String, String> digits = new TreeMap<>();
      for (int i = 4; i < parts.length; i++) {
        String value = parts[i].isEmpty() ? "" : parts[i].substring(1);
        switch (parts[i].isEmpty() ? ' ' : parts[i].charAt(0)) {
          case 'l' -> language = Optional.of(decode(value));
          case 's' -> staff = Optional.of(new StaffId(decode(value)));
          case 'k' -> keys = decode(value);
          case 'd' -> {
            String[] pair = value.split("_", -1);
            if (pair.length != 2) {
              return Optional.empty();
            }
            digits.put(decode(pair[0]), decode(pair[1]));
          }
          default -> {
            return Optional.empty();
          }
        }
      }
      return Optional.of(
          new Position(
              decode(parts[0]),
              decode(parts[1]),
              optional(parts[2]).map(DeskId::new),
              optional(parts[3]),
              new More(language, staff, keys, digits)));
    } catch (IllegalArgumentException broken) {
      // Not ours: a broken escape or an id that cannot be.
      return Optional.empty();
    }
  }

  private static Optional<String> optional(String part) {
    return part.isEmpty() ? Optional.empty() : Optional.of(decode(part));
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8);
  }

  private static String decode(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }
}
