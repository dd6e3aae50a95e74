package cti.testbed.faults;

import cti.testbed.faults.FaultResult.Figures;
import cti.testbed.gateway.Testbed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./cti e2e faults}: a load, a fault in it, and the records held against the gateway's own
 * logs. A line per fault, and the same as a JSON object a line.
 */
public final class FaultsSuite {
  public static final String NAME = "faults";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path project;
  private final Testbed testbed;
  private final Path folder;
  private final PrintStream out;
  private final List<FaultResult> results = new ArrayList<>();

  /**
   * What to play.
   *
   * @param quick 40 calls a fault
   * @param faults their names; empty for all
   * @param seed of the plans
   */
  public record Choice(boolean quick, List<String> faults, long seed) {
    public Choice {
      faults = List.copyOf(faults);
    }
  }

  /** The server of the faults that follow each other at one place, as long as none fails. */
  private record Tenancy(Fault.Place place, FaultHouse house) {}

  /**
   * Makes the suite.
   *
   * @param folder for what servers write, and for what is kept of a run that failed
   */
  public FaultsSuite(Path project, Testbed testbed, Path folder, PrintStream out) {
    this.project = project;
    this.testbed = testbed;
    this.folder = folder;
    this.out = out;
  }

  /** Every name that may be asked for. */
  public static List<String> names() {
    return Faults.all().stream().map(Fault::name).toList();
  }

  /**
   * Plays them one after the other.
   *
   * @return true where every one went well
   */
  public boolean run(Choice choice) throws IOException, InterruptedException, SQLException {
    say("suite faults, seed " + choice.seed());
    Path table = project.resolve("testbed/target/faults.jsonl");
    Files.createDirectories(table.getParent());
    Files.deleteIfExists(table);
    Optional<Tenancy> at = Optional.empty();
    try {
      for (Fault fault : Faults.all()) {
        if (!choice.faults().isEmpty() && !choice.faults().contains(fault.name())) {
          continue;
        }
        if (at.isPresent() && at.get().place() != fault.place()) {
          at.get().house().close();
          at = Optional.empty();
        }
        if (at.isEmpty()) {
          at = Optional.of(new Tenancy(fault.place(), open(fault)));
        }
        FaultResult result = play(at.get().house(), fault, choice);
        note(result, table);
        if (!result.passed()) {
          // What one fault has left behind is not the next one's doing.
          at.get().house().close();
          at = Optional.empty();
        }
      }
    } finally {
      if (at.isPresent()) {
        at.get().house().close();
      }
    }
    long passed = results.stream().filter(FaultResult::passed).count();
    say("%d passed, %d failed; %s".formatted(passed, results.size() - passed, table));
    return passed == results.size();
  }

  private FaultHouse open(Fault fault) throws IOException, InterruptedException, SQLException {
    Path home = Files.createDirectories(folder.resolve("server-from-" + fault.name()));
    return FaultHouse.open(project, testbed, home, fault.place());
  }

  private FaultResult play(FaultHouse house, Fault fault, Choice choice)
      throws IOException, InterruptedException {
    int calls = fault.calls(choice.quick());
    LoadPlan plan = LoadPlan.of(choice.seed(), calls, house.takeNumbers(calls), choice.quick());
    Path own = Files.createDirectories(folder.resolve(fault.name()));
    try {
      return new FaultRun(house, fault, plan, choice.quick(), own).run(project);
    } catch (IOException | RuntimeException broken) {
      return new FaultResult(
          fault,
          choice.seed(),
          choice.quick(),
          Figures.NONE,
          Duration.ZERO,
          List.of("the run itself broke: " + broken));
    }
  }

  private void note(FaultResult result, Path table) throws IOException {
    results.add(result);
    say(result.line());
    if (!result.passed()) {
      result.complaints().stream().limit(8).forEach(complaint -> say("       " + complaint));
      say("       kept in " + folder.resolve(result.fault().name()));
    }
    Files.writeString(
        table,
        JSON.writeValueAsString(result.fields()) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void say(String text) {
    out.println(text);
    out.flush();
  }
}
