package cti.testbed.e2e;

import static cti.testbed.e2e.RecordedTalk.SOON;
import static cti.testbed.e2e.RecordedTalk.TONE;
import static cti.testbed.e2e.RecordedTalk.TO_THE_DESK;

import cti.testbed.caller.CallerScript;
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
    Talk talk = Talk.atErp(stage);
    recorded.awaitPushed(talk.call(), "RecordingStarted", 1);
    talk.goesOnFor(2);
    talk.erp().command("transfer", talk.id(), "toAgent", "1009");
    recorded.awaitPushed(talk.call(), "RecordingStopped", 1);
    talk.mes().awaitState("busy", SOON);
    recorded.awaitPushed(talk.call(), "RecordingStarted", 2);
    // It begins a moment before the two are joined.
    talk.call().awaitPhase("talking", SOON);
    talk.goesOnFor(2);
    recorded.paused(talk.call(), talk.mes());
    talk.ends();
    List<RecordingRow> rows = recorded.await(talk.id(), 2, "stored");
    Expect.equal("agent of the first", Optional.of("1005"), rows.getFirst().agent());
    RecordingRow second = rows.getLast();
    recorded.expectPauses(second, ofMes(recorded, second, "hq-erp"));
  }

  private static void toExtensionAfterAsking(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    rules(recorded, "all", "none");
    Talk talk = Talk.atErp(stage);
    recorded.awaitPushed(talk.call(), "RecordingStarted", 1);
    talk.handedOnAfterAsking("toAgent", "1009");
    talk.endsAfter(3);
    ofMes(recorded, recorded.await(talk.id(), 2, "stored").getLast(), "hq-erp");
  }

  private static void toExtensionNone(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    rules(recorded, "none", "all");
    Talk talk = Talk.atErp(stage);
    talk.erp().command("transfer", talk.id(), "toAgent", "1009");
    talk.mes().awaitState("busy", SOON);
    // Answered a moment before the two are joined.
    talk.call().awaitPhase("talking", SOON);
    talk.endsAfter(2);
    recorded.expectNone(talk.id());
  }

  private static void toNone(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    rules(recorded, "none", "all");
    Talk talk = Talk.with(stage, Callers.pressing("13900000006", '8'));
    recorded.awaitPushed(talk.call(), "RecordingStarted", 1);
    talk.goesOnFor(3);
    talk.mes().command("transfer", talk.id(), "toDesk", "hq-erp");
    recorded.awaitPushed(talk.call(), "RecordingStopped", 1);
    talk.awaitAgent("1005");
    CallOnRecord record = talk.endsAfter(2);
    RecordingRow row = recorded.stored(talk.id());
    Expect.equal("agent of the recording", Optional.of("1009"), row.agent());
    recorded.expectWhole(row, Duration.ofMillis(record.attempts().getFirst().talkMillis()));
  }

  private static void toAll(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    rules(recorded, "none", "all");
    Talk talk = Talk.atErp(stage);
    talk.goesOnFor(2);
    talk.erp().command("transfer", talk.id(), "toDesk", "hq-mes");
    talk.awaitAgent("1009");
    recorded.awaitPushed(talk.call(), "RecordingStarted", 1);
    CallOnRecord record = talk.endsAfter(3);
    RecordingRow row = recorded.stored(talk.id());
    Expect.equal("agent of the recording", Optional.of("1009"), row.agent());
    Expect.equal("desk of the recording", Optional.of("hq-mes"), row.desk());
    recorded.expectWhole(row, Duration.ofMillis(record.attempts().getLast().talkMillis()));
  }

  private static void toAnnounced(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    rules(recorded, "none", "announced");
    Talk talk = Talk.atErp(stage);
    long begin = recorded.gatewayLogEnd();
    talk.erp().command("transfer", talk.id(), "toDesk", "hq-mes");
    talk.awaitAgent("1009");
    recorded.awaitPushed(talk.call(), "RecordingStarted", 1);
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
    talk.endsAfter(2);
    recorded.stored(talk.id());
  }

  private static void consulted(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    rules(recorded, "none", "all");
    Talk talk = Talk.atErp(stage);
    talk.handedOnAfterAsking("toDesk", "hq-mes");
    talk.goesOnFor(3);
    talk.call().hangUp();
    // Not held against queue_log, which has the consultation's stay under its own channel's name.
    talk.call().awaitPhase("ended", SOON);
    ofMes(recorded, recorded.stored(talk.id()), "hq-mes");
  }

  /** The recording of a talk with the agent of hq-mes, who talked for {@code desk}; its sound. */
  private static Sound ofMes(RecordedTalk recorded, RecordingRow row, String desk)
      throws Exception {
    Expect.equal("agent of the recording", Optional.of("1009"), row.agent());
    Expect.equal("desk of the recording", Optional.of(desk), row.desk());
    Expect.equal("fault of the recording", Optional.empty(), row.fault());
    Sound sound = recorded.play(row);
    RecordedTalk.about(
        "its sound",
        Duration.between(row.startedAt(), row.stoppedAt().orElseThrow()),
        sound.length());
    return sound;
  }

  private static void rules(RecordedTalk recorded, String erp, String mes) throws Exception {
    recorded.admin().rules("hq-erp", Map.of("policy", erp));
    recorded.admin().rules("hq-mes", Map.of("policy", mes));
  }

  /** A caller who talks to the agent of one of the two desks, whose phones sound. */
  private record Talk(StagedCall call, AgentDesk erp, AgentDesk mes) {
    static Talk atErp(Stage stage) throws Exception {
      return with(stage, Callers.pressing("13900000010", '4'));
    }

    static Talk with(Stage stage, CallerScript caller) throws Exception {
      stage.phone("1005", TONE);
      stage.phone("1009", TONE);
      AgentDesk erp = stage.ready("1005", "hq-erp");
      AgentDesk mes = stage.ready("1009", "hq-mes");
      StagedCall call = stage.dial(caller);
      call.awaitPhase("talking", TO_THE_DESK);
      return new Talk(call, erp, mes);
    }

    String id() throws InterruptedException {
      return call.id();
    }

    void goesOnFor(int seconds) throws InterruptedException {
      call.stays("talking", Duration.ofSeconds(seconds));
    }

    CallOnRecord endsAfter(int seconds) throws Exception {
      goesOnFor(seconds);
      return ends();
    }

    /** The caller hangs up. */
    CallOnRecord ends() throws Exception {
      call.hangUp();
      return call.record();
    }

    /** The agent of hq-erp asks the one of hq-mes, and hands the caller over. */
    void handedOnAfterAsking(String kind, String target) throws InterruptedException {
      erp.command("consult", id(), kind, target);
      mes.awaitState("busy", SOON);
      call.stays("on-hold", Duration.ofSeconds(2));
      erp.command("completeTransfer", id());
      erp.awaitNot("busy", SOON);
      call.awaitPhase("talking", SOON);
    }

    void awaitAgent(String agent) throws InterruptedException {
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
}
