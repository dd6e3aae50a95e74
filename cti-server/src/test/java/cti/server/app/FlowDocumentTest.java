package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.server.config.ConfigReader;
import cti.server.prompt.PromptHouse;
import cti.server.web.RoutingServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** Every text of docs/ivr.md is read and checked, every command is typed. */
class FlowDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/ivr.md");
  private static final Path SCRIPTS = Path.of("../ivr-scripts");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private static final Pattern REQUEST =
      Pattern.compile("(GET|POST|PUT|DELETE) +(/\\S+)(?: +(\\{.*}|<the file>))?");

  @TempDir private Path folder;
  private final RoutingServer server = new RoutingServer();
  private Path password;

  @BeforeEach
  void begin() throws Exception {
    server.setClock(Instant.parse("2026-11-22T04:00:00Z"));
    password = Files.writeString(folder.resolve("password"), server.password());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The blocks of a kind, each without its fences. */
  private static List<String> blocks(String kind) throws Exception {
    List<String> blocks = new ArrayList<>();
    StringBuilder open = null;
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (open != null && line.equals("```")) {
        blocks.add(open.toString());
        open = null;
      } else if (open != null) {
        open.append(line).append('\n');
      } else if (line.equals("```" + kind)) {
        open = new StringBuilder();
      }
    }
    return blocks;
  }

  private static String yaml(String beginning) throws Exception {
    return blocks("yaml").stream()
        .filter(text -> text.startsWith(beginning))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no text begins with " + beginning));
  }

  private record Ran(int code, String out) {}

  private Ran run(List<String> words) {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    int code = line.execute(words.toArray(String[]::new));
    return new Ran(code, out.toString());
  }

  /** As it is typed in the project's folder, at the server of the test. */
  private Ran typed(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    boolean here = words.get(1).equals("simulate") || words.get(1).equals("test");
    if (here) {
      words.addAll(List.of("--folder", SCRIPTS.toString()));
    } else {
      words.replaceAll(word -> word.endsWith(".yaml") ? SCRIPTS.resolve(word).toString() : word);
      words.addAll(
          List.of("--server", server.address().toString(), "--password-file", password.toString()));
    }
    return run(words);
  }

  @Test
  void everyCommandAnswersAsPrinted() throws Exception {
    List<String> sessions = blocks("console");
    assertTrue(sessions.size() >= 2, () -> "only " + sessions.size());
    for (String session : sessions) {
      StringBuilder typed = new StringBuilder();
      for (String line : session.lines().toList()) {
        if (line.startsWith("$ ./cti ")) {
          typed.append(line).append('\n').append(typed(line.substring("$ ./cti ".length())).out());
        }
      }
      assertEquals(session, typed.toString());
    }
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
      for (String line : String.join("\n", blocks("http")).lines().toList()) {
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
        server.setClock(Instant.parse("2026-11-22T04:00:00Z").plusSeconds(sent));
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
    assertEquals(
        "hotline.yaml",
        new ConfigReader(folder, Map.of()).read("cti.yaml", least + yaml("ivr:\n")).ivr().flow());
  }

  /** The part of a flow that is shown, with what it leads to put beside it, has no faults. */
  @Test
  void theFlowIsReadAndHasNoFaults() throws Exception {
    String shown = yaml("flow: hotline");
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
    Files.writeString(folder.resolve("tests/shown.yaml"), yaml("flow: hotline.yaml"));
    Ran ran = run(List.of("ivr", "test", "--folder", folder.toString(), "--coverage", "1"));
    assertEquals(0, ran.code(), ran.out());
    assertTrue(ran.out().contains(", 0 failures, "), ran.out());
  }

  @Test
  void aFlowIsPublishedAndTakenBack() throws Exception {
    String text = Files.readString(SCRIPTS.resolve("hotline.yaml"));
    Path mine =
        Files.writeString(
            folder.resolve("mine.yaml"), text.replace("greeting: welcome", "greeting: []"));
    List<String> at =
        List.of("--server", server.address().toString(), "--password-file", password.toString());
    assertEquals(0, run(with(at, "ivr", "put", mine.toString())).code());
    Ran published = run(with(at, "ivr", "publish", "--comment", "short"));
    assertTrue(published.out().startsWith("version 2  in force "), published.out());
    Ran met = run(with(at, "ivr", "try", "--number", "13900000025", "--keys", "4 hangup"));
    assertEquals("factory-offer? [queue hq-erp by choice-erp] [gone]\n", met.out());
    Ran back = run(with(at, "ivr", "rollback", "1"));
    assertTrue(back.out().contains("(version 1 again)"), back.out());
    Ran bad = run(with(at, "ivr", "try", "--keys", "speak"));
    assertEquals(1, bad.code());
  }

  private static List<String> with(List<String> more, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(more);
    return all;
  }
}
