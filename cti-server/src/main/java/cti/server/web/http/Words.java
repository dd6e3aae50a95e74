package cti.server.web.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How values of enumerations are written in JSON and queries: lower case, dashes (not-ready). */
public final class Words {
  private Words() {}

  public static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static List<String> all(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
  }

  /**
   * Reads a word.
   *
   * @throws Fault invalid, with the words that would have been taken
   */
  public static <E extends Enum<E>> E parse(String name, String text, Class<E> type) {
    for (E value : type.getEnumConstants()) {
      if (of(value).equals(text)) {
        return value;
      }
    }
    List<String> expected = all(type);
    throw new Fault(
        new Problem(
            "invalid",
            "A value cannot be taken",
            422,
            name + " is " + Body.quoted(text) + ", expected one of " + expected,
            expected));
  }
}
