package cti.testbed.e2e;

import static cti.testbed.e2e.RecordedTalk.SOON;
import static cti.testbed.e2e.RecordedTalk.TONE;
import static cti.testbed.e2e.RecordedTalk.TO_THE_DESK;

import cti.testbed.client.AgentDesk;
import cti.testbed.client.RecordingRow;
import cti.testbed.gateway.Testbed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The server or its link goes away in a recorded talk: no recording is lost or left open. */
final class RecordingOutageScenarios {
  private static final Duration LINK_AWAY = Duration.ofMillis(200);
  private static final List<String> STATIC_PHONES = List.of("8001", "8002", "8003", "8004");

  private RecordingOutageScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.alone(
                "cti-server killed in a recorded talk: one whole recording, paused afterwards",
                RecordingOutageScenarios::killed)
            .inQuickRun(),
        Scenario.alone(
            "the link is cut in a recorded talk: one whole recording",
            RecordingOutageScenarios::linkCut),
        Scenario.alone(
            "a talk begun while the link is away: its recording is found, paused, whole",
            RecordingOutageScenarios::begunUnseen),
        Scenario.alone(
            "a talk that ends while the link is away: its recording ends where its file does",
            RecordingOutageScenarios::endedUnseen),
        Scenario.alone(
            "cti-server frozen: the fallback queue records where it is told to",
            RecordingOutageScenarios::fallback));
  }

  private static StagedCall recordedCall(Stage stage, RecordedTalk recorded) throws Exception {
    stage.phone("1003", TONE);
    stage.ready("1003", "hq-oa");
    StagedCall call = stage.dial(Callers.pressing("13900000013", '2'));
    call.awaitPhase("talking", TO_THE_DESK);
    recorded.awaitPushed(call, "RecordingStarted", 1);
    return call;
  }

  private static void killed(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    StagedCall call = recordedCall(stage, recorded);
    call.awaitOnRecord("the talk", record -> record.call().agent().isPresent());
    stage.house().server().kill();
    stage.house().startServer();
    stage.house().reconnect();
    call.awaitPhase("talking", SOON);
    AgentDesk agent = stage.house().desk("1003");
    recorded.paused(call, agent);
    CallOnRecord record = MenuScenarios.talkAndHangUp(call);
    RecordingRow row = recorded.stored(call.id());
    Expect.equal("fault", Optional.empty(), row.fault());
    Expect.equal("pauses", 1, row.pauses().size());
    Sound sound = recorded.play(row);
    RecordedTalk.about("the sound", Duration.ofMillis(record.talkMillis()), sound.length());
    recorded.expectPauses(row, sound);
  }

  private static void linkCut(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    StagedCall call = recordedCall(stage, recorded);
    CutLink.cut(stage.house().testbed());
    stage
        .house()
        .observer()
        .await(
            "the link is lost",
            SOON,
            picture -> picture.gatewayLive() ? Optional.empty() : Optional.of(true));
    stage.house().awaitLink();
    call.stays("talking", Duration.ofSeconds(3));
    CallOnRecord record = MenuScenarios.talkAndHangUp(call);
    recorded.expectWhole(recorded.stored(call.id()), Duration.ofMillis(record.talkMillis()));
  }

  private static void begunUnseen(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    stage.phone("1003", TONE);
    AgentDesk agent = stage.ready("1003", "hq-oa");
    StagedCall call;
    Instant begun;
    try (CutLink _ = CutLink.of(stage.house().testbed(), LINK_AWAY)) {
      call = stage.dial(Callers.pressing("13900000013", '2'));
      RecoveryScenarios.inQueueLog(stage, call, "CONNECT");
      begun = Instant.now();
    }
    stage.house().awaitLink();
    call.awaitPhase("talking", SOON);
    recorded.awaitPushed(call, "RecordingStarted", 1);
    // So long that there is a tone to hear before the pause.
    call.stays("talking", Duration.ofSeconds(2));
    recorded.paused(call, agent);
    Instant over = Instant.now();
    call.hangUp();
    RecordingRow row = recorded.stored(call.id());
    Expect.equal("agent", Optional.of("1003"), row.agent());
    Expect.equal("desk", Optional.of("hq-oa"), row.desk());
    Expect.equal("fault", Optional.empty(), row.fault());
    RecordedTalk.about(
        "the lead over its record", Duration.ZERO, Duration.between(row.startedAt(), begun));
    Sound sound = recorded.play(row);
    RecordedTalk.about("the sound", Duration.between(begun, over), sound.length());
    recorded.expectPauses(row, sound);
  }

  private static void endedUnseen(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    StagedCall call = recordedCall(stage, recorded);
    call.stays("talking", Duration.ofSeconds(3));
    Instant over;
    try (CutLink _ = CutLink.of(stage.house().testbed(), LINK_AWAY)) {
      over = Instant.now();
      call.hangUp();
      RecoveryScenarios.inQueueLog(stage, call, "COMPLETECALLER");
      // The end must be seen late, or nothing is shown by this.
      call.caller().awaitEnd(SOON);
      stage
          .house()
          .observer()
          .lookFor("nothing for 4 s", Duration.ofSeconds(4), picture -> Optional.empty());
    }
    // The pauses between tries to connect have grown meanwhile, to 30 s at most.
    stage
        .house()
        .observer()
        .await(
            "the link is back",
            Duration.ofSeconds(60),
            picture -> picture.gatewayLive() ? Optional.of(true) : Optional.empty());
    RecordingRow row = recorded.stored(call.id());
    Expect.equal("fault", Optional.empty(), row.fault());
    RecordedTalk.about(
        "how late its end is",
        Duration.ZERO,
        Duration.between(over, row.stoppedAt().orElseThrow()));
    recorded.expectWhole(row, Duration.between(row.startedAt(), over));
  }

  private static void fallback(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    Testbed testbed = stage.house().testbed();
    for (String phone : STATIC_PHONES) {
      stage.phoneAt(phone, TONE);
    }
    testbed.gatewayConsole("dialplan set global CTI_FALLBACK_RECORDING talk");
    StagedCall call;
    try {
      stage.house().server().freeze();
      try {
        call = stage.dial(Callers.silent("13900000030"));
        RecoveryScenarios.inQueueLog(stage, call, "CONNECT");
        stage.house().testbed().gatewayConsole("core show channels concise");
        call.caller().awaitEnd(Duration.ofSeconds(3));
        call.hangUp();
        RecoveryScenarios.inQueueLog(stage, call, "COMPLETECALLER");
      } finally {
        stage.house().server().thaw();
        stage.house().awaitLink();
      }
    } finally {
      testbed.gatewayConsole("dialplan set global CTI_FALLBACK_RECORDING \"\"");
    }
    CallOnRecord record = call.record();
    RecordingRow row = recorded.stored(call.id());
    Expect.equal("desk", Optional.empty(), row.desk());
    recorded.expectWhole(row, Duration.ofMillis(record.talkMillis()));
  }
}
