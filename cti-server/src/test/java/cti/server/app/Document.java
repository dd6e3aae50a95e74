package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document of docs/ and the examples in it, in their order. */
record Document(String name, List<Block> blocks, String text) {
  private static final String FENCE = "```";
  private static final Pattern COMMAND = Pattern.compile("\\./cti( [a-z][a-z0-9-]*)+");

  /**
   * An example between fences.
   *
   * @param kind what stands behind the first fence; empty where nothing does
   */
  record Block(String kind, String text) {}

  static Document read(String name) throws IOException {
    Path file = Path.of("../docs").resolve(name);
    List<Block> blocks = new ArrayList<>();
    StringBuilder open = null;
    String kind = "";
    for (String line : Files.readAllLines(file)) {
      if (open != null && line.equals(FENCE)) {
        blocks.add(new Block(kind, open.toString()));
        open = null;
      } else if (open != null) {
        open.append(line).append('\n');
      } else if (line.startsWith(FENCE)) {
        kind = line.substring(FENCE.length());
        open = new StringBuilder();
      }
    }
    assertTrue(open == null, () -> name + " ends within an example");
    return new Document(name, blocks, Files.readString(file));
  }

  List<String> of(String kind) {
    return blocks.stream().filter(block -> block.kind().equals(kind)).map(Block::text).toList();
  }

  /** The only one that begins like this. */
  String of(String kind, String beginning) {
    List<String> found = of(kind).stream().filter(text -> text.startsWith(beginning)).toList();
    assertEquals(1, found.size(), () -> kind + " of " + name + " beginning with " + beginning);
    return found.getFirst();
  }

  /** Every example is of a kind that a test runs. */
  void hasOnly(Set<String> kinds) {
    Set<String> found = new TreeSet<>();
    blocks.forEach(block -> found.add(block.kind()));
    assertEquals(new TreeSet<>(kinds), found, "kinds of examples in " + name);
  }

  /** The first cells of the table whose head begins like this, without their marks. */
  List<List<String>> rows(String head) {
    List<List<String>> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : text.lines().toList()) {
      if (line.startsWith(head)) {
        inside = true;
      } else if (inside && !line.startsWith("|")) {
        return rows;
      } else if (inside && !line.startsWith("|---")) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(1).split("\\|")) {
          cells.add(cell.strip());
        }
        rows.add(cells);
      }
    }
    throw new AssertionError("no table in " + name + " begins with " + head);
  }

  /** What stands between single backquotes in a cell. */
  static List<String> codes(String cell) {
    List<String> found = new ArrayList<>();
    Matcher code = Pattern.compile("`([^`]+)`").matcher(cell);
    while (code.find()) {
      found.add(code.group(1));
    }
    return found;
  }

  /**
   * Every command of ours that is named anywhere, as far as its words go, such as "route check".
   */
  Set<String> commands() {
    Set<String> found = new TreeSet<>();
    Matcher command = COMMAND.matcher(text);
    while (command.find()) {
      found.add(command.group().substring("./cti ".length()));
    }
    return found;
  }
}
