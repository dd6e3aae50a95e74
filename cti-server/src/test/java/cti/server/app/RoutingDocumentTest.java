package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.port.VersionedTexts.Checked;
import cti.core.routing.Condition;
import cti.core.routing.RoutingPlan;
import cti.core.routing.RoutingRule;
import cti.core.routing.Target;
import cti.server.app.Shell.Ran;
import cti.server.routing.RuleText;
import cti.server.web.RoutingServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of docs/routing.md is run as it stands there. */
class RoutingDocumentTest {
  /** Before the moments that the document asks of: what is in force then was published. */
  private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");

  private static final String WITH_FAULTS = "yaml-with-faults";

  @TempDir private Path folder;
  private final RoutingServer server = new RoutingServer();
  private Document document;
  private Shell shell;

  @BeforeEach
  void begin() throws Exception {
    server.setClock(NOW);
    document = Document.read("routing.md");
    shell = new Shell(server, folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void publish(String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("routing.yaml"), yaml);
    assertEquals(0, shell.asked("route", "put", file.toString()).code());
    Ran published = shell.asked("route", "publish", "--comment", "as documented");
    assertEquals(0, published.code(), published.out());
  }

  @Test
  void everyExampleIsOfAKindThatIsRunHere() {
    document.hasOnly(Set.of("yaml", WITH_FAULTS, "sh", "console", "ics"));
    document.commands().forEach(command -> assertTrue(Shell.knows(command), command));
  }

  @Test
  void everyTextIsReadAndHasNoFaults() {
    List<String> texts = document.of("yaml");
    assertTrue(texts.size() >= 2, () -> "only " + texts.size());
    for (String text : texts) {
      Checked checked = server.rules().routing.check(text);
      assertEquals(List.of(), checked.faults(), text);
    }
  }

  @Test
  void everyCommandAnswersAsPrinted() throws Exception {
    // The longest text is the one that the commands are about.
    publish(
        document.of("yaml").stream()
            .max((a, b) -> Integer.compare(a.length(), b.length()))
            .orElseThrow());
    Files.writeString(folder.resolve("cn.ics"), document.of("ics").getFirst());
    Files.writeString(folder.resolve("night.yaml"), document.of(WITH_FAULTS).getFirst());
    List<String> sessions = document.of("console");
    assertTrue(sessions.size() >= 4, () -> "only " + sessions.size());
    for (String session : sessions) {
      assertEquals(session, shell.session(session));
    }
    String rules = Files.readString(folder.resolve("routing.yaml"));
    assertTrue(rules.contains("元旦"), rules);
    assertEquals(List.of(), server.rules().routing.check(rules).faults());
  }

  @Test
  void everyScriptRuns() throws Exception {
    List<String> scripts = document.of("sh");
    assertTrue(!scripts.isEmpty(), "no script in the document");
    for (String script : scripts) {
      shell.script(script);
    }
    Ran list = shell.asked("route", "list");
    assertTrue(list.out().contains("version 4  taken back"), list.out());
    assertTrue(list.out().contains("version 3  in force"), list.out());
  }

  /** What each condition of the table is written like. */
  private static final Map<String, String> CONDITIONS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("choice", "[erp, none]"),
              Map.entry("keys", "\"14\""),
              Map.entry("dialled", "\"8000\""),
              Map.entry("caller", "[factory, headquarters, ambiguous, unknown]"),
              Map.entry("site", "[gz, sg]"),
              Map.entry("department", "公司本部>信息中心"),
              Map.entry("person", "E0025"),
              Map.entry("vip", "false"),
              Map.entry("status", "[active, retired, external]"),
              Map.entry("open", "gz"),
              Map.entry("closed", "gz"),
              Map.entry("holiday", "cn"),
              Map.entry("make_up", "cn"),
              Map.entry("queue", ""),
              Map.entry("missed_today_at_least", "2"),
              Map.entry("talked_with", ""),
              Map.entry("always", "true")));

  /** Every condition that is documented is read, and every one that there is is documented. */
  @Test
  void theTableOfConditionsIsWhole() {
    Map<String, String> written = new TreeMap<>();
    Set<String> made = new TreeSet<>();
    for (List<String> row : document.rows("| `when:` key |")) {
      for (String key : Document.codes(row.getFirst())) {
        String name = key.replaceFirst(": true$", "");
        assertTrue(CONDITIONS.containsKey(name), () -> "no example of " + key + " here");
        List<String> shown = Document.codes(row.get(1));
        written.put(
            name,
            CONDITIONS.get(name).isEmpty()
                ? shown.stream()
                    .filter(code -> code.startsWith("{ desk:"))
                    .findFirst()
                    .orElseThrow()
                : CONDITIONS.get(name));
      }
    }
    assertEquals(CONDITIONS.keySet(), written.keySet());
    for (Map.Entry<String, String> one : written.entrySet()) {
      String value = one.getValue();
      // Several words are one condition, but for choice, whose "none" stands alone.
      for (String each : one.getKey().equals("choice") ? List.of("erp", "none") : List.of(value)) {
        read("when: { " + one.getKey() + ": " + each + " }", "")
            .rules()
            .rules()
            .getFirst()
            .conditions()
            .forEach(condition -> made.add(condition.getClass().getSimpleName()));
      }
    }
    assertEquals(kindsOf(Condition.class), made);
  }

  /** The same of targets: those of the table are what can be written. */
  @Test
  void theTableOfTargetsIsWhole() {
    Set<String> made = new TreeSet<>();
    for (List<String> row : document.rows("| target |")) {
      List<String> codes = Document.codes(row.getFirst());
      // "role: a, desk: gz" is one target; "callback: gz, voicemail: gz" are two.
      List<String> targets =
          codes.getFirst().startsWith("role") ? List.of(String.join(", ", codes)) : codes;
      for (String target : targets) {
        String written = target.replace("\"…\"", "\"13900000026\"");
        RoutingRule rule =
            read("when: { always: true }", "    targets: [{ " + written + " }]\n")
                .rules()
                .rules()
                .getFirst();
        ((cti.core.routing.Outcome.Targets) rule.outcome())
            .targets()
            .forEach(found -> made.add(found.getClass().getSimpleName()));
      }
    }
    assertEquals(kindsOf(Target.class), made);
  }

  private static Set<String> kindsOf(Class<?> sealed) {
    Set<String> names = new TreeSet<>();
    Arrays.stream(sealed.getPermittedSubclasses()).map(Class::getSimpleName).forEach(names::add);
    return names;
  }

  /** A rule as it is written, read without looking at what it names. */
  private static RoutingPlan read(String when, String targets) {
    String yaml = "rules:\n  - id: a\n    " + when + "\n    desk: gz\n" + targets;
    return RuleText.published(yaml, 1).orElseThrow(() -> new AssertionError("not read: " + yaml));
  }

  @Test
  void aFileGoesInAndOutUnchanged() throws Exception {
    String text = document.of("yaml").getFirst();
    publish(text);
    Path back = folder.resolve("back.yaml");
    assertEquals(0, shell.asked("route", "get", "--file", back.toString()).code());
    assertEquals(text, Files.readString(back));
    assertEquals("no difference\n", shell.asked("route", "diff", "2").out());
    Ran list = shell.asked("route", "list");
    assertTrue(list.out().startsWith("version 2  in force "), list.out());
    Ran undone = shell.asked("route", "rollback", "1");
    assertTrue(undone.out().startsWith("version 3  in force "), undone.out());
    assertTrue(undone.out().contains("(version 1 again)"), undone.out());
  }

  @Test
  void faultsAreToldWithExitCodeOne() throws Exception {
    Path bad =
        Files.writeString(
            folder.resolve("bad.yaml"),
            "rules:\n  - id: a\n    when: { site: gz }\n    desk: nowhere\n");
    Ran checked = shell.asked("route", "check", bad.toString());
    assertEquals(1, checked.code());
    assertTrue(checked.out().contains("fault    rule a: no desk nowhere"), checked.out());
    assertEquals(0, shell.asked("route", "put", bad.toString()).code());
    Ran refused = shell.asked("route", "publish", "--comment", "x");
    assertEquals(1, refused.code());
    assertTrue(refused.out().contains("  rule a: no desk nowhere"), refused.out());
    Ran missing = shell.asked("route", "check", folder.resolve("none").toString());
    assertEquals(2, missing.code());
    Ran late = shell.asked("route", "explain", "--at", "tomorrow");
    assertEquals(2, late.code());
    assertTrue(late.out().contains("2026-11-23T10:30"), late.out());
  }

  /** A kind of example that no test runs is found, and a command that there is not. */
  @Test
  void whatIsNotRunIsFound() {
    List<Document.Block> more = new ArrayList<>(document.blocks());
    more.add(new Document.Block("python", "print()"));
    Document other = new Document("other.md", more, "`./cti route exlpain`");
    boolean refused = false;
    try {
      other.hasOnly(Set.of("yaml", WITH_FAULTS, "sh", "console", "ics"));
    } catch (AssertionError expected) {
      refused = true;
    }
    assertTrue(refused, "a block of python passed");
    assertEquals(Set.of("route exlpain"), other.commands());
    assertTrue(!Shell.knows("route exlpain"), "route exlpain is no command");
    assertTrue(Shell.knows("route explain"), "route explain is one");
  }
}
