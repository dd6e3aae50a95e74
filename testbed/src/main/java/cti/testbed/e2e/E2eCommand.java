package cti.testbed.e2e;

import cti.testbed.faults.FaultsSuite;
import cti.testbed.gateway.Testbed;
import cti.testbed.server.OnTestbed;
import cti.testbed.server.UntilEnded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ./cti e2e}: exit code 0 all passed, 1 something failed, 2 wrong use, 3 cannot run here.
 */
@Command(
    name = "e2e",
    mixinStandardHelpOptions = true,
    description =
        "End-to-end suites on the real gateway: calls, transfers, supervisor, recordings,"
            + " directory, routing, ivr, console, bridge, webrtc, start, faults. Without a name:"
            + " all but faults.")
public final class E2eCommand implements Callable<Integer> {
  private static final List<Suite> SUITES =
      List.of(
          new CallsSuite(),
          new TransfersSuite(),
          new SupervisorSuite(),
          new RecordingsSuite(),
          new DirectorySuite(),
          new RoutingSuite(),
          new IvrSuite(),
          new ConsoleSuite(),
          new BridgeSuite(),
          new WebrtcSuite(),
          new StartSuite());
  private static final List<String> DATABASES = List.of("mysql", "embedded");

  @Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "SUITE",
      description =
          "calls, transfers, supervisor, recordings, directory, routing, ivr, console, bridge,"
              + " webrtc, start, faults")
  private List<String> names = List.of();

  @Option(names = "--quick", description = "Only the scenarios of the short run.")
  private boolean quick;

  @Option(
      names = "--database",
      paramLabel = "KIND",
      description =
          "mysql or embedded: the whole of calls on this one only. Without it: everything on mysql,"
              + " a part again on embedded.")
  private Optional<String> database = Optional.empty();

  @Option(
      names = "--only",
      paramLabel = "TEXT",
      description = "Only scenarios whose names contain it; may be given several times.")
  private List<String> only = List.of();

  @Option(
      names = "--record",
      paramLabel = "FOLDER",
      description =
          "Writes transcripts of the gateway's AMI, a scenario a file, for the tests of cti-server;"
              + " plays one by one, on mysql only.")
  private Optional<Path> record = Optional.empty();

  @Option(
      names = "--fault",
      paramLabel = "NAME",
      arity = "1..*",
      description = "Of faults only these; without it all.")
  private List<String> faults = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the calls of faults; without it a new one, which is printed.")
  private Optional<Long> seed = Optional.empty();

  @Override
  public Integer call() throws Exception {
    List<Suite> suites = suites();
    Optional<FaultsSuite.Choice> faultsAsked = faultsAsked();
    Report report =
        new Report(System.out, System.console() != null && System.console().isTerminal());
    Path project = Path.of("").toAbsolutePath();
    Thread runner = Thread.currentThread();
    try (UntilEnded _ = UntilEnded.onRequest(runner::interrupt)) {
      return new OnTestbed(project)
          .run(
              "the servers of the suites",
              testbed -> run(suites, faultsAsked, testbed, project, report));
    } catch (InterruptedException asked) {
      report.say("ended before its time");
      return 1;
    }
  }

  private int run(
      List<Suite> suites,
      Optional<FaultsSuite.Choice> faultsAsked,
      Testbed testbed,
      Path project,
      Report report)
      throws Exception {
    boolean faultsPassed = true;
    if (!suites.isEmpty()) {
      play(suites, testbed, project, report);
    }
    if (faultsAsked.isPresent()) {
      faultsPassed = playFaults(faultsAsked.get(), testbed, project);
    }
    if (suites.isEmpty()) {
      return faultsPassed ? 0 : 1;
    }
    if (report.isEmpty()) {
      System.err.println("no scenario has '%s' in its name".formatted(String.join("', '", only)));
      return 2;
    }
    report.close();
    return report.allPassed() && faultsPassed ? 0 : 1;
  }

  private void play(List<Suite> suites, Testbed testbed, Path project, Report report)
      throws Exception {
    Path folder = Files.createTempDirectory("cti-e2e-");
    try {
      run(suites, new Workshop(project, testbed, folder, report, choice()));
    } finally {
      if (report.allPassed()) {
        Workshop.remove(folder);
      } else {
        report.say("what the servers wrote is kept in " + folder);
      }
    }
  }

  private static boolean playFaults(FaultsSuite.Choice asked, Testbed testbed, Path project)
      throws Exception {
    Path folder = Files.createTempDirectory("cti-faults-");
    boolean passed = new FaultsSuite(project, testbed, folder, System.out).run(asked);
    if (passed) {
      Workshop.remove(folder);
    }
    return passed;
  }

  private static void run(List<Suite> suites, Workshop workshop) throws Exception {
    for (Suite suite : suites) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      workshop.report().say("suite " + suite.name());
      try {
        suite.run(workshop);
      } catch (IOException | SQLException | RuntimeException broken) {
        workshop.play(
            "suite " + suite.name(),
            () -> {
              throw broken;
            });
      }
    }
  }

  /** The names of all suites but faults, sorted. */
  static List<String> suiteNames() {
    return SUITES.stream().map(Suite::name).sorted().toList();
  }

  private List<Suite> suites() {
    for (String name : names) {
      if (!name.equals(FaultsSuite.NAME)
          && SUITES.stream().noneMatch(suite -> suite.name().equals(name))) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "no suite '%s'; expected one of %s, %s"
                .formatted(name, SUITES.stream().map(Suite::name).toList(), FaultsSuite.NAME));
      }
    }
    return SUITES.stream()
        .filter(suite -> names.isEmpty() || names.contains(suite.name()))
        .toList();
  }

  private Optional<FaultsSuite.Choice> faultsAsked() {
    for (String fault : faults) {
      if (!FaultsSuite.names().contains(fault)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "no fault '%s'; expected one of %s".formatted(fault, FaultsSuite.names()));
      }
    }
    if (!names.contains(FaultsSuite.NAME)) {
      if (!faults.isEmpty() || seed.isPresent()) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "--fault and --seed belong to the suite faults; name it");
      }
      return Optional.empty();
    }
    long chosen = seed.orElseGet(() -> new SecureRandom().nextLong(1_000_000));
    return Optional.of(new FaultsSuite.Choice(quick, faults, chosen));
  }

  private Workshop.Choice choice() {
    if (database.isPresent() && !DATABASES.contains(database.get())) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "no database '%s'; expected one of %s".formatted(database.get(), DATABASES));
    }
    if (record.isPresent() && !database.equals(Optional.of("mysql"))) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--record reads the tables of MySQL; expected --database mysql");
    }
    Set<String> databases =
        database.<Set<String>>map(Set::of).orElseGet(() -> new LinkedHashSet<>(DATABASES));
    return new Workshop.Choice(quick, databases, only, record.map(Transcripts::new));
  }
}
