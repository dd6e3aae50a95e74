package cti.testbed.e2e;

import cti.testbed.caller.CallerScript;
import cti.testbed.caller.SippCaller;
import cti.testbed.client.Api;
import cti.testbed.client.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Administrators replace what callers hear: by files, and by phone with a PIN. */
final class PromptScenarios {
  private static final String WELCOME = "/api/v1/ivr/prompts/welcome";
  private static final String PIN_PATH = "/api/v1/ivr/phone-pin";
  private static final String PIN = "480372";
  private static final String PHONE = "8027";
  private static final Duration BETWEEN = Duration.ofMillis(600);
  private static final Duration TO_THE_END = Duration.ofSeconds(90);

  private PromptScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.alone(
            "prompts: an MP3 is taken while a caller hears the old one, and taken back",
            PromptScenarios::upload),
        Scenario.alone(
            "prompts: one of one's own is added, spoken, played by a flow, and removed",
            PromptScenarios::ofOnesOwn),
        Scenario.alone(
            "prompts: wrong PINs at a phone lock the number, the right one too",
            PromptScenarios::wrongPins),
        Scenario.alone(
            "prompts: recorded by phone with a PIN, heard and kept",
            PromptScenarios::recordedByPhone));
  }

  /** The welcome in Chinese, where the gateway plays it. */
  static Path played(Stage stage) throws IOException, InterruptedException {
    return stage.house().testbed().environment().prompts().resolve("zh/welcome.wav");
  }

  /** What is played of the welcome in Chinese. */
  private static JsonNode chinese(Api admin) throws IOException, InterruptedException {
    for (JsonNode one : admin.tree(WELCOME).path("prompt").path("languages").values()) {
      if (one.path("language").asString().equals("zh")) {
        return one;
      }
    }
    throw new IllegalStateException("the welcome has no Chinese text");
  }

  /** Another sound than the welcome. */
  static byte[] mp3(Stage stage) throws IOException, InterruptedException {
    Path made = Files.createTempFile("welcome", ".mp3");
    try {
      Process process =
          new ProcessBuilder(
                  "ffmpeg",
                  "-nostdin",
                  "-loglevel",
                  "error",
                  "-y",
                  "-i",
                  stage
                      .house()
                      .testbed()
                      .environment()
                      .prompts()
                      .resolve("zh/closed.wav")
                      .toString(),
                  "-ar",
                  "44100",
                  made.toString())
              .inheritIO()
              .start();
      Expect.that("ffmpeg ends", process.waitFor(30, TimeUnit.SECONDS), "it did not within 30 s");
      Expect.equal("ffmpeg", 0, process.exitValue());
      return Files.readAllBytes(made);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private static void upload(Stage stage) throws Exception {
    byte[] before = Files.readAllBytes(played(stage));
    byte[] file = mp3(stage);
    stage.loggedOn("1001", "hq-desktop");
    try (Api admin = stage.house().signInAsAdmin()) {
      Expect.equal("source", "placeholder", chinese(admin).path("source").asString());
      StagedCall hears =
          stage.dial(CallerScript.from("13900009951").waits(Duration.ofSeconds(15)).hangsUp());
      hears.awaitPhase("in-flow", TO_THE_END);
      JsonNode taken =
          admin.upload(WELCOME + "/recordings?language=zh&name=closed.mp3", "audio/mpeg", file);
      try {
        JsonNode version = taken.path("versions").path(0);
        Expect.equal("name", "closed.mp3", version.path("fileName").asString());
        Expect.that("it is in use", version.path("inUse").asBoolean(), version);
        byte[] now = Files.readAllBytes(played(stage));
        Expect.equal("bytes where it is played", version.path("bytes").asLong(), (long) now.length);
        Expect.that("it is another sound", !Arrays.equals(before, now), now.length);
        Expect.that(
            "it is what is listened to",
            Arrays.equals(now, admin.bytes(chinese(admin).path("audio").asString())),
            now.length);
        Expect.equal("what the caller went through", "", hears.record().keys());
        Expect.none("fall-back", hears.record().fallbackReason().stream().toList());
        StagedCall next =
            stage.dial(CallerScript.from("13900009952").waits(Duration.ofSeconds(15)).hangsUp());
        next.awaitPhase("waiting", TO_THE_END);
        Expect.none("fall-back", next.record().fallbackReason().stream().toList());
      } finally {
        admin.put(WELCOME + "/in-use", Map.of("language", "zh", "version", 0));
      }
      Expect.that(
          "the placeholder again",
          Arrays.equals(before, Files.readAllBytes(played(stage))),
          chinese(admin));
    }
  }

  private static void ofOnesOwn(Stage stage) throws Exception {
    String path = "/api/v1/ivr/prompts/flu-shots";
    Path sound = played(stage).resolveSibling("flu-shots.wav");
    stage.loggedOn("1001", "hq-desktop");
    try (Api admin = stage.house().signInAsAdmin()) {
      Api.Said added =
          admin.ask(
              "POST",
              "/api/v1/ivr/prompts",
              Map.of(
                  "id",
                  "flu-shots",
                  "zh",
                  "接种流感疫苗请到医务室。",
                  "en",
                  "Flu shots are given in the clinic."));
      Expect.equal("status", 201, added.status());
      JsonNode spoken = admin.tree(path).path("prompt").path("languages").path(0);
      Expect.equal("source", "placeholder", spoken.path("source").asString());
      Expect.that("it is where it is played", spoken.path("inPlace").asBoolean(), spoken);
      Expect.that("it is not silent", Sound.loudest(Files.readAllBytes(sound)) > 10_000, spoken);
      String shipped =
          Files.readString(stage.house().project().resolve("ivr-scripts/one-desk.yaml"));
      String own = shipped.replaceFirst("prompts: welcome", "prompts: flu-shots");
      Expect.that("the first prompt is another one", !own.equals(shipped), shipped);
      int before = admin.tree("/api/v1/ivr/versions").path("inForce").asInt();
      admin.put("/api/v1/ivr/drafts/own", Map.of("yaml", own, "revision", 0));
      admin.post("/api/v1/ivr/drafts/own/publish", Map.of("comment", "own"));
      StagedCall call =
          stage.dial(CallerScript.from("13900009953").waits(Duration.ofSeconds(15)).hangsUp());
      call.awaitPhase("waiting", TO_THE_END);
      Expect.none("fall-back", call.record().fallbackReason().stream().toList());
      JsonNode used = admin.tree(path).path("prompt").path("usedBy").path(0);
      Expect.equal("who plays it", "welcome", used.path("place").asString());
      admin.post("/api/v1/ivr/versions/" + before + "/rollback", Map.of("comment", "back"));
      admin.delete(path);
      Expect.that("its file is gone", !Files.exists(sound), sound);
    }
  }

  private static CallerScript.Draft keys(CallerScript.Draft draft, String keys) {
    for (char key : keys.toCharArray()) {
      draft.presses(key).waits(BETWEEN);
    }
    return draft;
  }

  private static void wrongPins(Stage stage) throws Exception {
    try (Api admin = stage.house().signInAsAdmin()) {
      admin.put(PIN_PATH, Map.of("pin", PIN));
      try {
        String number = admin.tree(PIN_PATH).path("number").asString();
        CallerScript.Draft draft =
            CallerScript.from(PHONE).dials("*66").waits(Duration.ofSeconds(2));
        for (int i = 0; i < 3; i++) {
          keys(keys(draft, number + "#"), "999999#").waits(Duration.ofSeconds(4));
        }
        ends(stage, draft.staysOn());
        JsonNode locked = admin.tree(PIN_PATH);
        Expect.that("it is locked", locked.has("lockedUntil"), locked);
        JsonNode line =
            admin.tree("/api/v1/audit?subject=account%20admin&limit=1").path("items").path(0);
        Expect.equal("audit", "phone-pin-locked", line.path("action").asString());

        // The right one ends the call at once now: no prompt is asked for.
        long began = System.nanoTime();
        ends(
            stage,
            keys(
                    keys(
                        CallerScript.from(PHONE).dials("*66").waits(Duration.ofSeconds(2)),
                        number + "#"),
                    PIN + "#")
                .staysOn());
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        Expect.that(
            "the call is over soon", took.compareTo(Duration.ofSeconds(25)) < 0, took.toString());
        admin.put(PIN_PATH, Map.of("pin", PIN));
        Expect.that("a new PIN ends it", !admin.tree(PIN_PATH).has("lockedUntil"), "locked");
      } finally {
        admin.delete(PIN_PATH);
      }
    }
  }

  /** Until the gateway hangs up. */
  private static void ends(Stage stage, CallerScript script) throws Exception {
    try (SippCaller caller = SippCaller.dial(script, stage.house().testbed())) {
      Expect.that("the gateway hangs up", caller.awaitEnd(TO_THE_END).isPresent(), caller.faults());
    }
  }

  /** The administrator is a channel of the gateway's own: it speaks, which SIPp does not. */
  private static void recordedByPhone(Stage stage) throws Exception {
    byte[] before = Files.readAllBytes(played(stage));
    try (Api admin = stage.house().signInAsAdmin()) {
      admin.put(PIN_PATH, Map.of("pin", PIN));
      Expect.equal(
          "the number that the caller keys", 101, admin.tree(PIN_PATH).path("number").asInt());
      try {
        stage
            .house()
            .testbed()
            .gatewayConsole(
                "channel originate Local/*66@cti-hotline/n extension prompt@testbed-caller");
        Patience.until(
            "the welcome is one by phone",
            TO_THE_END,
            () -> {
              try {
                JsonNode now = chinese(admin);
                return now.path("source").asString().equals("phone")
                    ? Optional.empty()
                    : Optional.of(now.toString());
              } catch (IOException fault) {
                return Optional.of(fault.toString());
              }
            });
        JsonNode now = chinese(admin);
        long length = now.path("milliseconds").asLong();
        Expect.that("sound of 1 to 8 s", length >= 1_000 && length <= 8_000, length);
        Expect.equal("by", "admin", now.path("changedBy").asString());
        Expect.that("it is where it is played", now.path("inPlace").asBoolean(), now);
        byte[] sound = Files.readAllBytes(played(stage));
        Expect.that("it is not silent", Sound.loudest(sound) > 10_000, Sound.loudest(sound));
        JsonNode line =
            admin.tree("/api/v1/audit?subject=prompt%20welcome%2Fzh&limit=1").path("items").path(0);
        Expect.equal("audit", "prompt-recorded", line.path("action").asString());
        Path takes = stage.house().testbed().environment().recordings().resolve("prompts");
        Patience.until(
            "no take is left",
            Duration.ofSeconds(30),
            () -> {
              String[] left = takes.toFile().list();
              return left == null || left.length == 0
                  ? Optional.empty()
                  : Optional.of(String.join(" ", left));
            });
      } finally {
        admin.put(WELCOME + "/in-use", Map.of("language", "zh", "version", 0));
        admin.delete(PIN_PATH);
      }
    }
    Expect.that(
        "the placeholder again", Arrays.equals(before, Files.readAllBytes(played(stage))), "not");
  }
}
