package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.client.CallView;
import cti.testbed.client.IncidentView;
import cti.testbed.client.IncidentView.LinkView;
import cti.testbed.client.PopView;
import cti.testbed.client.VisitView.AttemptView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The agent's side: incidents, wrap-up, not ready, two calls at once. */
final class DeskScenarios {
  private static final Duration TO_THE_DESK = Duration.ofSeconds(25);

  /** Of every desk in the sample catalogue. */
  private static final Duration WRAP_UP = Duration.ofSeconds(15);

  private DeskScenarios() {}

  static List<Scenario> all() {
    return List.of(
        incident(),
        Scenario.of(
            "wrap-up is honoured: no second call before its end",
            Set.of("hq-marketing", "1007"),
            DeskScenarios::wrapUp),
        Scenario.of(
            "an agent who is not ready is not rung",
            Set.of("hq-asset", "1008"),
            DeskScenarios::notReady),
        Scenario.of(
            "two callers at the same instant: two pops, each at the right agent",
            Set.of("hq-asset", "hq-mes", "1008", "1009"),
            DeskScenarios::twoAtOnce));
  }

  static Scenario incident() {
    return Scenario.of(
            "agent saves an incident in the call: linked, once, and in the next pop",
            Set.of("hq-oa", "1003"),
            DeskScenarios::saveIncident)
        .inQuickRun();
  }

  private static void saveIncident(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1003", "hq-oa");
    StagedCall call = stage.dial(Callers.pressing("13900000013", '2'));
    PopView pop = MenuScenarios.popWithIncidents(agent, call);
    call.awaitPhase("talking", TO_THE_DESK);

    String title = "打印机卡纸 " + call.id();
    Map<String, Object> draft = AgentDesk.draft(pop, title);
    String key = UUID.randomUUID().toString();
    IncidentView saved = agent.api().saveIncident(key, 201, draft);
    IncidentView again = agent.api().saveIncident(key, 200, draft);
    Expect.equal("the incident of the same key", saved.id(), again.id());
    Expect.equal("links", List.of(new LinkView(call.id(), "opened-from")), saved.calls());

    CallOnRecord record = MenuScenarios.talkAndHangUp(call);
    Expect.equal("incidents linked to the call", Set.of(saved.id()), record.incidents());
    if (stage.house().records().isPresent()) {
      Expect.equal("rows in incident", 1, stage.house().records().get().incidentsTitled(title));
    }
    Expect.equal("incidents in REST", 1, agent.api().incidentsOf(call.id()).size());

    agent.ready();
    StagedCall next = stage.dial(Callers.pressing("13900000013", '2'));
    PopView nextPop = MenuScenarios.popWithIncidents(agent, next);
    Expect.equal(
        "earlier incidents in the pop",
        List.of(saved.id()),
        nextPop.incidents().stream().map(IncidentView::id).toList());
    MenuScenarios.talkAndHangUp(next);
  }

  private static void wrapUp(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1007", "hq-marketing");
    StagedCall first = stage.dial(Callers.pressing("13900000022", '6'));
    first.awaitPhase("talking", TO_THE_DESK);
    StagedCall second = stage.dial(Callers.pressing("13900000024", '6'));
    second.awaitPhase("waiting", TO_THE_DESK);
    first.hangUp();
    agent.awaitState("working-after-call", Duration.ofSeconds(5));
    Instant end = first.awaitPhase("ended", Duration.ofSeconds(5)).end().orElseThrow().at();
    CallView ringing = second.awaitPhase("ringing", WRAP_UP.plusSeconds(10));
    Duration rest = Duration.between(end, lastAttempt(ringing).startedAt());
    Expect.that(
        "the next ring 15 s to 18 s after the talk",
        rest.toMillis() >= 14_800 && rest.toMillis() < 18_000,
        rest);
    first.record();
    CallOnRecord record = MenuScenarios.talkAndHangUp(second);
    Expect.equal("ring attempts", List.of("answered"), record.attemptOutcomes());
  }

  private static void notReady(Stage stage) throws Exception {
    AgentDesk agent = stage.ready("1008", "hq-asset");
    agent.notReady("meeting");
    StagedCall call = stage.dial(Callers.pressing("13900000002", '7'));
    call.awaitPhase("waiting", TO_THE_DESK);
    call.stays("waiting", Duration.ofSeconds(3));
    agent.ready();
    CallOnRecord record = MenuScenarios.talkAndHangUp(call);
    Expect.equal("ring attempts", List.of("answered"), record.attemptOutcomes());
    Expect.that("a wait of 3 s and more", record.waitMillis() >= 3_000, record.waitMillis());
  }

  private static void twoAtOnce(Stage stage) throws Exception {
    AgentDesk mes = stage.ready("1009", "hq-mes");
    AgentDesk asset = stage.ready("1008", "hq-asset");
    StagedCall toMes = stage.dial(Callers.pressing("13900000006", '8'));
    StagedCall toAsset = stage.dial(Callers.pressing("13900000009", '7'));
    PopView mesPop = MenuScenarios.popWithIncidents(mes, toMes);
    PopView assetPop = MenuScenarios.popWithIncidents(asset, toAsset);
    Expect.equal("number at 1009", "13900000006", mesPop.number());
    Expect.equal("number at 1008", "13900000009", assetPop.number());
    Expect.equal("the other's pop at 1009", 0L, mes.popsOf(toAsset.id()));
    Expect.equal("the other's pop at 1008", 0L, asset.popsOf(toMes.id()));
    MenuScenarios.talkAndHangUp(toMes);
    MenuScenarios.talkAndHangUp(toAsset);
  }

  private static AttemptView lastAttempt(CallView call) {
    return call.visits().getLast().attempts().getLast();
  }
}
