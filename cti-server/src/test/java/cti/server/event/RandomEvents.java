package cti.server.event;

import cti.core.event.DomainEvent;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Events made at random by reflection, their values from small pools, so that they meet: a new
 * event and a new component are covered without a line of test. Sense is not asked for: whatever a
 * state is folded from, a checkpoint must carry it.
 */
public final class RandomEvents {
  private static final Instant BEGIN = Instant.parse("2026-11-21T01:02:03.456789Z");
  private static final int POOL = 6;

  private final Random random;
  private final List<Class<? extends DomainEvent>> types = SampleEvents.everyEvent();

  public RandomEvents(Random random) {
    this.random = random;
  }

  /** One more event of any kind. */
  public DomainEvent next() {
    return (DomainEvent) make(types.get(random.nextInt(types.size())));
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
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("cannot make a " + type, e);
    }
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == String.class) {
      return "v" + random.nextInt(POOL);
    } else if (plain == int.class) {
      return random.nextInt(POOL);
    } else if (plain == long.class) {
      return (long) random.nextInt(POOL);
    } else if (plain == boolean.class) {
      return random.nextBoolean();
    } else if (plain == Instant.class) {
      return BEGIN.plusMillis(random.nextInt(100_000));
    } else if (plain == Duration.class) {
      return Duration.ofMillis(random.nextInt(100_000));
    } else if (plain.isEnum()) {
      return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
    } else if (plain.isRecord()) {
      return make(plain);
    } else if (plain.isSealed()) {
      Class<?>[] permitted = plain.getPermittedSubclasses();
      return value(permitted[random.nextInt(permitted.length)]);
    }
    throw new AssertionError("no random value of " + plain + ", expected one here");
  }

  private Object generic(ParameterizedType type) {
    Type[] of = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return random.nextBoolean() ? Optional.of(value(of[0])) : Optional.empty();
    } else if (type.getRawType() == List.class) {
      return several().mapToObj(i -> value(of[0])).toList();
    } else if (type.getRawType() == Set.class) {
      List<Object> values = new ArrayList<>();
      several().forEach(i -> values.add(value(of[0])));
      return Set.copyOf(values);
    } else if (type.getRawType() == Map.class) {
      Map<Object, Object> map = new LinkedHashMap<>();
      several().forEach(i -> map.put(value(of[0]), value(of[1])));
      return map;
    }
    throw new AssertionError("no random value of " + type + ", expected one here");
  }

  private IntStream several() {
    return IntStream.range(0, random.nextInt(3));
  }

  /** Names of what {@link #next} makes. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    types.forEach(type -> names.add(type.getSimpleName()));
    return names;
  }
}
