package cti.server.flow;

import cti.core.port.Prompts.Wording;
import cti.server.yaml.Faults;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The manifest of prompts: those of the file, and those that were added on the running server. */
public final class PromptManifest {
  private PromptManifest() {}

  /**
   * The manifest with the prompts that were added behind it, as a text like that of the file. Where
   * both have an id, the file's counts; where both have a number, the file's prompt has it. A file
   * with faults is given back as it is: whoever reads it tells them.
   */
  public static String with(String file, List<Wording> added) {
    Faults faults = new Faults(CallPlanFiles.PROMPTS);
    Map<String, Map<String, String>> texts = PromptFile.read(file, faults);
    List<Wording> more = added.stream().filter(one -> !texts.containsKey(one.id())).toList();
    if (faults.count() > 0 || more.isEmpty()) {
      return file;
    }
    Map<String, Integer> numbers = PromptFile.numbers(file);
    Map<String, Wording> all = new LinkedHashMap<>();
    texts.forEach(
        (id, said) -> all.put(id, new Wording(id, said, Optional.ofNullable(numbers.get(id)))));
    Set<Integer> taken = new HashSet<>(numbers.values());
    for (Wording one : more) {
      all.put(one.id(), new Wording(one.id(), one.texts(), one.number().filter(taken::add)));
    }
    return text(all.values());
  }

  /** The texts by prompt and language; what has faults is left out and the faults are added. */
  public static Map<String, Map<String, String>> read(String manifest, Faults faults) {
    return PromptFile.read(manifest, faults);
  }

  /** A manifest of these prompts, in their order. */
  public static String of(List<Wording> all) {
    return text(all);
  }

  private static String text(Iterable<Wording> all) {
    StringBuilder text = new StringBuilder("prompts:\n");
    for (Wording one : all) {
      text.append("  \"").append(one.id()).append("\":\n");
      one.number().ifPresent(number -> text.append("    number: ").append(number).append('\n'));
      for (String language : List.of("zh", "en")) {
        String said = one.texts().get(language);
        if (said != null) {
          text.append("    ").append(language).append(": ").append(quoted(said)).append('\n');
        }
      }
    }
    return text.toString();
  }

  /** Between double quotes as YAML reads it; every character that may not stand there escaped. */
  private static String quoted(String said) {
    StringBuilder text = new StringBuilder("\"");
    said.codePoints()
        .forEach(
            point -> {
              if (point == '"' || point == '\\') {
                text.append('\\').appendCodePoint(point);
              } else if (Character.isISOControl(point)
                  || point == 0xFEFF
                  || point == 0x2028
                  || point == 0x2029) {
                text.append("\\u%04x".formatted(point));
              } else {
                text.appendCodePoint(point);
              }
            });
    return text.append('"').toString();
  }
}
