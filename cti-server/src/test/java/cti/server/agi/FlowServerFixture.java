package cti.server.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.directory.DialPlan;
import cti.core.directory.DirectoryIndex;
import cti.core.id.GatewayId;
import cti.core.ivr.CallPlan;
import cti.core.routing.Facts;
import cti.server.directory.SampleCatalog;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.ScriptFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/**
 * A server with the shipped flow and the sample directory; after each test nothing of it is left.
 */
abstract class FlowServerFixture {
  static final String FACTORY_CALLER = "13900000025";
  static final String HEADQUARTERS_CALLER = "13900000001";
  static final String STRANGER = "13800000001";
  static final String WHO = "gw1 1763750000.42 ";

  static DirectoryIndex directory;
  static CallPlan plan;

  final RecordingMailbox mailbox = new RecordingMailbox();
  FlowServer server;

  @BeforeAll
  static void read() throws Exception {
    SampleCatalog sample = SampleCatalog.load();
    directory = new DirectoryIndex(new DialPlan(sample.sites()), sample.staff());
    plan =
        CallPlanFiles.load(
            ScriptFolder.classPath("ivr-scripts"), "hotline.yaml", sample.desks(), sample.sites());
  }

  static AgiSettings settings(int port, int mostSessions, int readLimitMillis) {
    return new AgiSettings(
        new GatewayId("gw1"),
        InetAddress.getLoopbackAddress(),
        port,
        mostSessions,
        Duration.ofMillis(readLimitMillis),
        Duration.ofMillis(readLimitMillis),
        Duration.ofSeconds(10));
  }

  /** The shipped plan on a Monday morning of which nothing else is known. */
  static FlowSources sources(Supplier<DirectoryIndex> directory) {
    return new FlowSources(
        directory,
        () -> plan,
        caller -> Facts.at(Instant.parse("2026-11-23T02:30:00Z")),
        new CallPlan.Versions(
            version -> Optional.of(plan.routing()), version -> Optional.of(plan.flow())));
  }

  /** A clock on which whoever presses keys takes their time between two of them. */
  static LongSupplier byHand() {
    AtomicLong presses = new AtomicLong();
    return () -> System.nanoTime() + presses.incrementAndGet() * 101_000_000L;
  }

  AsteriskCall call() throws IOException {
    if (server == null) {
      start(100, 20_000);
    }
    return new AsteriskCall(server.port());
  }

  void start(int mostSessions, int readLimitMillis) throws IOException {
    start(mostSessions, readLimitMillis, byHand());
  }

  void start(int mostSessions, int readLimitMillis, LongSupplier nanoTime) throws IOException {
    server =
        FlowServer.start(
            settings(0, mostSessions, readLimitMillis),
            sources(() -> directory),
            PhoneDesks.without(mailbox),
            nanoTime);
  }

  AsteriskCall newCall(String callerId, String... doings) throws IOException {
    return call().request("hotline", callerId, "8000", "", "").caller(doings).run();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    if (server != null) {
      server.close();
      assertEquals(0, server.counters().sessions());
    }
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().startsWith("fastagi")));
  }
}
