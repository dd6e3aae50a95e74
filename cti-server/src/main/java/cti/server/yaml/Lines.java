package cti.server.yaml;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * At which line of a YAML text each path stands, as {@link Section} names paths: list entries count
 * from 1. Of a text that breaks off, what stands before the break.
 */
public final class Lines {
  private static final YAMLMapper MAPPER = YAMLMapper.builder().build();

  /** The place of a text that is no YAML, as {@link Section#top} tells it. */
  private static final Pattern PLACE = Pattern.compile("line ([0-9]{1,7}) column [0-9]+");

  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, Integer> byName = new HashMap<>();

  private Lines() {}

  public static Lines of(String yaml) {
    Lines lines = new Lines();
    try (JsonParser parser = MAPPER.createParser(yaml)) {
      parser.nextToken();
      lines.read(parser, "");
    } catch (JacksonException broken) {
      // What stands before it is known.
    }
    return lines;
  }

  private void read(JsonParser parser, String path) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String child = (path.isEmpty() ? "" : path + ".") + parser.currentName();
        lines.putIfAbsent(child, line(parser));
        boolean names = child.endsWith(".key") || child.endsWith(".word");
        parser.nextToken();
        if (names && parser.currentToken() == JsonToken.VALUE_STRING) {
          named(path, parser.getString(), line(parser));
        }
        read(parser, child);
      }
    } else if (token == JsonToken.START_ARRAY) {
      for (int i = 1; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        String child = path + "." + i;
        lines.putIfAbsent(child, line(parser));
        read(parser, child);
      }
    }
  }

  /** An entry of a list that is called by its key: {@code keys.4} is the entry of the key 4. */
  private void named(String entry, String name, int line) {
    int cut = entry.lastIndexOf('.');
    if (cut > 0) {
      byName.putIfAbsent(entry.substring(0, cut) + "." + name, line);
    }
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  /**
   * The line of a path, counted from 1; where it is not there, of the nearest above it that is.
   *
   * @param entriesByName whether list entries of {@code keys} and {@code words} are called by their
   *     key or word and not by their place
   */
  public Optional<Integer> of(String path, boolean entriesByName) {
    Matcher place = PLACE.matcher(path);
    if (place.matches()) {
      return Optional.of(Integer.valueOf(place.group(1)));
    }
    for (String at = path; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
      Integer line = entriesByName && byName.containsKey(at) ? byName.get(at) : lines.get(at);
      if (line != null) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }
}
