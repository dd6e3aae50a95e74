package cti.testbed.e2e;

import static cti.testbed.bridge.BridgeProcess.at;

import cti.testbed.bridge.BridgeProcess;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.Api;
import cti.testbed.client.BridgeApi;
import cti.testbed.client.Unexpected;
import cti.testbed.faults.Cpu;
import cti.testbed.gateway.Part;
import cti.testbed.gateway.Testbed;
import cti.testbed.gateway.TestbedFault;
import cti.testbed.server.UntilEnded;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./cti bench bridge}: real callers through the real gateway to a real baresip; the bridge
 * counts by itself from the softphone's word that it rings to the begin of the program that is the
 * screen. The first call finds server and bridge just started and is told apart; the next ones warm
 * the server, which runs for weeks where it is used. Callers come ten together while the agent is
 * not ready, so that no call of them is on its way in while a pop is measured; then each rings and
 * is hung up, and the next waits in the queue already. Exit codes as those of the demo; 1 also
 * where the time was over before all calls were played.
 */
@Command(
    name = "bridge",
    mixinStandardHelpOptions = true,
    description = "From the softphone's ring to the screen-pop; what the bridge needs.")
public final class BridgeBench implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pair PAIR = Pair.GZ;
  private static final String PHONE = "8031";
  private static final Duration SOON = Pair.SOON;
  private static final String AWAY = "break";
  private static final String FLOW = "testbed/flows/straight.yaml";

  /** People of the sample directory; as many wait in the queue as there are numbers. */
  private static final List<String> CALLERS =
      List.of(
          "13900000028",
          "13900000048",
          "13900000019",
          "13900000011",
          "13900000012",
          "13900000014",
          "13900000016",
          "13900000017",
          "13900000021",
          "13900000022");

  @Option(names = "--calls", defaultValue = "100", description = "(default: 100)")
  private int calls;

  @Option(
      names = "--warm-up",
      defaultValue = "10",
      description = "calls behind the first that are not counted (default: 10)")
  private int warmUp;

  @Option(names = "--idle", defaultValue = "30", description = "seconds (default: 30)")
  private int idleSeconds;

  @Option(
      names = "--within",
      defaultValue = "200",
      description = "seconds for all of it; what was played until then is told (default: 200)")
  private int withinSeconds;

  private long endNanos;

  @Override
  public Integer call() throws Exception {
    endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(withinSeconds);
    Path project = Path.of("").toAbsolutePath();
    Testbed testbed = new Testbed(project);
    boolean wasUp = testbed.isUp();
    Thread runner = Thread.currentThread();
    try (UntilEnded _ = UntilEnded.onRequest(runner::interrupt)) {
      try {
        testbed.up();
        testbed.start(Part.SOFTPHONE);
      } catch (TestbedFault fault) {
        System.err.println(fault.getMessage().strip());
        return fault.cannotRunHere() ? 3 : 1;
      }
      Path folder = Files.createTempDirectory("cti-bridge-");
      try (House house =
          House.open(project, testbed, Optional.empty(), folder, straight(project, folder))) {
        return measure(project, folder, house) ? 0 : 1;
      } finally {
        // Asked to end: what follows is done all the same.
        Thread.interrupted();
        testbed.stop(Part.SOFTPHONE);
        if (!wasUp) {
          testbed.down();
        }
        Workshop.remove(folder);
      }
    }
  }

  /** True where all calls were played. */
  private boolean measure(Path project, Path folder, House house) throws Exception {
    Path home = folder.resolve("bridge");
    String settings =
        """
        phone: {kind: baresip, address: "127.0.0.1:4444"}
        pop: {when: ring, command: [touch, "%s/popped"]}
        """
            .formatted(home);
    try (BridgeProcess bridge = BridgeProcess.in(project, home, settings)) {
      AgentDesk desk = house.desk(PAIR.agent(), PHONE);
      BridgeProcess.Ended paired =
          bridge.command(
              "pair",
              house.settings().address().toString(),
              new BridgeApi(desk.api()).pairingCode());
      Expect.equal("the pairing: " + paired.output(), 0, paired.code());
      bridge.start();
      bridge.awaitState("the softphone is registered", SOON, at("/phone/registered"), "true");
      progress("the bridge does nothing for " + idleSeconds + " s");
      Cpu idle = Cpu.of(bridge.pid());
      Thread.sleep(Duration.ofSeconds(idleSeconds));
      double idlePercent = idle.since().millis() / (idleSeconds * 10.0);
      Cpu busy = Cpu.of(bridge.pid());
      Pressure pressure = Pressure.now();
      List<PopParts> pops = pops(house, bridge, desk);
      Map<String, Object> machine = pressure.since();
      Cpu.Used used = busy.since();
      double cpuMillis = (double) used.millis() / pops.size();
      int begin = Math.min(pops.size(), 1 + warmUp);
      print("cold", pops.subList(0, 1), machine);
      print("warming", pops.subList(1, begin), machine);
      print("pop", pops.subList(begin, pops.size()), machine);
      print(
          "cpu_per_call",
          rounded(cpuMillis),
          "ms of the bridge",
          Map.of("calls", pops.size(), "millisByThread", used.byThread()));
      print("idle_cpu", rounded(idlePercent), "% of a core", Map.of("seconds", idleSeconds));
      print("heap_used", BigDecimal.valueOf(heapMebibytes(bridge.pid())), "MiB", heap());
      print("resident", BigDecimal.valueOf(residentMebibytes(bridge.pid())), "MiB", heap());
      return pops.size() == 1 + warmUp + calls;
    }
  }

  private static void progress(String what) {
    System.err.println("bridge: " + what);
  }

  private static Map<String, Object> heap() {
    return Map.of("heapAtMostMiB", 64);
  }

  /** A flow without words: what is measured begins when the phone rings. */
  private static String straight(Path project, Path folder) throws IOException {
    Path scripts = Files.createDirectories(folder.resolve("ivr-scripts"));
    for (String file : List.of("ivr-scripts/prompts.yaml", "testbed/flows/routing.yaml", FLOW)) {
      Path shipped = project.resolve(file);
      Files.copy(shipped, scripts.resolve(shipped.getFileName()));
    }
    return "ivr:\n  scripts: %s\n  flow: %s\n".formatted(scripts, Path.of(FLOW).getFileName());
  }

  /** Every pop in turn, the first included; fewer where the time was over. */
  private List<PopParts> pops(House house, BridgeProcess bridge, AgentDesk desk) throws Exception {
    List<PopParts> pops = new ArrayList<>();
    int all = 1 + warmUp + calls;
    desk.logOn(PAIR.desk());
    try (Api administrator = house.administrator()) {
      while (pops.size() < all && System.nanoTime() < endNanos) {
        // The first one comes alone, as the first of a day does.
        int together = pops.isEmpty() ? 1 : Math.min(CALLERS.size(), all - pops.size());
        Map<String, StagedCall> waiting = waiting(house, together);
        desk.ready();
        while (!waiting.isEmpty()) {
          JsonNode newest = next(house, bridge, waiting, pops.size() + 1);
          String id = newest.path("call").asString();
          pops.add(PopParts.of(newest, administrator.tree("/debug/call/" + id)));
          StagedCall rings = waiting.remove(id);
          if (rings == null) {
            throw Unexpected.instead("a pop of one of " + waiting.keySet(), id);
          }
          if (waiting.isEmpty()) {
            desk.notReady(AWAY);
          }
          rings.hangUp();
          rings.close();
        }
        progress(
            "%d of %d pops, the newest after %.1f ms"
                .formatted(pops.size(), all, pops.getLast().toPop()));
      }
    }
    if (pops.size() < all) {
      progress("the " + withinSeconds + " s were over before all were played");
    }
    return pops;
  }

  /** So many callers in the queue, by their calls. */
  private static Map<String, StagedCall> waiting(House house, int callers) throws Exception {
    List<StagedCall> dialled = new ArrayList<>();
    for (String number : CALLERS.subList(0, callers)) {
      dialled.add(new Stage(house).dial(Callers.silent(number)));
    }
    Map<String, StagedCall> waiting = new HashMap<>();
    for (StagedCall call : dialled) {
      waiting.put(call.awaitPhase("waiting", SOON).id(), call);
    }
    return waiting;
  }

  /** The parts of the next pop. Nobody asks the bridge before: that would be work beside it. */
  private static JsonNode next(
      House house, BridgeProcess bridge, Map<String, StagedCall> waiting, int count)
      throws Exception {
    house
        .observer()
        .await(
            "a pop of one who waits",
            Pair.TO_TALK,
            picture ->
                picture.pops().stream().filter(pop -> waiting.containsKey(pop.call())).findFirst());
    bridge.awaitState(
        "the screen came up", Pair.TO_TALK, at("/pop/count"), Integer.toString(count));
    return bridge.get("/v1/state").at("/pop/newest");
  }

  private void print(String figure, List<PopParts> pops, Map<String, Object> machine) {
    if (!pops.isEmpty()) {
      print(figure, pops, machine, PopParts::toPop, "");
      print(figure, pops, machine, PopParts::waiting, "_wait");
      print(figure, pops, machine, PopParts::starting, "_start");
      print(figure, pops, machine, PopParts::toEngine, "_gateway_to_engine");
      print(figure, pops, machine, PopParts::toBridge, "_engine_to_bridge");
      print(figure, pops, machine, PopParts::toRing, "_gateway_to_ring");
    }
  }

  private void print(
      String figure,
      List<PopParts> pops,
      Map<String, Object> machine,
      ToDoubleFunction<PopParts> millis,
      String part) {
    double[] sorted = pops.stream().mapToDouble(millis).sorted().toArray();
    Map<String, Object> conditions = new LinkedHashMap<>(machine);
    conditions.put("calls", sorted.length);
    if (sorted.length == 1) {
      print(figure + part, rounded(sorted[0]), "ms", conditions);
      return;
    }
    print(figure + part + "_p50", rounded(percentile(sorted, 50)), "ms", conditions);
    print(figure + part + "_p90", rounded(percentile(sorted, 90)), "ms", conditions);
    print(figure + part + "_p99", rounded(percentile(sorted, 99)), "ms", conditions);
  }

  /** Of a hundred so many are not longer. */
  private static double percentile(double[] sorted, int percent) {
    return sorted[(sorted.length * percent + 99) / 100 - 1];
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
  }

  /** VmRSS of proc(5). */
  private static long residentMebibytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }

  /** What is used of every generation, garbage too, as the JVM itself says. */
  private static long heapMebibytes(long pid) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.heap_info")
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes());
    long kibibytes =
        Pattern.compile("total \\d+K, used (\\d+)K")
            .matcher(said)
            .results()
            .mapToLong(found -> Long.parseLong(found.group(1)))
            .sum();
    if (kibibytes == 0) {
      throw new IOException("jcmd said '" + said + "', expected how much is used of a generation");
    }
    return kibibytes / 1024;
  }

  private void print(String figure, BigDecimal value, String unit, Map<String, Object> conditions) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("bench", "bridge");
    line.put("figure", figure);
    line.put("value", value);
    line.put("unit", unit);
    line.put(
        "command",
        "./cti bench bridge --calls %d --warm-up %d --idle %d"
            .formatted(calls, warmUp, idleSeconds));
    line.put("conditions", conditions);
    System.out.println(JSON.writeValueAsString(line));
  }
}
