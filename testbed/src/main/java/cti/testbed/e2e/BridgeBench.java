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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
 * the server, which runs for weeks where it is used. Each call rings and is hung up, and the next
 * waits in the queue already. Exit codes as those of the demo.
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
  private static final String FLOW = "testbed/flows/straight.yaml";

  /** People of the sample directory; as many wait in the queue as there are numbers. */
  private static final List<String> CALLERS =
      List.of("13900000028", "13900000048", "13900000019", "13900000011");

  @Option(names = "--calls", defaultValue = "100", description = "(default: 100)")
  private int calls;

  @Option(
      names = "--warm-up",
      defaultValue = "10",
      description = "calls behind the first that are not counted (default: 10)")
  private int warmUp;

  @Option(names = "--idle", defaultValue = "30", description = "seconds (default: 30)")
  private int idleSeconds;

  @Override
  public Integer call() throws Exception {
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
        measure(project, folder, house);
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
    return 0;
  }

  private void measure(Path project, Path folder, House house) throws Exception {
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
      Cpu idle = Cpu.of(bridge.pid());
      Thread.sleep(Duration.ofSeconds(idleSeconds));
      double idlePercent = idle.since().millis() / (idleSeconds * 10.0);
      List<PopParts> pops = pops(house, bridge, desk);
      print("cold", pops.subList(0, 1));
      if (warmUp > 0) {
        print("warming", pops.subList(1, 1 + warmUp));
      }
      print("pop", pops.subList(1 + warmUp, pops.size()));
      print("idle_cpu", rounded(idlePercent), "% of a core", Map.of("seconds", idleSeconds));
      print("heap_used", BigDecimal.valueOf(heapMebibytes(bridge.pid())), "MiB", heap());
      print("resident", BigDecimal.valueOf(residentMebibytes(bridge.pid())), "MiB", heap());
    }
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

  /** Every pop in turn, the first included. */
  private List<PopParts> pops(House house, BridgeProcess bridge, AgentDesk desk) throws Exception {
    List<PopParts> pops = new ArrayList<>();
    Deque<String> free = new ArrayDeque<>(CALLERS);
    Map<String, StagedCall> waiting = new HashMap<>();
    desk.logOn(PAIR.desk());
    desk.ready();
    int all = 1 + warmUp + calls;
    try (Api administrator = house.administrator()) {
      while (pops.size() < all) {
        // The first one comes alone, as the first of a day does.
        while (!free.isEmpty() && (waiting.isEmpty() || !pops.isEmpty())) {
          StagedCall call = new Stage(house).dial(Callers.silent(free.removeFirst()));
          waiting.put(call.id(), call);
        }
        // Nobody asks the bridge anything before: that would be work beside what is measured.
        house
            .observer()
            .await(
                "a pop of one who waits",
                Pair.TO_TALK,
                picture ->
                    picture.pops().stream()
                        .filter(pop -> waiting.containsKey(pop.call()))
                        .findFirst());
        String counted = Integer.toString(pops.size() + 1);
        bridge.awaitState("the screen came up", Pair.TO_TALK, at("/pop/count"), counted);
        JsonNode newest = bridge.get("/v1/state").at("/pop/newest");
        String id = newest.path("call").asString();
        pops.add(PopParts.of(newest, administrator.tree("/debug/call/" + id)));
        StagedCall rings = waiting.remove(id);
        if (rings == null) {
          throw Unexpected.instead("a pop of one of " + waiting.keySet(), id);
        }
        rings.hangUp();
        rings.close();
        free.addLast(rings.number());
        if (!desk.state().equals("ready")) {
          desk.ready();
        }
      }
      for (StagedCall call : waiting.values()) {
        call.hangUp();
        call.close();
      }
    }
    return pops;
  }

  private void print(String figure, List<PopParts> pops) {
    print(figure, pops, PopParts::toPop, "");
    print(figure, pops, PopParts::waiting, "_wait");
    print(figure, pops, PopParts::starting, "_start");
    print(figure, pops, PopParts::toEngine, "_gateway_to_engine");
    print(figure, pops, PopParts::toBridge, "_engine_to_bridge");
    print(figure, pops, PopParts::toRing, "_gateway_to_ring");
  }

  private void print(
      String figure, List<PopParts> pops, ToDoubleFunction<PopParts> millis, String part) {
    double[] sorted = pops.stream().mapToDouble(millis).sorted().toArray();
    Map<String, Object> conditions = Map.of("calls", sorted.length);
    if (sorted.length == 1) {
      print(figure + part, rounded(sorted[0]), "ms", conditions);
      return;
    }
    print(figure + part + "_p50", rounded(percentile(sorted, 50)), "ms", conditions);
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
