package cti.testbed.e2e;

import cti.testbed.caller.CallerScript;
import cti.testbed.caller.SippCaller;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.AgentView;
import cti.testbed.client.Api;
import cti.testbed.client.NoticeView;
import cti.testbed.client.Patience;
import cti.testbed.gateway.PhoneBehaviour;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Agents: what waits for the end of a call, phones alone, take-over, and what drifts apart. */
final class AgentScenarios {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration TO_TALK = Duration.ofSeconds(25);

  /** Two rings of 12 s and what lies between and before them. */
  private static final Duration TWO_RINGS = Duration.ofSeconds(45);

  /** Two looks of the watchdog at 15 s each, and what is on its way. */
  private static final Duration TWO_LOOKS = Duration.ofSeconds(45);

  private AgentScenarios() {}

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "agents: a break asked for in a call begins after a wrap-up that was made longer",
            Set.of("hq-marketing", "1007"),
            AgentScenarios::pendingBreak),
        Scenario.of(
            "agents: two rings without an answer make the agent not ready, and they are told",
            Set.of("hq-oa", "1003"),
            AgentScenarios::ringNoAnswer),
        Scenario.of(
            "agents: log-on, pause, wrap-up and log-off by feature codes from a desk phone",
            Set.of("hq-itil", "1006"),
            AgentScenarios::featureCodes),
        Scenario.of(
            "agents: number and PIN at a phone that is nobody's own",
            Set.of("1005"),
            AgentScenarios::numberAndPin),
        Scenario.of(
            "agents: an extension is taken over and both agents are told",
            Set.of("zj", "1013", "1002"),
            AgentScenarios::takeOver),
        Scenario.of(
            "agents: drift behind our back is healed: pause, penalty, member, device state",
            Set.of("sg", "1011"),
            AgentScenarios::drift));
  }

  private static void pendingBreak(Stage stage) throws Exception {
    stage.house().supervisor().deskRules("hq-marketing", 10, 3);
    AgentDesk agent = stage.ready("1007", "hq-marketing");
    StagedCall call = stage.dial(Callers.pressing("13900000018", '6'));
    call.awaitPhase("talking", TO_TALK);
    agent.awaitState("busy", SOON);
    agent.api().notReady("1007", "break");
    AgentView pending = await(agent, "a pending break", view -> view.pending().isPresent(), SOON);
    Expect.equal("state with a pending break", "busy", pending.state());
    Expect.equal("pending reason", "break", pending.pending().orElseThrow().reason());
    call.hangUp();
    AgentView wrapUp = agent.awaitState("working-after-call", SOON);
    Instant end = wrapUp.wrapUpUntil().orElseThrow();
    agent.api().extendWrapUp("1007");
    await(
        agent,
        "a longer wrap-up",
        view -> view.wrapUpUntil().equals(Optional.of(end.plusSeconds(10))),
        SOON);
    AgentView after = agent.awaitNot("working-after-call", Duration.ofSeconds(35));
    Expect.equal("state after the wrap-up", "not-ready", after.state());
    Expect.equal("reason after the wrap-up", "break", after.reason());
    Expect.that("not before its end", !Instant.now().isBefore(end.plusSeconds(9)), Instant.now());
    awaitMember(stage, "cti-hq-marketing", agent.extension(), "paused:break");
    call.record();
  }

  private static void ringNoAnswer(Stage stage) throws Exception {
    stage.house().supervisor().deskRules("hq-oa", 10, 2);
    stage.phone("1003", new PhoneBehaviour.NeverAnswers());
    AgentDesk agent = stage.ready("1003", "hq-oa");
    StagedCall call = stage.dial(Callers.pressing("13900000021", '2'));
    AgentView after = agent.awaitState("not-ready", TWO_RINGS);
    Expect.equal("reason", "ring-no-answer", after.reason());
    awaitNotice(agent, "ring-no-answer", "1003", SOON);
    awaitMember(stage, "cti-hq-oa", agent.extension(), "paused:ring-no-answer");
    call.hangUp();
    CallOnRecord record = call.record();
    Expect.equal("ring attempts", List.of("no-answer", "no-answer"), record.attemptOutcomes());
    stage.house().supervisor().deskRules("hq-oa", 120, 3);
  }

  private static void featureCodes(Stage stage) throws Exception {
    AgentDesk agent = stage.house().desk("1006");
    String phone = agent.extension();
    stage.house().supervisor().phone("1006", phone, "4711");
    stage.house().supervisor().deskRules("hq-itil", 20, 3);
    code(stage, phone, "*61");
    agent.awaitState("ready", SOON);
    code(stage, phone, "*642");
    AgentView pause = agent.awaitState("not-ready", SOON);
    Expect.equal("reason of key 2", "break", pause.reason());
    code(stage, phone, "*63");
    agent.awaitState("ready", SOON);
    StagedCall call = stage.dial(Callers.pressing("13900000014", '5'));
    call.awaitPhase("talking", TO_TALK);
    call.hangUp();
    Instant end = agent.awaitState("working-after-call", SOON).wrapUpUntil().orElseThrow();
    code(stage, phone, "*65");
    await(
        agent,
        "a longer wrap-up",
        view -> view.wrapUpUntil().equals(Optional.of(end.plusSeconds(20))),
        SOON);
    code(stage, phone, "*63");
    agent.awaitState("ready", SOON);
    code(stage, phone, "*62");
    AgentView off = agent.awaitState("logged-off", SOON);
    Expect.equal("reason of the log-off", "by-phone", off.reason());
    call.record();
    Expect.equal("missed calls by feature codes", 0L, stage.house().supervisor().missedFrom(phone));
  }

  private static void numberAndPin(Stage stage) throws Exception {
    AgentDesk agent = stage.house().desk("1005");
    stage.house().supervisor().phone("1005", agent.extension(), "4711");
    String strange = "8027";
    CallerScript.Draft script =
        CallerScript.from(strange).dials("*61").waits(Duration.ofSeconds(1));
    for (char key : "1005#4711#".toCharArray()) {
      script.presses(key).waits(Duration.ofMillis(600));
    }
    try (SippCaller caller = SippCaller.dial(script.staysOn(), stage.house().testbed())) {
      AgentView on = agent.awaitState("ready", Duration.ofSeconds(25));
      Expect.equal("extension", Optional.of(strange), on.extension());
      caller.awaitEnd(Duration.ofSeconds(15));
    }
    code(stage, strange, "*62");
    agent.awaitState("logged-off", SOON);
  }

  private static void takeOver(Stage stage) throws Exception {
    AgentDesk first = stage.ready("1013", "zj");
    AgentDesk second = stage.house().desk("1002");
    second.api().takeOver("1002", first.extension(), List.of("zj"));
    AgentView gone = first.awaitState("logged-off", SOON);
    Expect.equal("reason", "taken-over", gone.reason());
    awaitNotice(first, "taken-over", "1013", SOON);
    NoticeView told = awaitNotice(second, "taken-over", "1013", SOON);
    Expect.equal("who took it", Optional.of("1002"), told.by());
    awaitMember(stage, "cti-zj", first.extension(), "1002");
    second.logOff();
  }

  private static void drift(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1011", "sg");
    String phone = agent.extension();
    String member = "Local/" + phone + "@cti-agents/n";
    Api supervisor = stage.house().supervisor();
    awaitAgreement(supervisor, Duration.ofSeconds(25));
    healed(stage, "member-pause", "queue pause member " + member + " queue cti-sg reason behind");
    healed(stage, "member-penalty", "queue set penalty 7 on " + member + " in cti-sg");
    healed(stage, "member-missing", "queue remove member " + member + " from cti-sg");
    healed(stage, "device-state", "devstate change Custom:" + phone + " INUSE");
    awaitAgreement(supervisor, TWO_LOOKS);
    String metrics = supervisor.metrics();
    for (String kind : List.of("member_pause", "member_penalty", "member_missing")) {
      Expect.that(
          "a count of " + kind,
          metrics.contains("cti_watchdog_healed_total{kind=\"" + kind + "\"} 1"),
          metrics.lines().filter(line -> line.contains("watchdog")).toList());
    }
    Expect.equal("state of the agent", "ready", agent.state());
  }

  /** Does something on the gateway and waits until a supervisor is told that it was put right. */
  private static void healed(Stage stage, String what, String command) throws Exception {
    stage.house().testbed().gatewayConsole(command);
    stage
        .house()
        .observer()
        .await(
            what + " of agent 1011 is healed",
            TWO_LOOKS,
            picture ->
                picture.notices().stream()
                    .filter(notice -> notice.agent().equals(Optional.of("1011")))
                    .flatMap(notice -> notice.drift().stream())
                    .filter(drift -> drift.what().equals(what))
                    .findFirst(),
            picture -> picture.notices());
  }

  private static void awaitAgreement(Api supervisor, Duration limit) throws InterruptedException {
    Patience.until(
        "agent 1011, members and phone agree",
        limit,
        () -> {
          try {
            Map.Entry<Boolean, String> agreement = supervisor.agreement("1011");
            return agreement.getKey() ? Optional.empty() : Optional.of(agreement.getValue());
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
  }

  /** Dials a feature code from a desk phone and listens until the gateway hangs up. */
  private static void code(Stage stage, String phone, String code) throws Exception {
    CallerScript script = CallerScript.from(phone).dials(code).staysOn();
    try (SippCaller caller = SippCaller.dial(script, stage.house().testbed())) {
      Expect.that(
          "the gateway hangs up after " + code,
          caller.awaitEnd(Duration.ofSeconds(15)).isPresent(),
          caller.faults());
    }
  }

  private static AgentView await(
      AgentDesk agent, String what, java.util.function.Predicate<AgentView> wanted, Duration limit)
      throws InterruptedException {
    return agent.stream()
        .await(
            "agent " + agent.agent() + ": " + what,
            limit,
            picture -> picture.agent(agent.agent()).filter(wanted),
            picture -> picture.agent(agent.agent()));
  }

  private static NoticeView awaitNotice(AgentDesk told, String kind, String about, Duration limit)
      throws InterruptedException {
    return told.stream()
        .await(
            "a notice " + kind + " at agent " + told.agent(),
            limit,
            picture ->
                picture.notices().stream()
                    .filter(notice -> notice.kind().equals(kind))
                    .filter(notice -> notice.agent().equals(Optional.of(about)))
                    .findFirst(),
            picture -> picture.notices());
  }

  /** Waits until the gateway's own line of a member holds these words. */
  private static void awaitMember(Stage stage, String queue, String extension, String words)
      throws InterruptedException {
    Patience.until(
        "member " + extension + " of " + queue + " is " + words,
        SOON,
        () -> {
          try {
            String lines = stage.house().testbed().gatewayConsole("queue show " + queue);
            return lines.lines().anyMatch(line -> line.contains(extension) && line.contains(words))
                ? Optional.empty()
                : Optional.of(lines);
          } catch (IOException fault) {
            return Optional.of(fault.toString());
          }
        });
  }
}
