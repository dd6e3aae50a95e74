package cti.testbed.e2e;

import cti.testbed.caller.CallerEnd;
import cti.testbed.caller.CallerScript;
import cti.testbed.client.CallView;
import cti.testbed.client.RecordView;
import cti.testbed.client.RouteView;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Targets of rules that are no person: a callback, a message, an announcement. */
final class TargetScenarios {
  private static final Duration TO_A_PHONE = Duration.ofSeconds(45);
  private static final Duration TO_THE_END = Duration.ofSeconds(60);

  private TargetScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.alone("a callback as the target: noted for the desk", TargetScenarios::callback),
        Scenario.alone(
            "a message as the target: taken for the desk, played over HTTP",
            TargetScenarios::voicemail),
        Scenario.alone(
            "a message as the target: who hangs up without a word has left none",
            TargetScenarios::nothingSaid),
        Scenario.alone(
            "an announcement as the target, then the desk", TargetScenarios::announcement));
  }

  private static CallOnRecord endedByFlow(StagedCall call) throws Exception {
    call.awaitPhase("ended", TO_THE_END);
    Expect.equal("end", CallerEnd.HUNG_UP_THERE, call.awaitCallerEnd(Duration.ofSeconds(10)));
    CallOnRecord record = call.record();
    Expect.equal("outcome", "ended-by-flow", record.outcome());
    Expect.equal("desk on record", Optional.of("gz"), record.desk());
    Expect.equal("visits", List.of(), record.visitOutcomes());
    Expect.none("fall-back", record.fallbackReason().stream().toList());
    return record;
  }

  private static void expectRoute(Stage stage, StagedCall call, int version, int tried)
      throws Exception {
    RouteView route = Rules.firstRoute(stage, call);
    Expect.equal("rule on record", Optional.of("wanted"), route.rule());
    Expect.equal("version on record", version, route.version());
    Expect.equal("target on record", tried, route.tried());
  }

  private static void callback(Stage stage) throws Exception {
    int version = Rules.publish(stage, Rules.toTargets("", "site: gz", "callback: gz"));
    StagedCall call = stage.dial(Callers.silent(Rules.CALLER_OF_GZ));
    CallOnRecord record = endedByFlow(call);
    JsonNode wish = Left.callback(stage, Rules.CALLER_OF_GZ, record.id());
    Expect.equal("desk of the callback", "gz", wish.path("desk").asString());
    expectRoute(stage, call, version, 1);
    Left.cancelCallback(stage, Rules.CALLER_OF_GZ, record.id());
  }

  /** The caller is a channel of the gateway's own: it speaks, which SIPp does not. */
  private static void voicemail(Stage stage) throws Exception {
    int version = Rules.publish(stage, Rules.toTargets("", "choice: gz", "voicemail: gz"));
    stage
        .house()
        .testbed()
        .gatewayConsole(
            "channel originate Local/8000@cti-hotline/n extension"
                + " message-at-once@testbed-caller");
    JsonNode message =
        Left.awaitOne(
            stage,
            "a new message",
            "/api/v1/voicemails?state=new&desk=gz",
            TO_THE_END,
            item -> item.path("desk").asString().equals("gz"));
    long length = message.path("milliseconds").asLong();
    Expect.that("sound of 5 to 20 s", length >= 5_000 && length <= 20_000, length);
    byte[] sound = stage.house().supervisor().bytes(message.path("audio").asString());
    Expect.that("it is not silent", Sound.loudest(sound) > 1_000, Sound.loudest(sound));
    String id = message.path("call").asString();
    RecordView record = stage.house().supervisor().record(id).orElseThrow();
    Expect.equal("desk on record", Optional.of("gz"), record.call().desk());
    List<RouteView> routes = stage.house().supervisor().routesOf(id);
    Expect.equal("times that the rules are on record", 1, routes.size());
    Expect.equal("rule on record", Optional.of("wanted"), routes.getFirst().rule());
    Expect.equal("version on record", version, routes.getFirst().version());
    Expect.equal("targets on record", List.of("voicemail of desk gz"), routes.getFirst().targets());
  }

  private static void nothingSaid(Stage stage) throws Exception {
    int version = Rules.publish(stage, Rules.toTargets("", "site: gz", "voicemail: gz"));
    StagedCall call =
        stage.dial(CallerScript.from(Rules.CALLER_OF_GZ).waits(Duration.ofSeconds(20)).hangsUp());
    call.awaitPhase("ended", TO_THE_END);
    CallOnRecord record = call.record();
    Expect.equal("outcome", "abandoned-in-ivr", record.outcome());
    Expect.equal("desk on record", Optional.of("gz"), record.desk());
    expectRoute(stage, call, version, 1);
    for (JsonNode item :
        stage.house().supervisor().tree("/api/v1/voicemails?state=new").path("items").values()) {
      Expect.that("no message of silence", !item.path("call").asString().equals(record.id()), item);
    }
  }

  private static void announcement(Stage stage) throws Exception {
    int version =
        Rules.publish(stage, Rules.toTargets("", "site: gz", "announcement: sorry", "desk: gz"));
    stage.ready("1010", "gz");
    StagedCall call = stage.dial(Callers.silent(Rules.CALLER_OF_GZ));
    CallView talking = call.awaitPhase("talking", TO_A_PHONE);
    Expect.equal("agent", Optional.of("1010"), talking.agent());
    CallOnRecord record = MenuScenarios.talkAndHangUp(call);
    Expect.equal("outcome", "answered", record.outcome());
    expectRoute(stage, call, version, 2);
    Expect.that(
        "the server says that it played it",
        Files.readString(stage.house().settings().log())
            .contains("Rule wanted: target 1 plays sorry"),
        "no such line");
    // It lasts: between the last key that was waited for and the queue there is the announcement.
    long announced =
        Files.size(stage.house().testbed().environment().prompts().resolve("zh/sorry.wav")) / 16;
    RecordView view = stage.house().supervisor().record(record.id()).orElseThrow();
    long inFlow =
        Duration.between(view.call().startedAt(), view.visits().getFirst().enteredAt()).toMillis();
    Expect.that(
        "at least " + announced + " ms before the queue", inFlow >= announced, inFlow + " ms");
  }
}
