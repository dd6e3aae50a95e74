package cti.server.yaml;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Enum constants as files write them: in lower case. */
public final class Words {
  private Words() {}

  /** The constant of a word; empty, with a fault of the section, where there is none. */
  public static <E extends Enum<E>> Optional<E> parse(
      Class<E> type, String word, Section section, String key) {
    List<String> words = new ArrayList<>();
    for (E value : type.getEnumConstants()) {
      String written = value.name().toLowerCase(Locale.ROOT);
      if (written.equals(word)) {
        return Optional.of(value);
      }
      words.add(written);
    }
    if (!word.equals(Section.STAND_IN)) {
      section.fault(key, "is " + word + ", expected one of " + String.join(", ", words));
    }
    return Optional.empty();
  }

  /** The constants of words; those that there are not become faults of the section. */
  public static <E extends Enum<E>> Set<E> parseAll(
      Class<E> type, List<String> words, Section section, String key) {
    Set<E> found = EnumSet.noneOf(type);
    words.forEach(word -> parse(type, word, section, key).ifPresent(found::add));
    return found;
  }
}
