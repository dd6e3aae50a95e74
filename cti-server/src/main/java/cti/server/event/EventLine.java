package cti.server.event;

import cti.core.event.DomainEvent;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * An event as one line for a log: its name, then field=value, as in its JSON form. Whose call it is
 * stands in the call's id, so that {@code grep} finds all of it.
 */
public final class EventLine {
  private static final Set<String> NUMBERS = Set.of("callingNumber", "number");
  private static final Set<String> NAMES = Set.of("callingName");
  private static final Set<String> LEFT_OUT = Set.of("at");

  /** A number within a part in JSON, short ones too. */
  private static final Pattern NUMBER_IN_PART =
      Pattern.compile("(\"(?:callingNumber|dialledNumber|number)\":\")([^\"]*)(\")");

  /**
   * Whatever else looks like a number: seven digits or more that are no part of a channel's id, of
   * a time or of a file's name.
   */
  private static final Pattern LONG_NUMBER =
      Pattern.compile("(?<![\\w.:])(?<!cti-back-)[+]?\\d{7,}(?![\\w/]|[.]\\d)");

  private static final String IDENTIFIERS = "cti.core.id.";
  private static final int SHOWN_FRONT = 3;
  private static final int SHOWN_BACK = 4;

  /** The fields of an event's record in their order, found once: a line is made for each event. */
  private static final ClassValue<List<Method>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> event) {
          return Arrays.stream(event.getRecordComponents())
              .map(RecordComponent::getAccessor)
              .toList();
        }
      };

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
    StringBuilder line = new StringBuilder(200).append(codec.typeOf(event));
    for (Method field : FIELDS.get(event.getClass())) {
      String name = field.getName();
      if (LEFT_OUT.contains(name) || (maskNumbers && NAMES.contains(name))) {
        continue;
      }
      Object value = value(field, event);
      if (value instanceof Optional<?> maybe) {
        value = maybe.orElse(null);
      }
      if (value != null) {
        line.append(' ').append(name).append('=').append(shown(name, value));
      }
    }
    return line.toString();
  }

  private static Object value(Method field, DomainEvent event) {
    try {
      return field.invoke(event);
    } catch (ReflectiveOperationException hidden) {
      throw new IllegalStateException(field + " cannot be read, expected a public record", hidden);
    }
  }

  /** What is one word is written as it is, the rest as JSON. */
  private String text(Object value) {
    return switch (value) {
      case String text -> withoutNumbers(text);
      case Enum<?> word -> word.name();
      case Instant instant -> instant.toString();
      case Duration duration -> duration.toString();
      case Integer number -> number.toString();
      case Long number -> number.toString();
      case Boolean yes -> yes.toString();
      default ->
          value.getClass().getName().startsWith(IDENTIFIERS)
              ? value.toString()
              : withoutNumbers(codec.encodePart(value));
    };
  }

  private String shown(String name, Object value) {
    return maskNumbers && NUMBERS.contains(name) ? masked(value.toString()) : text(value);
  }

  private String withoutNumbers(String text) {
    return maskNumbers ? maskedWithin(text) : text;
  }

  /** A text, or a part in JSON, with the numbers in it masked. */
  static String maskedWithin(String text) {
    String named =
        NUMBER_IN_PART
            .matcher(text)
            .replaceAll(found -> found.group(1) + masked(found.group(2)) + found.group(3));
    return LONG_NUMBER.matcher(named).replaceAll(EventLine::masked);
  }

  private static String masked(MatchResult found) {
    return masked(found.group());
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
