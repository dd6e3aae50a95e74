package cti.server.web.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path with parameters, written /api/v1/calls/{id}. */
public record PathTemplate(String text, List<String> parts) {
  public PathTemplate {
    parts = List.copyOf(parts);
  }

  public static PathTemplate of(String text) {
    return new PathTemplate(text, List.of(text.substring(1).split("/", -1)));
  }

  /** The parameters where the raw path fits; a parameter is never blank. */
  Optional<Map<String, String>> match(String rawPath) {
    String[] given = rawPath.substring(1).split("/", -1);
    if (given.length != parts.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < given.length; i++) {
      String part = parts.get(i);
      if (part.startsWith("{")) {
        // In a path a plus is a plus (RFC 3986), unlike in a form.
        String value = URLDecoder.decode(given[i].replace("+", "%2B"), StandardCharsets.UTF_8);
        if (value.isBlank()) {
          return Optional.empty();
        }
        parameters.put(part.substring(1, part.length() - 1), value);
      } else if (!part.equals(given[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }
}
