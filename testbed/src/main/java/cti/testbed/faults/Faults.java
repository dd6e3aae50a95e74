package cti.testbed.faults;

import cti.testbed.client.Patience;
import cti.testbed.client.Unexpected;
import cti.testbed.faults.Fault.Place;
import cti.testbed.gateway.Part;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Everything that goes wrong here, in the order in which it is tried. */
final class Faults {
  private static final int BURST_RATE = 10 * Fault.USUAL_RATE;

  private static final List<Fault> ALL =
      List.of(
          usual("control", "no fault", 0, 0, stage -> {}),
          usual("ami-cut", "AMI connection cut", 10, 4, Faults::amiCut),
          usual("ami-half-open", "AMI link half-open", 40, 25, Faults::amiHalfOpen),
          usual("database-stopped", "database stopped", 60, 10, Faults::databaseStopped),
          usual(
              "screens", "200 WebSocket clients, 20 of which stop reading", 0, 0, Faults::screens),
          new Fault(
              "burst",
              "10x burst",
              Place.USUAL,
              Duration.ZERO,
              Duration.ZERO,
              BURST_RATE,
              false,
              stage -> {}),
          usual("gateway-frozen", "Asterisk frozen by SIGSTOP", 20, 8, Faults::gatewayFrozen),
          new Fault(
              "gateway-restarted",
              "Asterisk restarted",
              Place.USUAL,
              Duration.ofSeconds(5),
              Duration.ofSeconds(1),
              Fault.USUAL_RATE,
              true,
              Faults::gatewayRestarted),
          usual("server-killed", "cti-server killed with SIGKILL", 20, 5, Faults::serverKilled),
          usual(
              "killed-in-write",
              "cti-server killed during a database write",
              20,
              5,
              Faults::killedInWrite),
          at(
              Place.SMALL_DISK_AND_OWN_CLOCK,
              "disk-full",
              "disk of the journal full",
              20,
              6,
              Faults::diskFull),
          at(
              Place.SMALL_DISK_AND_OWN_CLOCK,
              "clock-stepped",
              "clock stepped by an hour",
              15,
              5,
              Faults::clock));

  private Faults() {}

  static List<Fault> all() {
    return ALL;
  }

  private static Fault usual(
      String name, String title, int seconds, int shortSeconds, Fault.Strike strike) {
    return at(Place.USUAL, name, title, seconds, shortSeconds, strike);
  }

  private static Fault at(
      Place place, String name, String title, int seconds, int shortSeconds, Fault.Strike strike) {
    return new Fault(
        name,
        title,
        place,
        Duration.ofSeconds(seconds),
        Duration.ofSeconds(shortSeconds),
        Fault.USUAL_RATE,
        false,
        strike);
  }

  private static void amiCut(FaultStage stage) throws Exception {
    AmiProxy line = stage.house().line();
    line.cut();
    try {
      stage.house().awaitLinkLost(Duration.ofSeconds(5));
      stage.outageLasts();
    } finally {
      line.mend();
    }
    stage.house().awaitLink();
  }

  private static void amiHalfOpen(FaultStage stage) throws Exception {
    AmiProxy line = stage.house().line();
    line.silence();
    try {
      stage.outageLasts();
      // Three pings without an answer.
      stage.house().awaitLinkLost(Duration.ofSeconds(1));
    } finally {
      line.mend();
    }
    stage.house().awaitLink();
  }

  private static void databaseStopped(FaultStage stage) throws Exception {
    stage.testbed().stop(Part.MYSQL);
    try {
      stage.outageLasts();
      stage.house().expectNotReady("database");
    } finally {
      stage.testbed().start(Part.MYSQL);
    }
  }

  private static void gatewayFrozen(FaultStage stage) throws Exception {
    stage.testbed().freeze(Part.GATEWAY);
    try {
      stage.outageLasts();
    } finally {
      stage.testbed().thaw(Part.GATEWAY);
    }
    stage.house().awaitLink();
  }

  private static void gatewayRestarted(FaultStage stage) throws Exception {
    stage.testbed().stop(Part.GATEWAY);
    try {
      stage.outageLasts();
    } finally {
      stage.testbed().start(Part.GATEWAY);
    }
    stage.house().awaitLink();
  }

  private static void serverKilled(FaultStage stage) throws Exception {
    stage.house().server().kill();
    stage.outageLasts();
    stage.house().startServer();
    stage.house().reconnect();
  }

  /**
   * A table that another connection has locked holds the server in the middle of its transaction.
   */
  private static void killedInWrite(FaultStage stage) throws Exception {
    try (TableLock lock = TableLock.on(stage.house().database(), "call_record")) {
      lock.awaitSomebodyWaiting(Duration.ofSeconds(15));
      stage.house().server().kill();
    }
    stage.outageLasts();
    stage.house().startServer();
    stage.house().reconnect();
  }

  private static void diskFull(FaultStage stage) throws Exception {
    SmallDisk disk = stage.house().surroundings().disk().orElseThrow();
    disk.fill();
    try {
      stage.outageLasts();
      stage.house().expectNotReady("journal");
      stage.house().expectNotReady("\"disk\"");
    } finally {
      disk.free();
    }
  }

  /** Somebody sets the server's clock an hour ahead, and back again. */
  private static void clock(FaultStage stage) throws Exception {
    StepClock clock = stage.house().surroundings().clock().orElseThrow();
    long before = stage.house().figure("cti_clock_steps");
    clock.step(Duration.ofHours(1));
    try {
      stage.outageLasts();
      Duration ahead = Duration.between(Instant.now(), stage.house().serversTime());
      if (ahead.compareTo(Duration.ofMinutes(59)) < 0) {
        throw Unexpected.instead("a server whose clock is an hour ahead", ahead);
      }
      awaitSteps(stage, before + 1);
    } finally {
      clock.step(Duration.ZERO);
    }
    awaitSteps(stage, before + 2);
  }

  /** A step is noticed, there and back. */
  private static void awaitSteps(FaultStage stage, long steps) throws InterruptedException {
    Patience.until(
        "the server has noticed " + steps + " steps of its clock",
        Duration.ofSeconds(10),
        () -> {
          try {
            long noticed = stage.house().figure("cti_clock_steps");
            return noticed == steps ? Optional.empty() : Optional.of(Long.toString(noticed));
          } catch (IOException away) {
            return Optional.of(away.toString());
          }
        });
  }

  private static void screens(FaultStage stage) throws Exception {
    Screens screens = Screens.open(stage.house(), 180, 20);
    stage.afterwards(
        () -> {
          try (screens) {
            return screens.complaints(stage.house());
          }
        });
  }
}
