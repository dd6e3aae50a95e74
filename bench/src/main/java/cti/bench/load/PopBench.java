package cti.bench.load;

import cti.bench.Figure;
import cti.bench.console.Heard;
import cti.bench.gateway.Played;
import cti.bench.house.Clocked;
import cti.bench.house.Hiccups;
import cti.bench.house.House;
import cti.bench.house.Settings;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long after the gateway wrote AgentCalled the pop is at a client. The event's time stamp is
 * taken as its bytes are written, the pop carries it as {@code at}, and the client looks at the
 * same machine's clock when it has the whole frame.
 */
@Command(name = "pop", description = "AMI bytes written to the socket -> pop frame at the client.")
public final class PopBench implements Callable<Integer> {
  private static final double WARM_UP_SECONDS = 60;
  private static final Duration TO_DRAIN = Duration.ofSeconds(60);

  @Option(names = "--seconds", defaultValue = "30", description = "measured (default: 30)")
  private double seconds;

  @Option(names = "--rate", defaultValue = "50", description = "calls a second (default: 50)")
  private double rate;

  @Option(names = "--agents", defaultValue = "2000", description = "logged on (default: 2000)")
  private int agents;

  @Option(
      names = "--consoles",
      defaultValue = "10",
      description = "supervisors who see all pops (default: 10)")
  private int consoles;

  @Option(
      names = "--events",
      defaultValue = "155",
      description = "AMI events of a call (default: 155); 0: what the shipped filters let through")
  private int events;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Settings settings =
        new Settings(
            agents,
            5_000,
            Duration.ofSeconds(1),
            new Settings.Consoles(consoles, "[\"calls\",\"pops\"]", false, Settings.Who.SUPERVISOR),
            events,
            400,
            1_000,
            512);
    try (House house = House.open(settings)) {
      House.say("warming up");
      house.play(rate, WARM_UP_SECONDS);
      Clocked.run(WARM_UP_SECONDS);
      drain(house);
      house.forgetTimes();
      Played before = house.played();
      House.say("%.0f calls/s for %.0f s".formatted(rate, seconds));
      Hiccups hiccups = Hiccups.watch();
      house.play(rate, seconds);
      Clocked.run(seconds);
      hiccups.close();
      drain(house);
      Heard heard = house.heard();
      report(heard, house.played().begun() - before.begun(), hiccups);
    }
    return 0;
  }

  /** All calls have ended and every console was told so: no pop is under way. */
  private static void drain(House house) throws IOException, InterruptedException {
    Clocked.until(
        "calls have ended and consoles were told",
        TO_DRAIN,
        () -> {
          Played played = house.played();
          long ended = played.ended().values().stream().mapToLong(Long::longValue).sum();
          return played.inProgress() == 0
              && house.heard().callsEnded().keySet().equals(Set.of(ended));
        });
  }

  private void report(Heard heard, long calls, Hiccups hiccups) {
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put("agents", agents);
    conditions.put("callsPerSecond", rate);
    conditions.put("consoles", consoles);
    conditions.put("calls", calls);
    conditions.put("pops", heard.pops());
    conditions.put("maxMs", millis(heard, "max"));
    conditions.put("machineLateP50Ms", hiccups.millis(50));
    conditions.put("machineLateP99Ms", hiccups.millis(99));
    conditions.put("cores", Runtime.getRuntime().availableProcessors());
    String command = "./cti bench pop --rate %.0f --agents %d".formatted(rate, agents);
    Figure.of("pop", "p50_ms", millis(heard, "p50"), "ms", command, conditions).print();
    Figure.of("pop", "p99_ms", millis(heard, "p99"), "ms", command, conditions).print();
    Figure.of("pop", "lost", calls - heard.pops(), "pops", command, conditions).print();
  }

  private static double millis(Heard heard, String which) {
    return heard.popMicros().get(which) / 1_000.0;
  }
}
