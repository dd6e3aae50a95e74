package cti.testbed.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** What is kept of a run that failed, in its own folder. */
final class Evidence {
  private final FaultHouse house;
  private final Path folder;

  Evidence(FaultHouse house, Path folder) {
    this.house = house;
    this.folder = folder;
  }

  void keep(GatewaySince since, LoadPlan plan, List<String> complaints)
      throws IOException, InterruptedException {
    Files.write(folder.resolve("complaints.txt"), complaints);
    Files.write(
        folder.resolve("plan.txt"), plan.calls().stream().map(PlannedCall::toString).toList());
    Files.write(
        folder.resolve("queue_log.txt"), since.queueLog().stream().map(Object::toString).toList());
    Files.write(folder.resolve("load.csv"), since.details());
    Files.write(
        folder.resolve("gateway-calls.txt"),
        since.calls(plan.numbers()).stream().map(GatewayCall::toString).toList());
    Files.writeString(folder.resolve("queues.txt"), house.testbed().gatewayConsole("queue show"));
    Files.copy(
        house.settings().log(), folder.resolve("server.log"), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(folder.resolve("health.json"), house.supervisor().readiness());
    threads();
    Path journal = Files.createDirectories(folder.resolve("journal"));
    try (Stream<Path> segments = Files.list(house.settings().journal())) {
      for (Path segment : segments.filter(Files::isRegularFile).toList()) {
        Files.copy(
            segment, journal.resolve(segment.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** What the server's threads are at: a run that hangs is told apart from one that fails. */
  private void threads() throws IOException, InterruptedException {
    Process print =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(house.server().pid()),
                "Thread.print")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("threads.txt").toFile())
            .start();
    print.waitFor();
  }
}
