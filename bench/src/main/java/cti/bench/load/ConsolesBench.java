package cti.bench.load;

import cti.bench.Figure;
import cti.bench.console.Heard;
import cti.bench.house.Clocked;
import cti.bench.house.Hiccups;
import cti.bench.house.House;
import cti.bench.house.Settings;
import cti.bench.house.StateChanges;
import cti.bench.house.Threads;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Ten thousand agents' screens. An agent becomes not ready by a command whose reason stands for
 * when it was sent; each screen looks at the clock when it has the frame with that reason. All
 * agents see the state of all, so that each change goes to every screen.
 */
@Command(
    name = "consoles",
    description = "A state change asked for -> told to 10,000 subscribed WebSockets.")
public final class ConsolesBench implements Callable<Integer> {
  private static final double WARM_UP_SECONDS = 15;
  private static final Duration TO_TELL = Duration.ofSeconds(30);

  @Option(names = "--streams", defaultValue = "10000", description = "screens (default: 10000)")
  private int streams;

  @Option(names = "--agents", defaultValue = "2000", description = "logged on (default: 2000)")
  private int agents;

  @Option(names = "--rate", defaultValue = "20", description = "changes a second (default: 20)")
  private double rate;

  @Option(names = "--seconds", defaultValue = "30", description = "measured (default: 30)")
  private double seconds;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Settings settings =
        new Settings(
            agents,
            1_000,
            Duration.ofSeconds(1),
            new Settings.Consoles(streams, Settings.Consoles.ALL_TOPICS, true, Settings.Who.AGENTS),
            0,
            400,
            1_000,
            512);
    try (House house = House.open(settings);
        StateChanges changes = house.stateChanges()) {
      House.say("warming up");
      int warmUp = (int) Math.round(rate * WARM_UP_SECONDS);
      changes.run(rate, warmUp);
      told(house, warmUp);
      house.forgetTimes();
      int measured = (int) Math.round(rate * seconds);
      House.say("%.0f changes/s for %.0f s".formatted(rate, seconds));
      Duration serverBefore = house.server().cpu();
      Duration generatorBefore = house.generatorCpu();
      Threads threadsBefore = house.serverThreads();
      long begin = System.nanoTime();
      Hiccups hiccups = Hiccups.watch();
      changes.run(rate, measured);
      double took = (System.nanoTime() - begin) / 1e9;
      hiccups.close();
      Map<String, Object> conditions = new LinkedHashMap<>();
      conditions.put("streams", streams);
      conditions.put("changesPerSecond", rate);
      conditions.put("cores", Runtime.getRuntime().availableProcessors());
      conditions.put("machineLateP99Ms", hiccups.millis(99));
      conditions.put("serverCores", cores(house.server().cpu().minus(serverBefore), took));
      conditions.put("serverCoresByThread", house.serverThreads().coresSince(threadsBefore, took));
      conditions.put("generatorCores", cores(house.generatorCpu().minus(generatorBefore), took));
      told(house, measured);
      report(house.heard(), measured, house.server().heapAfterCollection(), conditions);
    }
    return 0;
  }

  /** Waits until every screen was told of every change; what was not is reported. */
  private void told(House house, long changes) throws IOException, InterruptedException {
    Map<Long, Integer> all = Map.of(changes, streams);
    try {
      Clocked.until("every screen was told", TO_TELL, () -> house.heard().changes().equals(all));
    } catch (IOException late) {
      House.say(late.getMessage() + ": " + house.heard().changes());
    }
  }

  private void report(Heard heard, long changes, double heapMib, Map<String, Object> conditions) {
    conditions.put("maxMs", millis(heard, "max"));
    conditions.put("told", heard.changeMicros().get("count"));
    conditions.put("gaps", heard.gaps());
    conditions.put("streamsClosed", heard.closeCodes());
    long starved =
        heard.changes().entrySet().stream()
            .filter(told -> told.getKey() < changes)
            .mapToLong(Map.Entry::getValue)
            .sum();
    String command =
        "./cti bench consoles --streams %d --agents %d --rate %.0f --seconds %.0f"
            .formatted(streams, agents, rate, seconds);
    Figure.of("consoles", "p50_ms", millis(heard, "p50"), "ms", command, conditions).print();
    Figure.of("consoles", "p99_ms", millis(heard, "p99"), "ms", command, conditions).print();
    Figure.of("consoles", "starved", starved, "streams", command, conditions).print();
    Figure.of("consoles", "heap_mib", heapMib, "MiB", command, Map.of("bound", 512)).print();
  }

  private static double cores(Duration cpu, double seconds) {
    return Math.round(cpu.toMillis() / seconds / 10) / 100.0;
  }

  private static double millis(Heard heard, String which) {
    return heard.changeMicros().get(which) / 1_000.0;
  }
}
