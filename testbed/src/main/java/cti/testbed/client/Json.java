package cti.testbed.client;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The one reader and writer of JSON here; fields that we do not look at are passed over. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Json() {}

  public static JsonNode tree(String text) {
    return MAPPER.readTree(text);
  }

  static <T> T read(JsonNode node, Class<T> type) {
    return MAPPER.treeToValue(node, type);
  }

  static <T> T read(JsonNode node, TypeReference<T> type) {
    return MAPPER.treeToValue(node, type);
  }

  static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }
}
