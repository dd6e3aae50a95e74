package cti.bench.gateway;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One event of a recording with its call's own values left open. */
final class EventTemplate {
  private final String name;
  private final byte[][] literals;
  private final Slot[] slots;

  private EventTemplate(String name, byte[][] literals, Slot[] slots) {
    this.name = name;
    this.literals = literals;
    this.slots = slots;
  }

  /**
   * Makes a template.
   *
   * @param text one event, CRLF after each line, without the closing empty line
   * @param tokens what is to be left open, by the text that stands there; a token is found only
   *     where no digit or letter adjoins it
   */
  static EventTemplate of(String text, Map<String, Slot> tokens) {
    String alternatives =
        String.join(
            "|",
            tokens.keySet().stream()
                .sorted((a, b) -> b.length() - a.length())
                .map(Pattern::quote)
                .toList());
    Pattern open =
        Pattern.compile(
            "(?m)^(?:Timestamp: ([0-9.]+)|LoginTime: ([1-9][0-9]+)|LastCall: ([1-9][0-9]+))"
                + (tokens.isEmpty()
                    ? ""
                    : "|(?<![0-9A-Za-z])(?:" + alternatives + ")(?![0-9A-Za-z])"));
    Matcher matcher = open.matcher(text);
    List<byte[]> literals = new ArrayList<>();
    List<Slot> slots = new ArrayList<>();
    int from = 0;
    while (matcher.find()) {
      int group = matcher.group(1) != null ? 1 : matcher.group(2) != null ? 2 : 0;
      group = matcher.group(3) != null ? 3 : group;
      slots.add(
          switch (group) {
            case 1 -> Slot.NOW;
            case 2 -> Slot.BEGIN_SECONDS;
            case 3 -> Slot.NOW_SECONDS;
            default -> tokens.get(matcher.group());
          });
      literals.add(bytes(text.substring(from, matcher.start(group))));
      from = matcher.end(group);
    }
    literals.add(bytes(text.substring(from) + "\r\n"));
    String first = text.substring(0, text.indexOf('\r'));
    return new EventTemplate(
        first.substring("Event: ".length()),
        literals.toArray(byte[][]::new),
        slots.toArray(Slot[]::new));
  }

  String name() {
    return name;
  }

  /** Writes the event with the values of one call, by the ordinals of the slots. */
  void render(byte[][] values, ByteBuf out) {
    for (int i = 0; i < slots.length; i++) {
      out.writeBytes(literals[i]);
      out.writeBytes(values[slots[i].ordinal()]);
    }
    out.writeBytes(literals[slots.length]);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
