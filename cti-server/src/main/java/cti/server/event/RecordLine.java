package cti.server.event;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Set;

/**
 * Any record as one line for people: its name, then field=value, as {@link EventLine} writes
 * events. Masked are the fields that hold numbers, and whatever else looks like one: seven digits
 * or more that are no part of a channel's id or of a time.
 */
public final class RecordLine {
  private static final Set<String> NUMBERS =
      Set.of("callingNumber", "number", "dialled", "shown", "target");
  private static final String NAME = "callingName";
  private static final Set<String> LEFT_OUT = Set.of("gateway");

  private final boolean maskNumbers;

  public RecordLine(boolean maskNumbers) {
    this.maskNumbers = maskNumbers;
  }

  public String of(Record record) {
    StringBuilder line = new StringBuilder(record.getClass().getSimpleName());
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      String name = component.getName();
      if (LEFT_OUT.contains(name) || (maskNumbers && name.equals(NAME))) {
        continue;
      }
      line.append(' ').append(name).append('=').append(shown(name, value(record, component)));
    }
    return line.toString();
  }

  private String shown(String name, String text) {
    if (!maskNumbers) {
      return text;
    }
    return NUMBERS.contains(name) ? EventLine.masked(text) : EventLine.maskedWithin(text);
  }

  private static String value(Record record, RecordComponent component) {
    try {
      return String.valueOf(component.getAccessor().invoke(record));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException(
          record.getClass() + " has a field that cannot be read: " + component.getName(), e);
    }
  }
}
