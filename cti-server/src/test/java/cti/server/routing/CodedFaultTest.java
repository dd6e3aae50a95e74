package cti.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Sentences of faults and their codes. */
class CodedFaultTest {
  private static final Pattern GAP = Pattern.compile("\\{[0-9]}");

  /** Where faults are said; the paths are those of a test that runs in its module's folder. */
  private static final List<String> SOURCES =
      List.of(
          "../cti-core/src/main/java/cti/core/routing/RuleSetCheck.java",
          "../cti-core/src/main/java/cti/core/routing/TargetCheck.java",
          "../cti-core/src/main/java/cti/core/ivr/FlowValidator.java",
          "src/main/java/cti/server/flow/CalendarSections.java",
          "src/main/java/cti/server/flow/TargetSections.java",
          "src/main/java/cti/server/flow/RoutingFile.java",
          "src/main/java/cti/server/flow/FlowFile.java",
          "src/main/java/cti/server/yaml/Section.java");

  private record Line(String code, String sentence) {}

  private static List<Line> lines() {
    return CodedFault.list()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split(" = ", 2))
        .map(parts -> new Line(parts[0], parts[1]))
        .toList();
  }

  @Test
  void everySentenceIsReadByItsOwnCodeWithItsValues() {
    for (Line line : lines()) {
      List<String> values = new ArrayList<>();
      Matcher gap = GAP.matcher(line.sentence());
      StringBuilder said = new StringBuilder();
      while (gap.find()) {
        assertEquals("{" + values.size() + "}", gap.group(), "order of the gaps of " + line);
        values.add("v" + values.size());
        gap.appendReplacement(said, values.getLast());
      }
      gap.appendTail(said);
      for (String place : List.of("", "rule night", "routing.yaml: rules.1.when")) {
        String text = (place.isEmpty() ? "" : place + ": ") + said;
        assertEquals(
            new CodedFault(text, place, Optional.of(line.code()), values), CodedFault.of(text));
      }
    }
  }

  /** Three words: what follows may be a value. What stands before a colon is a place. */
  private static String begin(String literal) {
    String said = literal.substring(literal.lastIndexOf(": ") + 1).replaceFirst("^[, ]+", "");
    List<String> words = List.of(said.strip().split(" "));
    return String.join(" ", words.subList(0, Math.min(3, words.size())));
  }

  @Test
  void valuesMayHoldColonsAndLines() {
    CodedFault fault =
        CodedFault.of("rule a: number 1: 2\n3 is the hotline itself: its calls would go round");
    assertEquals(Optional.of("number-is-hotline"), fault.code());
    assertEquals(List.of("1: 2\n3"), fault.values());
    assertEquals("rule a", fault.place());
  }

  @Test
  void whatIsNotInTheListKeepsItsSentence() {
    CodedFault fault = CodedFault.of("rule a: something else");
    assertEquals(new CodedFault("rule a: something else", "", Optional.empty(), List.of()), fault);
  }

  /** A sentence that is added to a check and not to the list shows here. */
  @Test
  void theListHasWhatTheChecksSay() throws IOException {
    List<String> known =
        lines().stream().map(line -> GAP.matcher(line.sentence()).replaceAll("\u0000")).toList();
    List<String> missing = new ArrayList<>();
    for (String source : SOURCES) {
      String text = Files.readString(Path.of(source));
      Matcher call =
          Pattern.compile("(?:fault|warn|new Fault|faults\\.add)\\(([^;{}]*?)\\);").matcher(text);
      while (call.find()) {
        Matcher literal = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(call.group(1));
        while (literal.find()) {
          String words = begin(literal.group(1));
          boolean sentence = words.contains(" ") && words.matches(".*[a-z]{3}.*");
          if (sentence && known.stream().noneMatch(one -> one.contains(words))) {
            missing.add(Path.of(source).getFileName() + ": " + words);
          }
        }
      }
    }
    // The end of a list of words.
    missing.remove("TargetSections.java: announcement or list");
    assertEquals(List.of(), missing);
    assertTrue(known.size() > 80, known.size() + " sentences");
  }
}
