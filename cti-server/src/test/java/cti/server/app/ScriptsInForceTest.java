package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.port.Prompts.Wording;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifest of prompts that is edited while the server runs. */
class ScriptsInForceTest {
  private static final String FIRST =
      """
      prompts:
        welcome:
          zh: "您好。"
          en: "Welcome."
        closed:
          zh: "下班。"
          en: "Closed."
      """;

  @TempDir Path folder;
  private ScriptsInForce scripts;

  @BeforeEach
  void open() throws IOException {
    write(FIRST);
    scripts = new ScriptsInForce(ScriptFolder.directory(folder), "hotline.yaml");
    assertEquals(Optional.empty(), take(), "the first look changes nothing");
  }

  private void write(String manifest) throws IOException {
    Files.writeString(folder.resolve(CallPlanFiles.PROMPTS), manifest);
  }

  private Optional<ScriptsInForce.Change> take() {
    return scripts.takeUp(change -> Optional.empty());
  }

  private Set<String> known() throws Exception {
    return CallPlanFiles.prompts(scripts).keySet();
  }

  @Test
  void anotherTextCountsFromTheNextLookOn() throws Exception {
    write(
        FIRST.replace("Welcome.", "Hello.") + "  canteen:\n    zh: \"食堂\"\n    en: \"Canteen\"\n");
    assertEquals(Set.of("welcome", "closed"), known(), "not before it was looked at");
    ScriptsInForce.Change change = take().orElseThrow();
    assertEquals(
        List.of(
            new Wording("welcome", Map.of("en", "Hello."), Optional.empty()),
            new Wording("canteen", Map.of("zh", "食堂", "en", "Canteen"), Optional.empty())),
        change.reworded());
    assertEquals(Set.of(), change.gone());
    assertEquals(Set.of("welcome", "closed", "canteen"), known());
    assertEquals("Hello.", CallPlanFiles.prompts(scripts).get("welcome").get("en"));
    assertEquals(Optional.empty(), take());
  }

  @Test
  void aManifestWithFaultsChangesNothing() throws Exception {
    for (String broken : List.of("prompts:\n  welcome: 1\n", "prompts: [", "", "other: {}\n")) {
      write(broken);
      assertEquals(Optional.empty(), take(), broken);
      assertEquals(Set.of("welcome", "closed"), known(), broken);
    }
    Files.delete(folder.resolve(CallPlanFiles.PROMPTS));
    assertEquals(Optional.empty(), take());
    assertEquals(Set.of("welcome", "closed"), known());
    write(FIRST.replace("Welcome.", "Hello."));
    assertTrue(take().isPresent());
  }

  @Test
  void oneThatDoesNotFitWhatLeadsCallsChangesNothing() throws Exception {
    write(FIRST.substring(0, FIRST.indexOf("  closed")));
    Optional<ScriptsInForce.Change> taken =
        scripts.takeUp(
            change -> {
              assertEquals(Set.of("closed"), change.gone());
              return Optional.of("prompt closed is gone and named by version 1 of the flow");
            });
    assertEquals(Optional.empty(), taken);
    assertEquals(Set.of("welcome", "closed"), known());
    // Nothing names it any more.
    assertTrue(take().isPresent());
    assertEquals(Set.of("welcome"), known());
  }
}
