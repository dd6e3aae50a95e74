package cti.server.flow;

import cti.server.yaml.Faults;
import cti.server.yaml.Section;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads the prompt manifest: the text of each prompt in each language. */
final class PromptFile {
  /** The largest number by which a prompt is chosen at a phone. */
  private static final int LARGEST_NUMBER = 9_999;

  private PromptFile() {}

  /** The texts by prompt and language; what has faults is left out and the faults are added. */
  static Map<String, Map<String, String>> read(String yaml, Faults faults) {
    return Section.top(yaml, faults).map(PromptFile::prompts).orElse(Map.of());
  }

  private static Map<String, Map<String, String>> prompts(Section top) {
    Map<String, Map<String, String>> prompts = new LinkedHashMap<>();
    Map<Integer, String> numbers = new HashMap<>();
    top.section("prompts")
        .allSections()
        .forEach(
            (id, texts) -> {
              if (!id.matches("[a-z0-9-]{1,60}")) {
                texts.fault("", "the id is not made of 1 to 60 of a-z 0-9 -");
              }
              Map<String, String> read = new LinkedHashMap<>();
              texts.optionalText("zh").ifPresent(text -> read.put("zh", text));
              texts.optionalText("en").ifPresent(text -> read.put("en", text));
              number(texts, id, numbers);
              texts.done();
              prompts.put(id, read);
            });
    top.done();
    return prompts;
  }

  private static void number(Section texts, String id, Map<Integer, String> numbers) {
    if (!texts.has("number")) {
      return;
    }
    int number = texts.integer("number", 1, LARGEST_NUMBER);
    String other = numbers.putIfAbsent(number, id);
    if (other != null) {
      texts.fault("number", "is " + number + ", which prompt " + other + " has");
    }
  }

  /** The numbers of the prompts that have one, by prompt; of a manifest without faults. */
  static Map<String, Integer> numbers(String yaml) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    Section.top(yaml, new Faults(CallPlanFiles.PROMPTS))
        .ifPresent(
            top ->
                top.section("prompts")
                    .allSections()
                    .forEach(
                        (id, texts) -> {
                          if (texts.has("number")) {
                            numbers.put(id, texts.integer("number", 1, LARGEST_NUMBER));
                          }
                        }));
    return numbers;
  }

  static Map<String, Set<String>> languages(Map<String, Map<String, String>> prompts) {
    Map<String, Set<String>> languages = new LinkedHashMap<>();
    prompts.forEach((id, texts) -> languages.put(id, texts.keySet()));
    return languages;
  }
}
