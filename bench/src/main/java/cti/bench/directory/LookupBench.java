package cti.bench.directory;

import cti.bench.Figure;
import cti.bench.house.Hiccups;
import cti.bench.house.House;
import cti.bench.house.People;
import cti.bench.house.Settings;
import cti.bench.house.Threads;
import cti.core.desk.Site;
import cti.core.directory.DialPlan;
import cti.core.directory.DirectoryIndex;
import cti.core.directory.StaffMember;
import cti.server.directory.SampleCatalog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long it takes to find a caller among 100,000 people with 250,000 numbers: in process, with
 * and without edits and reloads meanwhile; and through FastAGI of a whole server, from the request
 * to the first command that follows the lookup: callers who call again without a pause, all of them
 * at the same moment, and the former with reloads from the database meanwhile.
 */
@Command(name = "lookup", description = "Caller's number -> people of the directory.")
public final class LookupBench implements Callable<Integer> {
  private static final int WARM_UP = 300_000;
  private static final int HEAP_MIB = 1_024;

  @Option(names = "--people", defaultValue = "100000", description = "default: 100000")
  private int people;

  @Option(names = "--lookups", defaultValue = "2000000", description = "default: 2000000")
  private int lookups;

  @Option(names = "--at-once", defaultValue = "50", description = "FastAGI calls (default: 50)")
  private int atOnce;

  @Option(names = "--seconds", defaultValue = "15", description = "of FastAGI each (default: 15)")
  private double seconds;

  @Option(names = "--in-process-only", description = "without a server")
  private boolean inProcessOnly;

  private volatile DirectoryIndex index;
  private volatile boolean changing;
  private volatile long keepAlive;

  @Override
  public Integer call() throws Exception {
    inProcess();
    if (!inProcessOnly) {
      throughFastAgi();
    }
    return 0;
  }

  private void inProcess() throws InterruptedException {
    List<Site> sites = SampleCatalog.load().sites();
    List<StaffMember> staff = People.of(people, sites);
    DialPlan plan = new DialPlan(sites);
    long peopleBytes = used();
    long began = System.nanoTime();
    index = new DirectoryIndex(plan, staff);
    double builtMillis = (System.nanoTime() - began) / 1e6;
    double indexMib = (used() - peopleBytes) / 1048576.0;
    Map<String, Object> conditions = conditions();
    conditions.put("numbers", staff.stream().mapToInt(one -> one.numbers().size()).sum());
    String command = "./cti bench lookup --people " + people;
    Figure.of("lookup", "index_mib", indexMib, "MiB", command, conditions).print();
    Figure.of("lookup", "build_ms", builtMillis, "ms", command, conditions).print();

    Random random = new Random(1);
    time(staff, random, WARM_UP);
    Histogram still = time(staff, random, lookups);
    print("in_process", still, conditions, command);

    changing = true;
    Histogram edits = new Histogram(60_000_000L, 3);
    Histogram reloads = new Histogram(60_000_000L, 3);
    Thread changer =
        Thread.ofPlatform().name("changer").start(() -> change(staff, plan, edits, reloads));
    Histogram meanwhile = time(staff, random, lookups);
    changing = false;
    changer.join();
    Map<String, Object> changed = new LinkedHashMap<>(conditions);
    changed.put("edits", edits.getTotalCount());
    changed.put("reloads", reloads.getTotalCount());
    print("in_process_with_reloads", meanwhile, changed, command);
    Figure.of("lookup", "edit_ms", edits.getValueAtPercentile(50) / 1e3, "ms", command, changed)
        .print();
    Figure.of("lookup", "reload_ms", reloads.getValueAtPercentile(50) / 1e3, "ms", command, changed)
        .print();
  }

  private Histogram time(List<StaffMember> staff, Random random, int count) {
    Histogram nanos = new Histogram(60_000_000_000L, 3);
    long matches = 0;
    for (int i = 0; i < count; i++) {
      String presented = People.presented(staff, random);
      long start = System.nanoTime();
      matches += index.lookup(presented).size();
      nanos.recordValue(System.nanoTime() - start);
    }
    keepAlive = matches;
    return nanos;
  }

  /** Nine edits, then everything anew, again and again. */
  private void change(List<StaffMember> staff, DialPlan plan, Histogram edits, Histogram reloads) {
    Random random = new Random(2);
    while (changing) {
      for (int i = 0; i < 9 && changing; i++) {
        StaffMember one = staff.get(random.nextInt(staff.size()));
        long start = System.nanoTime();
        index = index.with(one.id(), Optional.of(one.with(one.numbers().reversed())));
        edits.recordValue((System.nanoTime() - start) / 1_000);
      }
      long start = System.nanoTime();
      index = new DirectoryIndex(plan, staff);
      reloads.recordValue((System.nanoTime() - start) / 1_000);
    }
  }

  private static void print(
      String figure, Histogram nanos, Map<String, Object> conditions, String command) {
    Map<String, Object> all = new LinkedHashMap<>(conditions);
    all.put("lookups", nanos.getTotalCount());
    all.put("p50Us", nanos.getValueAtPercentile(50) / 1e3);
    all.put("p999Us", nanos.getValueAtPercentile(99.9) / 1e3);
    Figure.of(
            "lookup", figure + "_p99_us", nanos.getValueAtPercentile(99) / 1e3, "us", command, all)
        .print();
    Figure.of("lookup", figure + "_max_ms", nanos.getMaxValue() / 1e6, "ms", command, all).print();
  }

  private void throughFastAgi() throws Exception {
    Settings settings =
        new Settings(
            1,
            people,
            Duration.ofSeconds(1),
            new Settings.Consoles(
                0, Settings.Consoles.SUPERVISORS_TOPICS, true, Settings.Who.SUPERVISOR),
            0,
            400,
            1_000,
            HEAP_MIB);
    try (House house = House.open(settings)) {
      List<StaffMember> staff = People.of(people, SampleCatalog.load().sites());
      String command = "./cti bench lookup --people %d --at-once %d".formatted(people, atOnce);
      Map<String, Object> conditions = conditions();
      conditions.put("atOnce", atOnce);
      conditions.put("serverHeapMib", house.server().heapAfterCollection());
      House.say("warming FastAGI up");
      AgiCallers callers = new AgiCallers(house.agiPort(), staff, atOnce);
      callers.run(seconds);
      House.say(atOnce + " at once through FastAGI");
      measured("fastagi", house, () -> callers.run(seconds), conditions, command);
      House.say(atOnce + " at the same moment, ten times a second");
      measured(
          "fastagi_together",
          house,
          () -> callers.run(seconds, Duration.ofMillis(100)),
          conditions,
          command);
      House.say("the same while the directory is loaded anew");
      Reloads reloads = Reloads.begin(house);
      Map<String, Object> reloading = new LinkedHashMap<>(conditions);
      try {
        measured("fastagi_with_reloads", house, () -> callers.run(seconds), reloading, command);
      } finally {
        reloads.close();
      }
      Figure.of("lookup", "reloads_meanwhile", reloads.done(), "reloads", command, reloading)
          .print();
    }
  }

  private void measured(
      String figure,
      House house,
      Callable<Histogram> calling,
      Map<String, Object> conditions,
      String command)
      throws Exception {
    Hiccups hiccups = Hiccups.watch();
    Threads serverBefore = house.serverThreads();
    Duration callersBefore = ownCpu();
    long began = System.nanoTime();
    Histogram micros = calling.call();
    double took = (System.nanoTime() - began) / 1e9;
    hiccups.close();
    Duration callersCpu = ownCpu().minus(callersBefore);
    Threads server = house.serverThreads();
    Map<String, Object> all = new LinkedHashMap<>(conditions);
    all.put("calls", micros.getTotalCount());
    all.put("callsPerSecond", Math.round(micros.getTotalCount() / took));
    all.put(
        "serverCpuUsPerCall",
        Math.round((server.total() - serverBefore.total()) * 1e3 / micros.getTotalCount()));
    all.put("callersCpuUsPerCall", Math.round(callersCpu.toNanos() / 1e3 / micros.getTotalCount()));
    all.put("serverCoresByThread", server.coresSince(serverBefore, took));
    all.put("p50Ms", micros.getValueAtPercentile(50) / 1e3);
    all.put("maxMs", micros.getMaxValue() / 1e3);
    all.put("machineLateP99Ms", hiccups.millis(99));
    Figure.of(
            "lookup", figure + "_p99_ms", micros.getValueAtPercentile(99) / 1e3, "ms", command, all)
        .print();
    Figure.of("lookup", figure + "_max_ms", micros.getMaxValue() / 1e3, "ms", command, all).print();
  }

  private static Duration ownCpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private Map<String, Object> conditions() {
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put("people", people);
    conditions.put("cores", Runtime.getRuntime().availableProcessors());
    return conditions;
  }

  /** Bytes of the heap in use after a collection. */
  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
