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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The gateway cuts the manager connection while calls are in progress; they go on meanwhile. What
 * is measured begins with the server's next connection, and ends when the last console was told
 * that the link is live.
 */
@Command(
    name = "resync",
    description = "Gateway link back -> Live at the consoles, with 500 calls in progress.")
public final class ResyncBench implements Callable<Integer> {
  /** Until the server's code for it is compiled; their figure is told apart. */
  private static final int FIRST = 9;

  private static final int ROUNDS = 21;
  private static final double CALLS_PER_SECOND = 25;
  private static final Duration TO_RING = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration TO_BEGIN = Duration.ofSeconds(120);
  private static final Duration TO_AGREE = Duration.ofSeconds(10);

  @Option(names = "--agents", defaultValue = "2000", description = "logged on (default: 2000)")
  private int agents;

  @Option(names = "--calls", defaultValue = "500", description = "in progress (default: 500)")
  private int calls;

  @Option(names = "--consoles", defaultValue = "10", description = "supervisors (default: 10)")
  private int consoles;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Settings settings =
        new Settings(
            agents,
            5_000,
            Duration.ofSeconds(1),
            new Settings.Consoles(
                consoles, Settings.Consoles.ALL_TOPICS, true, Settings.Who.SUPERVISOR),
            0,
            400,
            120_000,
            512);
    try (House house = House.open(settings)) {
      House.say(calls + " calls begin");
      begin(house);
      List<Double> took = new ArrayList<>();
      List<Double> away = new ArrayList<>();
      Hiccups hiccups = Hiccups.watch();
      int least = Integer.MAX_VALUE;
      int wrong = 0;
      for (int round = 0; round < FIRST + ROUNDS; round++) {
        if (house.played().inProgress() < calls + calls / 10) {
          begin(house);
        }
        least = Math.min(least, house.played().inProgress());
        Round done = cut(house);
        took.add(done.seconds());
        away.add(done.awaySeconds());
        wrong += done.wrong();
        House.say("round %d: %s".formatted(round + 1, done));
      }
      hiccups.close();
      report(took, away, least, wrong, hiccups);
    }
    return 0;
  }

  /** Some hang up while a phone rings, so that calls are added until enough are in talk. */
  private void begin(House house) throws IOException, InterruptedException {
    long end = System.nanoTime() + TO_BEGIN.toNanos();
    // More than asked for: some of them end while links are cut.
    int enough = calls + calls / 5;
    for (int missing = enough; missing > 0; missing = enough - house.played().inProgress()) {
      if (System.nanoTime() > end) {
        throw new IOException(
            "%d of %d calls in progress after %s".formatted(enough - missing, enough, TO_BEGIN));
      }
      double seconds = Math.max(1, missing / CALLS_PER_SECOND);
      house.play(CALLS_PER_SECOND, seconds);
      Clocked.run(seconds + TO_RING.toSeconds());
    }
  }

  /**
   * One cut.
   *
   * @param awaySeconds until the server connected again, which its pauses between tries decide
   * @param wrong calls that the picture has too many or too few afterwards
   */
  private record Round(double seconds, double awaySeconds, int inProgress, int wrong) {}

  private Round cut(House house) throws IOException, InterruptedException {
    long live = house.heard().gatewayLive();
    long before = Clocked.micros();
    house.cut();
    Clocked.until(
        "the consoles were told that the link is live",
        LIMIT,
        () -> house.heard().gatewayLive() == live + consoles);
    Heard heard = house.heard();
    Played played = house.played();
    int wrong = 0;
    try {
      Clocked.until("the picture is as the gateway", TO_AGREE, () -> wrong(house) == 0);
    } catch (IOException differs) {
      House.say(differs.getMessage());
      wrong = wrong(house);
    }
    return new Round(
        (heard.gatewayLiveMicros() - played.connectedMicros()) / 1e6,
        (played.connectedMicros() - before) / 1e6,
        house.played().inProgress(),
        wrong);
  }

  /** Calls come and go while we look, so that a difference may be of a moment. */
  private static int wrong(House house) throws IOException, InterruptedException {
    int shown = house.read("/api/v1/calls").get("items").size();
    return Math.abs(shown - house.played().inProgress());
  }

  private void report(List<Double> took, List<Double> away, int least, int wrong, Hiccups hiccups) {
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put("agents", agents);
    conditions.put("callsInProgressAtLeast", least);
    conditions.put("consoles", consoles);
    conditions.put("rounds", took);
    conditions.put("roundsBefore", FIRST);
    conditions.put("awaySeconds", away);
    conditions.put("callsWrongAfterwards", wrong);
    conditions.put("machineLateP99Ms", hiccups.millis(99));
    conditions.put("cores", Runtime.getRuntime().availableProcessors());
    String command = "./cti bench resync --agents %d --calls %d".formatted(agents, calls);
    List<Double> warm = took.subList(FIRST, took.size()).stream().sorted().toList();
    double worst = took.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    Figure.of("resync", "seconds", warm.get(warm.size() / 2), "s", command, conditions).print();
    Figure.of("resync", "first_seconds", took.getFirst(), "s", command, conditions).print();
    Figure.of("resync", "worst_seconds", worst, "s", command, conditions).print();
  }
}
