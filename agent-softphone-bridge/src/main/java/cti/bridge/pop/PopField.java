package cti.bridge.pop;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What of a call can stand in a template, as {@code {word}}. */
public enum PopField {
  /** The call's id. */
  CALL("call"),
  /** The number as presented; may be empty. */
  NUMBER("number"),
  /** The name that the caller's telephone sent; may be empty. */
  CALLING_NAME("callingName"),
  /** The name of the person that the number belongs to; empty unless it is exactly one. */
  CALLER("caller"),
  /** Their number of staff; empty unless it is exactly one. */
  STAFF("staff"),
  /** How many people the number may belong to. */
  CALLERS("callers"),
  DESK("desk"),
  DESK_NAME("deskName"),
  QUEUE("queue"),
  AGENT("agent"),
  EXTENSION("extension"),
  /** The keys that the caller pressed, one after the other. */
  KEYS("keys"),
  WAITED_SECONDS("waitedSeconds");

  private final String word;

  PopField(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  static Optional<PopField> of(String word) {
    return Arrays.stream(values()).filter(field -> field.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(PopField::word).toList();
  }
}
