package cti.server.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts lines below a key of a YAML text and leaves all the rest, comments too, as it is. For block
 * style with a key a line, as people write routing.yaml.
 */
public final class YamlBlock {
  private static final int STEP = 2;

  private YamlBlock() {}

  /**
   * The text with these lines below {@code top: key:}, in the place of what is there; keys that are
   * missing are added.
   *
   * @param block gives the lines, without line ends, for an indent
   */
  public static String replace(String text, String top, String key, Block block) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    Optional<Integer> above = find(lines, 0, lines.size(), 0, top);
    if (above.isEmpty()) {
      int at = lines.size();
      lines.add(at, top + ":");
      lines.add(at + 1, " ".repeat(STEP) + key + ":");
      lines.addAll(at + 2, block.lines(" ".repeat(2 * STEP)));
      return joined(lines);
    }
    int end = end(lines, above.get(), 0);
    int indent = indentBelow(lines, above.get(), end);
    Optional<Integer> there = find(lines, above.get() + 1, end, indent, key);
    if (there.isEmpty()) {
      lines.add(end, " ".repeat(indent) + key + ":");
      lines.addAll(end + 1, block.lines(" ".repeat(indent + STEP)));
      return joined(lines);
    }
    int last = end(lines, there.get(), indent);
    lines.set(there.get(), " ".repeat(indent) + key + ":");
    lines.subList(there.get() + 1, last).clear();
    lines.addAll(there.get() + 1, block.lines(" ".repeat(indent + STEP)));
    return joined(lines);
  }

  /**
   * The text with these lines below {@code top:}, in the place of all that is there; without lines
   * the key goes too. A key that is missing is added at the end.
   *
   * @param below with their indent, without line ends
   */
  public static String replaceAll(String text, String top, List<String> below) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int at = lines.size();
    Optional<Integer> there = find(lines, 0, lines.size(), 0, top);
    if (there.isPresent()) {
      at = there.get();
      lines.subList(at, end(lines, at, 0)).clear();
    }
    if (!below.isEmpty()) {
      lines.add(at, top + ":");
      lines.addAll(at + 1, below);
    }
    return joined(lines);
  }

  /**
   * The text with an item more at the end of the list {@code top: key: list:}; the list is added
   * where it is missing.
   *
   * @param item without the dash, on one line
   * @return empty where the text has no {@code top: key:} as a block
   */
  public static Optional<String> append(
      String text, String top, String key, String list, String item) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    Optional<Integer> above = find(lines, 0, lines.size(), 0, top);
    if (above.isEmpty()) {
      return Optional.empty();
    }
    int end = end(lines, above.get(), 0);
    int indent = indentBelow(lines, above.get(), end);
    Optional<Integer> there = find(lines, above.get() + 1, end, indent, key);
    if (there.isEmpty() || !lines.get(there.get()).strip().endsWith(":")) {
      return Optional.empty();
    }
    int last = end(lines, there.get(), indent);
    int below = indentBelow(lines, there.get(), last);
    Optional<Integer> begun = find(lines, there.get() + 1, last, below, list);
    if (begun.isEmpty()) {
      lines.add(last, " ".repeat(below) + list + ":");
      lines.add(last + 1, " ".repeat(below + STEP) + "- " + item);
      return Optional.of(joined(lines));
    }
    if (!lines.get(begun.get()).strip().endsWith(":")) {
      return Optional.empty();
    }
    int after = end(lines, begun.get(), below);
    int dash = after == begun.get() + 1 ? below + STEP : indentBelow(lines, begun.get(), after);
    lines.add(after, " ".repeat(dash) + "- " + item);
    return Optional.of(joined(lines));
  }

  /** Lines for an indent. */
  @FunctionalInterface
  public interface Block {
    List<String> lines(String indent);
  }

  private static String joined(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private static Optional<Integer> find(
      List<String> lines, int from, int until, int indent, String key) {
    String begin = " ".repeat(indent);
    for (int i = from; i < until; i++) {
      String line = lines.get(i);
      boolean named =
          line.startsWith(begin + key + ":")
              || line.startsWith(begin + '"' + key + "\":")
              || line.startsWith(begin + "'" + key + "':");
      if (named) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** The line after all that is below a key; blank lines and comments before the next key stay. */
  private static int end(List<String> lines, int at, int indent) {
    int end = at + 1;
    for (int i = at + 1; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      boolean list = line.strip().startsWith("- ") && indent(line) == indent;
      if (indent(line) <= indent && !list) {
        break;
      }
      end = i + 1;
    }
    return end;
  }

  private static int indentBelow(List<String> lines, int at, int end) {
    for (int i = at + 1; i < end; i++) {
      String line = lines.get(i);
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        return indent(line);
      }
    }
    return STEP;
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && line.charAt(indent) == ' ') {
      indent++;
    }
    return indent;
  }
}
