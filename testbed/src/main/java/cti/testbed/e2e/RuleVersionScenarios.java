package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.client.Api;
import cti.testbed.client.Patience;
import cti.testbed.client.RouteView;
import cti.testbed.gateway.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Versions of the rules: published, rolled back, kept through outages, while calls go on. */
final class RuleVersionScenarios {
  private static final Duration TO_A_PHONE = Duration.ofSeconds(45);
  private static final Duration SOON = Duration.ofSeconds(10);

  private RuleVersionScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.alone(
            "published during a call: the call keeps its version",
            RuleVersionScenarios::publishInCall),
        Scenario.alone("rolled back: the next call goes as before", RuleVersionScenarios::rollBack),
        Scenario.alone(
            "the database is away, and cti-server restarts: routing goes on",
            RuleVersionScenarios::databaseAway));
  }

  private static void publishInCall(Stage stage) throws Exception {
    int before =
        Rules.publish(
            stage, Rules.toTargets("", "site: gz", "{ desk: gz, limit: 12 }", "desk: sg"));
    AgentDesk away = stage.loggedOn("1010", "gz");
    stage.ready("1011", "sg");
    stage.ready("1012", "mz");
    StagedCall call = stage.dial(Callers.silent(Rules.CALLER_OF_GZ));
    call.awaitPhase("waiting", TO_A_PHONE);
    int after = Rules.publish(stage, "rules:\n  - { id: all, when: { always: true }, desk: mz }\n");
    StagedCall next = stage.dial(Callers.silent("13900000027"));
    Expect.equal(
        "agent of a new call", Optional.of("1012"), next.awaitPhase("talking", TO_A_PHONE).agent());
    Expect.equal(
        "agent of the call under way",
        Optional.of("1011"),
        call.awaitPhase("talking", TO_A_PHONE).agent());
    MenuScenarios.talkAndHangUp(call);
    MenuScenarios.talkAndHangUp(next);
    Expect.equal(
        "versions of the call under way",
        List.of(before, before),
        stage.house().supervisor().routesOf(call.id()).stream().map(RouteView::version).toList());
    Expect.equal("version of the new call", after, Rules.firstRoute(stage, next).version());
    away.ready();
  }

  private static void rollBack(Stage stage) throws Exception {
    int good = Rules.publish(stage, "rules:\n  - { id: all, when: { always: true }, desk: sg }\n");
    Rules.publish(stage, "rules:\n  - { id: all, when: { always: true }, desk: mz }\n");
    stage.ready("1011", "sg");
    stage.ready("1012", "mz");
    StagedCall wrong = stage.dial(Callers.silent(Rules.CALLER_OF_GZ));
    Expect.equal(
        "agent before", Optional.of("1012"), wrong.awaitPhase("talking", TO_A_PHONE).agent());
    MenuScenarios.talkAndHangUp(wrong);
    int back;
    try (Api admin = stage.house().signInAsAdmin()) {
      back = admin.rollBack(good);
      Expect.equal("text", admin.rules(good), admin.rules(back));
    }
    StagedCall right = stage.dial(Callers.silent(Rules.CALLER_OF_GZ));
    Expect.equal(
        "agent after", Optional.of("1011"), right.awaitPhase("talking", TO_A_PHONE).agent());
    MenuScenarios.talkAndHangUp(right);
    Expect.equal("version", back, Rules.firstRoute(stage, right).version());
  }

  private static void databaseAway(Stage stage) throws Exception {
    int version =
        Rules.publish(stage, "rules:\n  - { id: all, when: { always: true }, desk: sg }\n");
    stage.ready("1011", "sg");
    stage.house().testbed().stop(Part.MYSQL);
    StagedCall without;
    StagedCall restarted;
    try {
      without = stage.dial(Callers.silent(Rules.CALLER_OF_GZ));
      Expect.equal(
          "agent without the database",
          Optional.of("1011"),
          without.awaitPhase("talking", TO_A_PHONE).agent());
      without.hangUp();
      without.awaitPhase("ended", SOON);
      Expect.equal("exit code on SIGTERM", 0, stage.house().server().stop());
      stage.house().startServerWithoutDatabase();
      stage.house().reconnect();
      restarted = stage.dial(Callers.silent("13900000027"));
      Expect.equal(
          "agent after the restart",
          Optional.of("1011"),
          restarted.awaitPhase("talking", TO_A_PHONE).agent());
      restarted.hangUp();
      restarted.awaitPhase("ended", SOON);
    } finally {
      stage.house().testbed().start(Part.MYSQL);
    }
    for (StagedCall call : List.of(without, restarted)) {
      Patience.until(
          "the explanation of call " + call.id() + " is on record",
          Duration.ofSeconds(60),
          () -> onRecord(stage, call, version));
    }
  }

  private static Optional<String> onRecord(Stage stage, StagedCall call, int version)
      throws InterruptedException {
    try {
      List<RouteView> routes = stage.house().supervisor().routesOf(call.id());
      boolean there = routes.stream().anyMatch(route -> route.version() == version);
      return there ? Optional.empty() : Optional.of(routes.toString());
    } catch (IOException | RuntimeException away) {
      return Optional.of(away.toString());
    }
  }
}
