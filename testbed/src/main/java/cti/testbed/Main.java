package cti.testbed;

import cti.testbed.demo.DemoCommand;
import cti.testbed.e2e.BridgeBench;
import cti.testbed.e2e.E2eCommand;
import cti.testbed.faults.CostCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./cti} runs of this module. */
@Command(
    name = "cti",
    description = "The service desk on one machine: demo and end-to-end suites.",
    subcommands = {DemoCommand.class, E2eCommand.class, CostCommand.class, BridgeBench.class})
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (fault, command, parsed) -> {
          System.err.println("cti: " + (fault.getMessage() == null ? fault : fault.getMessage()));
          fault.printStackTrace(System.err);
          return 1;
        });
    System.exit(line.execute(arguments));
  }
}
