package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.client.Api;
import cti.testbed.client.ScreenClient;
import cti.testbed.gateway.PhoneBehaviour;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Supervisors: moving who waits, states of others, big screens. */
final class SupervisorScenarios {
  private static final Duration SOON = Pair.SOON;
  private static final Duration TO_THE_DESK = Duration.ofSeconds(45);

  /** CTI_RING_LIMIT of the dialplan and what lies around it. */
  private static final Duration NOBODY_ANSWERS = Duration.ofSeconds(45);

  private SupervisorScenarios() {}

  static List<Scenario> all() {
    return List.of(
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

  static List<JsonNode> supervision(Stage stage, StagedCall call) throws Exception {
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
  static void expectAudited(Stage stage, String subject, List<String> actions) throws Exception {
    JsonNode lines =
        stage.house().admin().tree("/api/v1/audit?limit=20&subject=" + subject.replace(" ", "%20"));
    List<String> found =
        lines.path("items").values().stream()
            .map(line -> line.path("action").asString())
            .limit(actions.size())
            .toList();
    Expect.equal("audit of " + subject, actions, found);
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
    JsonNode act = theSecondGoesFirst(stage, "first", "领导急件");
    Expect.equal("first", true, act.path("first").asBoolean());
  }

  private static void toTheBack(Stage stage) throws Exception {
    JsonNode act = theSecondGoesFirst(stage, "last", "等资料");
    Expect.equal("first", false, act.path("first").asBoolean());
    Expect.equal("to the desk where they waited", "hq-asset", act.path("toDesk").asString());
  }

  /**
   * Of two who wait one is moved within the queue, so that the second is answered first.
   *
   * @param place first, for the second caller, or last, for the first one
   * @return what is on record of the move
   */
  private static JsonNode theSecondGoesFirst(Stage stage, String place, String reason)
      throws Exception {
    AgentDesk agent = stage.loggedOn("1008", "hq-asset");
    StagedCall first = stage.dial(Callers.pressing("13900000016", '7'));
    first.awaitPhase("waiting", TO_THE_DESK);
    StagedCall second = stage.dial(Callers.pressing("13900000017", '7'));
    second.awaitPhase("waiting", TO_THE_DESK);
    StagedCall moved = place.equals("first") ? second : first;
    move(stage, moved, Map.of("toDesk", "hq-asset", place, true, "reason", reason));
    agent.ready();
    second.awaitPhase("talking", TO_THE_DESK);
    Expect.equal("who came first", "waiting", first.now().phase());
    second.hangUp();
    agent.awaitState("working-after-call", SOON);
    agent.ready();
    first.awaitPhase("talking", TO_THE_DESK);
    first.hangUp();
    for (StagedCall call : List.of(first, second)) {
      Expect.equal("visits", List.of("cti-hq-asset=answered"), call.record().visitOutcomes());
    }
    return supervision(stage, moved).getFirst();
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
