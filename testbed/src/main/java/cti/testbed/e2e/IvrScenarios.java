package cti.testbed.e2e;

import cti.testbed.caller.CallerEnd;
import cti.testbed.caller.CallerScript;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.Api;
import cti.testbed.client.CallView;
import cti.testbed.client.IncidentView;
import cti.testbed.client.PopView;
import cti.testbed.gateway.PhoneBehaviour;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Flows as callers use them, on the shipped line with one desk and on the hotline. */
final class IvrScenarios {
  private static final Duration TO_A_TALK = Duration.ofSeconds(45);
  private static final Duration TO_THE_END = Duration.ofSeconds(60);
  private static final String MOBILE = "13900009911";
  private static final String STRANGER = "13900009912";

  private IvrScenarios() {}

  static List<Scenario> ofOneDesk() {
    return List.of(
        Scenario.alone(
            "a message of real sound, left on a Local channel, is played over HTTP",
            IvrScenarios::message),
        Scenario.alone(
            "a callback is kept over a kill of cti-server: dialled, in their place, answered",
            IvrScenarios::callback),
        Scenario.alone(
            "after the talk a mark, tied to call, agent and incident", IvrScenarios::mark));
  }

  static List<Scenario> ofTheHotline() {
    return List.of(
        Scenario.alone("a known major incident: press 1 to be added", IvrScenarios::affected),
        Scenario.alone(
            "a known major incident of a service: told to who has chosen it",
            IvrScenarios::affectedByService),
        Scenario.alone(
            "an unknown caller keys an employee number: that person pops, at their desk",
            IvrScenarios::employeeNumber),
        Scenario.alone(
            "a flow is published while a caller waits: they keep theirs, the next has the new one",
            IvrScenarios::published));
  }

  /** Nothing of this call is SIP but the trunk that is not used. */
  private static void message(Stage stage) throws Exception {
    stage.loggedOn("1001", "hq-desktop");
    stage
        .house()
        .testbed()
        .gatewayConsole(
            "channel originate Local/8000@cti-hotline/n extension message@testbed-caller");
    JsonNode message =
        Left.awaitOne(
            stage,
            "a new message",
            "/api/v1/voicemails?state=new",
            TO_THE_END,
            item -> item.path("desk").asString().equals("hq-desktop"));
    long length = message.path("milliseconds").asLong();
    Expect.that("sound of 5 to 20 s", length >= 5_000 && length <= 20_000, length);
    byte[] sound = stage.house().supervisor().bytes(message.path("audio").asString());
    Expect.equal("bytes", message.path("bytes").asLong(), (long) sound.length);
    Expect.that("it is not silent", Sound.loudest(sound) > 1_000, Sound.loudest(sound));
    Left.awaitOne(
        stage,
        "the missed case of the message",
        "/api/v1/voicemails?state=new",
        Duration.ofSeconds(20),
        item -> item.has("missedCase"));
  }

  private static void callback(Stage stage) throws Exception {
    AgentDesk agent = stage.loggedOn("1001", "hq-desktop");
    StagedCall asks =
        stage.dial(CallerScript.from(MOBILE).waits(Duration.ofSeconds(9)).presses('1').staysOn());
    asks.awaitPhase("ended", TO_THE_END);
    String asked = asks.id();
    Expect.equal("end", CallerEnd.HUNG_UP_THERE, asks.awaitCallerEnd(Duration.ofSeconds(10)));
    JsonNode wish =
        Left.awaitOne(
            stage,
            "the callback is on record",
            "/api/v1/callbacks?open=true",
            Duration.ofSeconds(15),
            item -> item.path("number").asString().equals(MOBILE));
    Expect.equal("call", asked, wish.path("call").asString());

    stage.house().server().kill();
    stage.house().startServer();
    stage.house().reconnect();
    stage.house().testbed().switchConsole("database put phone " + MOBILE + " \"keys 1 3 1\"");
    stage.phone("1001", new PhoneBehaviour.Sounds(Duration.ofSeconds(1)));
    try {
      agent.ready();
      CallView talk =
          stage
              .house()
              .observer()
              .await(
                  "who is called back talks to the agent",
                  TO_A_TALK,
                  picture ->
                      picture.calls().stream()
                          .filter(call -> call.callingNumber().equals(MOBILE))
                          .filter(call -> call.phase().equals("talking"))
                          .filter(call -> call.agent().equals(Optional.of("1001")))
                          .findFirst());
      SentSound.flowsTo(stage, MOBILE);
      agent.command("hangUp", talk.id());
      JsonNode done =
          Left.awaitOne(
              stage,
              "the callback is over",
              "/api/v1/callbacks?open=false",
              TO_THE_END,
              item -> item.path("number").asString().equals(MOBILE));
      Expect.equal("outcome", "talked", done.path("outcome").asString());
      Expect.equal("attempts", 1, done.path("attempts").asInt());
      Left.awaitOne(
          stage,
          "the missed case is closed by the talk",
          "/api/v1/missed-cases?limit=50",
          TO_THE_END,
          item ->
              item.toString().contains(asked) && item.path("state").asString().equals("returned"));
      agent.awaitNot("busy", TO_THE_END);
    } finally {
      stage.house().testbed().switchConsole("database del phone " + MOBILE);
    }
  }

  private static void mark(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1001", "hq-desktop");
    stage.phone("1001", PhoneBehaviour.answers(Duration.ofSeconds(1), Duration.ofSeconds(5)));
    StagedCall call =
        stage.dial(
            CallerScript.from(STRANGER).waits(Duration.ofSeconds(14)).presses('5').staysOn());
    PopView pop = agent.awaitPop("the pop", call.id(), TO_A_TALK, any -> true);
    IncidentView incident = agent.saveIncident(pop, "a call with a mark");
    String rated = call.id();
    call.awaitPhase("ended", TO_THE_END);
    Expect.equal("end", CallerEnd.HUNG_UP_THERE, call.awaitCallerEnd(Duration.ofSeconds(10)));
    CallOnRecord record = call.record();
    Expect.equal("outcome", "answered", record.outcome());
    JsonNode mark =
        Left.awaitOne(
            stage,
            "the mark",
            "/api/v1/surveys?incident=" + incident.id(),
            Duration.ofSeconds(15),
            item -> item.path("call").asString().equals(rated));
    Expect.equal("mark", 5, mark.path("mark").asInt());
    Expect.equal("agent", "1001", mark.path("agent").asString());
    Expect.equal("desk", "hq-desktop", mark.path("desk").asString());
  }

  private static void affected(Stage stage) throws Exception {
    Api supervisor = stage.house().supervisor();
    String known =
        supervisor
            .post("/api/v1/major-incidents", Map.of("title", "网络中断", "prompt", "outage-network"))
            .get("id")
            .asString();
    try {
      StagedCall call = stage.dial(Callers.pressing("13900000025", '1'));
      call.awaitPhase("ended", TO_THE_END);
      String told = call.id();
      CallOnRecord record = call.record();
      Expect.equal("outcome", "ended-by-flow", record.outcome());
      Expect.equal("keys", "outage=1", record.keys());
      Left.awaitOne(
          stage,
          "the caller is on the list",
          "/api/v1/major-incidents/" + known + "/affected",
          Duration.ofSeconds(15),
          item ->
              item.path("call").asString().equals(told)
                  && item.path("number").asString().equals("13900000025"));
    } finally {
      supervisor.post("/api/v1/major-incidents/" + known + "/end", Map.of());
    }
  }

  private static void affectedByService(Stage stage) throws Exception {
    Api supervisor = stage.house().supervisor();
    stage.ready("1004", "hq-project");
    String known =
        supervisor
            .post(
                "/api/v1/major-incidents",
                Map.of("title", "ERP中断", "prompt", "outage-network", "services", List.of("erp")))
            .get("id")
            .asString();
    try {
      StagedCall call =
          stage.dial(
              CallerScript.from("13900000025")
                  .waits(Duration.ofSeconds(4))
                  .presses('4')
                  .waits(Duration.ofSeconds(4))
                  .presses('1')
                  .staysOn());
      call.awaitPhase("ended", TO_THE_END);
      String told = call.id();
      CallOnRecord record = call.record();
      Expect.equal("outcome", "ended-by-flow", record.outcome());
      Expect.equal("keys", "factory-offer=4 service-outage=1", record.keys());
      Left.awaitOne(
          stage,
          "the caller is on the list",
          "/api/v1/major-incidents/" + known + "/affected",
          Duration.ofSeconds(15),
          item -> item.path("call").asString().equals(told));
      StagedCall other = stage.dial(Callers.pressing("13900000025", '3'));
      other.awaitPhase("talking", TO_A_TALK);
      MenuScenarios.talkAndHangUp(other);
      Expect.equal("keys of another service", "factory-offer=3", other.record().keys());
    } finally {
      supervisor.post("/api/v1/major-incidents/" + known + "/end", Map.of());
    }
  }

  /** In the new flow the key that leaves the queue leads to a question that the old one lacks. */
  private static void published(Stage stage) throws Exception {
    stage.loggedOn("1003", "hq-oa");
    String shipped = Files.readString(stage.house().project().resolve("ivr-scripts/hotline.yaml"));
    String other =
        shipped.replaceFirst("key: \"1\", to: callback", "key: \"1\", to: new-way")
            + """

              new-way:
                type: collect
                prompts: thank-you
                wait: 1
                tries: 1
                least: 1
                most: 1
                into: end
                exits: { next: bye, no_input: bye, no_match: bye, max_no_input: bye, max_no_match: bye }
            """;
    CallerScript old =
        CallerScript.from("13900000004")
            .waits(Duration.ofSeconds(4))
            .presses('2')
            .waits(Duration.ofSeconds(12))
            .presses('1')
            .staysOn();
    try (Api admin = stage.house().signInAsAdmin()) {
      StagedCall waiting = stage.dial(old);
      waiting.awaitPhase("waiting", TO_A_TALK);
      admin.put("/api/v1/ivr/drafts/suite", Map.of("yaml", other, "revision", 0));
      admin.post("/api/v1/ivr/drafts/suite/publish", Map.of("comment", "suite"));
      try {
        waiting.awaitPhase("ended", TO_THE_END);
        CallOnRecord first = waiting.record();
        Expect.equal("keys", "headquarters-menu=2 desk-queue=1", first.keys());
        Left.cancelCallback(stage, "13900000004", first.id());
        StagedCall next = stage.dial(old);
        next.awaitPhase("ended", TO_THE_END);
        Expect.equal("keys", "headquarters-menu=2 desk-queue=1 new-way=", next.record().keys());
      } finally {
        admin.post("/api/v1/ivr/versions/1/rollback", Map.of("comment", "suite"));
      }
    }
  }

  private static void employeeNumber(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1010", "gz");
    Duration between = Duration.ofMillis(500);
    StagedCall call =
        stage.dial(
            CallerScript.from(STRANGER)
                .waits(Duration.ofSeconds(4))
                .presses('6')
                .waits(Duration.ofSeconds(2))
                .presses('0')
                .waits(between)
                .presses('0')
                .waits(between)
                .presses('2')
                .waits(between)
                .presses('5')
                .waits(between)
                .presses('#')
                .staysOn());
    PopView pop = agent.awaitPop("the pop", call.id(), TO_A_TALK, one -> !one.callers().isEmpty());
    Expect.equal("who", "E0025", pop.callers().getFirst().staff());
    Expect.equal("number", STRANGER, pop.number());
    CallOnRecord record = MenuScenarios.talkAndHangUp(call);
    Expect.equal("keys", "general-menu=6 staff-number=0025 factory-offer=", record.keys());
    Expect.equal("visits", List.of("cti-gz=answered"), record.visitOutcomes());
  }
}
