package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.client.Api;
import cti.testbed.client.Patience;
import cti.testbed.client.Unexpected;
import cti.testbed.e2e.Pair.Talk;
import cti.testbed.gateway.PhoneBehaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Supervisors who listen to talks in three modes. */
final class ListeningScenarios {
  private static final Duration SOON = Pair.SOON;
  private static final String LISTENINGS = "/api/v1/listenings";

  private ListeningScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
                "a supervisor listens, whispers, barges in without dialling anew, and is no call",
                with(Pair.PROJECT, "8020"),
                ListeningScenarios::threeModes)
            .inQuickRun(),
        Scenario.of(
            "a supervisor hears the talk, stops, and the talk goes on",
            with(Pair.ERP, "8021"),
            ListeningScenarios::hearsAndStops),
        Scenario.of(
            "agents are not told of a supervisor where their desk says so; a refusing phone is"
                + " given up",
            with(Pair.MES, "8022"),
            ListeningScenarios::notToldNotAnswered));
  }

  private static Set<String> with(Pair pair, String phone) {
    Set<String> claims = new HashSet<>(pair.claims());
    claims.add(phone);
    // One supervisor listens to one talk at a time.
    claims.add("the supervisor's ear");
    return claims;
  }

  private static JsonNode begin(Stage stage, String agent, String phone) throws Exception {
    Api.Said said =
        stage
            .house()
            .supervisor()
            .ask("POST", LISTENINGS, Map.of("agent", agent, "extension", phone));
    Expect.equal("answer to listen: " + said.body(), 201, said.status());
    return said.body();
  }

  /** Waits until somebody's list of listenings is as wanted: its modes, of those that are heard. */
  private static void awaitModes(Api who, String agent, List<String> wanted)
      throws InterruptedException {
    Patience.until(
        "who listens to agent " + agent + ": " + wanted,
        SOON,
        () -> {
          try {
            List<String> modes =
                who.tree(LISTENINGS).path("items").values().stream()
                    .filter(item -> item.path("agent").asString().equals(agent))
                    .filter(item -> item.has("since"))
                    .map(item -> item.path("mode").asString())
                    .toList();
            return modes.equals(wanted) ? Optional.empty() : Optional.of(modes.toString());
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
  }

  /** What the gateway runs for the supervisor's phone, with its options. */
  private static void awaitSpy(Stage stage, String phone, String options)
      throws InterruptedException {
    Patience.until(
        "ChanSpy with " + options + " at " + phone,
        SOON,
        () -> {
          try {
            List<String> spies =
                stage
                    .house()
                    .testbed()
                    .gatewayConsole("core show channels concise")
                    .lines()
                    .filter(line -> line.contains("Local/" + phone + "@cti-listen"))
                    .filter(line -> line.contains("!ChanSpy!"))
                    .toList();
            boolean there = spies.stream().anyMatch(line -> line.contains("," + options + "!"));
            return there ? Optional.empty() : Optional.of(spies.toString());
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
  }

  private static void listenAs(Stage stage, JsonNode listening, String mode) throws Exception {
    Api.Said said =
        stage
            .house()
            .supervisor()
            .ask("PUT", LISTENINGS + "/" + listening.path("id").asString(), Map.of("mode", mode));
    Expect.equal("answer to " + mode + ": " + said.body(), 204, said.status());
  }

  private static void threeModes(Stage stage) throws Exception {
    Pair pair = Pair.PROJECT;
    String phone = "8020";
    // Phones that send sound, as real ones do: ChanSpy lets go of a channel with its next frame.
    stage.phone(pair.agent(), RecordedTalk.TONE);
    stage.phoneAt(phone, RecordedTalk.TONE);
    Talk talk = pair.talk(stage);
    AgentDesk other = talk.other();
    JsonNode listening = begin(stage, pair.agent(), phone);
    Expect.equal("the agent is told", true, listening.path("told").asBoolean());
    Api supervisor = stage.house().supervisor();
    awaitModes(supervisor, pair.agent(), List.of("listen"));
    awaitSpy(stage, phone, "uqES");
    awaitModes(talk.agent().api(), pair.agent(), List.of("listen"));
    awaitModes(other.api(), pair.agent(), List.of());
    listenAs(stage, listening, "whisper");
    awaitModes(supervisor, pair.agent(), List.of("whisper"));
    awaitSpy(stage, phone, "uqESw");
    listenAs(stage, listening, "barge");
    awaitModes(supervisor, pair.agent(), List.of("barge"));
    awaitSpy(stage, phone, "uqESB");
    Api.Said twice =
        supervisor.ask("POST", LISTENINGS, Map.of("agent", pair.agent(), "extension", "8023"));
    Expect.equal("a second one", "already-listening", twice.body().path("type").asString());
    Expect.equal("state of the agent", "busy", talk.agent().state());
    Expect.that(
        "one call is under way from " + pair.caller(),
        supervisor.calls().stream()
            .noneMatch(
                call -> call.callingNumber().equals(phone) || call.dialledNumber().equals(phone)),
        supervisor.calls());
    talk.call().stays("talking", Duration.ofSeconds(2));
    talk.call().hangUp();
    awaitModes(supervisor, pair.agent(), List.of());
    CallOnRecord record = talk.call().record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.none("missed call", record.missed());
    Expect.equal("visits", List.of(pair.queue() + "=answered"), record.visitOutcomes());
    talk.expectParts();
    JsonNode act = SupervisorScenarios.supervision(stage, talk.call()).getFirst();
    Expect.equal("what", "listening", act.path("what").asString());
    Expect.equal(
        "modes",
        List.of("listen", "whisper", "barge"),
        act.path("modes").values().stream().map(JsonNode::asString).toList());
    Expect.equal("end", "over", act.path("end").asString());
    Expect.equal(
        "calls of the supervisor's phone on record",
        0,
        supervisor.tree("/api/v1/call-history?number=" + phone).path("items").size());
    // The second attempt was refused, and has its line all the same.
    SupervisorScenarios.expectAudited(
        stage, "agent " + pair.agent(), List.of("listen", "listen-as", "listen-as", "listen"));
    expectAgree(stage, pair.agent());
  }

  /** The watchdog finds nothing to put right because of a supervisor's phone. */
  private static void expectAgree(Stage stage, String agent) throws InterruptedException {
    Patience.until(
        "members and phone of agent " + agent + " agree",
        Duration.ofSeconds(30),
        () -> {
          try {
            Map.Entry<Boolean, String> agree = stage.house().supervisor().agreement(agent);
            return agree.getKey() ? Optional.empty() : Optional.of(agree.getValue());
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
  }

  private static void hearsAndStops(Stage stage) throws Exception {
    Pair pair = Pair.ERP;
    String phone = "8021";
    stage.phone(pair.agent(), RecordedTalk.TONE);
    stage.phoneAt(phone, PhoneBehaviour.answers(Duration.ofSeconds(1)));
    Talk talk = pair.talk(stage);
    JsonNode listening = begin(stage, pair.agent(), phone);
    Api supervisor = stage.house().supervisor();
    awaitModes(supervisor, pair.agent(), List.of("listen"));
    heard(stage, phone)
        .expectTone(Duration.ofMillis(1_000), Duration.ofMillis(2_000), RecordedTalk.TONE_HERTZ);
    supervisor.delete(LISTENINGS + "/" + listening.path("id").asString());
    awaitModes(supervisor, pair.agent(), List.of());
    talk.call().stays("talking", Duration.ofSeconds(2));
    talk.call().hangUp();
    talk.call().record();
    Expect.equal(
        "end",
        "over",
        SupervisorScenarios.supervision(stage, talk.call()).getFirst().path("end").asString());
  }

  /** What the gateway sends to the supervisor's phone: three seconds of it, or somewhat more. */
  private static Sound heard(Stage stage, String phone) throws Exception {
    String line =
        stage
            .house()
            .testbed()
            .gatewayConsole("core show channels concise")
            .lines()
            .filter(one -> one.startsWith("PJSIP/ipoffice-") && one.contains("!" + phone + "!"))
            .map(one -> one.split("!", 2)[0])
            .findFirst()
            .orElseThrow(() -> new Unexpected("no line to phone " + phone));
    String name = "heard-" + phone + ".wav";
    Path file = stage.house().testbed().environment().recordings().resolveSibling(name);
    stage.house().testbed().gatewayConsole("mixmonitor start " + line + " " + name);
    Patience.until(
        "three seconds of what phone " + phone + " hears",
        SOON,
        () -> {
          long length = file.toFile().length();
          return length >= Sound.bytesOf(Duration.ofSeconds(3))
              ? Optional.empty()
              : Optional.of(length + " bytes of " + file);
        });
    stage.house().testbed().gatewayConsole("mixmonitor stop " + line);
    Patience.until(
        "what phone " + phone + " hears is written",
        SOON,
        () -> whole(file) ? Optional.empty() : Optional.of("not whole: " + file));
    Sound sound = Sound.of(Files.readAllBytes(file));
    Files.delete(file);
    return sound;
  }

  /** The gateway writes how long a recording is when it closes the file. */
  private static boolean whole(Path file) {
    try {
      byte[] wav = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      return wav.length > 44
          && ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).getInt(40) == wav.length - 44;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void notToldNotAnswered(Stage stage) throws Exception {
    Pair pair = Pair.MES;
    String phone = "8022";
    Api supervisor = stage.house().supervisor();
    hideListeners(supervisor, pair.desk(), true);
    stage.phone(pair.agent(), RecordedTalk.TONE);
    stage.phoneAt(phone, RecordedTalk.TONE);
    Talk talk = pair.talk(stage);
    JsonNode listening = begin(stage, pair.agent(), phone);
    Expect.equal("the agent is told", false, listening.path("told").asBoolean());
    awaitModes(supervisor, pair.agent(), List.of("listen"));
    awaitModes(talk.agent().api(), pair.agent(), List.of());
    supervisor.delete(LISTENINGS + "/" + listening.path("id").asString());
    awaitModes(supervisor, pair.agent(), List.of());
    stage.phoneAt(phone, new PhoneBehaviour.Rejects());
    begin(stage, pair.agent(), phone);
    Patience.until(
        "a phone that refuses is given up",
        Duration.ofSeconds(50),
        () -> {
          try {
            int left = supervisor.tree(LISTENINGS).path("items").size();
            return left == 0 ? Optional.empty() : Optional.of(left + " listenings");
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
    talk.call().stays("talking", Duration.ofSeconds(1));
    talk.call().hangUp();
    CallOnRecord record = talk.call().record();
    Expect.none("missed call", record.missed());
    Expect.equal(
        "ends",
        List.of("over", "not-answered"),
        SupervisorScenarios.supervision(stage, talk.call()).stream()
            .map(act -> act.path("end").asString())
            .toList());
    Expect.equal(
        "what the agent's own record shows of it",
        0,
        talk.agent()
            .api()
            .tree("/api/v1/calls/" + talk.call().id())
            .path("record")
            .path("supervision")
            .size());
    hideListeners(supervisor, pair.desk(), false);
  }

  private static void hideListeners(Api supervisor, String desk, boolean hidden) throws Exception {
    supervisor.put(
        "/api/v1/agent-rules/" + desk,
        Map.of(
            "wrapUpExtensionSeconds", 120,
            "wrapUpExtensions", 2,
            "missesInARow", 3,
            "unreachableAtOnce", true,
            "listenersHidden", hidden));
  }
}
