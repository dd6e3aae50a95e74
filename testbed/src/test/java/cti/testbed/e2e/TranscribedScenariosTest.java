package cti.testbed.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the tests of cti-server replay is every scenario of the gateway: one that is added has its
 * transcript recorded ({@code ./cti e2e SUITE --database mysql --record FOLDER}), or is listed here
 * with the reason why it has none.
 */
class TranscribedScenariosTest {
  private static final Path TRANSCRIPTS =
      Path.of("..", "cti-server", "src", "test", "resources", "ami", "scenarios");

  private static final String AWAY =
      "the link or the server is away: what came on record then is not what one link told";
  private static final String PAGES =
      "what is new in it is in the page or the bridge; its calls are those of other suites";

  private static final String LOCAL =
      "the caller is a channel of the gateway's own (Local), of whose halves the dialogue alone"
          + " tells which one calls";

  /** Suites without transcripts, and why. */
  private static final Map<String, String> SUITES =
      Map.of(
          "start", "no call is made",
          "console", PAGES,
          "bridge", PAGES,
          "webrtc", PAGES);

  /** Scenarios of the other suites without transcripts, and why. */
  private static final Map<String, String> SCENARIOS =
      Map.ofEntries(
          Map.entry("the gateway's link is cut in a call: back by itself, one whole record", AWAY),
          Map.entry("cti-server stopped: the caller still reaches a phone", AWAY),
          Map.entry("cti-server stopped: a key in the static queue costs no place", AWAY),
          Map.entry(
              "the gateway's link is away while a call comes, is answered and ends: recovered",
              AWAY),
          Map.entry(
              "cti-server killed, calls come and end meanwhile: all recovered from the logs", AWAY),
          Map.entry("the database is away, and cti-server restarts: routing goes on", AWAY),
          Map.entry(
              "a callback is kept over a kill of cti-server: dialled, in their place, answered",
              AWAY),
          Map.entry("a message as the target: taken for the desk, played over HTTP", LOCAL),
          Map.entry("a message of real sound, left on a Local channel, is played over HTTP", LOCAL),
          Map.entry("the link is cut in a recorded talk: one whole recording", AWAY),
          Map.entry(
              "a talk begun while the link is away: its recording is found, paused, whole", AWAY),
          Map.entry(
              "a talk that ends while the link is away: its recording ends where its file does",
              AWAY));

  private static Map<String, List<Scenario>> scenarios() throws IOException {
    try (OtherSystem other = new OtherSystem()) {
      return Map.of(
          "calls", CallsSuite.onMySql(),
          "transfers", TransfersSuite.all(),
          "supervisor", SupervisorSuite.all(),
          "recordings", RecordingsSuite.all(),
          "directory", DirectoryScenarios.all(),
          "routing", RoutingSuite.all(),
          "ivr",
              Stream.concat(FlowNodeScenarios.all(other).stream(), PromptScenarios.all().stream())
                  .toList());
    }
  }

  @Test
  void everySuiteIsLookedThrough() throws IOException {
    Set<String> known = new TreeSet<>(SUITES.keySet());
    known.addAll(scenarios().keySet());
    assertEquals(E2eCommand.suiteNames(), List.copyOf(known));
  }

  @Test
  void everyScenarioHasATranscriptOrAReason() throws IOException {
    List<String> without = new ArrayList<>();
    for (List<Scenario> suite : scenarios().values()) {
      for (Scenario scenario : suite) {
        boolean there =
            Stream.of(".txt", ".record")
                .map(end -> TRANSCRIPTS.resolve(Transcripts.fileName(scenario.name()) + end))
                .allMatch(Files::isRegularFile);
        if (there == SCENARIOS.containsKey(scenario.name())) {
          without.add(scenario.name() + (there ? ": recorded, and excused" : ""));
        }
      }
    }
    assertEquals(List.of(), without.stream().sorted().toList());
  }

  /** Nothing is replayed, or excused, that is played no longer. */
  @Test
  void everyTranscriptAndEveryReasonIsOfAScenario() throws IOException {
    Set<String> names =
        scenarios().values().stream()
            .flatMap(List::stream)
            .map(Scenario::name)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> files = names.stream().map(Transcripts::fileName).collect(Collectors.toSet());
    List<String> left = new ArrayList<>();
    try (Stream<Path> recorded = Files.list(TRANSCRIPTS)) {
      recorded
          .map(file -> file.getFileName().toString())
          .filter(file -> !files.contains(file.replaceAll("\\.(txt|record)$", "")))
          .forEach(left::add);
    }
    SCENARIOS.keySet().stream().filter(name -> !names.contains(name)).forEach(left::add);
    assertEquals(List.of(), left.stream().sorted().toList());
  }

  /** Files are named by what is left of the names: two scenarios may not share one. */
  @Test
  void noTwoScenariosHaveTheSameFile() throws IOException {
    List<String> files =
        scenarios().values().stream()
            .flatMap(List::stream)
            .map(Scenario::name)
            .map(Transcripts::fileName)
            .sorted()
            .toList();
    assertEquals(files.stream().distinct().toList(), files);
  }
}
