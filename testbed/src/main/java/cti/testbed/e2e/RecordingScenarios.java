package cti.testbed.e2e;

import static cti.testbed.e2e.RecordedTalk.SOON;
import static cti.testbed.e2e.RecordedTalk.TONE;
import static cti.testbed.e2e.RecordedTalk.TO_THE_DESK;

import cti.testbed.caller.CallerScript;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.IncidentView;
import cti.testbed.client.PopView;
import cti.testbed.client.RecordingApi;
import cti.testbed.client.RecordingApi.Playback;
import cti.testbed.client.RecordingRow;
import cti.testbed.gateway.PhoneBehaviour;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/** What is recorded of a desk's talks, what agents may do about it, and who hears it. */
final class RecordingScenarios {
  private static final int SHARE = 50;

  private RecordingScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
                "a desk that records all: tied to call and incident, played by parts, on record",
                Set.of("hq-oa", "1003"),
                RecordingScenarios::policyAll)
            .inQuickRun(),
        Scenario.of(
            "a desk that records a share: the same calls, whoever asks",
            Set.of("hq-asset", "1008"),
            RecordingScenarios::share),
        Scenario.of(
            "a desk that records nothing, and whose agents may not",
            Set.of("hq-desktop", "1001"),
            RecordingScenarios::none),
        Scenario.of(
            "a desk that announces: the caller hears it, then is recorded",
            Set.of("hq-marketing", "1007"),
            RecordingScenarios::announced),
        Scenario.alone(
            "a callback: its talk is recorded as the desk records", RecordingScenarios::callback),
        Scenario.of(
            "the agent starts and stops: two parts",
            Set.of("hq-itil", "1006"),
            RecordingScenarios::startAndStop),
        Scenario.of(
                "a pause is not in the file; a forgotten one ends by itself",
                Set.of("hq-project", "1004"),
                RecordingScenarios::pause)
            .inQuickRun());
  }

  private static void policyAll(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    stage.phone("1003", TONE);
    AgentDesk agent = stage.ready("1003", "hq-oa");
    StagedCall call = stage.dial(Callers.pressing("13900000013", '2'));
    PopView pop = MenuScenarios.popWithIncidents(agent, call);
    call.awaitPhase("talking", TO_THE_DESK);
    recorded.awaitPushed(call, "RecordingStarted", 1);
    IncidentView incident = agent.saveIncident(pop, "打印机 " + call.id());
    call.stays("talking", Duration.ofSeconds(4));
    CallOnRecord record = MenuScenarios.talkAndHangUp(call);

    RecordingRow row = recorded.stored(call.id());
    Expect.equal("call", call.id(), row.call());
    Expect.equal("agent", Optional.of("1003"), row.agent());
    Expect.equal("desk", Optional.of("hq-oa"), row.desk());
    recorded.expectWhole(row, Duration.ofMillis(record.talkMillis()));
    Expect.equal(
        "recordings of the incident",
        List.of(row.id()),
        recorded.supervisor().ofIncident(incident.id()).stream().map(RecordingRow::id).toList());
    playedByParts(recorded, row);
    RecordingApi own = new RecordingApi(agent.api());
    Expect.equal("their own", 200, own.play(row.id(), Optional.empty()).status());
    RecordingApi colleague = new RecordingApi(stage.house().desk("1005").api());
    Expect.equal("a colleague's", 404, colleague.play(row.id(), Optional.empty()).status());
    List<String> audit = recorded.supervisor().audit(row.id());
    Expect.that(
        "who played what, newest first",
        audit.size() == 4
            && audit.get(0).startsWith("played 1003 bytes 0-")
            && audit.get(1).startsWith("played supervisor bytes 16044-16143/")
            && audit.get(2).startsWith("played supervisor bytes 0-"),
        audit);
  }

  private static void callback(Stage stage) throws Exception {
    String number = "13900000014";
    RecordedTalk recorded = new RecordedTalk(stage);
    AgentDesk agent = stage.loggedOn("1003", "hq-oa");
    StagedCall asks =
        stage.dial(
            CallerScript.from(number)
                .waits(Duration.ofSeconds(4))
                .presses('2')
                .waits(Duration.ofSeconds(12))
                .presses('1')
                .staysOn());
    asks.awaitPhase("ended", Duration.ofSeconds(60));
    stage.house().testbed().switchConsole("database put phone " + number + " \"keys 1 3 1\"");
    stage.phone("1003", PhoneBehaviour.answers(Duration.ofSeconds(1), Duration.ofSeconds(5)));
    try {
      agent.ready();
      String made =
          stage
              .house()
              .observer()
              .await(
                  "who is called back talks to the agent",
                  Duration.ofSeconds(45),
                  picture ->
                      picture.calls().stream()
                          .filter(call -> call.callingNumber().equals(number))
                          .filter(call -> call.phase().equals("talking"))
                          .findFirst())
              .id();
      agent.awaitNot("busy", Duration.ofSeconds(30));
      RecordingRow row = recorded.stored(made);
      Expect.equal("desk", Optional.of("hq-oa"), row.desk());
      Expect.equal("agent", Optional.of("1003"), row.agent());
    } finally {
      stage.house().testbed().switchConsole("database del phone " + number);
    }
  }

  private static void playedByParts(RecordedTalk recorded, RecordingRow row) throws Exception {
    byte[] whole = recorded.supervisor().play(row.id(), Optional.empty()).sound();
    Playback part = recorded.supervisor().play(row.id(), Optional.of("bytes=16044-16143"));
    Expect.equal("status of a part", 206, part.status());
    Expect.equal("its place", "bytes 16044-16143/" + whole.length, part.range());
    Expect.that(
        "the bytes of that place",
        Arrays.equals(Arrays.copyOfRange(whole, 16_044, 16_144), part.sound()),
        part.sound().length);
    Playback behind =
        recorded.supervisor().play(row.id(), Optional.of("bytes=" + whole.length + "-"));
    Expect.equal("status behind the end", 416, behind.status());
    Expect.equal("what there is", "bytes */" + whole.length, behind.range());
  }

  /** Decided by the call's identifier alone: whoever knows it knows whether there is a file. */
  private static void share(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    recorded.admin().rules("hq-asset", Map.of("policy", "share", "sharePercent", SHARE));
    stage.phone("1008", TONE);
    AgentDesk agent = stage.ready("1008", "hq-asset");
    Set<Boolean> seen = new HashSet<>();
    for (int tries = 0; tries < 10 && seen.size() < 2; tries++) {
      agent.ready();
      StagedCall call = stage.dial(Callers.pressing("13900000002", '7'));
      call.awaitPhase("talking", TO_THE_DESK);
      CRC32 sum = new CRC32();
      sum.update(call.id().getBytes(StandardCharsets.UTF_8));
      boolean chosen = sum.getValue() % 100 < SHARE;
      seen.add(chosen);
      call.stays("talking", Duration.ofSeconds(1));
      MenuScenarios.talkAndHangUp(call);
      if (chosen) {
        recorded.stored(call.id());
      } else {
        recorded.expectNone(call.id());
      }
    }
    Expect.equal("both kinds were met", Set.of(true, false), seen);
  }

  private static void none(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    stage.phone("1001", TONE);
    AgentDesk agent = stage.ready("1001", "hq-desktop");
    StagedCall call = stage.dial(Callers.pressing("13900000004", '1'));
    call.awaitPhase("talking", TO_THE_DESK);
    for (String command : List.of("startRecording", "stopRecording", "pauseRecording")) {
      Expect.equal(command, "recording-not-allowed", agent.refused(command, ""));
    }
    call.stays("talking", Duration.ofSeconds(1));
    MenuScenarios.talkAndHangUp(call);
    recorded.expectNone(call.id());
  }

  private static void announced(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    long begin = recorded.gatewayLogEnd();
    stage.phone("1007", TONE);
    stage.ready("1007", "hq-marketing");
    StagedCall call = stage.dial(Callers.pressing("13900000022", '6'));
    call.awaitPhase("talking", TO_THE_DESK);
    recorded.awaitPushed(call, "RecordingStarted", 1);
    call.stays("talking", Duration.ofSeconds(2));
    CallOnRecord record = MenuScenarios.talkAndHangUp(call);
    recorded.expectWhole(recorded.stored(call.id()), Duration.ofMillis(record.talkMillis()));
    List<String> lines =
        recorded.gatewayLogSince(begin).stream()
            .filter(
                line ->
                    line.contains("Playing 'cti/zh/recording-announcement")
                        || line.contains(" MixMonitor(\"Local/8011@cti-agents"))
            .toList();
    Expect.that(
        "the announcement on the caller's channel, then the recording",
        lines.size() == 2
            && lines.getFirst().contains("<PJSIP/ipoffice-")
            && lines.getLast().contains("MixMonitor"),
        lines);
  }

  private static void startAndStop(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    stage.phone("1006", TONE);
    AgentDesk agent = stage.ready("1006", "hq-itil");
    StagedCall call = stage.dial(Callers.pressing("13900000011", '5'));
    call.awaitPhase("talking", TO_THE_DESK);
    call.stays("talking", Duration.ofSeconds(2));
    Expect.equal("stop", "no-recording", agent.refused("stopRecording", ""));
    agent.command("startRecording", "");
    recorded.awaitPushed(call, "RecordingStarted", 1);
    call.stays("talking", Duration.ofSeconds(3));
    agent.command("stopRecording", "");
    recorded.awaitPushed(call, "RecordingStopped", 1);
    call.stays("talking", Duration.ofSeconds(2));
    agent.command("startRecording", "");
    recorded.awaitPushed(call, "RecordingStarted", 2);
    call.stays("talking", Duration.ofSeconds(2));
    MenuScenarios.talkAndHangUp(call);

    List<RecordingRow> parts = recorded.await(call.id(), 2, "stored");
    Expect.that(
        "parts 1 and 2 of one talk",
        parts.getFirst().id().endsWith("~1") && parts.getLast().id().endsWith("~2"),
        parts);
    for (RecordingRow part : parts) {
      Duration length = Duration.between(part.startedAt(), part.stoppedAt().orElseThrow());
      recorded.expectWhole(part, length);
    }
    RecordedTalk.about(
        "the first part",
        Duration.ofSeconds(3),
        Duration.ofMillis(parts.getFirst().milliseconds().orElseThrow()));
  }

  private static void pause(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    recorded.admin().rules("hq-project", Map.of("policy", "all", "agentMayPause", true));
    stage.phone("1004", TONE);
    AgentDesk agent = stage.ready("1004", "hq-project");
    StagedCall call = stage.dial(Callers.pressing("13900000019", '3'));
    call.awaitPhase("talking", TO_THE_DESK);
    recorded.awaitPushed(call, "RecordingStarted", 1);
    Expect.equal("start and stop", "recording-not-allowed", agent.refused("stopRecording", ""));
    call.stays("talking", Duration.ofSeconds(2));
    recorded.paused(call, agent);
    agent.command("pauseRecording", "");
    recorded.awaitPushed(call, "RecordingPaused", 2);
    // The longest pause of the suites' servers is 5 s.
    recorded.awaitPushed(call, "RecordingResumed", 2);
    call.stays("talking", Duration.ofSeconds(2));
    CallOnRecord record = MenuScenarios.talkAndHangUp(call);

    RecordingRow row = recorded.stored(call.id());
    Expect.equal("fault", Optional.empty(), row.fault());
    Expect.equal("pauses", 2, row.pauses().size());
    RecordingRow.Pause forgotten = row.pauses().getLast();
    RecordedTalk.about(
        "the forgotten pause",
        Duration.ofSeconds(5),
        Duration.between(forgotten.from(), forgotten.to().orElseThrow()));
    Sound sound = recorded.play(row);
    RecordedTalk.about("the sound", Duration.ofMillis(record.talkMillis()), sound.length());
    recorded.expectPauses(row, sound);
    agent.awaitState("working-after-call", SOON);
  }
}
