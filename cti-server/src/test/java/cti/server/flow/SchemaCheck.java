package cti.server.flow;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Checks a value against a JSON Schema, as far as flow.schema.json uses the language: a keyword
 * that is not known here fails loudly.
 */
final class SchemaCheck {
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("$schema", "$defs", "title", "description");

  private final JsonNode root;

  SchemaCheck(JsonNode root) {
    this.root = root;
  }

  boolean allows(JsonNode value) {
    return allows(root, value);
  }

  private boolean allows(JsonNode schema, JsonNode value) {
    boolean allowed = true;
    for (String keyword : schema.propertyNames()) {
      allowed &= holds(keyword, schema, value);
    }
    return allowed;
  }

  private boolean holds(String keyword, JsonNode schema, JsonNode value) {
    JsonNode says = schema.get(keyword);
    if (WITHOUT_EFFECT.contains(keyword)) {
      return true;
    }
    return switch (keyword) {
      case "$ref" -> allows(root.at(says.stringValue().substring(1)), value);
      case "type" -> isOf(says.stringValue(), value);
      case "const" -> says.equals(value);
      case "enum" -> says.values().stream().anyMatch(value::equals);
      case "pattern" ->
          !value.isString()
              || java.util.regex.Pattern.compile(says.stringValue())
                  .matcher(value.stringValue())
                  .find();
      case "minLength" ->
          !value.isString() || value.stringValue().strip().length() >= says.intValue();
      case "maxLength" -> !value.isString() || value.stringValue().length() <= says.intValue();
      case "minimum" -> !value.isNumber() || value.doubleValue() >= says.doubleValue();
      case "maximum" -> !value.isNumber() || value.doubleValue() <= says.doubleValue();
      case "minItems" -> !value.isArray() || value.size() >= says.intValue();
      case "items" ->
          !value.isArray() || value.values().stream().allMatch(item -> allows(says, item));
      case "required" ->
          !value.isObject()
              || says.values().stream().allMatch(name -> value.has(name.stringValue()));
      case "properties" ->
          !value.isObject()
              || says.propertyNames().stream()
                  .allMatch(name -> !value.has(name) || allows(says.get(name), value.get(name)));
      case "additionalProperties" -> !value.isObject() || others(schema, value, says);
      case "propertyNames" ->
          !value.isObject()
              || value.propertyNames().stream()
                  .allMatch(name -> name.matches(says.get("pattern").stringValue()));
      case "oneOf" -> says.values().stream().filter(one -> allows(one, value)).count() == 1;
      default -> throw new AssertionError("SchemaCheck knows no keyword " + keyword);
    };
  }

  private boolean others(JsonNode schema, JsonNode value, JsonNode says) {
    Set<String> names = new TreeSet<>(value.propertyNames());
    if (schema.has("properties")) {
      names.removeAll(schema.get("properties").propertyNames());
    }
    return says.isBoolean()
        ? says.booleanValue() || names.isEmpty()
        : names.stream().allMatch(name -> allows(says, value.get(name)));
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "integer" -> value.isInt();
      case "boolean" -> value.isBoolean();
      default -> throw new AssertionError("SchemaCheck knows no type " + type);
    };
  }
}
