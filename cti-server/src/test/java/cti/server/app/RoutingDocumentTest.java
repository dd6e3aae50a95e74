package cti.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.port.VersionedTexts.Checked;
import cti.server.routing.RoutingInMemory;
import cti.server.web.RoutingServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every text of docs/routing.md is read and checked, every command is typed. */
class RoutingDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/routing.md");

  /** Before the moments that the document asks of: what is in force then was published. */
  private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");

  @TempDir private Path folder;
  private final RoutingServer server = new RoutingServer();
  private Path password;

  @BeforeEach
  void begin() throws Exception {
    server.setClock(NOW);
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

  private record Ran(int code, String out) {}

  private Ran run(List<String> words) {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    List<String> all = new ArrayList<>(words);
    all.addAll(
        List.of("--server", server.address().toString(), "--password-file", password.toString()));
    int code = line.execute(all.toArray(String[]::new));
    return new Ran(code, out.toString());
  }

  private void publish(String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("routing.yaml"), yaml);
    assertEquals(0, run(List.of("route", "put", file.toString())).code());
    Ran published = run(List.of("route", "publish", "--comment", "as documented"));
    assertEquals(0, published.code(), published.out());
  }

  @Test
  void everyTextIsReadAndHasNoFaults() throws Exception {
    List<String> texts = blocks("yaml");
    assertTrue(texts.size() >= 2, () -> "only " + texts.size());
    RoutingInMemory rules = server.rules();
    for (String text : texts) {
      Checked checked = rules.routing.check(text);
      assertEquals(List.of(), checked.faults(), text);
    }
  }

  @Test
  void everyCommandAnswersAsPrinted() throws Exception {
    // The longest text is the one that the commands are about.
    publish(
        blocks("yaml").stream()
            .max((a, b) -> Integer.compare(a.length(), b.length()))
            .orElseThrow());
    List<String> sessions = blocks("console");
    assertTrue(sessions.size() >= 2, () -> "only " + sessions.size());
    for (String session : sessions) {
      StringBuilder typed = new StringBuilder();
      for (String line : session.lines().toList()) {
        if (line.startsWith("$ ./cti ")) {
          String command = line.substring("$ ./cti ".length());
          Ran ran = run(Arrays.asList(command.split(" +")));
          typed.append(line).append('\n').append(ran.out());
        }
      }
      assertEquals(session, typed.toString());
    }
  }

  @Test
  void aFileGoesInAndOutUnchanged() throws Exception {
    String text = blocks("yaml").getFirst();
    publish(text);
    Path back = folder.resolve("back.yaml");
    assertEquals(0, run(List.of("route", "get", "--file", back.toString())).code());
    assertEquals(text, Files.readString(back));
    assertEquals("no difference\n", run(List.of("route", "diff", "2")).out());
    Ran list = run(List.of("route", "list"));
    assertTrue(list.out().startsWith("version 2  in force "), list.out());
    Ran undone = run(List.of("route", "rollback", "1"));
    assertTrue(undone.out().startsWith("version 3  in force "), undone.out());
    assertTrue(undone.out().contains("(version 1 again)"), undone.out());
  }

  @Test
  void faultsAreToldWithExitCodeOne() throws Exception {
    Path bad =
        Files.writeString(
            folder.resolve("bad.yaml"),
            "rules:\n  - id: a\n    when: { site: gz }\n    desk: nowhere\n");
    Ran checked = run(List.of("route", "check", bad.toString()));
    assertEquals(1, checked.code());
    assertTrue(checked.out().contains("fault    rule a: no desk nowhere"), checked.out());
    assertEquals(0, run(List.of("route", "put", bad.toString())).code());
    Ran refused = run(List.of("route", "publish", "--comment", "x"));
    assertEquals(1, refused.code());
    assertTrue(refused.out().contains("  rule a: no desk nowhere"), refused.out());
    Ran missing = run(List.of("route", "check", folder.resolve("none").toString()));
    assertEquals(2, missing.code());
    Ran late = run(List.of("route", "explain", "--at", "tomorrow"));
    assertEquals(2, late.code());
    assertTrue(late.out().contains("2026-11-23T10:30"), late.out());
  }

  @Test
  void holidaysArePutIntoAFile() throws Exception {
    Path rules = Files.writeString(folder.resolve("r.yaml"), blocks("yaml").getFirst());
    Path days =
        Files.writeString(
            folder.resolve("cn.ics"),
            """
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20270101
            SUMMARY:元旦（休）
            END:VEVENT
            END:VCALENDAR
            """);
    Ran put = run(List.of("route", "holidays", days.toString(), "--into", rules.toString()));
    assertEquals(0, put.code(), put.out());
    assertTrue(
        Files.readString(rules)
            .endsWith("calendars:\n  cn:\n    - { from: 2027-01-01, name: \"元旦\" }\n"));
  }
}
