package cti.testbed.e2e;

import cti.testbed.gateway.Testbed;
import cti.testbed.gateway.TestbedFault;
import cti.testbed.server.PortCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** {@code ./cti e2e}: exit code 0 all passed, 1 something failed, 2 wrong use, 3 cannot run here. */
@Command(
    name = "e2e",
    mixinStandardHelpOptions = true,
    description = "End-to-end suites on the real gateway: calls, start. Without a name: all.")
public final class E2eCommand implements Callable<Integer> {
  private static final List<Suite> SUITES = List.of(new CallsSuite(), new StartSuite());
  private static final List<String> DATABASES = List.of("mysql", "embedded");

  @Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "SUITE", description = "calls, start")
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
      description = "Only scenarios whose names contain it.")
  private Optional<String> only = Optional.empty();

  @Override
  public Integer call() throws Exception {
    List<Suite> suites = suites();
    Report report = new Report(System.out, System.console() != null && System.console().isTerminal());
    Path project = Path.of("").toAbsolutePath();
    Testbed testbed = new Testbed(project);
    boolean wasUp = testbed.isUp();
    try {
      testbed.up();
    } catch (TestbedFault fault) {
      System.err.println(fault.getMessage().strip());
      return fault.cannotRunHere() ? 3 : 1;
    }
    int agiPort = testbed.environment().agiPort();
    if (!PortCheck.isFree(agiPort)) {
      System.err.println(
          "port 127.0.0.1:%d is in use; expected it free for the servers of the suites: does a cti-server run here?"
              .formatted(agiPort));
      return 1;
    }
    testbed.resetPhones();
    Path folder = Files.createTempDirectory("cti-e2e-");
    try {
      run(suites, new Workshop(project, testbed, folder, report, choice()));
    } finally {
      if (!wasUp) {
        testbed.down();
      }
      if (report.allPassed()) {
        Workshop.remove(folder);
      } else {
        report.say("what the servers wrote is kept in " + folder);
      }
    }
    report.say(report.closing());
    return report.allPassed() ? 0 : 1;
  }

  private static void run(List<Suite> suites, Workshop workshop) throws Exception {
    for (Suite suite : suites) {
      workshop.report().say("suite " + suite.name());
      try {
        suite.run(workshop);
      } catch (IOException | java.sql.SQLException | RuntimeException broken) {
        workshop.play(
            "suite " + suite.name(),
            () -> {
              throw broken;
            });
      }
    }
  }

  private List<Suite> suites() {
    for (String name : names) {
      if (SUITES.stream().noneMatch(suite -> suite.name().equals(name))) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "no suite '%s'; expected one of %s"
                .formatted(name, SUITES.stream().map(Suite::name).toList()));
      }
    }
    return SUITES.stream()
        .filter(suite -> names.isEmpty() || names.contains(suite.name()))
        .toList();
  }

  private Workshop.Choice choice() {
    if (database.isPresent() && !DATABASES.contains(database.get())) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "no database '%s'; expected one of %s".formatted(database.get(), DATABASES));
    }
    Set<String> databases =
        database.<Set<String>>map(Set::of).orElseGet(() -> new LinkedHashSet<>(DATABASES));
    return new Workshop.Choice(quick, databases, only);
  }
}
