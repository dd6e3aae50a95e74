package cti.server.web.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object, read field by field; every fault names the field, the value and what was expected.
 */
public final class Body {
  private final JsonNode object;

  private Body(JsonNode object) {
    this.object = object;
  }

  /** An object that may have these fields and no others. */
  public static Body of(JsonNode object, List<String> fields) {
    for (String name : object.propertyNames()) {
      if (!fields.contains(name)) {
        throw new Fault(
            new Problem(
                "unknown-field",
                "A field is not known",
                422,
                "field " + quoted(name) + " is not known, expected one of " + fields,
                fields));
      }
    }
    return new Body(object);
  }

  public static Body read(byte[] text, List<String> fields) {
    return of(Json.object(text), fields);
  }

  public boolean has(String name) {
    JsonNode value = object.get(name);
    return value != null && !value.isNull();
  }

  /** A text that must be there; surrounding blanks are cut off. */
  public String text(String name, int least, int most) {
    Optional<String> value = optionalText(name, least, most);
    if (value.isEmpty()) {
      throw invalid(
          name + " is missing, expected a text of " + least + " to " + most + " characters");
    }
    return value.get();
  }

  public Optional<String> optionalText(String name, int least, int most) {
    if (!has(name)) {
      return Optional.empty();
    }
    String expected = ", expected a text of " + least + " to " + most + " characters";
    JsonNode value = object.get(name);
    if (!value.isString()) {
      throw invalid(name + " is " + shown(value) + expected);
    }
    String text = value.asString().strip();
    if (text.length() < least || text.length() > most) {
      throw invalid(name + " has " + text.length() + " characters" + expected);
    }
    return Optional.of(text);
  }

  /** A text as given, blanks and all: for passwords. */
  public String secret(String name, int most) {
    JsonNode value = object.get(name);
    if (value == null || !value.isString() || value.asString().isEmpty()) {
      throw invalid(name + " is missing, expected a text of 1 to " + most + " characters");
    }
    if (value.asString().length() > most) {
      throw invalid(name + " is too long, expected at most " + most + " characters");
    }
    return value.asString();
  }

  public boolean flag(String name) {
    if (!has(name)) {
      return false;
    }
    JsonNode value = object.get(name);
    if (!value.isBoolean()) {
      throw invalid(name + " is " + shown(value) + ", expected true or false");
    }
    return value.asBoolean();
  }

  public long number(String name, long least) {
    JsonNode value = object.get(name);
    if (value == null
        || !value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.asLong() < least) {
      throw invalid(
          name
              + " is "
              + (value == null ? "missing" : shown(value))
              + ", expected a whole number from "
              + least);
    }
    return value.asLong();
  }

  /** A list of texts; a missing list is empty. */
  public List<String> texts(String name, int mostItems, int mostCharacters) {
    if (!has(name)) {
      return List.of();
    }
    JsonNode value = object.get(name);
    String expected =
        ", expected a list of at most "
            + mostItems
            + " texts of 1 to "
            + mostCharacters
            + " characters";
    if (!value.isArray() || value.size() > mostItems) {
      throw invalid(name + " is " + shown(value) + expected);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : value) {
      if (!item.isString()
          || item.asString().isBlank()
          || item.asString().length() > mostCharacters) {
        throw invalid(name + " holds " + shown(item) + expected);
      }
      texts.add(item.asString().strip());
    }
    return texts;
  }

  /** A list of objects; a missing list is empty. */
  public List<Body> objects(String name, int mostItems, List<String> fields) {
    if (!has(name)) {
      return List.of();
    }
    JsonNode value = object.get(name);
    if (!value.isArray() || value.size() > mostItems) {
      throw invalid(
          name + " is " + shown(value) + ", expected a list of at most " + mostItems + " objects");
    }
    List<Body> bodies = new ArrayList<>();
    for (JsonNode item : value) {
      if (!item.isObject()) {
        throw invalid(name + " holds " + shown(item) + ", expected objects with " + fields);
      }
      bodies.add(of(item, fields));
    }
    return bodies;
  }

  /** An object inside; empty where it is missing. */
  public Optional<Body> inner(String name, List<String> fields) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode value = object.get(name);
    if (!value.isObject()) {
      throw invalid(name + " is " + shown(value) + ", expected an object with " + fields);
    }
    return Optional.of(of(value, fields));
  }

  /** A value of an enumeration, written in lower case with dashes or as the enumeration has it. */
  public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode value = object.get(name);
    String text = value.isString() ? value.asString() : shown(value);
    return Optional.of(Words.parse(name, text, type));
  }

  private static Fault invalid(String detail) {
    return new Fault(Problem.invalid(detail));
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  static String quoted(String text) {
    return '"' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + '"';
  }

  @Override
  public String toString() {
    return "Body" + String.join(",", object.propertyNames()).toLowerCase(Locale.ROOT);
  }
}
