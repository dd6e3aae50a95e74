package cti.testbed.e2e;

import static cti.testbed.e2e.RecordedTalk.TONE;
import static cti.testbed.e2e.RecordedTalk.TO_THE_DESK;

import cti.testbed.client.Patience;
import cti.testbed.client.RecordingRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of recordings: their end in time, and a folder that takes none. */
final class RecordingFileScenarios {
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(60);

  private RecordingFileScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.alone(
            "a recording past its days is deleted, and the record says so",
            RecordingFileScenarios::retention),
        Scenario.alone(
            "the disk of the recordings is full: calls go on, an alarm says so",
            RecordingFileScenarios::full),
        // The last one: its alarm stands for an hour.
        Scenario.alone(
            "the gateway may not write recordings: calls go on, an alarm says so",
            RecordingFileScenarios::notWritable));
  }

  private static CallOnRecord recordedCall(Stage stage, Duration talk) throws Exception {
    stage.phone("1003", TONE);
    stage.ready("1003", "hq-oa");
    return talk(stage, talk);
  }

  private static CallOnRecord talk(Stage stage, Duration talk) throws Exception {
    StagedCall call = stage.dial(Callers.pressing("13900000013", '2'));
    call.awaitPhase("talking", TO_THE_DESK);
    call.stays("talking", talk);
    return MenuScenarios.talkAndHangUp(call);
  }

  private static void retention(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    CallOnRecord record = recordedCall(stage, Duration.ofSeconds(2));
    RecordingRow row = recorded.stored(record.id());
    Expect.equal("files", 1L, filesOf(stage, record));
    // Nobody waits for 90 days: the record is made so old.
    stage.house().records().orElseThrow().agedRecording(row.id(), 91);
    RecordingRow gone = recorded.await(record.id(), 1, "deleted").getFirst();
    Expect.equal("files", 0L, filesOf(stage, record));
    Expect.equal("where it is played", Optional.empty(), gone.audio());
    Expect.equal(
        "status of a playback",
        404,
        recorded.supervisor().play(row.id(), Optional.empty()).status());
    String line = recorded.supervisor().audit(row.id()).getFirst();
    Expect.that(
        "an audit line of the deletion",
        line.startsWith("deleted retention ") && line.endsWith("kept 90 days"),
        line);
  }

  /** Eight seconds of talk are 128 KB; the disk takes half of it. */
  private static void full(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    Path folder = stage.house().testbed().environment().recordings();
    command("mount", "-t", "tmpfs", "-o", "mode=777,size=64k", "tmpfs", folder.toString());
    try {
      CallOnRecord record = recordedCall(stage, Duration.ofSeconds(8));
      Expect.equal("visits", List.of("cti-hq-oa=answered"), record.visitOutcomes());
      RecordingRow row = recorded.stored(record.id());
      Expect.that("a fault of the file", row.fault().isPresent(), row);
      awaitAlarm(stage, "MiB left");
    } finally {
      command("umount", folder.toString());
    }
    Patience.until(
        "the alarm is over",
        SEEN_WITHIN,
        () -> {
          try {
            String ready = stage.house().supervisor().readiness();
            return ready.startsWith("200") ? Optional.empty() : Optional.of(ready);
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
  }

  private static void notWritable(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    Path folder = stage.house().testbed().environment().recordings();
    permit(folder, "r-xr-xr-x");
    try {
      CallOnRecord record = recordedCall(stage, Duration.ofSeconds(3));
      Expect.equal("visits", List.of("cti-hq-oa=answered"), record.visitOutcomes());
      recorded.await(record.id(), 1, "missing");
      awaitAlarm(stage, "have no file");
    } finally {
      permit(folder, "rwxr-xr-x");
    }
    stage.house().desk("1003").ready();
    CallOnRecord next = talk(stage, Duration.ofSeconds(2));
    recorded.stored(next.id());
  }

  /** The folder and those of its days. */
  private static void permit(Path folder, String permissions) throws IOException {
    try (Stream<Path> days = Files.list(folder)) {
      for (Path day : days.toList()) {
        Files.setPosixFilePermissions(day, PosixFilePermissions.fromString(permissions));
      }
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
  }

  private static void awaitAlarm(Stage stage, String words) throws InterruptedException {
    Patience.until(
        "/health/ready says: " + words,
        SEEN_WITHIN,
        () -> {
          try {
            String ready = stage.house().supervisor().readiness();
            return ready.contains(words) ? Optional.empty() : Optional.of(ready);
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
  }

  private static long filesOf(Stage stage, CallOnRecord record) throws Exception {
    try (Stream<Path> files = Files.walk(stage.house().testbed().environment().recordings())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(record.onGateway() + "_"))
          .count();
    }
  }

  private static void command(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", words) + ": " + said.strip());
    }
  }
}
