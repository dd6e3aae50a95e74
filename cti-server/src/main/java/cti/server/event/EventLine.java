package cti.server.event;

import cti.core.event.DomainEvent;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as one line for a log: its name, then field=value. Whose call it is stands in the call's
 * id, so that {@code grep} finds all of it.
 */
public final class EventLine {
  private static final Set<String> NUMBERS = Set.of("callingNumber", "number");
  private static final Set<String> NAMES = Set.of("callingName");
  private static final Set<String> LEFT_OUT = Set.of("type", "at");
  private static final int SHOWN_FRONT = 3;
  private static final int SHOWN_BACK = 4;

  private final EventCodec codec;
  private final boolean maskNumbers;

  /**
   * @param maskNumbers shows callers' numbers as 138****1234 and leaves out the name they present
   */
  public EventLine(EventCodec codec, boolean maskNumbers) {
    this.codec = codec;
    this.maskNumbers = maskNumbers;
  }

  public String of(DomainEvent event) {
    ObjectNode tree = codec.encodeTree(event);
    StringBuilder line = new StringBuilder(codec.typeOf(event));
    for (var field : tree.properties()) {
      String name = field.getKey();
      if (LEFT_OUT.contains(name) || (maskNumbers && NAMES.contains(name))) {
        continue;
      }
      JsonNode value = field.getValue();
      String text = value.isString() ? value.stringValue() : value.toString();
      line.append(' ').append(name).append('=').append(shown(name, text));
    }
    return line.toString();
  }

  private String shown(String name, String text) {
    return maskNumbers && NUMBERS.contains(name) ? masked(text) : text;
  }

  static String masked(String number) {
    if (number.length() <= SHOWN_FRONT + SHOWN_BACK) {
      return "*".repeat(number.length());
    }
    return number.substring(0, SHOWN_FRONT)
        + "****"
        + number.substring(number.length() - SHOWN_BACK);
  }
}
