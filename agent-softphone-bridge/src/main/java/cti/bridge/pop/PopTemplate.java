package cti.bridge.pop;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with fields in braces. What a field holds is only ever put in: it is not looked at for
 * fields again.
 */
public final class PopTemplate {
  private static final Pattern FIELD = Pattern.compile("\\{([^{}]*)}");
  private final String text;

  private PopTemplate(String text) {
    this.text = text;
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException for a field that there is not, with those that there are
   */
  public static PopTemplate of(String text) {
    Matcher field = FIELD.matcher(text);
    while (field.find()) {
      if (PopField.of(field.group(1)).isEmpty()) {
        throw new IllegalArgumentException(
            "the field {" + field.group(1) + "}, expected one of " + PopField.words());
      }
    }
    return new PopTemplate(text);
  }

  /**
   * Fills it in.
   *
   * @param coded what is done to each value before it is put in
   */
  public String fill(Map<PopField, String> values, UnaryOperator<String> coded) {
    return FIELD
        .matcher(text)
        .replaceAll(
            field ->
                Matcher.quoteReplacement(
                    coded.apply(
                        values.getOrDefault(PopField.of(field.group(1)).orElseThrow(), ""))));
  }

  /**
   * Fills it in as one argument of a program. A caller chooses some of the values: what a system's
   * own parsing of arguments could cut at (quotes, control characters) is left out, and none begins
   * as an option would.
   */
  public String argument(Map<PopField, String> values) {
    String filled = fill(values, value -> value.replaceAll("[\\p{Cntrl}\"]", ""));
    return text.startsWith("-") ? filled : filled.replaceFirst("^-+", "");
  }

  @Override
  public String toString() {
    return text;
  }
}
