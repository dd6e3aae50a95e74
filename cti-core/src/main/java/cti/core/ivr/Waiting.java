package cti.core.ivr;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What goes with a caller into a queue.
 *
 * @param keys that leave the queue
 * @param goOn whether the flow goes on when the agent hangs up
 * @param language in which the caller is talked to
 * @param says what the caller is told while waiting
 */
public record Waiting(Set<String> keys, boolean goOn, String language, Node.Queue.Says says) {
  /** As {@link #text} writes it; the language is missing in what earlier releases wrote. */
  public static final String TEXT = "[0-9*#]*c?p?w?(-[a-z]{2})?";

  public Waiting {
    keys = Set.copyOf(keys);
  }

  /** As the dialplan is told it, each key once, in order. */
  public String keysInOrder() {
    return keys.stream().sorted().collect(Collectors.joining());
  }

  /** Keys, letters of what is told, a dash and the language; safe in a channel variable. */
  public String text() {
    return keysInOrder()
        + (goOn ? "c" : "")
        + (says.position() ? "p" : "")
        + (says.expectedWait() ? "w" : "")
        + "-"
        + language;
  }

  /**
   * Reads {@link #text}.
   *
   * @param usual the language where the text has none
   * @throws IllegalArgumentException where it is no such text
   */
  public static Waiting parse(String text, String usual) {
    if (!text.matches(TEXT)) {
      throw new IllegalArgumentException("'" + text + "', expected " + TEXT);
    }
    String[] parts = text.split("-", 2);
    String letters = parts[0].replaceAll("[0-9*#]", "");
    return new Waiting(
        Arrays.stream(parts[0].replaceAll("[a-z]", "").split(""))
            .filter(key -> !key.isEmpty())
            .collect(Collectors.toSet()),
        letters.contains("c"),
        parts.length > 1 ? parts[1] : usual,
        new Node.Queue.Says(letters.contains("p"), letters.contains("w")));
  }
}
