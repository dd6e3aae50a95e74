package cti.server.prompt;

import cti.core.port.Prompts;
import cti.core.port.Prompts.Taken;
import cti.core.port.Prompts.Use;
import cti.core.port.Prompts.Wording;
import cti.server.prompt.PromptRoom.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What may be added to the manifest, and what may go. Pure. */
final class PromptAdding {
  private static final String ID = "[a-z0-9][a-z0-9-]{0,59}";

  /** A manifest is read whole at each change. */
  static final int MOST = 500;

  private PromptAdding() {}

  /** Why a prompt is not added; empty where nothing speaks against it. */
  static Optional<Taken> refused(Wording wording, Manifest known, int added) {
    if (!wording.id().matches(ID)) {
      return invalid(
          "the id is \"" + wording.id() + "\", expected 1 to 60 of a-z 0-9 -, no - at its begin");
    }
    if (known.texts().containsKey(wording.id())) {
      return standsAgainst("prompt-exists", "there is a prompt " + wording.id() + " already");
    }
    if (added >= MOST) {
      return standsAgainst("too-many-prompts", MOST + " prompts were added, expected no more");
    }
    return fault(wording, known);
  }

  /** Why a prompt is not given these texts; empty where nothing speaks against it. */
  static Optional<Taken> notReworded(Wording wording, Manifest known) {
    return notOurs(wording.id(), known).or(() -> fault(wording, known));
  }

  /**
   * Why a prompt does not go; empty where nothing speaks against it.
   *
   * @param uses of what is in force
   * @param later versions still to come that name it; for people
   */
  static Optional<Taken> notRemoved(String id, Manifest known, List<Use> uses, List<String> later) {
    Optional<Taken> notOurs = notOurs(id, known);
    if (notOurs.isPresent()) {
      return notOurs;
    }
    List<String> named = new ArrayList<>();
    uses.forEach(use -> named.add(told(use)));
    named.addAll(later);
    return named.isEmpty()
        ? Optional.empty()
        : standsAgainst("prompt-in-use", id + " is named by " + String.join(", ", named));
  }

  private static String told(Use use) {
    return use.kind().name().toLowerCase(Locale.ROOT)
        + " "
        + use.name()
        + (use.place().isEmpty() ? "" : " at " + use.place());
  }

  private static Optional<Taken> notOurs(String id, Manifest known) {
    if (!known.texts().containsKey(id)) {
      return Optional.of(new Taken.NoSuchPrompt(id));
    }
    return known.added().contains(id)
        ? Optional.empty()
        : standsAgainst(
            "shipped-prompt",
            id + " is a prompt of the file prompts.yaml, expected one that was added");
  }

  private static Optional<Taken> fault(Wording wording, Manifest known) {
    for (String language : Prompts.LANGUAGES) {
      String text = wording.texts().getOrDefault(language, "");
      if (text.isBlank() || text.length() > Prompts.LONGEST_TEXT) {
        return invalid(
            language
                + " has "
                + text.length()
                + " characters, expected a text of 1 to "
                + Prompts.LONGEST_TEXT);
      }
      if (text.codePoints().anyMatch(Character::isISOControl)) {
        return invalid(language + " has a line break or a control character, expected one line");
      }
    }
    if (wording.number().isEmpty()) {
      return Optional.empty();
    }
    int number = wording.number().get();
    if (number < 1 || number > Prompts.LARGEST_NUMBER) {
      return invalid("number is " + number + ", expected 1 to " + Prompts.LARGEST_NUMBER);
    }
    return known.numbers().entrySet().stream()
        .filter(one -> one.getValue() == number && !one.getKey().equals(wording.id()))
        .map(Map.Entry::getKey)
        .findFirst()
        .flatMap(
            other ->
                standsAgainst(
                    "number-taken", "number is " + number + ", which prompt " + other + " has"));
  }

  private static Optional<Taken> invalid(String reason) {
    return Optional.of(new Taken.Refused("invalid", reason, true));
  }

  private static Optional<Taken> standsAgainst(String id, String reason) {
    return Optional.of(new Taken.Refused(id, reason, false));
  }
}
