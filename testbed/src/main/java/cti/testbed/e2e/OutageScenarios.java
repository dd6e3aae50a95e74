package cti.testbed.e2e;

import cti.testbed.caller.CallerScript;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.AgentView;
import cti.testbed.client.CallView;
import cti.testbed.client.Patience;
import cti.testbed.gateway.PhoneBehaviour;
import cti.testbed.gateway.QueueLogLine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The server goes away and comes back: callers reach a phone, records are whole. */
final class OutageScenarios {
  private static final Duration TO_THE_DESK = Duration.ofSeconds(30);
  private static final Duration TO_A_PHONE = Duration.ofSeconds(20);
  private static final String FALLBACK = "cti-fallback";

  private OutageScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.alone(
            "the gateway's link is cut in a call: back by itself, one whole record",
            OutageScenarios::linkCut),
        killedInTalk(),
        Scenario.alone(
            "cti-server restarted while a caller waits: one whole record",
            OutageScenarios::restartedWhileWaiting),
        Scenario.alone(
            "cti-server stopped: the caller still reaches a phone", OutageScenarios::stopped),
        Scenario.alone(
            "cti-server stopped: a key in the static queue costs no place",
            OutageScenarios::keysInTheStaticQueue),
        Scenario.alone(
            "cti-server frozen: the caller still reaches a phone", OutageScenarios::frozen));
  }

  static Scenario killedInTalk() {
    return Scenario.alone(
            "cti-server killed and restarted in a call: agents logged on, one whole record",
            OutageScenarios::killed)
        .inQuickRun();
  }

  private static void linkCut(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1010", "gz");
    StagedCall call = stage.dial(Callers.silent("13900000027"));
    call.awaitPhase("talking", TO_THE_DESK);

    CutLink.cut(stage.house().testbed());
    stage
        .house()
        .observer()
        .await(
            "the link is lost",
            Duration.ofSeconds(5),
            picture -> picture.gatewayLive() ? Optional.empty() : Optional.of(true));
    stage.house().awaitLink();

    AgentView busy = agent.awaitState("busy", Duration.ofSeconds(5));
    Expect.equal("the agent's call", Optional.of(call.id()), busy.call());
    CallOnRecord record = MenuScenarios.talkAndHangUp(call);
    Expect.equal("visits", List.of("cti-gz=answered"), record.visitOutcomes());
  }

  private static void killed(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1010", "gz");
    AgentDesk idle = stage.ready("1004", "hq-project");
    StagedCall call = stage.dial(Callers.silent("13900000026"));
    CallView before = call.awaitPhase("talking", TO_THE_DESK);
    // Screens are told before the disk is: what is on record is what a power failure must not take.
    call.awaitOnRecord("the talk", record -> record.call().agent().isPresent());

    stage.house().server().kill();
    stage.house().startServer();
    stage.house().reconnect();

    AgentView busy = agent.awaitState("busy", Duration.ofSeconds(5));
    Expect.equal("the agent's call", Optional.of(call.id()), busy.call());
    Expect.equal("the agent's phone", Optional.of(agent.extension()), busy.extension());
    idle.awaitState("ready", Duration.ofSeconds(5));
    CallView after = call.awaitPhase("talking", Duration.ofSeconds(5));
    Expect.equal("agent in the call", before.agent(), after.agent());
    CallOnRecord record = MenuScenarios.talkAndHangUp(call);
    Expect.equal("visits", List.of("cti-gz=answered"), record.visitOutcomes());
    Expect.equal("agent on record", Optional.of("1010"), record.agent());
    agent.awaitState("working-after-call", Duration.ofSeconds(5));
  }

  private static void restartedWhileWaiting(Stage stage) throws Exception {
    AgentDesk agent = stage.loggedOn("1011", "sg");
    StagedCall call = stage.dial(Callers.silent("13900000037"));
    call.awaitPhase("waiting", TO_THE_DESK);

    Expect.equal("exit code on SIGTERM", 0, stage.house().server().stop());
    stage.house().startServer();
    stage.house().reconnect();

    call.awaitPhase("waiting", Duration.ofSeconds(5));
    agent.awaitState("not-ready", Duration.ofSeconds(5));
    agent.ready();
    CallOnRecord record = MenuScenarios.talkAndHangUp(call);
    Expect.equal("visits", List.of("cti-sg=answered"), record.visitOutcomes());
    Expect.equal("ring attempts", List.of("answered"), record.attemptOutcomes());
  }

  private static void stopped(Stage stage) throws Exception {
    Expect.equal("exit code on SIGTERM", 0, stage.house().server().stop());
    try {
      reachesAPhone(stage, stage.dial(Callers.silent("13900000028")));
    } finally {
      stage.house().startServer();
      stage.house().reconnect();
    }
  }

  /** Keys all the while that a phone rings; the phones of the static queue answer late. */
  private static void keysInTheStaticQueue(Stage stage) throws Exception {
    for (String phone : List.of("8001", "8002", "8003", "8004")) {
      stage.phoneAt(phone, PhoneBehaviour.answers(Duration.ofSeconds(10)));
    }
    CallerScript.Draft impatient = CallerScript.from("13900000028");
    for (int i = 0; i < 6; i++) {
      impatient =
          impatient
              .waits(Duration.ofMillis(1_500))
              .presses('1')
              .waits(Duration.ofMillis(1_500))
              .presses('2');
    }
    Expect.equal("exit code on SIGTERM", 0, stage.house().server().stop());
    try {
      long begin = stage.queueLogBegin();
      reachesAPhone(stage, stage.dial(impatient.staysOn()));
      List<String> stay =
          queueLog(stage, begin).stream()
              .filter(line -> line.queue().equals(FALLBACK))
              .map(QueueLogLine::event)
              .filter(event -> List.of("ENTERQUEUE", "EXITWITHKEY", "CONNECT").contains(event))
              .toList();
      Expect.equal("the stay in the static queue", List.of("ENTERQUEUE", "CONNECT"), stay);
    } finally {
      stage.house().startServer();
      stage.house().reconnect();
    }
  }

  private static void frozen(Stage stage) throws Exception {
    stage.house().server().freeze();
    StagedCall call;
    try {
      call = stage.dial(Callers.silent("13900000030"));
      reachesAPhone(stage, call);
    } finally {
      stage.house().server().thaw();
      stage.house().awaitLink();
    }
    CallOnRecord record = call.record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("visits", List.of(FALLBACK + "=answered"), record.visitOutcomes());
    if (stage.house().records().isPresent()) {
      Expect.equal("fall-back reason", Optional.of("server-silent"), record.fallbackReason());
    }
  }

  /** Waits until a phone of the static queue answers, by the gateway's own word. */
  private static void reachesAPhone(Stage stage, StagedCall call) throws Exception {
    long begin = stage.queueLogBegin();
    Patience.until(
        "a phone of " + FALLBACK + " answers the caller",
        TO_A_PHONE,
        () -> {
          List<QueueLogLine> lines = queueLog(stage, begin);
          boolean connected =
              lines.stream()
                  .anyMatch(
                      line -> line.queue().equals(FALLBACK) && line.event().equals("CONNECT"));
          return connected ? Optional.empty() : Optional.of(lines.toString());
        });
    call.hangUp();
    call.awaitCallerEnd(Duration.ofSeconds(10));
  }

  private static List<QueueLogLine> queueLog(Stage stage, long begin) throws InterruptedException {
    try {
      return stage.house().testbed().queueLogSince(begin);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
