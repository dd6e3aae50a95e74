package cti.testbed.e2e;

import static cti.testbed.e2e.RecordedTalk.SOON;
import static cti.testbed.e2e.RecordedTalk.TONE;
import static cti.testbed.e2e.RecordedTalk.TO_THE_DESK;

import cti.testbed.client.AgentDesk;
import cti.testbed.client.RecordingRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Callers who are handed on: each desk records as it does, and all belongs to the one call. */
final class RecordingTransferScenarios {
  private static final Set<String> CLAIMS = Set.of("hq-erp", "hq-mes", "1005", "1009");

  private RecordingTransferScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "handed on to a desk that records nothing: the recording ends with the first talk",
            CLAIMS,
            RecordingTransferScenarios::toNone),
        Scenario.of(
            "handed on to a desk that records: the second talk is recorded, of the same call",
            CLAIMS,
            RecordingTransferScenarios::toAll),
        Scenario.of(
            "handed on to a desk that announces: the caller hears it first",
            CLAIMS,
            RecordingTransferScenarios::toAnnounced),
        Scenario.of(
            "handed on after a consultation of a desk that records: of the caller's call",
            CLAIMS,
            RecordingTransferScenarios::consulted),
        Scenario.of(
            "handed on to a colleague's extension: the second talk is recorded, and can be paused",
            CLAIMS,
            RecordingTransferScenarios::toExtension),
        Scenario.of(
            "handed on to an extension after asking, at a desk that records",
            CLAIMS,
            RecordingTransferScenarios::toExtensionAfterAsking),
        Scenario.of(
            "handed on to an extension, at a desk that records nothing",
            CLAIMS,
            RecordingTransferScenarios::toExtensionNone));
  }

  private static void toExtension(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    recorded
        .admin()
        .rules("hq-erp", Map.of("policy", "all", "agentMayPause", true, "agentMayStart", true));
    Desks desks = Desks.of(stage);
    StagedCall call = stage.dial(Callers.pressing("13900000010", '4'));
    call.awaitPhase("talking", TO_THE_DESK);
    recorded.awaitPushed(call, "RecordingStarted", 1);
    call.stays("talking", Duration.ofSeconds(2));
    desks.erp().command("transfer", call.id(), "toAgent", "1009");
    recorded.awaitPushed(call, "RecordingStopped", 1);
    desks.mes().awaitState("busy", SOON);
    recorded.awaitPushed(call, "RecordingStarted", 2);
    call.stays("talking", Duration.ofSeconds(2));
    desks.mes().command("pauseRecording", "");
    recorded.awaitPushed(call, "RecordingPaused", 1);
    call.stays("talking", Duration.ofSeconds(2));
    desks.mes().command("resumeRecording", "");
    recorded.awaitPushed(call, "RecordingResumed", 1);
    call.stays("talking", Duration.ofSeconds(2));
    call.hangUp();
    call.record();
    List<RecordingRow> rows = recorded.await(call.id(), 2, "stored");
    Expect.equal("agent of the first", Optional.of("1005"), rows.getFirst().agent());
    RecordingRow second = rows.getLast();
    Expect.equal("agent of the second", Optional.of("1009"), second.agent());
    Expect.equal("desk of the second", Optional.of("hq-erp"), second.desk());
    Expect.equal("fault of the second", Optional.empty(), second.fault());
    Sound sound = recorded.play(second);
    RecordedTalk.about(
        "sound of the second",
        Duration.between(second.startedAt(), second.stoppedAt().orElseThrow()),
        sound.length());
    recorded.expectPauses(second, sound);
  }

  private static void toExtensionAfterAsking(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    rules(recorded, "all", "none");
    Desks desks = Desks.of(stage);
    StagedCall call = stage.dial(Callers.pressing("13900000010", '4'));
    call.awaitPhase("talking", TO_THE_DESK);
    recorded.awaitPushed(call, "RecordingStarted", 1);
    desks.erp().command("consult", call.id(), "toAgent", "1009");
    desks.mes().awaitState("busy", SOON);
    call.stays("on-hold", Duration.ofSeconds(2));
    desks.erp().command("completeTransfer", call.id());
    desks.erp().awaitNot("busy", SOON);
    call.awaitPhase("talking", SOON);
    call.stays("talking", Duration.ofSeconds(3));
    call.hangUp();
    call.record();
    List<RecordingRow> rows = recorded.await(call.id(), 2, "stored");
    RecordingRow second = rows.getLast();
    Expect.equal("agent of the second", Optional.of("1009"), second.agent());
    Expect.equal("desk of the second", Optional.of("hq-erp"), second.desk());
    Expect.equal("fault of the second", Optional.empty(), second.fault());
    RecordedTalk.about(
        "sound of the second",
        Duration.between(second.startedAt(), second.stoppedAt().orElseThrow()),
        recorded.play(second).length());
  }

  private static void toExtensionNone(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    rules(recorded, "none", "all");
    Desks desks = Desks.of(stage);
    StagedCall call = stage.dial(Callers.pressing("13900000010", '4'));
    call.awaitPhase("talking", TO_THE_DESK);
    desks.erp().command("transfer", call.id(), "toAgent", "1009");
    desks.mes().awaitState("busy", SOON);
    call.stays("talking", Duration.ofSeconds(2));
    call.hangUp();
    call.record();
    recorded.expectNone(call.id());
  }

  private static void toNone(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    rules(recorded, "none", "all");
    Desks desks = Desks.of(stage);
    StagedCall call = stage.dial(Callers.pressing("13900000006", '8'));
    call.awaitPhase("talking", TO_THE_DESK);
    recorded.awaitPushed(call, "RecordingStarted", 1);
    call.stays("talking", Duration.ofSeconds(3));
    desks.mes().command("transfer", call.id(), "toDesk", "hq-erp");
    recorded.awaitPushed(call, "RecordingStopped", 1);
    talksAt(call, "1005");
    call.stays("talking", Duration.ofSeconds(2));
    call.hangUp();
    CallOnRecord record = call.record();
    RecordingRow row = recorded.stored(call.id());
    Expect.equal("agent of the recording", Optional.of("1009"), row.agent());
    recorded.expectWhole(row, Duration.ofMillis(record.attempts().getFirst().talkMillis()));
  }

  private static void toAll(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    rules(recorded, "none", "all");
    Desks desks = Desks.of(stage);
    StagedCall call = stage.dial(Callers.pressing("13900000010", '4'));
    call.awaitPhase("talking", TO_THE_DESK);
    call.stays("talking", Duration.ofSeconds(2));
    desks.erp().command("transfer", call.id(), "toDesk", "hq-mes");
    talksAt(call, "1009");
    recorded.awaitPushed(call, "RecordingStarted", 1);
    call.stays("talking", Duration.ofSeconds(3));
    call.hangUp();
    CallOnRecord record = call.record();
    RecordingRow row = recorded.stored(call.id());
    Expect.equal("agent of the recording", Optional.of("1009"), row.agent());
    Expect.equal("desk of the recording", Optional.of("hq-mes"), row.desk());
    recorded.expectWhole(row, Duration.ofMillis(record.attempts().getLast().talkMillis()));
  }

  private static void toAnnounced(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    rules(recorded, "none", "announced");
    Desks desks = Desks.of(stage);
    StagedCall call = stage.dial(Callers.pressing("13900000010", '4'));
    call.awaitPhase("talking", TO_THE_DESK);
    long begin = recorded.gatewayLogEnd();
    desks.erp().command("transfer", call.id(), "toDesk", "hq-mes");
    talksAt(call, "1009");
    recorded.awaitPushed(call, "RecordingStarted", 1);
    List<String> played =
        recorded.gatewayLogSince(begin).stream().filter(line -> line.contains("Playing")).toList();
    Expect.that(
        "the announcement was played to the caller",
        played.stream()
            .anyMatch(
                line ->
                    line.contains("<PJSIP/ipoffice-")
                        && line.contains("cti/zh/recording-announcement")),
        played);
    call.stays("talking", Duration.ofSeconds(2));
    call.hangUp();
    call.record();
    recorded.stored(call.id());
  }

  private static void consulted(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    rules(recorded, "none", "all");
    Desks desks = Desks.of(stage);
    StagedCall call = stage.dial(Callers.pressing("13900000010", '4'));
    call.awaitPhase("talking", TO_THE_DESK);
    desks.erp().command("consult", call.id(), "toDesk", "hq-mes");
    desks.mes().awaitState("busy", SOON);
    call.stays("on-hold", Duration.ofSeconds(2));
    desks.erp().command("completeTransfer", call.id());
    desks.erp().awaitNot("busy", SOON);
    call.awaitPhase("talking", SOON);
    call.stays("talking", Duration.ofSeconds(3));
    call.hangUp();
    // Not held against queue_log, which has the consultation's stay under its own channel's name.
    call.awaitPhase("ended", SOON);
    RecordingRow row = recorded.stored(call.id());
    Expect.equal("agent of the recording", Optional.of("1009"), row.agent());
    Expect.equal("fault", Optional.empty(), row.fault());
    RecordedTalk.about(
        "its sound",
        Duration.between(row.startedAt(), row.stoppedAt().orElseThrow()),
        recorded.play(row).length());
  }

  private record Desks(AgentDesk erp, AgentDesk mes) {
    static Desks of(Stage stage) throws Exception {
      stage.phone("1005", TONE);
      stage.phone("1009", TONE);
      return new Desks(stage.ready("1005", "hq-erp"), stage.ready("1009", "hq-mes"));
    }
  }

  private static void rules(RecordedTalk recorded, String erp, String mes) throws Exception {
    recorded.admin().rules("hq-erp", Map.of("policy", erp));
    recorded.admin().rules("hq-mes", Map.of("policy", mes));
  }

  private static void talksAt(StagedCall call, String agent) throws InterruptedException {
    call.await(
        "agent " + agent + " talks",
        TO_THE_DESK,
        view ->
            view.phase().equals("talking")
                && view.visits().stream()
                    .flatMap(visit -> visit.attempts().stream())
                    .anyMatch(
                        attempt ->
                            attempt.agent().equals(Optional.of(agent))
                                && attempt.answeredAt().isPresent()
                                && attempt.endedAt().isEmpty()));
  }
}
