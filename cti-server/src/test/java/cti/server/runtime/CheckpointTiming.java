package cti.server.runtime;

import cti.core.call.Direction;
import cti.core.call.EventCause;
import cti.core.engine.Engine;
import cti.core.engine.EngineSettings;
import cti.core.engine.MemberAddressing;
import cti.core.event.AgentEvent.AgentLoggedOn;
import cti.core.event.CallEvent;
import cti.core.id.AgentId;
import cti.core.id.AttemptId;
import cti.core.id.CallId;
import cti.core.id.ConnectionId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.id.VisitId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long a checkpoint holds up the loop, and how long it takes on the thread that writes it: a
 * main method, no test. 2,000 agents, 500 calls that ring.
 */
final class CheckpointTiming {
  private static final int AGENTS = 2_000;
  private static final int CALLS = 500;
  private static final int ROUNDS = 300;
  private static final Instant AT = Instant.parse("2026-11-23T02:00:00Z");

  private CheckpointTiming() {}

  public static void main(String[] arguments) throws Exception {
    Engine engine =
        new Engine(
            new EngineSettings(new GatewayId("gw1"), Set.of("h"), MemberAddressing.SHIPPED),
            number -> List.of());
    for (int i = 0; i < AGENTS; i++) {
      engine.apply(
          new AgentLoggedOn(
              new AgentId("" + i), AT, new Extension("" + (10_000 + i)), Set.of(new DeskId("gz"))));
    }
    for (int i = 0; i < CALLS; i++) {
      call(engine, new CallId("gw1:" + i), i);
    }
    FoldedEngine folded = new FoldedEngine(engine);
    Path folder = Files.createTempDirectory("checkpoint-timing");
    Checkpoints checkpoints = new Checkpoints(folder, List.of(folded));
    double[] copy = new double[ROUNDS];
    double[] write = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      Folded.Memory<?> memory = folded.memory().toCompletableFuture().join();
      copy[i] = (System.nanoTime() - begin) / 1e3;
      begin = System.nanoTime();
      checkpoints.write(Map.of("engine", memory));
      write[i] = (System.nanoTime() - begin) / 1e6;
    }
    long bytes = Files.size(new CheckpointFiles(folder).newestFirst().getFirst());
    Arrays.sort(copy);
    Arrays.sort(write);
    System.out.printf(
        "copy on the loop: median %.0f us, p99 %.0f us; write elsewhere: median %.1f ms, p99 %.1f"
            + " ms; %d bytes%n",
        copy[ROUNDS / 2],
        copy[ROUNDS * 99 / 100],
        write[ROUNDS / 2],
        write[ROUNDS * 99 / 100],
        bytes);
    Files.delete(new CheckpointFiles(folder).newestFirst().getFirst());
    Files.delete(folder);
  }

  private static void call(Engine engine, CallId call, int i) {
    EventCause normal = EventCause.NORMAL;
    VisitId visit = new VisitId(call + "/v1");
    QueueName queue = new QueueName("cti-gz");
    engine.apply(
        new CallEvent.ServiceInitiated(
            call,
            AT,
            normal,
            new ConnectionId(call.value()),
            new GatewayId("gw1"),
            "PJSIP/trunk-" + i,
            "1380000" + i,
            "",
            "8000",
            Direction.INBOUND));
    engine.apply(new CallEvent.Originated(call, AT, normal, new ConnectionId(call + "l"), "Local"));
    engine.apply(
        new CallEvent.Queued(call, AT, normal, visit, queue, Optional.of(new DeskId("gz")), 1));
    engine.apply(
        new CallEvent.Delivered(
            call,
            AT,
            normal,
            visit,
            new AttemptId(call + "l"),
            Optional.of(new AgentId("" + i)),
            new Extension("" + (10_000 + i))));
  }
}
