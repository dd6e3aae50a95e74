package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.app.Shell.Ran;
import cti.server.config.ConfigReader;
import cti.server.config.IvrConfig;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.ScriptFolder;
import cti.server.prompt.PromptHouse;
import cti.server.web.RoutingServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every example of docs/ivr.md is run as it stands there. */
class FlowDocumentTest {
  private static final Path SCRIPTS = Path.of("../ivr-scripts");
  private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");

  private static final Pattern REQUEST =
      Pattern.compile("(GET|POST|PUT|DELETE) +(/\\S+)(?: +(\\{.*}|<the file>))?");

  @TempDir private Path folder;
  private final RoutingServer server = new RoutingServer();
  private Document document;
  private Shell shell;

  @BeforeEach
  void begin() throws Exception {
    server.setClock(NOW);
    document = Document.read("ivr.md");
    shell = new Shell(server, folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyExampleIsOfAKindThatIsRunHere() {
    document.hasOnly(Set.of("yaml", "sh", "console", "http"));
    for (String text : document.of("yaml")) {
      assertTrue(
          List.of("ivr:", "flow: hotline\n", "flow: hotline ", "flow: hotline.yaml").stream()
              .anyMatch(text::startsWith),
          () -> "no test reads what begins with " + text);
    }
    document.commands().stream()
        .filter(command -> !command.startsWith("ivr prompts"))
        .forEach(command -> assertTrue(Shell.knows(command), command));
  }

  @Test
  void everyCommandAnswersAsPrinted() throws Exception {
    server.prompts().hasVoice();
    Files.write(folder.resolve("flu.wav"), PromptHouse.tone(900, 300));
    List<String> sessions = document.of("console");
    assertTrue(sessions.size() >= 3, () -> "only " + sessions.size());
    for (String session : sessions) {
      assertEquals(session, shell.session(session));
    }
  }

  @Test
  void everyScriptRuns() throws Exception {
    for (String script : document.of("sh")) {
      if (!script.startsWith("./cti ivr prompts ")) {
        shell.script(script);
      }
    }
    Ran list = shell.asked("ivr", "list");
    assertTrue(list.out().contains("version 4  taken back"), list.out());
    assertTrue(list.out().contains("version 3  in force"), list.out());
  }

  /**
   * By the launcher itself, with programs that only make files in the place of those that speak.
   */
  @Test
  void everyPromptIsSpoken() throws Exception {
    String command =
        document.of("sh", "./cti ivr prompts ").lines().findFirst().orElseThrow().split(" +#")[0];
    Path tools = Files.createDirectories(folder.resolve("bin"));
    program(tools.resolve("espeak-ng"), "shift 6; cat >\"$1\"");
    program(tools.resolve("sox"), "cp \"$1\" \"$8\"");
    Path sounds = folder.resolve("sounds");
    List<String> words = Shell.words(command);
    assertEquals(List.of("./cti", "ivr", "prompts", "sounds"), words);
    ProcessBuilder builder = new ProcessBuilder("./cti", "ivr", "prompts", sounds.toString());
    builder.directory(Path.of("..").toFile()).redirectErrorStream(true);
    builder.environment().merge("PATH", tools.toString(), (old, mine) -> mine + ":" + old);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    Map<String, Map<String, String>> prompts =
        CallPlanFiles.prompts(ScriptFolder.directory(SCRIPTS));
    for (Map.Entry<String, Map<String, String>> prompt : prompts.entrySet()) {
      for (Map.Entry<String, String> text : prompt.getValue().entrySet()) {
        Path file = sounds.resolve(text.getKey()).resolve(prompt.getKey() + ".wav");
        assertEquals(text.getValue(), Files.readString(file), file.toString());
      }
    }
  }

  private static void program(Path file, String does) throws Exception {
    Files.writeString(file, "#!/bin/sh\n" + does + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  /** Node kinds and their exits are those that an editor is told by the schema. */
  @Test
  void theTableOfNodesIsWhole() throws Exception {
    JsonNode definitions =
        JsonMapper.builder()
            .build()
            .readTree(Files.readString(SCRIPTS.resolve("flow.schema.json")))
            .get("$defs");
    Map<String, Set<String>> schema = new TreeMap<>();
    for (Map.Entry<String, JsonNode> one : definitions.properties()) {
      JsonNode type = one.getValue().path("properties").path("type").path("const");
      if (type.isString()) {
        schema.put(
            type.asString(),
            new TreeSet<>(
                one.getValue()
                    .path("properties")
                    .path("exits")
                    .path("properties")
                    .propertyNames()));
      }
    }
    Set<String> asking =
        Set.of("no_input", "no_match", "max_no_input", "max_no_match", "hangup", "error");
    assertTrue(document.text().contains("*asking*: " + "no_input, no_match, max_no_input,"));
    Map<String, Set<String>> written = new TreeMap<>();
    for (List<String> row : document.rows("| type | does |")) {
      Set<String> exits = new TreeSet<>();
      String cell = row.size() > 2 ? row.get(2).replaceAll("\\([^)]*\\)", "") : "";
      for (String exit : cell.split(",")) {
        String name = exit.strip();
        if (name.equals("*asking*")) {
          exits.addAll(asking);
        } else if (!name.isEmpty() && !name.startsWith("each ")) {
          exits.add(name);
        }
      }
      written.put(Document.codes(row.getFirst()).getFirst(), exits);
    }
    assertEquals(schema, written);
  }

  /** Each word for what a caller does is one that the simulation takes somewhere. */
  @Test
  void theWordsForWhatIsDoneAreTaken() {
    Map<String, String> before =
        new TreeMap<>(
            Map.ofEntries(
                Map.entry("4", ""),
                Map.entry("0025#", "6"),
                Map.entry("-", ""),
                Map.entry("hangup", ""),
                Map.entry("fail", ""),
                Map.entry("continue", "2"),
                Map.entry("timeout", "2"),
                Map.entry("full", "2"),
                Map.entry("joinempty", "2"),
                Map.entry("leaveempty", "2"),
                Map.entry("withdraw", "2"),
                Map.entry("speak", "2 2"),
                Map.entry("refuse", "2 1")));
    Set<String> elsewhere =
        // Of nodes that the shipped flow has not: the tests of the interpreter say them.
        Set.of("answer", "busy", "noanswer", "chanunavail", "word:gold");
    Set<String> told = new TreeSet<>();
    for (List<String> row : document.rows("| what is done |")) {
      told.addAll(Document.codes(row.getFirst()));
    }
    Set<String> all = new TreeSet<>(before.keySet());
    all.addAll(elsewhere);
    assertEquals(all, told);
    before.forEach(
        (word, first) -> {
          Ran ran =
              shell.typed(
                  "ivr simulate hotline.yaml --number 13800000001 --keys \""
                      + (first + " " + word).strip()
                      + "\"");
          assertEquals(0, ran.code(), word + ": " + ran.out());
        });
  }

  /** Every request of the document, in its order, is answered as meant. */
  @Test
  void everyRequestIsAnswered() throws Exception {
    server.prompts().speaks("zh", PromptHouse.ID);
    JsonMapper json = JsonMapper.builder().build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String signIn =
          "{\"user\":\"admin\",\"password\":\"%s\",\"token\":true}".formatted(server.password());
      String token =
          json.readTree(
                  http.send(
                          HttpRequest.newBuilder(server.address().resolve("/api/v1/session"))
                              .header("Content-Type", "application/json")
                              .POST(BodyPublishers.ofString(signIn))
                              .build(),
                          BodyHandlers.ofString())
                      .body())
              .get("token")
              .asString();
      int sent = 0;
      for (String line : String.join("\n", document.of("http")).lines().toList()) {
        Matcher request = REQUEST.matcher(line);
        if (line.isBlank()) {
          continue;
        }
        assertTrue(request.matches(), line);
        String body = request.group(3) == null ? "" : request.group(3);
        boolean file = body.equals("<the file>");
        HttpRequest.Builder builder =
            HttpRequest.newBuilder(server.address().resolve(request.group(2)))
                .header("Authorization", "Bearer " + token)
                .method(
                    request.group(1),
                    file
                        ? BodyPublishers.ofByteArray(PromptHouse.tone(900, 300))
                        : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
          builder.header("Content-Type", file ? "audio/wav" : "application/json");
        }
        server.setClock(NOW.plusSeconds(sent));
        HttpResponse<String> answer = http.send(builder.build(), BodyHandlers.ofString());
        assertTrue(answer.statusCode() / 100 == 2, () -> line + ": " + answer.body());
        sent++;
      }
      assertTrue(sent >= 10, () -> "requests in the document");
    }
  }

  @Test
  void theConfigurationIsRead() throws Exception {
    Path secret = Files.writeString(folder.resolve("ami.secret"), "x");
    String least =
        """
        zone: Asia/Shanghai
        gateway:
          id: gw1
          ami: { host: 127.0.0.1, user: cti, secret: "file:%s" }
        database: { kind: embedded }
        """
            .formatted(secret);
    List<String> sections =
        document.of("yaml").stream().filter(text -> text.startsWith("ivr:\n")).toList();
    assertEquals(2, sections.size());
    for (String section : sections) {
      IvrConfig read = new ConfigReader(folder, Map.of()).read("cti.yaml", least + section).ivr();
      assertEquals("hotline.yaml", read.flow());
      assertEquals(section.contains("crm"), read.webhooks().containsKey("crm"), section);
    }
  }

  /** The part of a flow that is shown, with what it leads to put beside it, has no faults. */
  @Test
  void theFlowIsReadAndHasNoFaults() throws Exception {
    String shown = document.of("yaml", "flow: hotline ");
    String shipped = Files.readString(SCRIPTS.resolve("hotline.yaml"));
    // What the part that is shown begins with; the node before it is not shown.
    String others = shipped.substring(shipped.indexOf("  who:\n"));
    int begin = others.indexOf("  headquarters-menu:");
    int end = others.indexOf("  headquarters-silent:");
    // It is told of a known incident by a node that is not shown either.
    String rest =
        (others.substring(0, begin) + others.substring(end))
            .replace("added: outage-noted", "added: bye");
    // Only the key of ERP is shown; the others are warned of, for rules know them.
    assertEquals(List.of(), server.rules().flows.check(shown + rest).faults(), () -> shown + rest);
  }

  @Test
  void theTestsPass() throws Exception {
    Files.createDirectories(folder.resolve("tests"));
    for (String file : List.of("hotline.yaml", "routing.yaml", "prompts.yaml")) {
      Files.copy(SCRIPTS.resolve(file), folder.resolve(file));
    }
    Files.writeString(
        folder.resolve("tests/shown.yaml"), document.of("yaml", "flow: hotline.yaml"));
    Ran ran = shell.run(List.of("ivr", "test", "--folder", folder.toString(), "--coverage", "1"));
    assertEquals(0, ran.code(), ran.out());
    assertTrue(ran.out().contains(", 0 failures, "), ran.out());
  }

  @Test
  void aFlowWithAPromptOfOnesOwnIsPublishedOnceThePromptIsThere() throws Exception {
    String text = Files.readString(SCRIPTS.resolve("hotline.yaml"));
    Path mine =
        Files.writeString(
            folder.resolve("mine.yaml"), text.replace("greeting: welcome", "greeting: flu-shots"));
    Ran early = shell.asked("ivr", "put", mine.toString());
    assertTrue(early.out().contains("fault    flow: greeting: no prompt flu-shots"), early.out());
    Ran added =
        shell.asked("ivr", "prompt", "add", "flu-shots", "--zh", "接种按9。", "--en", "Shots: 9.");
    assertEquals("flu-shots  zh: no sound  en: no sound  added\n", added.out());
    assertTrue(shell.asked("ivr", "prompt", "list").out().contains(added.out()));
    Ran again =
        shell.asked("ivr", "prompt", "add", "flu-shots", "--zh", "接种按9。", "--en", "Shots: 9.");
    assertEquals(1, again.code());
    assertTrue(again.out().contains("there is a prompt flu-shots already"), again.out());
    assertEquals(0, shell.asked("ivr", "put", mine.toString()).code());
    // The same on paper, with the prompts of the server beside the flow.
    for (String file : List.of("routing.yaml", "prompts.yaml")) {
      Files.copy(SCRIPTS.resolve(file), folder.resolve(file));
    }
    assertEquals(2, checked(mine));
    Path manifest = folder.resolve("prompts.yaml");
    assertEquals(0, shell.asked("ivr", "prompt", "manifest", "--file", manifest.toString()).code());
    // The house of the test knows two prompts and those that were added; the others stay.
    String written = Files.readString(manifest);
    assertTrue(written.contains("\"flu-shots\":"), written);
    String shipped = Files.readString(SCRIPTS.resolve("prompts.yaml"));
    Files.writeString(manifest, shipped + written.substring(written.indexOf("  \"flu-shots\":")));
    assertEquals(0, checked(mine));
    assertEquals(0, shell.asked("ivr", "publish", "--comment", "shots").code());
    Ran met = shell.asked("ivr", "try", "--number", "13900000025", "--keys", "4 hangup");
    assertEquals("flu-shots factory-offer? [queue hq-erp by choice-erp] [gone]\n", met.out());
  }

  private int checked(Path flow) {
    String name = flow.getFileName().toString();
    return shell.run(List.of("check-flow", "--folder", folder.toString(), "--flow", name)).code();
  }

  @Test
  void aFlowIsPublishedAndTakenBack() throws Exception {
    String text = Files.readString(SCRIPTS.resolve("hotline.yaml"));
    Path mine =
        Files.writeString(
            folder.resolve("mine.yaml"), text.replace("greeting: welcome", "greeting: []"));
    assertEquals(0, shell.asked("ivr", "put", mine.toString()).code());
    Ran published = shell.asked("ivr", "publish", "--comment", "short");
    assertTrue(published.out().startsWith("version 2  in force "), published.out());
    Ran met = shell.asked("ivr", "try", "--number", "13900000025", "--keys", "4 hangup");
    assertEquals("factory-offer? [queue hq-erp by choice-erp] [gone]\n", met.out());
    Ran back = shell.asked("ivr", "rollback", "1");
    assertTrue(back.out().contains("(version 1 again)"), back.out());
    Ran bad = shell.asked("ivr", "try", "--keys", "speak");
    assertEquals(1, bad.code());
  }
}
