package cti.server.config;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A section of the configuration while it is read. A fault never stops the reading: it is noted,
 * and a stand-in is returned that nobody gets to see, because faults make the whole read fail.
 */
final class Section {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(KiB|MiB)?");

  /** What all sections of one read share. */
  record Source(Path workingFolder, Map<String, String> environment, List<Fault> faults) {}

  private final Source source;
  private final String path;
  private final JsonNode node;
  private final Map<String, Optional<Section>> asked = new LinkedHashMap<>();

  private Section(Source source, String path, JsonNode node) {
    this.source = source;
    this.path = path;
    this.node = node;
  }

  static Section root(Source source, JsonNode node) {
    return new Section(source, "", node);
  }

  /** A section below; where it is missing, all its keys are. */
  Section section(String key) {
    JsonNode below = ask(key);
    if (below != null && !below.isObject()) {
      fault(key, below, "keys with values below it");
      below = null;
    }
    Section section = new Section(source, pathOf(key), below);
    asked.put(key, Optional.of(section));
    return section;
  }

  /** Whether something stands there. */
  boolean has(String key) {
    return ask(key) != null;
  }

  /** Texts by texts of any kind; where the key is missing there are none. */
  Map<String, String> words(String key, String expected, Pattern form) {
    JsonNode value = ask(key);
    Map<String, String> words = new LinkedHashMap<>();
    if (value == null) {
      return words;
    }
    if (!value.isObject()) {
      fault(key, value, "keys with values below it");
      return words;
    }
    for (String name : value.propertyNames()) {
      JsonNode word = value.get(name);
      if (word.isString() && form.matcher(word.stringValue()).matches()) {
        words.put(name, word.stringValue());
      } else {
        fault(key + "." + name, word, expected);
      }
    }
    return words;
  }

  /** A key that may stand there and is not read. */
  void passOver(String key) {
    ask(key);
  }

  String text(String key, String expected, Pattern form) {
    return text(key, Optional.empty(), expected, form);
  }

  String text(String key, String byDefault, String expected, Pattern form) {
    return text(key, Optional.of(byDefault), expected, form);
  }

  private String text(String key, Optional<String> byDefault, String expected, Pattern form) {
    JsonNode value = ask(key);
    if (value == null) {
      return byDefault.orElseGet(() -> missing(key, expected));
    }
    if (!value.isString() || !form.matcher(value.stringValue()).matches()) {
      fault(key, value, expected);
      return "";
    }
    return value.stringValue();
  }

  int number(String key, int byDefault, int least, int most) {
    JsonNode value = ask(key);
    if (value == null) {
      return byDefault;
    }
    if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
      fault(key, value, "a whole number from " + least + " to " + most);
      return byDefault;
    }
    return value.intValue();
  }

  boolean flag(String key, boolean byDefault) {
    JsonNode value = ask(key);
    if (value == null) {
      return byDefault;
    }
    if (!value.isBoolean()) {
      fault(key, value, "true or false");
      return byDefault;
    }
    return value.booleanValue();
  }

  Duration duration(String key, String byDefault, String least, String most) {
    JsonNode value = ask(key);
    if (value == null) {
      return durationOf(byDefault).orElseThrow();
    }
    Optional<Duration> given =
        value.isString() ? durationOf(value.stringValue()) : Optional.empty();
    if (given.isEmpty()
        || given.get().compareTo(durationOf(least).orElseThrow()) < 0
        || given.get().compareTo(durationOf(most).orElseThrow()) > 0) {
      fault(
          key,
          value,
          "a duration from " + least + " to " + most + ", written like 200ms, 5s, 10m, 2h or 1d");
      return durationOf(byDefault).orElseThrow();
    }
    return given.get();
  }

  private static Optional<Duration> durationOf(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(parts.group(1));
    return Optional.of(
        switch (parts.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          case "d" -> Duration.ofDays(count);
          default -> throw new IllegalStateException(parts.group(2));
        });
  }

  /** In bytes. */
  int size(String key, String byDefault, String least, String most) {
    JsonNode value = ask(key);
    if (value == null) {
      return (int) sizeOf(byDefault);
    }
    long given = value.isString() || value.isInt() ? sizeOf(value.asString()) : -1;
    if (given < sizeOf(least) || given > sizeOf(most)) {
      fault(key, value, "a size from " + least + " to " + most + ", written like 64KiB or 16MiB");
      return (int) sizeOf(byDefault);
    }
    return (int) given;
  }

  private static long sizeOf(String text) {
    Matcher parts = SIZE.matcher(text);
    if (!parts.matches()) {
      return -1;
    }
    long unit =
        switch (parts.group(2)) {
          case "KiB" -> 1024;
          case "MiB" -> 1024 * 1024;
          case null, default -> 1;
        };
    return Long.parseLong(parts.group(1)) * unit;
  }

  String choice(String key, List<String> words) {
    String expected = String.join(" or ", words);
    JsonNode value = ask(key);
    if (value == null) {
      return missing(key, expected);
    }
    if (!value.isString() || !words.contains(value.stringValue())) {
      fault(key, value, expected);
      return "";
    }
    return value.stringValue();
  }

  InetAddress address(String key, String byDefault) {
    JsonNode value = ask(key);
    InetAddress standIn = InetAddress.ofLiteral(byDefault);
    if (value == null) {
      return standIn;
    }
    try {
      if (value.isString()) {
        return InetAddress.ofLiteral(value.stringValue());
      }
    } catch (IllegalArgumentException notAnAddress) {
      // Told below, like a value of another type.
    }
    fault(key, value, "an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all");
    return standIn;
  }

  ZoneId zone(String key, String byDefault) {
    JsonNode value = ask(key);
    ZoneId standIn = ZoneId.of(byDefault);
    if (value == null) {
      return standIn;
    }
    try {
      if (value.isString()) {
        return ZoneId.of(value.stringValue());
      }
    } catch (DateTimeException notAZone) {
      // Told below, like a value of another type.
    }
    fault(key, value, "a time zone such as " + byDefault);
    return standIn;
  }

  /** Relative to the working folder. */
  Path path(String key, String byDefault) {
    return optionalPath(key).orElseGet(() -> source.workingFolder().resolve(byDefault));
  }

  Optional<Path> optionalPath(String key) {
    JsonNode value = ask(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isString() || value.stringValue().isBlank() || value.stringValue().contains("\0")) {
      fault(key, value, "a path");
      return Optional.empty();
    }
    return Optional.of(source.workingFolder().resolve(value.stringValue()));
  }

  List<String> texts(String key, String expected, Pattern form) {
    JsonNode value = ask(key);
    List<String> texts = new ArrayList<>();
    if (value == null) {
      return texts;
    }
    if (!value.isArray()) {
      fault(key, value, "a list of " + expected);
      return texts;
    }
    for (int i = 0; i < value.size(); i++) {
      JsonNode item = value.get(i);
      if (item.isString() && form.matcher(item.stringValue()).matches()) {
        texts.add(item.stringValue());
      } else {
        fault(key + "[" + i + "]", item, expected);
      }
    }
    return texts;
  }

  /** IP addresses, none by default. */
  List<InetAddress> addresses(String key) {
    JsonNode value = ask(key);
    List<InetAddress> addresses = new ArrayList<>();
    if (value == null) {
      return addresses;
    }
    if (!value.isArray()) {
      fault(key, value, "a list of IP addresses such as 192.0.2.7");
      return addresses;
    }
    for (int i = 0; i < value.size(); i++) {
      JsonNode item = value.get(i);
      try {
        addresses.add(InetAddress.ofLiteral(item.isString() ? item.stringValue() : ""));
      } catch (IllegalArgumentException notAnAddress) {
        fault(key + "[" + i + "]", item, "an IP address such as 192.0.2.7");
      }
    }
    return addresses;
  }

  /** Given inline, as file:path or as env:NAME. */
  Secret secret(String key) {
    String expected = "a secret, or where it is: file:PATH or env:NAME";
    JsonNode value = ask(key);
    if (value == null) {
      return new Secret(missing(key, expected));
    }
    if (!value.isString() || value.stringValue().isBlank()) {
      source.faults().add(new Fault(pathOf(key), "not a text", expected + ", in quotes"));
      return new Secret("");
    }
    String text = value.stringValue();
    if (text.startsWith("file:")) {
      return secretInFile(key, text);
    }
    if (text.startsWith("env:")) {
      String found = source.environment().get(text.substring("env:".length()));
      if (found == null || found.isBlank()) {
        fault(key, value, "that environment variable to be set");
      }
      return new Secret(found == null ? "" : found);
    }
    return new Secret(text);
  }

  private Secret secretInFile(String key, String reference) {
    String expected = "a readable file with the secret on its first line";
    try {
      Path file = source.workingFolder().resolve(reference.substring("file:".length()));
      String first = Files.readString(file).lines().findFirst().orElse("").strip();
      if (!first.isEmpty()) {
        return new Secret(first);
      }
      source.faults().add(new Fault(pathOf(key), "'" + reference + "' is empty", expected));
    } catch (IOException | RuntimeException unreadable) {
      source.faults().add(new Fault(pathOf(key), "'" + reference + "' cannot be read", expected));
    }
    return new Secret("");
  }

  /** Notes a fault that lies between two values. */
  void mustHold(boolean holds, String key, String found, String expected) {
    if (!holds) {
      source.faults().add(new Fault(pathOf(key), found, expected));
    }
  }

  /** Notes every key, here and below, that nobody asked for. */
  void refuseUnknownKeys() {
    if (node != null) {
      for (String key : node.propertyNames()) {
        if (!asked.containsKey(key)) {
          source.faults().add(new Fault(pathOf(key), "unknown key", suggestion(key)));
        }
      }
    }
    asked.values().forEach(below -> below.ifPresent(Section::refuseUnknownKeys));
  }

  private String suggestion(String key) {
    return Misspelling.nearest(key, asked.keySet())
        .map(meant -> meant + " (did you mean that?)")
        .orElseGet(() -> "one of " + String.join(", ", asked.keySet()));
  }

  private JsonNode ask(String key) {
    asked.putIfAbsent(key, Optional.empty());
    JsonNode value = node == null ? null : node.get(key);
    return value == null || value.isNull() ? null : value;
  }

  private String missing(String key, String expected) {
    source.faults().add(new Fault(pathOf(key), "missing", expected));
    return "";
  }

  private void fault(String key, JsonNode found, String expected) {
    String shown = found.isString() ? "'" + found.stringValue() + "'" : found.toString();
    source.faults().add(new Fault(pathOf(key), shown, expected));
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
