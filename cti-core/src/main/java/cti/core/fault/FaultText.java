package cti.core.fault;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong, for programs and people: the code is given where the fault is found, so that a
 * page may say it in other words.
 *
 * @param code stable, such as no-such-column
 * @param values what fills the gaps of the sentence, in the order of their numbers
 * @param text the whole sentence in English, with the offending value and what was expected
 */
public record FaultText(String code, List<String> values, String text) {
  private static final Pattern GAP = Pattern.compile("\\{([0-9])}");

  public FaultText {
    values = List.copyOf(values);
  }

  /**
   * @param sentence with {0}, {1}, … for the values
   * @throws IndexOutOfBoundsException where it has a gap that no value is for
   */
  public static FaultText of(String code, String sentence, Object... values) {
    List<String> texts = Arrays.stream(values).map(String::valueOf).toList();
    String text =
        GAP.matcher(sentence)
            .replaceAll(gap -> Matcher.quoteReplacement(texts.get(Integer.parseInt(gap.group(1)))));
    return new FaultText(code, texts, text);
  }

  @Override
  public String toString() {
    return text;
  }
}
