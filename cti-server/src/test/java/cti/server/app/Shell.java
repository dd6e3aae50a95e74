package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.web.RoutingServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Types what a document says, in a folder of the test, at a server of the test. Files are named as
 * in the document; {@code vi FILE} is a small change of it, {@code cp -r} copies a folder.
 */
final class Shell {
  private static final Path SCRIPTS = Path.of("../ivr-scripts");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern COMMENT = Pattern.compile("\\s+#(?=[^\"]*(\"[^\"]*\"[^\"]*)*$).*$");
  private static final Pattern FILE = Pattern.compile("[a-z0-9/-]+\\.(yaml|ics|wav|mp3)");

  /** Commands that need no server: what the launcher calls them, and the jar. */
  private static final Map<String, List<String>> HERE =
      Map.of(
          "check", List.of("check-flow"),
          "test", List.of("ivr", "test"),
          "simulate", List.of("ivr", "simulate"));

  private final RoutingServer server;
  private final Path folder;
  private final Path password;

  Shell(RoutingServer server, Path folder) throws IOException {
    this.server = server;
    this.folder = folder;
    this.password = Files.writeString(folder.resolve("password"), server.password());
  }

  record Ran(int code, String out) {}

  /** Words for our own commands, as they are. */
  Ran run(List<String> words) {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    int code = line.execute(words.toArray(String[]::new));
    return new Ran(code, out.toString().replace(folder + "/", ""));
  }

  /** The same at the server of the test. */
  Ran asked(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of("--server", server.address().toString(), "--password-file", password.toString()));
    return run(all);
  }

  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }

  /** A line without the {@code ./cti} before it. */
  Ran typed(String command) {
    List<String> words = words(command);
    List<String> here = words.getFirst().equals("ivr") ? HERE.get(words.get(1)) : null;
    if (here == null) {
      boolean writes = words.contains("get") || words.contains("manifest");
      words.replaceAll(word -> FILE.matcher(word).matches() ? path(word, writes).toString() : word);
      return asked(words.toArray(String[]::new));
    }
    List<String> all = new ArrayList<>(here);
    all.addAll(words.subList(2, words.size()));
    int at = all.indexOf("--folder");
    if (at < 0) {
      all.addAll(List.of("--folder", SCRIPTS.toString()));
    } else {
      all.set(at + 1, folder.resolve(all.get(at + 1)).toString());
    }
    return run(all);
  }

  /** A file of the test; one that is shipped where the test has none and it is only read. */
  private Path path(String name, boolean writes) {
    Path mine = folder.resolve(name);
    Path shipped = SCRIPTS.resolve(name);
    return writes || Files.exists(mine) || !Files.exists(shipped) ? mine : shipped;
  }

  /** A session with its answers: types the lines behind {@code $}; what comes of it. */
  String session(String text) {
    StringBuilder typed = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.startsWith("$ ./cti ")) {
        typed.append(line).append('\n').append(typed(line.substring("$ ./cti ".length())).out());
      }
    }
    return typed.toString();
  }

  /** One line after the other; each must do what it says. */
  void script(String text) throws IOException {
    for (String commented : text.lines().toList()) {
      String line = COMMENT.matcher(commented).replaceFirst("");
      List<String> words = words(line);
      if (words.getFirst().equals("vi")) {
        Path file = folder.resolve(words.get(1));
        Files.writeString(file, "# 改\n" + Files.readString(file));
      } else if (words.getFirst().equals("cp")) {
        copy(SCRIPTS.resolveSibling(words.get(2)), folder.resolve(words.get(3)));
      } else {
        assertTrue(line.startsWith("./cti "), () -> "not a command of ours: " + line);
        Ran ran = typed(line.substring("./cti ".length()));
        assertEquals(0, ran.code(), () -> line + ": " + ran.out());
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path there = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(there);
        } else {
          Files.copy(file, there);
        }
      }
    }
  }

  /** Whether it is one of our commands, as far as its words go. */
  static boolean knows(String command) {
    CommandLine here = Main.commandLine();
    List<String> words = words(command);
    if (words.getFirst().equals("ivr") && words.size() > 1 && HERE.containsKey(words.get(1))) {
      return true;
    }
    for (String word : words) {
      CommandLine next = here.getSubcommands().get(word);
      if (next == null) {
        // What follows a command is its own; a group of commands takes no other words.
        return here.getSubcommands().isEmpty();
      }
      here = next;
    }
    return true;
  }
}
