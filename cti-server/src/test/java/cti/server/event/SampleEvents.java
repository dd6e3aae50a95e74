package cti.server.event;

import cti.core.event.DomainEvent;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes an event of any record class, each component of its own value, by reflection: a new event
 * is covered without a line of test. A component of an unforeseen type fails loudly.
 */
final class SampleEvents {
  private static final Instant AT = Instant.parse("2026-11-21T01:02:03.456789Z");

  private final boolean full;
  private int count;

  private SampleEvents(boolean full) {
    this.full = full;
  }

  /** Every event record, found from the sealed interface down. */
  static List<Class<? extends DomainEvent>> everyEvent() {
    List<Class<? extends DomainEvent>> found = new ArrayList<>();
    collect(DomainEvent.class, found);
    return found;
  }

  private static void collect(Class<?> type, List<Class<? extends DomainEvent>> found) {
    if (type.isRecord()) {
      found.add(type.asSubclass(DomainEvent.class));
      return;
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      collect(permitted, found);
    }
  }

  /** Every optional value present, every list filled. */
  static DomainEvent full(Class<? extends DomainEvent> type) {
    return (DomainEvent) new SampleEvents(true).make(type);
  }

  /** Every optional value absent, every list and text empty. */
  static DomainEvent bare(Class<? extends DomainEvent> type) {
    return (DomainEvent) new SampleEvents(false).make(type);
  }

  private Object make(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(components[i].getGenericType());
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException broken) {
      throw new AssertionError("cannot make a " + type, broken);
    }
  }

  private Object value(Type type) {
    count++;
    if (type instanceof ParameterizedType parameterized) {
      Type inner = parameterized.getActualTypeArguments()[0];
      if (parameterized.getRawType() == Optional.class) {
        return full ? Optional.of(value(inner)) : Optional.empty();
      }
      if (parameterized.getRawType() == List.class) {
        return full ? List.of(value(inner), value(inner)) : List.of();
      }
      if (parameterized.getRawType() == Set.class) {
        return full ? Set.of(value(inner), value(inner)) : Set.of();
      }
    }
    if (type == String.class) {
      return full ? "值 \"" + count + "\"\n\\😀" : "";
    }
    if (type == Instant.class) {
      return AT.plusNanos(count * 1_000L);
    }
    if (type == int.class) {
      return count;
    }
    if (type instanceof Class<?> raw && raw.isEnum()) {
      return raw.getEnumConstants()[count % raw.getEnumConstants().length];
    }
    if (type == boolean.class) {
      return full;
    }
    if (type instanceof Class<?> raw && raw.isRecord()) {
      return raw.getRecordComponents().length > 1 ? make(raw) : identifier(raw);
    }
    throw new AssertionError("SampleEvents knows no value of " + type + ", give it one");
  }

  private Object identifier(Class<?> raw) {
    try {
      return raw.getDeclaredConstructor(String.class).newInstance("id-" + count);
    } catch (ReflectiveOperationException broken) {
      throw new AssertionError(raw + " is no identifier", broken);
    }
  }
}
