package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.client.Api;
import cti.testbed.client.Patience;
import cti.testbed.client.ScreenClient;
import cti.testbed.e2e.Pair.Talk;
import cti.testbed.gateway.PhoneBehaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Supervisors: listening in three modes, moving who waits, states of others, big screens. */
final class SupervisorScenarios {
  private static final Duration SOON = Pair.SOON;
  private static final Duration TO_THE_DESK = Duration.ofSeconds(45);

  /** CTI_RING_LIMIT of the dialplan and what lies around it. */
  private static final Duration NOBODY_ANSWERS = Duration.ofSeconds(45);

  private static final String LISTENINGS = "/api/v1/listenings";

  private SupervisorScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
                "a supervisor listens, whispers, barges in without dialling anew, and is no call",
                with(Pair.PROJECT, "8020"),
                SupervisorScenarios::threeModes)
            .inQuickRun(),
        Scenario.of(
            "a supervisor hears the talk, stops, and the talk goes on",
            with(Pair.ERP, "8021"),
            SupervisorScenarios::hearsAndStops),
        Scenario.of(
            "agents are not told of a supervisor where their desk says so; a refusing phone is"
                + " given up",
            with(Pair.MES, "8022"),
            SupervisorScenarios::notToldNotAnswered),
        Scenario.of(
            "a supervisor moves a waiting caller to another desk: a further stay, nobody missed",
            Pair.GZ.claims(),
            SupervisorScenarios::toAnotherDesk),
        Scenario.of(
            "a supervisor moves a waiting caller to the front of the queue",
            Set.of("hq-asset", "1008", "13900000016", "13900000017"),
            SupervisorScenarios::toTheFront),
        Scenario.of(
            "a supervisor moves a waiting caller to the back of the queue",
            Set.of("hq-asset", "1008", "13900000016", "13900000017"),
            SupervisorScenarios::toTheBack),
        Scenario.of(
            "a supervisor moves a waiting caller to an agent in vain: back to the front",
            Pair.MZ.claims(),
            SupervisorScenarios::toAnAgentInVain),
        Scenario.of(
            "a supervisor sets an agent's state, the agent is told, the audit log has it",
            Set.of("hq-desktop", "1002"),
            SupervisorScenarios::setState),
        Scenario.of(
            "a supervisor's big screen follows its desks, opens nothing else, goes dark when"
                + " revoked",
            Set.of("hq-desktop", "1001", "13900000018"),
            SupervisorScenarios::bigScreen));
  }

  private static Set<String> with(Pair pair, String phone) {
    Set<String> claims = new java.util.HashSet<>(pair.claims());
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
    Expect.equal(
        "parts",
        List.of(pair.callerLeft(), pair.agentLeft()),
        talk.call().parts().addsUp().inWords());
    JsonNode act = supervision(stage, talk.call()).getFirst();
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
    expectAudited(
        stage, "agent " + pair.agent(), List.of("listen", "listen-as", "listen-as", "listen"));
    expectAgree(stage, pair.agent());
  }

  private static List<JsonNode> supervision(Stage stage, StagedCall call) throws Exception {
    return List.copyOf(
        stage
            .house()
            .supervisor()
            .tree("/api/v1/calls/" + call.id())
            .path("record")
            .path("supervision")
            .values());
  }

  /** The newest lines of the audit log about something, newest first. */
  private static void expectAudited(Stage stage, String subject, List<String> actions)
      throws Exception {
    JsonNode lines =
        stage.house().admin().tree("/api/v1/audit?limit=20&subject=" + subject.replace(" ", "%20"));
    List<String> found =
        lines.path("items").values().stream()
            .map(line -> line.path("action").asString())
            .limit(actions.size())
            .toList();
    Expect.equal("audit of " + subject, actions, found);
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
    Expect.equal("end", "over", supervision(stage, talk.call()).getFirst().path("end").asString());
  }

  /** What the gateway sends to the supervisor's phone within three seconds. */
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
            .orElseThrow(() -> new cti.testbed.client.Unexpected("no line to phone " + phone));
    String name = "heard-" + phone + ".wav";
    Path file = stage.house().testbed().environment().recordings().resolveSibling(name);
    stage.house().testbed().gatewayConsole("mixmonitor start " + line + " " + name);
    Thread.sleep(3_000);
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
    Map<String, Object> rules =
        Map.of(
            "wrapUpExtensionSeconds", 120,
            "wrapUpExtensions", 2,
            "missesInARow", 3,
            "unreachableAtOnce", true,
            "listenersHidden", true);
    supervisor.put("/api/v1/agent-rules/" + pair.desk(), rules);
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
        supervision(stage, talk.call()).stream().map(act -> act.path("end").asString()).toList());
    Expect.equal(
        "what the agent's own record shows of it",
        0,
        talk.agent()
            .api()
            .tree("/api/v1/calls/" + talk.call().id())
            .path("record")
            .path("supervision")
            .size());
    supervisor.put(
        "/api/v1/agent-rules/" + pair.desk(),
        Map.of(
            "wrapUpExtensionSeconds", 120,
            "wrapUpExtensions", 2,
            "missesInARow", 3,
            "unreachableAtOnce", true,
            "listenersHidden", false));
  }

  private static void move(Stage stage, StagedCall call, Map<String, Object> to) throws Exception {
    Api.Said said =
        stage.house().supervisor().ask("POST", "/api/v1/calls/" + call.id() + "/move", to);
    Expect.equal("answer to move: " + said.body(), 204, said.status());
  }

  private static void toAnotherDesk(Stage stage) throws Exception {
    Pair pair = Pair.GZ;
    stage.loggedOn(pair.agent(), pair.desk());
    AgentDesk second = stage.ready(pair.other(), pair.otherDesk());
    StagedCall call = pair.call(stage);
    call.awaitPhase("waiting", TO_THE_DESK);
    move(stage, call, Map.of("toDesk", pair.otherDesk(), "first", true, "reason", "本台无人"));
    call.await(
        "talks at the other desk",
        TO_THE_DESK,
        view -> view.phase().equals("talking") && view.desk().equals(Optional.of("sg")));
    second.awaitState("busy", SOON);
    Expect.equal("pops at the other desk", 1L, second.popsOf(call.id()));
    call.hangUp();
    CallOnRecord record = call.record();
    Expect.equal("outcome", "answered", record.outcome());
    Expect.equal(
        "visits",
        List.of(pair.queue() + "=overflowed", pair.otherQueue() + "=answered"),
        record.visitOutcomes());
    Expect.none("missed call", record.missed());
    JsonNode act = supervision(stage, call).getFirst();
    Expect.equal(
        "on record",
        "moved gz sg 本台无人",
        String.join(
            " ",
            act.path("what").asString(),
            act.path("fromDesk").asString(),
            act.path("toDesk").asString(),
            act.path("reason").asString()));
    expectAudited(stage, "call " + call.id(), List.of("move-caller"));
  }

  private static void toTheFront(Stage stage) throws Exception {
    AgentDesk agent = stage.loggedOn("1008", "hq-asset");
    StagedCall first = stage.dial(Callers.pressing("13900000016", '7'));
    first.awaitPhase("waiting", TO_THE_DESK);
    StagedCall second = stage.dial(Callers.pressing("13900000017", '7'));
    second.awaitPhase("waiting", TO_THE_DESK);
    move(stage, second, Map.of("toDesk", "hq-asset", "first", true, "reason", "领导急件"));
    agent.ready();
    second.awaitPhase("talking", TO_THE_DESK);
    Expect.equal("who came first", "waiting", first.now().phase());
    second.hangUp();
    CallOnRecord record = second.record();
    Expect.equal("visits", List.of("cti-hq-asset=answered"), record.visitOutcomes());
    Expect.equal("first", true, supervision(stage, second).getFirst().path("first").asBoolean());
    agent.awaitState("working-after-call", SOON);
    agent.ready();
    first.awaitPhase("talking", TO_THE_DESK);
    first.hangUp();
    first.record();
  }

  private static void toTheBack(Stage stage) throws Exception {
    AgentDesk agent = stage.loggedOn("1008", "hq-asset");
    StagedCall first = stage.dial(Callers.pressing("13900000016", '7'));
    first.awaitPhase("waiting", TO_THE_DESK);
    StagedCall second = stage.dial(Callers.pressing("13900000017", '7'));
    second.awaitPhase("waiting", TO_THE_DESK);
    move(stage, first, Map.of("toDesk", "hq-asset", "last", true, "reason", "等资料"));
    agent.ready();
    second.awaitPhase("talking", TO_THE_DESK);
    Expect.equal("who came first", "waiting", first.now().phase());
    second.hangUp();
    second.record();
    agent.awaitState("working-after-call", SOON);
    agent.ready();
    first.awaitPhase("talking", TO_THE_DESK);
    first.hangUp();
    CallOnRecord record = first.record();
    Expect.equal("visits", List.of("cti-hq-asset=answered"), record.visitOutcomes());
    JsonNode act = supervision(stage, first).getFirst();
    Expect.equal("first", false, act.path("first").asBoolean());
    Expect.equal("to the desk where they waited", "hq-asset", act.path("toDesk").asString());
  }

  private static void toAnAgentInVain(Stage stage) throws Exception {
    Pair pair = Pair.MZ;
    stage.loggedOn(pair.agent(), pair.desk());
    stage.phone(pair.other(), new PhoneBehaviour.NeverAnswers());
    AgentDesk second = stage.loggedOn(pair.other(), pair.otherDesk());
    StagedCall call = pair.call(stage);
    call.awaitPhase("waiting", TO_THE_DESK);
    move(stage, call, Map.of("toAgent", pair.other(), "reason", "指定工程师"));
    call.await(
        "the agent's phone rings",
        SOON,
        view -> Pair.has(view, "called", pair.otherPhone(), "alerting"));
    call.awaitPhase("waiting", NOBODY_ANSWERS);
    Expect.equal("state of the agent", "not-ready", second.state());
    Expect.equal("desk", Optional.of(pair.desk()), call.now().desk());
    call.hangUp();
    CallOnRecord record = call.record();
    Expect.equal(
        "visits",
        List.of(pair.queue() + "=overflowed", pair.queue() + "=abandoned"),
        record.visitOutcomes());
    Expect.equal("missed calls", 1, record.missed().size());
  }

  private static void setState(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1002", "hq-desktop");
    Api.Said said =
        stage
            .house()
            .supervisor()
            .ask(
                "PUT",
                "/api/v1/agents/1002/state",
                Map.of("state", "not-ready", "reason", "meeting", "note", "三号会议室"));
    Expect.equal("answer: " + said.body(), 204, said.status());
    agent.awaitState("not-ready", SOON);
    agent.stream()
        .await(
            "the agent is told who did it",
            SOON,
            picture ->
                picture.notices().stream()
                    .filter(notice -> notice.kind().equals("set-not-ready"))
                    .filter(notice -> notice.by().isPresent())
                    .findFirst());
    expectAudited(stage, "agent 1002", List.of("agent-become-not-ready"));
    Api.Said refused =
        stage
            .house()
            .supervisor()
            .ask("PUT", "/api/v1/agents/1002/state", Map.of("state", "not-ready", "reason", "x"));
    Expect.equal("a reason that nobody knows", 409, refused.status());
  }

  private static void bigScreen(Stage stage) throws Exception {
    Api supervisor = stage.house().supervisor();
    Api.Said made =
        supervisor.ask(
            "POST",
            "/api/v1/big-screens",
            Map.of("title", "运维大屏", "desks", List.of("hq-desktop"), "agentNames", true));
    Expect.equal("answer: " + made.body(), 201, made.status());
    String token = made.body().path("token").asString();
    try (ScreenClient screen = ScreenClient.open(supervisor.address(), token)) {
      int before = screen.await("the desk", SOON, frame -> true).path("waiting").asInt(-1);
      Expect.equal("callers, which it must not show", -1, before);
      stage.loggedOn("1001", "hq-desktop");
      screen.await(
          "the agent by name", SOON, frame -> frame.path("agents").toString().contains("工程师1001"));
      StagedCall call = stage.dial(Callers.pressing("13900000018", '1'));
      JsonNode waits =
          screen.await(
              "one who waits",
              TO_THE_DESK,
              frame -> frame.path("desks").get(0).path("waiting").asInt() == 1);
      Expect.that(
          "neither name nor number",
          !waits.toString().contains("13900000018") && waits.path("waiting").isEmpty(),
          waits);
      for (String path : List.of("/api/v1/calls", "/api/v1/agents", "/api/v1/session")) {
        Expect.equal("GET " + path + " by the token", 401, screen.statusOf(path, token));
      }
      call.hangUp();
      call.awaitCallerEnd(SOON);
      String id = made.body().path("screen").path("id").asString();
      supervisor.delete("/api/v1/big-screens/" + id);
      Expect.equal("close code", 4401, screen.closeCode(SOON));
      expectAudited(stage, "big-screen " + id, List.of("revoke", "create"));
    }
  }
}
