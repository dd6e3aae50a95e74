package cti.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.agent.Agent;
import cti.core.agent.AgentState;
import cti.core.agent.SeatRole;
import cti.core.desk.Desk;
import cti.core.engine.AgentCommand;
import cti.core.engine.CatalogInput;
import cti.core.engine.Engine;
import cti.core.engine.EngineSettings;
import cti.core.engine.GatewayAction;
import cti.core.engine.GatewayInput;
import cti.core.engine.MemberAddressing;
import cti.core.engine.Reply;
import cti.core.event.AgentEvent.AgentBusy;
import cti.core.event.AgentEvent.AgentLoggedOn;
import cti.core.event.AgentEvent.AgentReady;
import cti.core.event.AgentEvent.AgentWorkingAfterCall;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.ChannelId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.GatewayId;
import cti.core.id.QueueName;
import cti.core.id.SiteId;
import cti.core.port.GatewayCommands;
import cti.core.port.JournalRecord;
import cti.core.port.RecordStore;
import cti.server.event.EventCodec;
import cti.server.event.EventLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayLoopTest {
  private static final GatewayId GATEWAY = new GatewayId("gw1");
  private static final AgentId AGENT = new AgentId("1001");
  private static final DeskId DESK = new DeskId("gz");
  @TempDir Path folder;

  private final List<JournalRecord> pushed = Collections.synchronizedList(new ArrayList<>());
  private final List<GatewayAction> actions = Collections.synchronizedList(new ArrayList<>());
  private final List<AutoClose> open = new ArrayList<>();
  private volatile Optional<String> gatewaySays = Optional.empty();

  private interface AutoClose {
    void close() throws Exception;
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoClose each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void aCommandIsAnsweredOnceItIsOnDisk() throws Exception {
    Running running = start();
    Reply reply = logOn(running.loop);
    assertEquals(new Reply.Accepted(), reply);
    assertTrue(running.journal.durable() >= 2, "GatewayLive and AgentLoggedOn");
    assertEquals(
        pushed.stream().map(JournalRecord::sequence).sorted().toList(),
        pushed.stream().map(JournalRecord::sequence).toList());
    Awaitility.await().until(() -> !actions.isEmpty());
    assertInstanceOf(GatewayAction.AddMember.class, actions.getFirst());
  }

  @Test
  void aRestartGoesOnWhereTheLastRunStopped() throws Exception {
    Running first = start();
    logOn(first.loop);
    stop();
    open.clear();
    Running second = start();
    assertEquals(AgentState.NOT_READY, second.engine.state().agent(AGENT).orElseThrow().state());
    assertEquals(
        new Reply.Accepted(),
        second.loop.ask(new AgentCommand.BecomeReady(AGENT)).toCompletableFuture().get());
  }

  @Test
  void whatTheGatewayRefusesReachesTheEngine() throws Exception {
    Running running = start();
    logOn(running.loop);
    running.loop.ask(new AgentCommand.BecomeReady(AGENT)).toCompletableFuture().get();
    gatewaySays = Optional.of("No such queue");
    running.loop.ask(new AgentCommand.BecomeNotReady(AGENT, "break")).toCompletableFuture().get();
    gatewaySays = Optional.of("Interface not found");
    running.loop.ask(new AgentCommand.BecomeReady(AGENT)).toCompletableFuture().get();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertTrue(
                    pushed.getLast().event().toString().contains("gateway-refused"),
                    pushed.getLast().toString()));
  }

  @Test
  void aFullMailboxRefusesAndCounts() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    Engine engine = engine();
    Journal journal = Journal.open(folder, new EventCodec(), 1 << 20, r -> {});
    open.add(journal::close);
    GatewayLoop loop =
        new GatewayLoop(
            new FoldedEngine(engine),
            journal,
            action -> CompletableFuture.completedFuture(Optional.empty()),
            (records, nanos) -> {},
            () -> {
              awaitQuietly(hold);
              return Instant.now();
            },
            new EventLine(new EventCodec(), true),
            2);
    assertTrue(loop.offer(live()));
    loop.start();
    open.add(loop::close);
    Awaitility.await().until(() -> loop.waiting() == 0);
    assertTrue(loop.offer(live()));
    assertTrue(loop.offer(live()));
    assertFalse(loop.offer(live()));
    Reply reply = loop.ask(new AgentCommand.BecomeReady(AGENT)).toCompletableFuture().get();
    assertEquals("overloaded", assertInstanceOf(Reply.Refusal.class, reply).id());
    assertEquals(2, loop.refused());
    hold.countDown();
  }

  /** The end of a wrap-up comes although somebody puts the clock back by an hour meanwhile. */
  @Test
  void aClockThatIsSetMovesNoTimer() throws Exception {
    AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    Instant now = Instant.now();
    CallId call = new CallId("gw1:1.1");
    Engine engine = engine();
    List.of(
            new AgentLoggedOn(AGENT, now, new Extension("8001"), Set.of(DESK)),
            new AgentReady(AGENT, now),
            new AgentBusy(AGENT, now, call),
            new AgentWorkingAfterCall(AGENT, now, call, now.plusMillis(300), Optional.of(DESK)))
        .forEach(engine::apply);
    Journal journal = Journal.open(folder, new EventCodec(), 1 << 20, r -> {});
    open.add(journal::close);
    GatewayLoop loop =
        new GatewayLoop(
            new FoldedEngine(engine),
            journal,
            action -> CompletableFuture.completedFuture(Optional.empty()),
            (records, nanos) -> pushed.addAll(records),
            () -> now.plus(ahead.get()),
            new EventLine(new EventCodec(), true),
            100);
    loop.start();
    open.add(loop::close);
    ahead.set(Duration.ofHours(-1));
    Awaitility.await()
        .until(() -> pushed.stream().anyMatch(record -> record.event() instanceof AgentReady));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Screens follow the write, answers and actions the disk (docs/adr/0011). */
  @Test
  void nobodyIsAnsweredAndNoGatewayDoesWhatIsNotOnDisk() throws Exception {
    Engine engine = engine();
    Journal journal = Journal.open(folder, new EventCodec(), 1 << 20, r -> {});
    CountDownLatch disk = new CountDownLatch(1);
    journal.onDurable(
        sequence -> {
          if (sequence > 1) {
            awaitQuietly(disk);
          }
        });
    open.add(journal::close);
    GatewayLoop loop =
        new GatewayLoop(
            new FoldedEngine(engine),
            journal,
            action -> {
              actions.add(action);
              return CompletableFuture.completedFuture(Optional.empty());
            },
            (records, nanos) -> {
              assertTrue(
                  records.isEmpty() || isWritten(records.getLast().sequence()),
                  "shown before it was written");
              pushed.addAll(records);
            },
            Instant::now,
            new EventLine(new EventCodec(), true),
            100);
    loop.start();
    open.add(loop::close);
    assertTrue(loop.offer(live()));
    Awaitility.await().until(() -> pushed.size() == 1);
    CompletableFuture<Reply> reply =
        loop.ask(new AgentCommand.LogOn(AGENT, new Extension("8001"), Set.of(DESK)))
            .toCompletableFuture();
    Awaitility.await().until(() -> loop.handled() == 2 && journal.durable() > 1);
    assertTrue(engine.state().agent(AGENT).isPresent(), "it is decided");
    assertTrue(pushed.size() > 1, "it is shown");
    assertEquals(List.of(), actions);
    assertFalse(reply.isDone());
    disk.countDown();
    assertEquals(new Reply.Accepted(), reply.get(10, TimeUnit.SECONDS));
    Awaitility.await().until(() -> !actions.isEmpty());
  }

  /** As whoever opens the folder after a kill would find it. */
  private boolean isWritten(long sequence) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".journal"))
          .flatMap(
              file -> {
                try {
                  return Files.readAllLines(file).stream();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .anyMatch(line -> line.split(" ", 3)[1].equals(Long.toString(sequence)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFaultOfWhoeverWatchesOrActsStopsNoCall() throws Exception {
    Engine engine = engine();
    Journal journal = Journal.open(folder, new EventCodec(), 1 << 20, r -> {});
    open.add(journal::close);
    GatewayLoop loop =
        new GatewayLoop(
            new FoldedEngine(engine),
            journal,
            action -> {
              throw new IllegalStateException("a defect");
            },
            (records, nanos) -> {
              throw new IllegalStateException("another");
            },
            Instant::now,
            new EventLine(new EventCodec(), true),
            100);
    loop.start();
    open.add(loop::close);
    assertTrue(loop.offer(live()));
    assertEquals(new Reply.Accepted(), logOn(loop));
    assertEquals(
        new Reply.Accepted(),
        loop.ask(new AgentCommand.BecomeReady(AGENT))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS));
    Awaitility.await().until(() -> journal.durable() == 4);
    assertEquals(
        AgentState.NOT_READY,
        engine.state().agent(AGENT).orElseThrow().state(),
        "the gateway did not take the agent");
  }

  @Test
  void afterAnInputThatWasNotHandledANewPictureIsAskedForAtMostOnceAMinute() throws Exception {
    Journal journal = Journal.open(folder, new EventCodec(), 1 << 20, r -> {});
    open.add(journal::close);
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T02:00:00Z"));
    AtomicInteger asked = new AtomicInteger();
    GatewayLoop loop =
        new GatewayLoop(
            new FoldedEngine(engine()),
            journal,
            action -> CompletableFuture.completedFuture(Optional.empty()),
            (records, nanos) -> {},
            now::get,
            new EventLine(new EventCodec(), true),
            100);
    loop.lookAnewBy(asked::incrementAndGet);
    loop.start();
    open.add(loop::close);
    GatewayInput unheardOf =
        new GatewayInput.ChannelCreated(
            GATEWAY, now.get(), null, new ChannelId("1"), "", "", "", "", "");
    assertTrue(loop.offer(unheardOf));
    Awaitility.await().until(() -> asked.get() == 1);
    assertTrue(loop.offer(unheardOf));
    assertTrue(loop.offer(unheardOf));
    now.updateAndGet(at -> at.plusSeconds(59));
    assertInstanceOf(
        Reply.Refusal.class,
        loop.ask(new AgentCommand.BecomeReady(AGENT))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS));
    assertEquals(1, asked.get());
    now.updateAndGet(at -> at.plusSeconds(1));
    Awaitility.await().until(() -> asked.get() == 2);
    now.updateAndGet(at -> at.plusSeconds(600));
    assertInstanceOf(
        Reply.Refusal.class,
        loop.ask(new AgentCommand.BecomeReady(AGENT))
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS));
    assertEquals(2, asked.get(), "all is well since");
  }

  @Test
  void nothingIsDecidedThatTheJournalHasNoRoomFor() throws Exception {
    Engine engine = engine();
    Journal journal = Journal.open(folder, new EventCodec(), 1 << 20, 1, r -> {});
    CountDownLatch disk = new CountDownLatch(1);
    journal.onDurable(
        sequence -> {
          try {
            disk.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    open.add(journal::close);
    GatewayLoop loop =
        new GatewayLoop(
            new FoldedEngine(engine),
            journal,
            action -> CompletableFuture.completedFuture(Optional.empty()),
            (records, nanos) -> pushed.addAll(records),
            Instant::now,
            new EventLine(new EventCodec(), true),
            100);
    loop.start();
    open.add(loop::close);
    for (int i = 0; i < 20; i++) {
      assertTrue(loop.offer(live()));
    }
    Awaitility.await().until(() -> !journal.failure().isEmpty());
    assertEquals(1, pushed.size(), "what is not written is on no screen");
    Reply reply = loop.ask(new AgentCommand.BecomeReady(AGENT)).toCompletableFuture().get();
    assertEquals("journal-away", assertInstanceOf(Reply.Refusal.class, reply).id());
    disk.countDown();
    Awaitility.await().until(() -> pushed.size() == 20);
    stop();
    open.clear();
    List<JournalRecord> onDisk = new ArrayList<>();
    Journal.open(folder, new EventCodec(), 1 << 20, onDisk::add).close();
    assertEquals(List.copyOf(pushed), onDisk);
  }

  @Test
  void theShipperWaitsForADatabaseAndLosesNothing() throws Exception {
    Running running = start();
    AtomicBoolean away = new AtomicBoolean(true);
    List<JournalRecord> stored = Collections.synchronizedList(new ArrayList<>());
    RecordStore store =
        new RecordStore() {
          @Override
          public long highWaterMark() {
            if (away.get()) {
              throw new IllegalStateException("database is away");
            }
            return stored.isEmpty() ? 0 : stored.getLast().sequence();
          }

          @Override
          public void compare(List<JournalRecord> same) {
            assertEquals(stored.subList(stored.size() - same.size(), stored.size()), same);
          }

          @Override
          public void store(List<JournalRecord> records) {
            if (away.get()) {
              throw new IllegalStateException("database is away");
            }
            stored.addAll(records);
          }
        };
    JournalShipper shipper = new JournalShipper(running.journal, store, Instant::now);
    open.add(shipper::close);
    logOn(running.loop);
    Awaitility.await().until(() -> shipper.problem().isPresent());
    assertEquals("database is away", shipper.problem().orElseThrow().message());
    away.set(false);
    Awaitility.await().until(() -> shipper.lag() == 0 && shipper.problem().isEmpty());
    assertEquals(List.copyOf(pushed), List.copyOf(stored));
  }

  private record Running(Engine engine, Journal journal, GatewayLoop loop) {}

  private Running start() throws Exception {
    Engine engine = engine();
    Journal journal =
        Journal.open(folder, new EventCodec(), 1 << 20, record -> engine.apply(record.event()));
    GatewayLoop loop =
        new GatewayLoop(
            new FoldedEngine(engine),
            journal,
            action -> {
              actions.add(action);
              return CompletableFuture.completedFuture(
                  gatewaySays.map(GatewayCommands.Failure::refused));
            },
            (records, nanos) -> pushed.addAll(records),
            Instant::now,
            new EventLine(new EventCodec(), true),
            1_000);
    loop.start();
    open.add(journal::close);
    open.add(loop::close);
    assertTrue(loop.offer(live()));
    return new Running(engine, journal, loop);
  }

  private static Engine engine() {
    Engine engine =
        new Engine(
            new EngineSettings(GATEWAY, Set.of("cti-hotline"), MemberAddressing.SHIPPED),
            number -> List.of());
    Desk desk =
        new Desk(
            DESK,
            "广州厂",
            new SiteId("gz"),
            "",
            new QueueName("cti-gz"),
            Duration.ofSeconds(5),
            Duration.ofMinutes(1));
    engine.handle(
        new CatalogInput.MasterReplaced(
            List.of(desk), List.of(new Agent(AGENT, "员工0101", Map.of(DESK, SeatRole.A)))),
        Instant.EPOCH);
    return engine;
  }

  private static GatewayInput.Snapshot live() {
    return new GatewayInput.Snapshot(GATEWAY, Instant.now(), "22", List.of(), List.of(), List.of());
  }

  private static Reply logOn(GatewayLoop loop) throws Exception {
    return loop.ask(new AgentCommand.LogOn(AGENT, new Extension("8001"), Set.of(DESK)))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }
}
