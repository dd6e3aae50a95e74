package cti.bench.load;

import cti.bench.Figure;
import cti.bench.console.Heard;
import cti.bench.gateway.Played;
import cti.bench.house.Clocked;
import cti.bench.house.Hiccups;
import cti.bench.house.House;
import cti.bench.house.Metrics;
import cti.bench.house.Settings;
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
 * Synthetic gateway → engine → journal → database → consoles, all on this machine. Without a rate
 * it raises the load until something lags, and sustains what was carried before.
 */
@Command(
    name = "pipeline",
    description = "Calls a second from the gateway to the database and to 200 consoles.")
public final class PipelineBench implements Callable<Integer> {
  private static final double[] RATES = {20, 40, 60, 80, 100, 125, 150, 200, 250, 300, 400};
  private static final double[] WARM_UP_RATES = {20, 50, 80, 100, 120};
  private static final double WARM_UP_SECONDS = 12;
  private static final double PROBE_SECONDS = 10;
  private static final double RAMP_SECONDS = 3;
  private static final Duration TO_DRAIN = Duration.ofSeconds(120);

  /** Records of a call in the journal, about; a lag of this many calls' seconds is lag. */
  private static final double RECORDS_PER_CALL = 15;

  private static final double LAG_SECONDS = 1.5;
  private static final double MIB = 1 << 20;

  @Option(names = "--seconds", defaultValue = "60", description = "sustained (default: 60)")
  private double seconds;

  @Option(names = "--rate", description = "calls a second; default: find the most")
  private Double rate;

  @Option(names = "--consoles", defaultValue = "200", description = "supervisors (default: 200)")
  private int consoles;

  @Option(names = "--agents", defaultValue = "1000", description = "logged on (default: 1000)")
  private int agents;

  @Option(
      names = "--events",
      defaultValue = "155",
      description = "AMI events of a call (default: 155); 0: what the shipped filters let through")
  private int events;

  @Option(
      names = "--gather",
      arity = "1",
      defaultValue = "true",
      description = "consoles have changes gathered, as the page does (default: true)")
  private boolean gather;

  @Option(
      names = "--topics",
      defaultValue = Settings.Consoles.SUPERVISORS_TOPICS,
      description = "of the consoles, as a JSON list (default: those of a supervisor's page)")
  private String topics;

  @Option(names = "--heap", defaultValue = "512", description = "the server's -Xmx in MiB")
  private int heap;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Settings settings =
        new Settings(
            agents,
            5_000,
            Duration.ofSeconds(1),
            new Settings.Consoles(consoles, topics, gather, Settings.Who.SUPERVISOR),
            events,
            400,
            1_000,
            heap);
    try (House house = House.open(settings)) {
      warmUp(house);
      double sustained = rate == null ? search(house) : rate;
      measure(house, sustained);
    }
    return 0;
  }

  /** The compiler of the server's JVM takes its time, and processors. */
  private void warmUp(House house) throws IOException, InterruptedException {
    House.say("warming up");
    for (double candidate : WARM_UP_RATES) {
      double calls = rate == null ? candidate : Math.min(candidate, rate);
      house.play(calls, WARM_UP_SECONDS);
      Clocked.run(WARM_UP_SECONDS);
    }
    drain(house);
  }

  /** The highest rate of the ladder that was carried for some seconds without lag. */
  private static double search(House house) throws IOException, InterruptedException {
    double best = 10;
    for (double candidate : RATES) {
      house.play(candidate, PROBE_SECONDS);
      Clocked.run(PROBE_SECONDS);
      Lag lag = Lag.of(house);
      House.say("%.0f calls/s: %s".formatted(candidate, lag));
      int closed = house.heard().closed();
      boolean carried = lag.seconds(candidate) < LAG_SECONDS && closed == 0;
      if (closed > 0) {
        House.say(closed + " consoles were closed for being too slow");
      }
      drain(house);
      if (!carried) {
        break;
      }
      best = candidate;
    }
    return best;
  }

  private void measure(House house, double sustained)
      throws IOException, InterruptedException, SQLException {
    house.openConsoles();
    Played opened = house.played();
    House.say("%.0f calls/s for %.0f s".formatted(sustained, seconds));
    house.play(sustained, RAMP_SECONDS + seconds);
    // The first calls have yet to end.
    Clocked.run(RAMP_SECONDS);
    Played before = house.played();
    Duration cpuBefore = house.server().cpu();
    Duration databaseBefore = house.server().databaseCpu();
    Duration generatorBefore = house.generatorCpu();
    Threads threadsBefore = house.serverThreads();
    long begin = System.nanoTime();
    Hiccups hiccups = Hiccups.watch();
    Clocked.run(seconds);
    hiccups.close();
    Lag atEnd = Lag.of(house);
    Played after = house.played();
    double took = (System.nanoTime() - begin) / 1e9;
    Duration cpu = house.server().cpu().minus(cpuBefore);
    Duration databaseCpu = house.server().databaseCpu().minus(databaseBefore);
    Duration generatorCpu = house.generatorCpu().minus(generatorBefore);
    Map<String, Double> threads = house.serverThreads().coresSince(threadsBefore, took);
    House.say("at the end: " + atEnd);
    drain(house);
    Clocked.until("consoles were told", TO_DRAIN, () -> house.heard().lastRecords().size() <= 1);
    double drained = (System.nanoTime() - begin) / 1e9 - took;
    double heapMib = house.server().heapAfterCollection();
    Played all = house.played();
    Heard heard = house.heard();
    long warnings = house.warnings();
    Map<String, Long> onRecord = house.stopAndCount();
    long ended = sum(after.ended()) - sum(before.ended());
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put("offered", sustained);
    conditions.put("seconds", seconds);
    conditions.put("consoles", consoles);
    conditions.put("topics", topics);
    conditions.put("gather", gather);
    conditions.put("agents", agents);
    conditions.put("eventsPerSecond", Math.round((after.events() - before.events()) / took));
    conditions.put("cores", Runtime.getRuntime().availableProcessors());
    conditions.put("machineLateP99Ms", hiccups.millis(99));
    conditions.put("serverCores", rounded(cpu.toMillis() / 1e3 / took));
    conditions.put("serverCpuMsPerCall", rounded((double) cpu.toMillis() / ended));
    conditions.put("databaseCores", rounded(databaseCpu.toMillis() / 1e3 / took));
    conditions.put("generatorCores", rounded(generatorCpu.toMillis() / 1e3 / took));
    conditions.put("serverCoresByThread", threads);
    conditions.put("lagAtEnd", atEnd.toString());
    conditions.put("drainedInSeconds", rounded(drained));
    conditions.put("warnings", warnings);
    conditions.put("gateway", all.complaints());
    boolean carried = atEnd.seconds(sustained) < LAG_SECONDS;
    conditions.put("sustained", carried && heard.closed() == 0);
    figure("calls_per_second", ended / took, "calls/s", conditions);
    Map<String, Object> frames = new LinkedHashMap<>();
    frames.put("frames", heard.frames());
    frames.put("mib", Math.round(heard.bytes() / MIB));
    frames.put("callsEndedByStreams", heard.callsEnded());
    frames.put("streamsStandAtRecord", heard.lastRecords());
    frames.put("gaps", heard.gaps());
    frames.put("streamsClosed", heard.closeCodes());
    figure("heap_mib", heapMib, "MiB", Map.of("after", "a full collection", "bound", heap));
    long untold = untold(sum(all.ended()) - sum(opened.ended()), heard);
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("lostOnRecord", lost(all, onRecord));
    record.put("endsNotToldToAStream", untold);
    record.put("played", all.ended());
    record.put("onRecord", onRecord);
    record.put("fellBack", all.fellBack());
    record.putAll(frames);
    figure("lost", lost(all, onRecord) + untold, "calls", record);
  }

  /** Calls whose record is missing or wrong. */
  private static long lost(Played all, Map<String, Long> onRecord) {
    long wrong = onRecord.getOrDefault("null", 0L) + all.fellBack();
    for (Map.Entry<String, Long> played : all.ended().entrySet()) {
      wrong += Math.abs(played.getValue() - onRecord.getOrDefault(played.getKey(), 0L));
    }
    return wrong;
  }

  /** Ends of calls that streams were not told, added up over the streams. */
  private static long untold(long ends, Heard heard) {
    long missing = 0;
    for (Map.Entry<Long, Integer> streams : heard.callsEnded().entrySet()) {
      missing += Math.abs(ends - streams.getKey()) * streams.getValue();
    }
    return missing;
  }

  private void figure(String name, double value, String unit, Map<String, Object> conditions) {
    String command =
        "./cti bench pipeline --seconds %.0f --consoles %d --agents %d%s%s"
            .formatted(
                seconds,
                consoles,
                agents,
                rate == null ? "" : " --rate %.0f".formatted(rate),
                events == 155 ? "" : " --events " + events);
    Figure.of("pipeline", name, value, unit, command, conditions).print();
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void drain(House house) throws IOException, InterruptedException {
    Clocked.until("the load is drained", TO_DRAIN, () -> Lag.of(house).none());
  }

  /** What waits where. */
  private record Lag(
      long records, long inputs, long unreadBytes, int inProgress, int callersWaiting) {
    static Lag of(House house) throws IOException, InterruptedException {
      Played played = house.played();
      Metrics metrics = house.server().metrics();
      return new Lag(
          (long) metrics.value("cti_journal_lag"),
          (long) metrics.value("cti_mailbox_waiting"),
          played.pendingBytes(),
          played.inProgress(),
          played.waiting());
    }

    boolean none() {
      return records == 0 && inputs == 0 && unreadBytes == 0 && inProgress == 0;
    }

    /** How long it would take to work off at that rate. */
    double seconds(double callsPerSecond) {
      double calls =
          records / RECORDS_PER_CALL
              + unreadBytes / 70_000.0
              + inputs / RECORDS_PER_CALL
              + callersWaiting;
      return calls / callsPerSecond;
    }

    @Override
    public String toString() {
      return "%d records not in the database, %d inputs, %d KiB unread, %d calls, %d waiting"
          .formatted(records, inputs, unreadBytes >> 10, inProgress, callersWaiting);
    }
  }
}
