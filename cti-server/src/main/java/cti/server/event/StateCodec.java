package cti.server.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * What was folded from events, as JSON for a checkpoint on disk: any record of records, lists, sets
 * and maps, without a line here for each. Identifiers are plain strings, a choice among the records
 * of a sealed interface names its record in {@code @}. Thread-safe.
 */
public final class StateCodec {
  private static final String CORE = "cti.core.";
  private static final String IDENTIFIERS = "cti.core.id.";
  private final JsonMapper mapper;

  /**
   * @param kept the records that are written and read; all that they consist of follows
   */
  public StateCodec(Collection<Class<?>> kept) {
    Set<Class<?>> parts = new HashSet<>();
    kept.forEach(type -> collect(type, parts));
    SimpleModule identifiers = new SimpleModule("cti-state");
    for (Class<?> part : parts) {
      if (isIdentifier(part)) {
        identify(identifiers, part);
      }
    }
    this.mapper =
        JsonMapper.builder()
            .annotationIntrospector(new Tolerant())
            .addModule(identifiers)
            .changeDefaultPropertyInclusion(
                include -> include.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  /** One line of JSON, without a line end. */
  public String encode(Object memory) {
    return mapper.writeValueAsString(memory);
  }

  /**
   * Reads what {@link #encode} wrote. What an older version did not have is absent, empty, 0 or
   * false; a text, an identifier or a record that is missing is refused.
   *
   * @throws EventFormatException where the text is not one of {@code type}
   */
  public <T> T decode(String json, Class<T> type) {
    try {
      return mapper.readValue(json, type);
    } catch (JacksonException refused) {
      throw new EventFormatException(
          "not a " + type.getName() + ": " + refused.getOriginalMessage(), json, refused);
    }
  }

  /**
   * Names the structure of a record down to its last part: two versions of the server with the same
   * shape read each other's text without loss.
   */
  public static String shape(Class<?> type) {
    Set<Class<?>> parts = new HashSet<>();
    collect(type, parts);
    TreeSet<String> described = new TreeSet<>();
    parts.forEach(part -> described.add(describe(part)));
    CRC32 crc = new CRC32();
    crc.update(String.join("\n", described).getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }

  private static String describe(Class<?> part) {
    StringBuilder text = new StringBuilder(part.getName());
    if (part.isRecord()) {
      for (RecordComponent component : part.getRecordComponents()) {
        text.append(' ').append(component.getName()).append(':');
        text.append(component.getGenericType().getTypeName());
      }
    } else if (part.isEnum()) {
      for (Object constant : part.getEnumConstants()) {
        text.append(' ').append(constant);
      }
    }
    return text.toString();
  }

  /** The classes of ours that a type consists of. */
  private static void collect(Type type, Set<Class<?>> parts) {
    if (type instanceof ParameterizedType parameterized) {
      for (Type argument : parameterized.getActualTypeArguments()) {
        collect(argument, parts);
      }
      return;
    }
    if (!(type instanceof Class<?> ours)
        || !ours.getName().startsWith("cti.")
        || !parts.add(ours)) {
      return;
    }
    if (ours.isRecord()) {
      for (RecordComponent component : ours.getRecordComponents()) {
        collect(component.getGenericType(), parts);
      }
    } else if (ours.isSealed()) {
      for (Class<?> permitted : ours.getPermittedSubclasses()) {
        collect(permitted, parts);
      }
    }
  }

  private static boolean isIdentifier(Class<?> type) {
    return type.isRecord()
        && type.getName().startsWith(IDENTIFIERS)
        && type.getRecordComponents().length == 1
        && type.getRecordComponents()[0].getType() == String.class;
  }

  private static <T> void identify(SimpleModule module, Class<T> type) {
    module.addSerializer(type, ToStringSerializer.instance);
    module.addKeySerializer(type, new KeyWriter<>());
    module.addDeserializer(type, new IdentifierReader<>(type));
    module.addKeyDeserializer(type, new KeyReader(type));
  }

  private static <T> T identifier(Class<T> type, String text) {
    try {
      return type.getDeclaredConstructor(String.class).newInstance(text);
    } catch (ReflectiveOperationException refused) {
      throw new IllegalArgumentException(
          "'" + text + "' is no " + type.getSimpleName() + ": " + refused.getCause(), refused);
    }
  }

  private static final class KeyWriter<T> extends ValueSerializer<T> {
    @Override
    public void serialize(T value, JsonGenerator generator, SerializationContext context) {
      generator.writeName(value.toString());
    }
  }

  private static final class KeyReader extends KeyDeserializer {
    private final Class<?> type;

    KeyReader(Class<?> type) {
      this.type = type;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      return identifier(type, key);
    }
  }

  private static final class IdentifierReader<T> extends StdScalarDeserializer<T> {
    private final Class<T> type;

    IdentifierReader(Class<T> type) {
      super(type);
      this.type = type;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
      String text = parser.getValueAsString();
      if (text == null) {
        return type.cast(context.handleUnexpectedToken(getValueType(context), parser));
      }
      try {
        return identifier(type, text);
      } catch (IllegalArgumentException refused) {
        return type.cast(context.handleWeirdStringValue(type, text, "%s", refused.getMessage()));
      }
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@")
  private interface Choice {}

  /** What may be missing is what says so by itself: absent, empty, 0, false. */
  private static final class Tolerant extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      Class<?> raw = member.getRawType();
      return raw != Optional.class
          && !raw.isPrimitive()
          && !Collection.class.isAssignableFrom(raw)
          && !Map.class.isAssignableFrom(raw);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
      Class<?> raw = annotated.getRawType();
      if (Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw)) {
        return JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
      }
      return super.findSetterInfo(config, annotated);
    }

    @Override
    public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
      if (isChoice(annotated.getRawType())) {
        return JsonTypeInfo.Value.from(Choice.class.getAnnotation(JsonTypeInfo.class));
      }
      return super.findPolymorphicTypeInfo(config, annotated);
    }

    @Override
    public List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
      if (!isChoice(annotated.getRawType())) {
        return super.findSubtypes(config, annotated);
      }
      List<NamedType> records = new ArrayList<>();
      addRecords(annotated.getRawType(), records);
      return records;
    }

    private static boolean isChoice(Class<?> type) {
      return type.getName().startsWith(CORE) && type.isSealed();
    }

    private static void addRecords(Class<?> type, List<NamedType> records) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        if (permitted.isSealed()) {
          addRecords(permitted, records);
        } else {
          records.add(new NamedType(permitted, permitted.getSimpleName()));
        }
      }
    }
  }
}
