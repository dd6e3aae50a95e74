package cti.testbed.e2e;

import static cti.testbed.bridge.BridgeProcess.at;

import cti.testbed.bridge.BridgeProcess;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.BridgeApi;
import cti.testbed.client.Patience;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./cti bench bridge}: real callers through the real gateway to a real baresip; the bridge
 * counts by itself from the softphone's word that it rings to the begin of the program that is the
 * screen. Before the bridge starts some calls warm the server, which runs for weeks where it is
 * used; the bridge itself is as cold as in the morning. Exit codes as those of the demo.
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

  @Option(names = "--calls", defaultValue = "40", description = "(default: 40)")
  private int calls;

  @Option(names = "--warm-up", defaultValue = "10", description = "of the server (default: 10)")
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
      try (House house = House.open(project, testbed, Optional.empty(), folder)) {
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
      desk.logOn(PAIR.desk());
      for (int i = 0; i < warmUp; i++) {
        desk.ready();
        StagedCall call = PAIR.call(new Stage(house));
        call.awaitPhase("ringing", Pair.TO_TALK);
        end(call, desk);
      }
      desk.logOff();
      bridge.start();
      bridge.awaitState("the softphone is registered", SOON, at("/phone/registered"), "true");
      Cpu idle = Cpu.of(bridge.pid());
      Thread.sleep(Duration.ofSeconds(idleSeconds));
      double idlePercent = idle.since().millis() / (idleSeconds * 10.0);
      desk.logOn(PAIR.desk());
      for (int i = 0; i < calls; i++) {
        ring(house, bridge, desk, i + 1);
      }
      JsonNode pop = bridge.get("/v1/state").path("pop");
      print("pop_p50", millis(pop, "p50Micros"), "ms", Map.of("calls", pop.path("count").asInt()));
      print("pop_p99", millis(pop, "p99Micros"), "ms", Map.of("calls", pop.path("count").asInt()));
      print("pop_wait_p99", millis(pop, "waitP99Micros"), "ms", Map.of());
      print("pop_start_p99", millis(pop, "startP99Micros"), "ms", Map.of());
      print("idle_cpu", rounded(idlePercent), "% of a core", Map.of("seconds", idleSeconds));
      print("heap_used", BigDecimal.valueOf(heapMebibytes(bridge.pid())), "MiB", heap());
      print("resident", BigDecimal.valueOf(residentMebibytes(bridge.pid())), "MiB", heap());
    }
  }

  private static Map<String, Object> heap() {
    return Map.of("heapAtMostMiB", 64);
  }

  private void ring(House house, BridgeProcess bridge, AgentDesk desk, int number)
      throws Exception {
    desk.ready();
    Stage stage = new Stage(house);
    StagedCall call = PAIR.call(stage);
    bridge.awaitCall("ringing", Pair.TO_TALK);
    String counted = Integer.toString(number);
    bridge.awaitState("the screen came up", SOON, at("/pop/count"), counted);
    end(call, desk);
    bridge.awaitNoCall(SOON);
  }

  private static void end(StagedCall call, AgentDesk desk) throws Exception {
    call.hangUp();
    Patience.until(
        "the agent is free",
        SOON,
        () ->
            desk.state().equals("ready") || desk.state().equals("not-ready")
                ? Optional.empty()
                : Optional.of(desk.state()));
    call.close();
  }

  private static BigDecimal millis(JsonNode pop, String field) {
    return rounded(pop.path(field).asLong() / 1000.0);
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
