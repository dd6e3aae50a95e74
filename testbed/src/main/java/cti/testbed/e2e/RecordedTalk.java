package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.client.Patience;
import cti.testbed.client.RecordingApi;
import cti.testbed.client.RecordingApi.Playback;
import cti.testbed.client.RecordingRow;
import cti.testbed.gateway.PhoneBehaviour;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What scenarios of recordings have in common. */
final class RecordedTalk {
  static final Duration TO_THE_DESK = Duration.ofSeconds(45);
  static final Duration SOON = Duration.ofSeconds(10);
  static final PhoneBehaviour TONE = new PhoneBehaviour.Sounds(Duration.ofSeconds(1));
  static final int TONE_HERTZ = 1_004;

  /**
   * A file is looked at 2 s after its talk, by a job that runs every 5 s; a busy machine is later.
   */
  private static final Duration LOOKED_AT = Duration.ofSeconds(40);

  private static final Duration EDGE = Duration.ofMillis(400);
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  private final House house;
  private final RecordingApi supervisor;

  RecordedTalk(Stage stage) {
    this.house = stage.house();
    this.supervisor = new RecordingApi(house.supervisor());
  }

  RecordingApi supervisor() {
    return supervisor;
  }

  RecordingApi admin() throws IOException, InterruptedException {
    return new RecordingApi(house.admin());
  }

  private Path gatewayLog() throws IOException, InterruptedException {
    return house.testbed().environment().gatewayLog();
  }

  long gatewayLogEnd() throws IOException, InterruptedException {
    return Files.size(gatewayLog());
  }

  /** What the gateway did since, line by line. */
  List<String> gatewayLogSince(long position) throws IOException, InterruptedException {
    byte[] all = Files.readAllBytes(gatewayLog());
    int begin = Math.toIntExact(position);
    return new String(all, begin, all.length - begin, StandardCharsets.UTF_8).lines().toList();
  }

  /** Waits until that event of a call was pushed so many times. */
  void awaitPushed(StagedCall call, String event, int times) throws InterruptedException {
    call.awaitPushed(event, times, SOON);
  }

  /** The agent pauses the recording for two seconds; the talk goes on for two more. */
  void paused(StagedCall call, AgentDesk agent) throws InterruptedException {
    agent.command("pauseRecording", "");
    awaitPushed(call, "RecordingPaused", 1);
    call.stays("talking", Duration.ofSeconds(2));
    agent.command("resumeRecording", "");
    awaitPushed(call, "RecordingResumed", 1);
    call.stays("talking", Duration.ofSeconds(2));
  }

  /** Waits until a call has so many recordings, all of them in that state; oldest first. */
  List<RecordingRow> await(String call, int count, String state) throws InterruptedException {
    List<RecordingRow> found = new ArrayList<>();
    Patience.until(
        "%d recordings of call %s are %s".formatted(count, call, state),
        LOOKED_AT,
        () -> {
          try {
            List<RecordingRow> rows = supervisor.ofCall(call);
            boolean all =
                rows.size() == count && rows.stream().allMatch(row -> row.state().equals(state));
            if (all) {
              found.clear();
              found.addAll(rows.reversed());
            }
            return all ? Optional.empty() : Optional.of(rows.toString());
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
    return found;
  }

  RecordingRow stored(String call) throws InterruptedException {
    return await(call, 1, "stored").getFirst();
  }

  /** Nothing of the call is recorded: its record came, and a recording's would have come first. */
  void expectNone(String call) throws IOException, InterruptedException {
    Expect.none("recording of call " + call, supervisor.ofCall(call));
  }

  Sound play(RecordingRow row) throws IOException, InterruptedException {
    Playback whole = supervisor.play(row.id(), Optional.empty());
    Expect.equal("status of the playback of " + row.id(), 200, whole.status());
    return Sound.of(whole.sound());
  }

  /** Whole, by its record and by its sound: as long as the talk, a tone from begin to end. */
  void expectWhole(RecordingRow row, Duration talk) throws IOException, InterruptedException {
    Expect.equal("fault of " + row.id(), Optional.empty(), row.fault());
    Sound sound = play(row);
    about("sound of " + row.id(), talk, sound.length());
    about("length on record", sound.length(), Duration.ofMillis(row.milliseconds().orElseThrow()));
    sound.expectTone(EDGE, sound.length().minus(EDGE), TONE_HERTZ);
  }

  /**
   * A pause is silence, and what is around it is not. The sound begins when both are connected, a
   * moment after the recording; it ends with it.
   */
  void expectPauses(RecordingRow row, Sound sound) {
    Instant begun = row.stoppedAt().orElseThrow().minus(sound.length());
    Duration from = Duration.ZERO;
    for (RecordingRow.Pause pause : row.pauses()) {
      Duration begin = Duration.between(begun, pause.from());
      Duration end = Duration.between(begun, pause.to().orElseThrow());
      sound.expectTone(from.plus(EDGE), begin.minus(EDGE), TONE_HERTZ);
      sound.expectSilence(begin.plus(EDGE), end.minus(EDGE));
      from = end;
    }
    sound.expectTone(from.plus(EDGE), sound.length().minus(EDGE), TONE_HERTZ);
  }

  static void about(String what, Duration expected, Duration seen) {
    Expect.that(
        what + " within 1 s of " + expected,
        expected.minus(seen).abs().compareTo(TOLERANCE) <= 0,
        seen);
  }
}
