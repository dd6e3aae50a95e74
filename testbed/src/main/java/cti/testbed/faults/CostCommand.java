package cti.testbed.faults;

import cti.testbed.client.AgentView;
import cti.testbed.client.Patience;
import cti.testbed.gateway.Testbed;
import cti.testbed.server.OnTestbed;
import cti.testbed.server.UntilEnded;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./cti bench cost}: the load of the faults without a fault. CPU of the server's process and
 * of the gateway's Asterisk are read from /proc before the first of the measured calls and after
 * the last of them has ended: for the first calls of a server that has just started, for as many
 * after a warm-up, and once more at {@link #BUSY} times the rate. Exit codes as those of the demo.
 */
@Command(
    name = "cost",
    mixinStandardHelpOptions = true,
    description = "CPU of cti-server over CPU of the real Asterisk, for the same calls.")
public final class CostCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration TO_EMPTY = Duration.ofSeconds(90);
  private static final int BUSY = 4;

  @Option(names = "--rate", defaultValue = "5", description = "calls a second (default: 5)")
  private int rate;

  @Option(names = "--calls", defaultValue = "300", description = "measured (default: 300)")
  private int calls;

  @Option(
      names = "--warm-up",
      defaultValue = "3000",
      description = "calls between cold and warm, for the compiler (default: 3000)")
  private int warmUp;

  @Option(
      names = "--warm-up-rate",
      defaultValue = "10",
      description = "of those, calls a second (default: 10)")
  private int warmUpRate;

  @Option(names = "--seed", defaultValue = "1", description = "of the plan (default: 1)")
  private long seed;

  @Override
  public Integer call() throws Exception {
    Path project = Path.of("").toAbsolutePath();
    Thread runner = Thread.currentThread();
    try (UntilEnded _ = UntilEnded.onRequest(runner::interrupt)) {
      return new OnTestbed(project)
          .run(
              "the server that is measured",
              testbed -> {
                measure(project, testbed);
                return 0;
              });
    }
  }

  private void measure(Path project, Testbed testbed)
      throws IOException, InterruptedException, SQLException {
    Path folder = Files.createTempDirectory("cti-cost-");
    try (FaultHouse house = FaultHouse.open(project, testbed, folder, Fault.Place.USUAL)) {
      measure("ratio_cold", rate, project, house, folder);
      play(project, house, warmUpRate, warmUp, folder.resolve("warm-up"));
      ready(house);
      measure("ratio", rate, project, house, folder);
      ready(house);
      measure("ratio_busy", BUSY * rate, project, house, folder);
    } finally {
      remove(folder);
    }
  }

  /** Plays the measured calls and tells what they cost, at once: what follows takes minutes. */
  private void measure(String name, int perSecond, Path project, FaultHouse house, Path folder)
      throws IOException, InterruptedException {
    Cpu server = Cpu.of(house.server().pid());
    Cpu gateway = Cpu.of(gatewayPid(house.testbed()));
    long begin = System.nanoTime();
    int dialled = play(project, house, perSecond, calls, folder.resolve(name));
    double seconds = (System.nanoTime() - begin) / 1e9;
    Map<String, Object> figure =
        figure(name, perSecond, server.since(), gateway.since(), dialled, seconds);
    System.out.println(JSON.writeValueAsString(figure));
  }

  /** Whoever was made not ready by the rule for unanswered rings takes calls again. */
  private static void ready(FaultHouse house) throws IOException, InterruptedException {
    for (AgentView agent : house.agents()) {
      if (agent.state().equals("not-ready")) {
        house.supervisor().ready(agent.id());
      }
    }
  }

  /** Until the gateway has no channel left; how many dialled. */
  private int play(Path project, FaultHouse house, int perSecond, int number, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    LoadPlan plan = LoadPlan.of(seed, number, house.takeNumbers(number), true);
    try (Load load = Load.begin(project, house.testbed(), plan, perSecond, folder)) {
      load.awaitDialled(number, Duration.ofSeconds(number / perSecond + 60));
      load.awaitEnd();
      Patience.until("the gateway has no channel left", TO_EMPTY, () -> channels(house));
      return load.dialled();
    }
  }

  private static Optional<String> channels(FaultHouse house) throws InterruptedException {
    try {
      String left = house.testbed().gatewayConsole("core show channels concise").strip();
      return left.isEmpty() ? Optional.empty() : Optional.of(left);
    } catch (IOException notYet) {
      return Optional.of(notYet.toString());
    }
  }

  private Map<String, Object> figure(
      String name, int perSecond, Cpu.Used server, Cpu.Used gateway, int dialled, double seconds) {
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put("calls", dialled);
    conditions.put("callsPerSecond", perSecond);
    conditions.put("seconds", rounded(seconds));
    conditions.put("serverMsPerCall", rounded(server.millis() / (double) dialled));
    conditions.put("gatewayMsPerCall", rounded(gateway.millis() / (double) dialled));
    conditions.put("serverMsByThread", server.byThread());
    conditions.put("cores", Runtime.getRuntime().availableProcessors());
    Map<String, Object> figure = new LinkedHashMap<>();
    figure.put("bench", "cost");
    figure.put("figure", name);
    figure.put("value", rounded(server.millis() / (double) gateway.millis()));
    figure.put("unit", "x");
    figure.put("against", "Asterisk of the testbed, all of its process");
    figure.put(
        "command",
        "./cti bench cost --rate %d --calls %d --warm-up %d --warm-up-rate %d"
            .formatted(rate, calls, warmUp, warmUpRate));
    figure.put("conditions", conditions);
    return figure;
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
  }

  /** As testbed.sh noted it: its process and when that began. */
  private static long gatewayPid(Testbed testbed) throws IOException, InterruptedException {
    Path file = testbed.environment().run().resolve("pid").resolve("gateway");
    return Long.parseLong(Files.readString(file).strip().split(" ")[0]);
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
