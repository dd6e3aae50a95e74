package cti.server.app;

import cti.core.directory.DialPlan;
import cti.core.directory.DirectoryIndex;
import cti.core.ivr.CallPlan;
import cti.core.ivr.Simulation;
import cti.server.directory.SampleCatalog;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.FlowTests;
import cti.server.flow.House;
import cti.server.flow.ScriptFolder;
import cti.server.web.client.FlowClient;
import cti.server.web.client.RemoteException;
import cti.server.yaml.BadFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Tries flows without a telephone; versions of the flow on a running server. Exit codes: 0 fine, 1
 * a test failed or the server refused, 2 the files or the words.
 */
@Command(
    name = "ivr",
    description = "Tries call flows without a telephone; publishes them on a running server.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {IvrCommand.Test.class, IvrCommand.Simulate.class, PromptCommand.class})
final class IvrCommand extends VersionsCommand<FlowClient> {
  @Override
  FlowClient signIn(Access access) throws RemoteException, InterruptedException {
    return FlowClient.signIn(access.server(), access.user(), access.password(), access.zone());
  }

  @Command(
      name = "try",
      description = "What a caller meets in the flow of a running server, or in a file there.")
  int tryIt(
      @Option(
              names = "--number",
              defaultValue = "",
              description = "The calling number, as the switch presents it.")
          String number,
      @Option(names = "--at", description = "The moment; now without it.") String at,
      @Option(
              names = "--keys",
              defaultValue = "",
              description = "What the caller does, such as \"9 4\" (docs/ivr.md).")
          String does,
      @Option(names = "--file", description = "A flow to try, instead of the one in force.")
          Path file)
      throws InterruptedException {
    return print(
        client ->
            client.simulate(
                number,
                moment("--at", at),
                does,
                file == null ? Optional.empty() : Optional.of(Files.readString(file))));
  }

  /** The sample desks and people, as far as a flow needs them. */
  private static FlowTests trying(ScriptFolder scripts, Set<String> hooks) {
    SampleCatalog sample = SampleCatalog.load();
    return new FlowTests(
        scripts,
        House.of(sample.desks(), sample.sites()),
        new DirectoryIndex(new DialPlan(sample.sites()), sample.staff()),
        hooks);
  }

  @Command(
      name = "test",
      description = "Runs the tests of flows: all files below tests, or those named.",
      mixinStandardHelpOptions = true)
  static final class Test implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--folder", description = "The folder of flows (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("ivr-scripts");

    @Option(
        names = "--coverage",
        description = "Least share of the ways out of all nodes that must be taken, in percent.")
    private int least = 100;

    @Option(names = "--webhook", description = "A webhook that the flows may name.")
    private Set<String> hooks = Set.of();

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "such as tests/hotline.yaml")
    private List<String> files = List.of();

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      boolean failed = false;
      try {
        FlowTests tests = trying(ScriptFolder.directory(folder), hooks);
        for (String file : files.isEmpty() ? all() : files) {
          FlowTests.Result result = tests.run(file);
          result.failures().forEach(failure -> out.println("FAILED  " + failure));
          boolean covered =
              (result.ways() - result.untested().size()) * 100 >= least * result.ways();
          if (!covered) {
            result.untested().forEach(way -> out.println("UNTESTED  " + way));
          }
          out.println(
              file
                  + ": "
                  + result.tests()
                  + " tests, "
                  + result.calls()
                  + " calls, "
                  + result.failures().size()
                  + " failures, "
                  + result.coverage());
          failed |= !result.passed() || !covered;
        }
      } catch (BadFileException | IOException e) {
        spec.commandLine().getErr().println(e.getMessage());
        return Main.BAD_INPUT;
      }
      return failed ? 1 : 0;
    }

    private List<String> all() throws IOException {
      List<String> found = new ArrayList<>();
      Path tests = folder.resolve(FlowTests.FOLDER);
      if (!Files.isDirectory(tests)) {
        throw new IOException("no folder " + tests + ", expected one with files of tests");
      }
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(tests, "*.yaml")) {
        entries.forEach(entry -> found.add(FlowTests.FOLDER + "/" + entry.getFileName()));
      }
      found.sort(null);
      return found;
    }
  }

  @Command(
      name = "simulate",
      description = "Walks through a flow: what the caller meets is shown, what they do is typed.",
      mixinStandardHelpOptions = true)
  static final class Simulate implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--folder", description = "The folder of flows (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("ivr-scripts");

    @Option(names = "--number", description = "The caller's number (default: withheld).")
    private String number = "";

    @Option(
        names = "--at",
        description = "The time in the site's zone (default: ${DEFAULT-VALUE}).")
    private LocalDateTime at = LocalDateTime.of(2026, 11, 23, 10, 30);

    @Option(
        names = "--keys",
        description = "What the caller does, with spaces between; then nothing is asked for.")
    private String keys;

    @Option(names = "--language", description = "Of the texts shown: zh, en.")
    private String language = "zh";

    @Option(names = "--webhook", description = "A webhook that the flow may name.")
    private Set<String> hooks = Set.of();

    @Parameters(paramLabel = "FLOW", description = "such as hotline.yaml")
    private String flow;

    @Override
    public Integer call() {
      SampleCatalog sample = SampleCatalog.load();
      ScriptFolder scripts = ScriptFolder.directory(folder);
      try {
        CallPlan plan =
            CallPlanFiles.load(scripts, flow, House.of(sample.desks(), sample.sites()), hooks);
        Simulation call = trying(scripts, hooks).call(plan, number, at);
        if (keys != null) {
          call.does(keys.isBlank() ? List.of() : Arrays.asList(keys.strip().split(" +")));
          spec.commandLine().getOut().println(call.met());
          return 0;
        }
        return talk(call, CallPlanFiles.prompts(scripts));
      } catch (BadFileException | IOException | IllegalArgumentException e) {
        spec.commandLine().getErr().println(e.getMessage());
        return Main.BAD_INPUT;
      }
    }

    private int talk(Simulation call, Map<String, Map<String, String>> prompts) throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      int shown = 0;
      call.does(List.of());
      while (true) {
        List<String> met = Arrays.asList(call.met().split(" (?![^\\[]*\\])"));
        for (String word : met.subList(Math.min(shown, met.size()), met.size())) {
          out.println("  " + spoken(word, prompts));
        }
        shown = met.size();
        if (call.waits() == Simulation.Waits.OVER) {
          return 0;
        }
        out.print(call.node() + " - " + call.waits().expected() + "> ");
        out.flush();
        String line = in.readLine();
        if (line == null) {
          return 0;
        }
        try {
          call.does(line.isBlank() ? List.of() : Arrays.asList(line.strip().split(" +")));
        } catch (IllegalArgumentException e) {
          out.println(e.getMessage());
        }
      }
    }

    private String spoken(String word, Map<String, Map<String, String>> prompts) {
      String id = word.endsWith("?") ? word.substring(0, word.length() - 1) : word;
      Map<String, String> texts = prompts.get(id);
      return texts == null ? word : word + ": " + texts.getOrDefault(language, "");
    }
  }
}
