package cti.testbed.e2e;

import cti.testbed.client.Patience;
import cti.testbed.client.RecordView;
import cti.testbed.gateway.PhoneBehaviour;
import cti.testbed.gateway.QueueLogLine;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Calls that nobody saw: they come, are answered, abandoned and end while the server or its link is
 * away. The gateway's own logs tell them afterwards, with the right outcome and times.
 */
final class RecoveryScenarios {
  private static final Duration TO_THE_DESK = Duration.ofSeconds(45);
  private static final Duration IN_THE_LOG = Duration.ofSeconds(30);
  private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration LINK_AWAY = Duration.ofMillis(200);
  private static final List<String> STATIC_PHONES = List.of("8001", "8002", "8003", "8004");

  private RecoveryScenarios() {}

  static List<Scenario> all() {
    return List.of(
        killed(),
        Scenario.alone(
            "the gateway's link is away while a call comes, is answered and ends: recovered",
            RecoveryScenarios::linkAway));
  }

  static Scenario killed() {
    return Scenario.alone(
            "cti-server killed, calls come and end meanwhile: all recovered from the logs",
            RecoveryScenarios::killedWhileCallsComeAndEnd)
        .inQuickRun();
  }

  private static void killedWhileCallsComeAndEnd(Stage stage) throws Exception {
    House house = stage.house();
    stage.ready("1010", "gz");
    StagedCall talking = stage.dial(Callers.silent("13900000027"));
    String talked = talking.awaitPhase("talking", TO_THE_DESK).id();
    StagedCall inMenu = stage.dial(Callers.silent("13900000041"));
    String menu = inMenu.awaitPhase("in-flow", SOON).id();
    talking.awaitOnRecord("the talk", record -> record.call().agent().isPresent());

    house.server().kill();
    StagedCall answered;
    StagedCall abandoned;
    try {
      answered = stage.dial(Callers.silent("13900000028"));
      String answeredId = inQueueLog(stage, answered, "CONNECT");
      answered.hangUp();
      inQueueLog(stage, answered, "COMPLETECALLER");
      for (String phone : STATIC_PHONES) {
        house.testbed().phone(phone, new PhoneBehaviour.NeverAnswers());
      }
      abandoned = stage.dial(Callers.silent("13900000030"));
      inQueueLog(stage, abandoned, "ENTERQUEUE");
      talking.hangUp();
      talking.awaitCallerEnd(SOON);
      inMenu.hangUp();
      inMenu.awaitCallerEnd(SOON);
      abandoned.hangUp();
      String abandonedId = inQueueLog(stage, abandoned, "ABANDON");
      house.startServer();
      house.reconnect();

      CallOnRecord first = recovered(stage, answeredId);
      Expect.equal("outcome", "answered", first.outcome());
      Expect.equal("visits", List.of("cti-fallback=answered"), first.visitOutcomes());
      Expect.equal("cleared by", "caller", first.clearedBy());
      Expect.equal("missed", List.of(), first.missed());
      CallOnRecord second = recovered(stage, abandonedId);
      Expect.equal("outcome", "abandoned-ringing", second.outcome());
      Expect.equal("visits", List.of("cti-fallback=agent-no-answer"), second.visitOutcomes());
      Expect.equal("missed", List.of("agent-no-answer"), second.missed());
    } finally {
      for (String phone : STATIC_PHONES) {
        house.testbed().resetPhone(phone);
      }
    }
    CallOnRecord third = recovered(stage, talked);
    Expect.equal("outcome", "answered", third.outcome());
    Expect.equal("cleared by", "caller", third.clearedBy());
    Expect.equal("agent", Optional.of("1010"), third.agent());
    CallOnRecord fourth = recovered(stage, menu);
    Expect.equal("missed", List.of(), fourth.missed());
  }

  private static void linkAway(Stage stage) throws Exception {
    stage.ready("1010", "gz");
    StagedCall call;
    String id;
    try (CutLink _ = CutLink.of(stage.house().testbed(), LINK_AWAY)) {
      call = stage.dial(Callers.silent("13900000027"));
      id = inQueueLog(stage, call, "CONNECT");
      call.hangUp();
      inQueueLog(stage, call, "COMPLETECALLER");
      call.awaitCallerEnd(SOON);
    }
    stage.house().awaitLink();
    CallOnRecord record = recovered(stage, id);
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal("visits", List.of("cti-gz=answered"), record.visitOutcomes());
    Expect.equal("agent", Optional.of("1010"), record.agent());
    Expect.equal("cleared by", "caller", record.clearedBy());
  }

  /** Waits until the gateway's logs have told the call, and holds the record against them. */
  private static CallOnRecord recovered(Stage stage, String call) throws Exception {
    Patience.until(
        "call " + call + " is told by the gateway's logs",
        RECOVERED_WITHIN,
        () -> {
          try {
            Optional<RecordView> record = stage.house().supervisor().record(call);
            // A call found in the middle is recovered already, but not told to its end.
            return record
                    .map(RecordView::call)
                    .filter(row -> row.outcome().isPresent())
                    .filter(row -> row.quality().equals("recovered"))
                    .isPresent()
                ? Optional.empty()
                : Optional.of(record.toString());
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
    // One that the link came back to for a moment ended before our eyes; the logs tell it later.
    Patience.until(
        "the record of call " + call + " is as queue_log",
        RECOVERED_WITHIN,
        () -> {
          try {
            CallOnRecord now = onRecord(stage, call);
            List<String> differences =
                QueueLogCheck.differences(now, stage.house().stays(now.onGateway()));
            return differences.isEmpty() ? Optional.empty() : Optional.of(differences.toString());
          } catch (IOException | SQLException fault) {
            return Optional.of(fault.toString());
          }
        });
    CallOnRecord record = onRecord(stage, call);
    Optional<Records> tables = stage.house().records();
    if (tables.isPresent()) {
      Expect.equal("records of " + record.number(), 1, records(tables.get(), record));
    }
    return record;
  }

  private static CallOnRecord onRecord(Stage stage, String call)
      throws IOException, InterruptedException, SQLException {
    Optional<Records> tables = stage.house().records();
    return tables.isPresent()
        ? tables.get().call(call).orElseThrow()
        : CallOnRecord.of(stage.house().supervisor().record(call).orElseThrow());
  }

  private static int records(Records tables, CallOnRecord record) throws Exception {
    return (int) tables.callsFrom(record.number()).stream().filter(record.id()::equals).count();
  }

  /**
   * Waits until queue_log has that event of the caller's last call.
   *
   * @return the call's identifier
   */
  static String inQueueLog(Stage stage, StagedCall call, String event) throws Exception {
    Patience.until(
        event + " of " + call.number() + " in queue_log",
        IN_THE_LOG,
        () -> {
          try {
            List<QueueLogLine> log = queueLog(stage);
            return callOf(log, call.number()).filter(id -> has(log, id, event)).isPresent()
                ? Optional.empty()
                : Optional.of(log.toString());
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
    return "gw1:" + callOf(queueLog(stage), call.number()).orElseThrow();
  }

  private static List<QueueLogLine> queueLog(Stage stage) throws IOException, InterruptedException {
    return stage.house().testbed().queueLogSince(stage.queueLogBegin());
  }

  private static Optional<String> callOf(List<QueueLogLine> log, String number) {
    return log.stream()
        .filter(line -> line.event().equals("ENTERQUEUE") && line.data().contains(number))
        .map(QueueLogLine::call)
        .reduce((_, last) -> last);
  }

  private static boolean has(List<QueueLogLine> log, String call, String event) {
    return log.stream().anyMatch(line -> line.call().equals(call) && line.event().equals(event));
  }
}
