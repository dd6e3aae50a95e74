package cti.server.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.desk.Desk;
import cti.core.recording.RecordingPolicy;
import cti.core.recording.RecordingRules;
import cti.server.directory.SampleCatalog;
import cti.server.yaml.BadFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallPlanFilesTest {
  private static final String PROMPTS =
      """
      prompts:
        hello: { zh: 你好, en: Hello }
        overload: { zh: 忙, en: Busy }
      """;
  private static final String RULES =
      """
      rules:
        - { id: erp, when: { choice: erp }, desk: hq-erp }
        - { id: all, when: { always: true }, desk: gz }
      """;
  private static final String FLOW =
      """
      flow: f
      language: zh
      start: ask
      always_open: true
      default_exits: { hangup: bye, error: bye }
      nodes:
        ask:
          type: menu
          prompts: hello
          wait: 3
          tries: 2
          keys:
            - { key: "1", choice: erp, to: r }
          exits: { no_input: ask, no_match: ask, max_no_input: r, max_no_match: r }
        r: { type: route, exits: { decided: q, undecided: bye } }
        q:
          type: queue
          exits: { answered: bye, timeout: bye, full: bye, no_agents: bye, left_by_key: bye, withdrawn: bye }
        bye: { type: hangup }
      """;

  private final SampleCatalog sample = SampleCatalog.load();
  @TempDir Path folder;

  private List<String> faults(String flow, String rules, String prompts) {
    ScriptFolder scripts =
        file ->
            switch (file) {
              case "flow.yaml" -> flow;
              case "routing.yaml" -> rules;
              case "prompts.yaml" -> prompts;
              default -> throw new IOException(file);
            };
    try {
      CallPlanFiles.load(scripts, "flow.yaml", desks(RecordingRules.NONE), sample.sites());
      return List.of();
    } catch (BadFileException e) {
      assertEquals(String.join("\n", e.faults()), e.getMessage());
      return e.faults();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void readsASoundPlan() {
    assertEquals(List.of(), faults(FLOW, RULES, PROMPTS));
  }

  @Test
  void reportsFaultsOfAllThreeFilesAtOnce() {
    assertEquals(
        List.of(
            "flow.yaml: nodes.ask.exits.no_input: no node nowhere",
            "flow.yaml: nodes.ask.keys.1: choice epr is in no rule of routing.yaml",
            "routing.yaml: rule all: no desk mars",
            "prompts.yaml: prompts: no prompt overload, the server itself plays it"),
        faults(
            FLOW.replace("no_input: ask", "no_input: nowhere")
                .replace("choice: erp", "choice: epr"),
            RULES.replace("desk: gz", "desk: mars"),
            PROMPTS.replace("overload", "overlord")));
  }

  @Test
  void reportsEveryFaultOfAFile() {
    assertEquals(
        List.of(
            "flow.yaml: start: is missing",
            "flow.yaml: nodes.ask.wait: is 90, expected a whole number 1 to 60",
            "flow.yaml: nodes.ask.tries: is \"two\", expected a whole number 1 to 10",
            "flow.yaml: nodes.ask.keys.1.key: is 1, expected a text (numbers in quotes)",
            "flow.yaml: nodes.ask.keys.1.chose: is not known here, expected one of choice, key,"
                + " language, to",
            "flow.yaml: nodes.ask.keys.2: key '12', expected one of 0-9 * #",
            "flow.yaml: nodes.ask.exits.timout: is timout, expected one of next, no_input,"
                + " no_match, max_no_input, max_no_match, otherwise, decided, undecided, open,"
                + " closed, added, answered, timeout, full, no_agents, left_by_key, withdrawn,"
                + " busy, no_answer, unavailable, refused, hangup, error",
            "flow.yaml: nodes.r.type: is rout, expected one of prompt, menu, collect, lookup,"
                + " survey, notice, condition, hours, route, queue, callback, voicemail, transfer,"
                + " webhook, hangup, fallback",
            "flow.yaml: nodes.c.cases.1.when.caller: is farmer, expected one of factory,"
                + " headquarters, ambiguous, unknown",
            "flow.yaml: nodes.c.cases.2.when: expected one of caller, desk",
            "flow.yaml: nodes.bye.colour: is not known here, expected one of type",
            "flow.yaml: speed: is not known here, expected one of always_open, default_exits, flow,"
                + " greeting, language, layout, nodes, start"),
        faults(
            """
            flow: f
            language: zh
            speed: 3
            nodes:
              ask:
                type: menu
                prompts: hello
                wait: 90
                tries: two
                keys:
                  - { key: 1, chose: erp, to: r }
                  - { key: "12", to: r }
                exits: { timout: bye }
              r: { type: rout }
              c:
                type: condition
                cases:
                  - { when: { caller: farmer }, to: bye }
                  - { when: {}, to: bye }
                exits: { otherwise: bye }
              bye: { type: hangup, colour: red }
            """,
            RULES,
            PROMPTS));
  }

  @Test
  void reportsEveryFaultOfTheRules() {
    assertEquals(
        List.of(
            "routing.yaml: rules.1.when.satus: is not known here, expected one of always, caller,"
                + " choice, closed, department, dialled, holiday, keys, make_up,"
                + " missed_today_at_least, open, person, queue, site, status, talked_with, vip",
            "routing.yaml: rules.2.when: has no condition, expected choice, site, caller,"
                + " department, person, vip, status, dialled, keys, open, closed, holiday,"
                + " make_up, queue, missed_today_at_least, talked_with or always: true",
            "routing.yaml: rules.3.when.status: is asleep, expected one of active, retired,"
                + " external",
            "routing.yaml: rules.4.desk: is missing",
            "routing.yaml: rules.5.when.always: is \"x\", expected true or false"),
        faults(
                FLOW,
                """
                rules:
                  - { id: a, when: { satus: retired }, desk: gz }
                  - { id: b, when: {}, desk: gz }
                  - { id: c, when: { status: asleep }, desk: gz }
                  - { id: d, when: { choice: erp } }
                  - { id: e, when: { always: x, choice: erp }, desk: gz }
                """,
                PROMPTS)
            .stream()
            .filter(fault -> fault.startsWith("routing"))
            .toList());
  }

  @Test
  void refusesARuleForASiteThatIsNot() {
    assertEquals(
        List.of("routing.yaml: rule mars: no site mars"),
        faults(
            FLOW,
            RULES.replace("rules:\n", "rules:\n  - { id: mars, when: { site: mars }, desk: gz }\n"),
            PROMPTS));
  }

  @Test
  void refusesWhatIsNoYaml() {
    assertEquals(
        List.of("flow.yaml: line 20 column 6: Duplicate Object property \"start\""),
        faults(FLOW + "start: ask\n", RULES, PROMPTS));
    assertEquals(
        List.of("prompts.yaml: is no mapping, expected keys with values"),
        faults(FLOW, RULES, "hello"));
    assertEquals(
        List.of("routing.yaml: is no mapping, expected keys with values"),
        faults(FLOW, "", PROMPTS));
    assertEquals(1, faults(FLOW, "a: [", PROMPTS).size());
  }

  @Test
  void refusesANumberThatAnotherPromptHas() {
    String numbered =
        "prompts:\n  a: { number: 7, zh: 一, en: a }\n  b: { number: 7, zh: 二, en: b }\n";
    List<String> faults = faults(FLOW, RULES, numbered);
    assertTrue(
        faults.contains("prompts.yaml: prompts.b.number: is 7, which prompt a has"),
        faults::toString);
  }

  @Test
  void refusesAPromptInALanguageThatIsNot() {
    List<String> faults = faults(FLOW, RULES, PROMPTS.replace("en: Hello", "fr: Bonjour"));
    assertEquals(
        List.of(
            "flow.yaml: nodes.ask.prompts: prompt hello lacks [en]",
            "prompts.yaml: prompts.hello.fr: is not known here, expected one of en, number, zh"),
        faults);
  }

  @Test
  void readsFromAFolderAndNamesAFileThatIsNotThere() throws Exception {
    Files.writeString(folder.resolve("flow.yaml"), FLOW);
    Files.writeString(folder.resolve("prompts.yaml"), PROMPTS);
    IOException missing =
        assertThrows(
            IOException.class,
            () ->
                CallPlanFiles.load(
                    ScriptFolder.directory(folder),
                    "flow.yaml",
                    desks(RecordingRules.NONE),
                    sample.sites()));
    assertEquals("no file routing.yaml in " + folder, missing.getMessage());
    Files.writeString(folder.resolve("routing.yaml"), RULES);
    assertEquals(
        "f",
        CallPlanFiles.load(
                ScriptFolder.directory(folder),
                "flow.yaml",
                desks(RecordingRules.NONE),
                sample.sites())
            .flow()
            .id());
  }

  private List<Desk> desks(RecordingRules recording) {
    return sample.desks().stream()
        .map(
            desk ->
                new Desk(
                    desk.id(),
                    desk.name(),
                    desk.site(),
                    desk.businessLine(),
                    desk.queue(),
                    desk.wrapUp(),
                    desk.longestWait(),
                    recording))
        .toList();
  }

  @Test
  void refusesADeskWhoseAnnouncementIsNoPrompt() {
    RecordingRules announced =
        new RecordingRules(RecordingPolicy.ANNOUNCED, 0, "hush", false, false, false, 30);
    BadFileException refused =
        assertThrows(
            BadFileException.class,
            () ->
                CallPlanFiles.load(
                    ScriptFolder.classPath("ivr-scripts"),
                    "hotline.yaml",
                    desks(announced),
                    sample.sites()));
    assertTrue(
        refused
            .getMessage()
            .contains(
                "prompts.yaml: prompts: no prompt hush, desk hq-oa announces recordings by it"),
        refused.getMessage());
  }
}
