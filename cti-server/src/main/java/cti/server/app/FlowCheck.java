package cti.server.app;

import cti.server.directory.SampleCatalog;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.House;
import cti.server.flow.ScriptFolder;
import cti.server.yaml.BadFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks a folder of flows, rules and prompts without starting anything. */
@Command(
    name = "check-flow",
    description = "Checks a flow, the routing rules and the prompts against the sample desks.",
    mixinStandardHelpOptions = true)
final class FlowCheck implements Callable<Integer> {
  @Option(names = "--folder", description = "The folder of flows (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("ivr-scripts");

  @Option(names = "--webhook", description = "A webhook that the flow may name.")
  private Set<String> hooks = Set.of();

  @Option(names = "--flow", description = "The flow in it (default: ${DEFAULT-VALUE}).")
  private String flow = Wiring.HOTLINE_FLOW;

  @Override
  public Integer call() {
    SampleCatalog sample = SampleCatalog.load();
    try {
      CallPlanFiles.load(
          ScriptFolder.directory(folder), flow, House.of(sample.desks(), sample.sites()), hooks);
    } catch (BadFileException | IOException e) {
      System.err.println(e.getMessage());
      return Main.BAD_INPUT;
    }
    System.out.println(folder.resolve(flow) + " is fine");
    return 0;
  }
}
