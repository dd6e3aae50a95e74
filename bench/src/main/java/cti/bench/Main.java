package cti.bench;

import cti.bench.codec.AmiCodecBench;
import cti.bench.console.ConsoleCommand;
import cti.bench.demo.DemoCommand;
import cti.bench.directory.LookupBench;
import cti.bench.gateway.GatewayCommand;
import cti.bench.gateway.GatewayLimits;
import cti.bench.load.ConsolesBench;
import cti.bench.load.PipelineBench;
import cti.bench.load.PopBench;
import cti.bench.load.ResyncBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./cti bench} runs. */
@Command(
    name = "bench",
    description = "Measures the product; prints one JSON line a figure.",
    subcommands = {
      AmiCodecBench.class,
      PipelineBench.class,
      PopBench.class,
      ResyncBench.class,
      ConsolesBench.class,
      LookupBench.class,
      GatewayLimits.class,
      DemoCommand.class,
      ConsoleCommand.class,
      GatewayCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (fault, command, parsed) -> {
          System.err.println("bench: " + (fault.getMessage() == null ? fault : fault.getMessage()));
          fault.printStackTrace(System.err);
          return 1;
        });
    System.exit(line.execute(arguments));
  }
}
