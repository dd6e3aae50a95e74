package cti.server.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.directory.DialPlan;
import cti.core.directory.DirectoryIndex;
import cti.core.ivr.CallPlan;
import cti.core.ivr.CallbackPrompt;
import cti.core.ivr.PhonePrompt;
import cti.core.ivr.Speech;
import cti.core.ivr.StudioPrompt;
import cti.core.recording.RecordingPolicy;
import cti.server.directory.SampleCatalog;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flows that come with the server, by their own tests. */
class ShippedFlowsTest {
  private static final List<String> FLOWS = List.of("hotline.yaml", "one-desk.yaml");

  /** In the manifest for the gateway and for administrators to use. */
  private static final Set<String> BESIDE = Set.of("comfort", "outage-network");

  private final ScriptFolder scripts = ScriptFolder.classPath("ivr-scripts");
  private final SampleCatalog sample = SampleCatalog.load();

  @ParameterizedTest
  @ValueSource(strings = {"tests/hotline.yaml", "tests/one-desk.yaml"})
  void everyTestPassesAndEveryWayIsTaken(String file) throws Exception {
    FlowTests.Result result =
        new FlowTests(
                scripts,
                House.of(sample.desks(), sample.sites()),
                new DirectoryIndex(new DialPlan(sample.sites()), sample.staff()),
                Set.of())
            .run(file);
    assertEquals("", String.join("\n", result.failures()));
    assertEquals(List.of(), result.untested());
    assertTrue(result.tests() > 0);
  }

  @Test
  void everyPromptOfTheManifestIsPlayedSomewhere() throws Exception {
    Set<String> played = new TreeSet<>(Speech.prompts());
    for (String file : FLOWS) {
      CallPlan plan = CallPlanFiles.load(scripts, file, sample.desks(), sample.sites());
      played.addAll(plan.flow().greeting());
      plan.flow().nodes().forEach(node -> played.addAll(node.prompts()));
    }
    played.add(CallPlan.OVERLOAD_PROMPT);
    played.addAll(BESIDE);
    sample.desks().stream()
        .filter(desk -> desk.recording().policy() == RecordingPolicy.ANNOUNCED)
        .forEach(desk -> played.add(desk.recording().announcement()));
    Arrays.stream(PhonePrompt.values()).map(PhonePrompt::id).forEach(played::add);
    Arrays.stream(CallbackPrompt.values()).map(CallbackPrompt::id).forEach(played::add);
    Arrays.stream(StudioPrompt.values()).map(StudioPrompt::id).forEach(played::add);
    assertEquals(played, new TreeSet<>(CallPlanFiles.prompts(scripts).keySet()));
  }
}
