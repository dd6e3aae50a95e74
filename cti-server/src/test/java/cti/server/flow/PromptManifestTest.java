package cti.server.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import cti.core.port.Prompts.Wording;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptManifestTest {
  private static final String FILE =
      """
      prompts:
        welcome: { number: 101, zh: "您好。", en: "Welcome." }
        say-1: { zh: "一", en: "one" }
      """;

  private static Wording added(String id, String en, Integer number) {
    return new Wording(id, Map.of("zh", "自己的", "en", en), Optional.ofNullable(number));
  }

  private static ScriptFolder folder(String text) {
    return file -> text;
  }

  @Test
  void whatIsAddedIsReadBehindTheFilesOwn() throws Exception {
    String text =
        PromptManifest.with(
            FILE,
            List.of(
                added("yes", "\"Quoted\" \\ and: #not a comment", 601),
                added("007", "é—\u2028", 5)));
    Map<String, Map<String, String>> read = CallPlanFiles.prompts(folder(text));
    assertEquals(List.of("welcome", "say-1", "yes", "007"), List.copyOf(read.keySet()));
    assertEquals("Welcome.", read.get("welcome").get("en"));
    assertEquals("\"Quoted\" \\ and: #not a comment", read.get("yes").get("en"));
    assertEquals("é—\u2028", read.get("007").get("en"));
    assertEquals(
        Map.of("welcome", 101, "yes", 601, "007", 5), CallPlanFiles.promptNumbers(folder(text)));
  }

  @Test
  void theFileComesFirst() throws Exception {
    String text =
        PromptManifest.with(FILE, List.of(added("welcome", "Mine", 7), added("own", "Mine", 101)));
    assertEquals("Welcome.", CallPlanFiles.prompts(folder(text)).get("welcome").get("en"));
    assertEquals("Mine", CallPlanFiles.prompts(folder(text)).get("own").get("en"));
    assertEquals(Map.of("welcome", 101), CallPlanFiles.promptNumbers(folder(text)));
  }

  @Test
  void aFileIsLeftAsItIsWhereThereIsNothingToAddOrItHasFaults() {
    assertSame(FILE, PromptManifest.with(FILE, List.of()));
    assertSame(FILE, PromptManifest.with(FILE, List.of(added("welcome", "Mine", 7))));
    String broken = "prompts:\n  Bad Id: { zh: a }\n";
    assertSame(broken, PromptManifest.with(broken, List.of(added("own", "Mine", 7))));
  }
}
