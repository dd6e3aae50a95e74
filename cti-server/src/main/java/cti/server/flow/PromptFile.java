package cti.server.flow;

import cti.server.yaml.Faults;
import cti.server.yaml.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads the prompt manifest: the text of each prompt in each language. */
final class PromptFile {
  private PromptFile() {}

  /** The texts by prompt and language; what has faults is left out and the faults are added. */
  static Map<String, Map<String, String>> read(String yaml, Faults faults) {
    return Section.top(yaml, faults).map(PromptFile::prompts).orElse(Map.of());
  }

  private static Map<String, Map<String, String>> prompts(Section top) {
    Map<String, Map<String, String>> prompts = new LinkedHashMap<>();
    top.section("prompts")
        .allSections()
        .forEach(
            (id, texts) -> {
              if (!id.matches("[a-z0-9-]{1,60}")) {
                texts.fault("", "the id is not made of 1 to 60 of a-z 0-9 -");
              }
              texts.optionalText("zh");
              texts.optionalText("en");
              texts.done();
              prompts.put(id, texts.allTexts());
            });
    top.done();
    return prompts;
  }

  static Map<String, Set<String>> languages(Map<String, Map<String, String>> prompts) {
    Map<String, Set<String>> languages = new LinkedHashMap<>();
    prompts.forEach((id, texts) -> languages.put(id, texts.keySet()));
    return languages;
  }
}
