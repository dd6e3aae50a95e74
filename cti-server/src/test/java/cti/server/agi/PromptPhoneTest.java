package cti.server.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.ivr.StudioPrompt;
import cti.core.port.Prompts.Taken;
import cti.server.PhonesInMemory;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.ScriptFolder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An administrator who records prompts at a phone. */
class PromptPhoneTest extends FlowServerFixture {
  private static final String TAKE = "20261121/1763750000.42_1763750000.42_1.wav";
  private static final String PATH =
      "/spool/monitor/cti/prompts/20261121/1763750000.42_1763750000.42_";

  private final StudioInMemory studio = new StudioInMemory();

  @BeforeEach
  void open() throws IOException {
    studio.pins.set("admin", "480372");
    studio.takes.put(TAKE, new byte[40_000]);
    server =
        FlowServer.start(
            settings(0, 100, 20_000),
            sources(() -> directory),
            new PhoneDesk(
                new RecordingMailbox(),
                new PhonesInMemory(),
                extension -> CompletableFuture.completedFuture(Optional.empty()),
                agent -> Set.of(),
                List::of,
                studio.studio()),
            byHand());
  }

  /** Keys, one after the other, and what a single word is: {@code rec} records. */
  private AsteriskCall dial(String... doings) throws IOException {
    try (AsteriskCall call = new AsteriskCall(server.port())) {
      call.knows("ASTSPOOLDIR", "/spool").knows("STRFTIME(${EPOCH},UTC,%Y%m%d)", "20261121");
      for (int take = 1; take <= 3; take++) {
        call.knows("STAT(s," + PATH + take + ".wav)", "40044");
      }
      for (String doing : doings) {
        if (doing.matches("[0-9]+#")) {
          doing.chars().forEach(key -> call.caller(String.valueOf((char) key)));
        } else {
          call.caller(doing);
        }
      }
      return call.request("prompts", "8001").run();
    }
  }

  private static String said(AsteriskCall call) {
    return call.heard().replace("studio-", "");
  }

  @Test
  void numberAndPinLeadToThePromptItsLanguageAndItsSound() throws IOException {
    AsteriskCall call = dial("101#", "480372#", "101#", "2", "1", "3", "-", "-", "-");
    assertEquals(
        "ask-number ask-pin ask-prompt ask-language menu cti/en/welcome menu ask-prompt no-input"
            + " ask-prompt no-input ask-prompt no-input goodbye",
        said(call));
  }

  @Test
  void aTakeIsHeardAndKept() throws IOException {
    // "-" is what ends Record here.
    AsteriskCall call = dial("101#", "480372#", "101#", "1", "2", "-", "2", "1", "hangup");
    assertEquals(
        "ask-number ask-pin ask-prompt ask-language menu speak "
            + PATH
            + "1 review "
            + PATH
            + "1 review kept menu",
        said(call));
    assertEquals(List.of("welcome zh 40000 8001 admin"), studio.kept);
    assertEquals(List.of(TAKE), studio.deleted);
  }

  @Test
  void aTakeMayBeMadeAgainOrDropped() throws IOException {
    AsteriskCall call = dial("101#", "480372#", "101#", "1", "2", "-", "3", "-", "4", "hangup");
    assertTrue(said(call).endsWith("review speak " + PATH + "2 review dropped menu"), said(call));
    assertEquals(List.of(), studio.kept);
    assertEquals(List.of(TAKE, TAKE.replace("_1.wav", "_2.wav")), studio.deleted);
  }

  @Test
  void whoHangsUpKeepsNothing() throws IOException {
    dial("101#", "480372#", "101#", "1", "2", "-", "hangup");
    assertEquals(List.of(), studio.kept);
    assertEquals(List.of(TAKE), studio.deleted);
  }

  @Test
  void wrongPinsAreNotToldFromWrongNumbersAndEndTheCall() throws IOException {
    assertEquals(
        "ask-number ask-pin wrong ask-number ask-pin wrong ask-number ask-pin wrong goodbye",
        said(dial("999#", "480372#", "101#", "111111#", "9#", "1#")));
  }

  @Test
  void aLockedNumberIsNotAskedForMore() throws IOException {
    assertEquals(
        "ask-number ask-pin wrong ask-number ask-pin wrong ask-number ask-pin locked",
        said(dial("101#", "1#", "101#", "2#", "101#", "3#")));
    assertEquals("ask-number ask-pin locked", said(dial("101#", "480372#")));
  }

  @Test
  void aNumberThatNoPromptHasAndATakeThatIsNotTakenAreTold() throws IOException {
    assertTrue(
        said(dial("101#", "480372#", "7#", "hangup"))
            .endsWith("ask-prompt unknown-prompt ask-prompt"));
    studio.taken = new Taken.Refused("silent", "nothing is heard", true);
    assertTrue(
        said(dial("101#", "480372#", "101#", "1", "2", "-", "1", "hangup"))
            .endsWith("review nothing-said menu"));
    studio.takes.clear();
    assertTrue(
        said(dial("101#", "480372#", "101#", "1", "2", "-", "1", "hangup"))
            .endsWith("review refused menu"));
  }

  @Test
  void everyPromptIsInTheManifestAndEveryNumberThere() throws Exception {
    ScriptFolder shipped = ScriptFolder.classPath("ivr-scripts");
    Map<String, Map<String, String>> prompts = CallPlanFiles.prompts(shipped);
    for (StudioPrompt prompt : StudioPrompt.values()) {
      assertTrue(
          prompts.getOrDefault(prompt.id(), Map.of()).keySet().containsAll(CallPlanFiles.LANGUAGES),
          prompt.id());
    }
    assertEquals(prompts.keySet(), CallPlanFiles.promptNumbers(shipped).keySet());
  }
}
