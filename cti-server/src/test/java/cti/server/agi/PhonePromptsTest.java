package cti.server.agi;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.ivr.PhonePrompt;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.ScriptFolder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What feature codes say is in the shipped manifest, in every language. */
class PhonePromptsTest {
  @Test
  void everyPromptIsInTheManifest() throws Exception {
    Map<String, Map<String, String>> prompts =
        CallPlanFiles.prompts(ScriptFolder.classPath("ivr-scripts"));
    for (PhonePrompt prompt : PhonePrompt.values()) {
      assertTrue(
          prompts.getOrDefault(prompt.id(), Map.of()).keySet().containsAll(CallPlanFiles.LANGUAGES),
          prompt.id());
    }
  }
}
