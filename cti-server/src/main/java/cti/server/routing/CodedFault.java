package cti.server.routing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fault or warning of a text of rules or a flow, as a program reads it: the checks say sentences,
 * and the sentences that they say stand, each with its code, in {@code faults.txt}.
 *
 * @param text the whole sentence
 * @param place what it is about, such as "rule night" or "nodes.menu.prompts"; empty where it is
 *     the text as a whole
 * @param code stable, such as no-desk; empty for a sentence that is not in the list
 * @param values what fills its gaps, in the order of their numbers
 */
public record CodedFault(String text, String place, Optional<String> code, List<String> values) {
  private static final String BETWEEN = ": ";
  private static final Pattern GAP = Pattern.compile("\\{([0-9])}");

  private record Sentence(String code, Pattern pattern) {}

  private static final List<Sentence> SENTENCES = sentences();

  public CodedFault {
    values = List.copyOf(values);
  }

  public static CodedFault of(String text) {
    for (int from = 0; from >= 0; from = next(text, from)) {
      for (Sentence sentence : SENTENCES) {
        Matcher fits = sentence.pattern().matcher(text).region(from, text.length());
        if (fits.matches()) {
          List<String> values = new ArrayList<>();
          for (int i = 1; i <= fits.groupCount(); i++) {
            values.add(fits.group(i));
          }
          String place = text.substring(0, Math.max(0, from - BETWEEN.length()));
          return new CodedFault(text, place, Optional.of(sentence.code()), values);
        }
      }
    }
    return new CodedFault(text, "", Optional.empty(), List.of());
  }

  public static List<CodedFault> all(List<String> texts) {
    return texts.stream().map(CodedFault::of).toList();
  }

  /** Where the sentence may begin next: what stands before it is its place. */
  private static int next(String text, int from) {
    int at = text.indexOf(BETWEEN, from);
    return at < 0 ? -1 : at + BETWEEN.length();
  }

  private static List<Sentence> sentences() {
    List<Sentence> sentences = new ArrayList<>();
    for (String line : list().lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(" = ", 2);
        sentences.add(new Sentence(parts[0], pattern(parts[1])));
      }
    }
    return List.copyOf(sentences);
  }

  static String list() {
    try (InputStream file = CodedFault.class.getResourceAsStream("faults.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The gaps stand in the order of their numbers; one at the beginning does not swallow the place.
   */
  private static Pattern pattern(String template) {
    StringBuilder pattern = new StringBuilder();
    Matcher gap = GAP.matcher(template);
    int at = 0;
    while (gap.find()) {
      pattern.append(Pattern.quote(template.substring(at, gap.start())));
      pattern.append(gap.start() == 0 ? "((?:(?!: ).)+?)" : "(.+?)");
      at = gap.end();
    }
    return Pattern.compile(
        pattern.append(Pattern.quote(template.substring(at))).toString(), Pattern.DOTALL);
  }
}
