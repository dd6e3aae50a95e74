package cti.server.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A mapping of a YAML file, read strictly: what is missing, of the wrong kind or not known becomes
 * a fault with its path, and a harmless value stands in so that reading goes on to the next fault.
 * Call {@link #done} at the end: keys that nobody asked for are faults too.
 */
public final class Section {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Stands in for a text that has a fault already. */
  static final String STAND_IN = "?";

  private final JsonNode node;
  private final String path;
  private final Faults faults;
  private final Set<String> asked = new HashSet<>();

  private Section(JsonNode node, String path, Faults faults) {
    this.node = node;
    this.path = path;
    this.faults = faults;
  }

  /** The top of a file; empty, with a fault, where the text is no YAML mapping. */
  public static Optional<Section> top(String yaml, Faults faults) {
    try {
      JsonNode read = MAPPER.readTree(yaml);
      if (read.isObject()) {
        return Optional.of(new Section(read, "", faults));
      }
      faults.add("", "is no mapping, expected keys with values");
    } catch (JacksonException e) {
      faults.add(
          "line " + e.getLocation().getLineNr() + " column " + e.getLocation().getColumnNr(),
          e.getOriginalMessage().lines().findFirst().orElse("is no YAML"));
    }
    return Optional.empty();
  }

  /** The path of a key of this section; of the section itself for an empty key. */
  public String path(String key) {
    if (key.isEmpty()) {
      return path;
    }
    return path.isEmpty() ? key : path + "." + key;
  }

  public void fault(String key, String message) {
    faults.add(path(key), message);
  }

  public boolean has(String key) {
    asked.add(key);
    return node.has(key);
  }

  /** A text that is not blank. */
  public String text(String key) {
    return value(key).map(found -> asText(key, found)).orElse(STAND_IN);
  }

  public Optional<String> optionalText(String key) {
    return optional(key).map(found -> asText(key, found));
  }

  /** A text that may be empty, and is where the key is not there. */
  public String textOrEmpty(String key) {
    return optional(key)
        .map(
            found -> {
              if (!found.isString()) {
                fault(key, "is " + found + ", expected a text (in quotes)");
              }
              return found.isString() ? found.stringValue() : "";
            })
        .orElse("");
  }

  public int integer(String key, int least, int most) {
    return value(key).map(found -> asInteger(key, found, least, most)).orElse(least);
  }

  public int integer(String key, int least, int most, int otherwise) {
    return optional(key).map(found -> asInteger(key, found, least, most)).orElse(otherwise);
  }

  public boolean flag(String key, boolean otherwise) {
    return optional(key)
        .map(
            found -> {
              if (!found.isBoolean()) {
                fault(key, "is " + found + ", expected true or false");
              }
              return found.isBoolean() ? found.booleanValue() : otherwise;
            })
        .orElse(otherwise);
  }

  /** One text, or a list of texts. */
  public List<String> texts(String key) {
    return value(key).map(found -> asTexts(key, found)).orElse(List.of());
  }

  public List<String> optionalTexts(String key) {
    return optional(key).map(found -> asTexts(key, found)).orElse(List.of());
  }

  /** A section below; an empty one where the key is not there. */
  public Section section(String key) {
    return asSection(key, value(key));
  }

  public Section optionalSection(String key) {
    Optional<JsonNode> found = optional(key);
    return found.isEmpty()
        ? new Section(MAPPER.createObjectNode(), path(key), faults)
        : asSection(key, found);
  }

  /** A list of sections. */
  public List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    value(key)
        .ifPresent(
            found -> {
              if (!found.isArray()) {
                fault(key, "is " + shortened(found) + ", expected a list");
              }
              for (int i = 0; found.isArray() && i < found.size(); i++) {
                sections.add(asSection(key + "." + (i + 1), Optional.of(found.get(i))));
              }
            });
    return sections;
  }

  /** A list of sections; none where the key is not there. */
  public List<Section> optionalSections(String key) {
    return optional(key).isEmpty() ? List.of() : sections(key);
  }

  /** All keys with the sections below them, in the order of the file. */
  public Map<String, Section> allSections() {
    Map<String, Section> sections = new LinkedHashMap<>();
    for (String key : node.propertyNames()) {
      sections.put(key, section(key));
    }
    return sections;
  }

  /** All keys with their texts, in the order of the file. */
  public Map<String, String> allTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String key : node.propertyNames()) {
      texts.put(key, text(key));
    }
    return texts;
  }

  /** All keys with one text or the list of texts at each, in the order of the file. */
  public Map<String, List<String>> allTextLists() {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (String key : node.propertyNames()) {
      texts.put(key, texts(key));
    }
    return texts;
  }

  /** All keys with the list of sections at each, in the order of the file. */
  public Map<String, List<Section>> allSectionLists() {
    Map<String, List<Section>> lists = new LinkedHashMap<>();
    for (String key : node.propertyNames()) {
      lists.put(key, sections(key));
    }
    return lists;
  }

  /**
   * Makes something of what was read, unless this section had faults since {@code faultsBefore}; an
   * IllegalArgumentException of its constructor becomes a fault of this section.
   */
  public <T> Optional<T> make(int faultsBefore, Supplier<T> maker) {
    if (faults.count() > faultsBefore) {
      return Optional.empty();
    }
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException e) {
      faults.add(path, e.getMessage());
      return Optional.empty();
    }
  }

  /** How many faults the file has so far; for {@link #make}. */
  public int faultCount() {
    return faults.count();
  }

  /** A key that may be there, whatever it holds. */
  public void ignore(String key) {
    asked.add(key);
  }

  /** Refuses the keys that nobody asked for. */
  public void done() {
    for (String key : node.propertyNames()) {
      if (!asked.contains(key)) {
        fault(
            key,
            "is not known here, expected one of "
                + String.join(", ", asked.stream().sorted().toList()));
      }
    }
  }

  private Optional<JsonNode> optional(String key) {
    asked.add(key);
    JsonNode found = node.get(key);
    return found == null || found.isNull() ? Optional.empty() : Optional.of(found);
  }

  private Optional<JsonNode> value(String key) {
    Optional<JsonNode> found = optional(key);
    if (found.isEmpty()) {
      fault(key, "is missing");
    }
    return found;
  }

  private String asText(String key, JsonNode found) {
    if (!found.isString() || found.stringValue().isBlank()) {
      fault(key, "is " + shortened(found) + ", expected a text (numbers in quotes)");
      return STAND_IN;
    }
    return found.stringValue();
  }

  private int asInteger(String key, JsonNode found, int least, int most) {
    if (!found.isInt() || found.intValue() < least || found.intValue() > most) {
      fault(key, "is " + shortened(found) + ", expected a whole number " + least + " to " + most);
      return least;
    }
    return found.intValue();
  }

  private List<String> asTexts(String key, JsonNode found) {
    if (!found.isArray()) {
      return List.of(asText(key, found));
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      texts.add(asText(key + "." + (i + 1), found.get(i)));
    }
    return texts;
  }

  private Section asSection(String key, Optional<JsonNode> found) {
    if (found.isPresent() && found.get().isObject()) {
      return new Section(found.get(), path(key), faults);
    }
    found.ifPresent(other -> fault(key, "is " + shortened(other) + ", expected keys with values"));
    return new Section(MAPPER.createObjectNode(), path(key), faults);
  }

  private static String shortened(JsonNode node) {
    String text = node.toString();
    return text.length() > 60 ? text.substring(0, 57) + "..." : text;
  }
}
