package cti.testbed.e2e;

import cti.testbed.client.AgentDesk;
import cti.testbed.client.IncidentView;
import cti.testbed.e2e.Chromium.Look;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An agent who has the pages open twice, or whose computer sleeps. */
final class ConsoleTabs {
  private static final Duration SOON = ConsolePage.SOON;
  private static final Duration TO_THE_DESK = Duration.ofSeconds(45);

  private final ReadyAtThePage ready;

  /** Opens a window of an agent who logs on and is ready. */
  interface ReadyAtThePage {
    ConsolePage of(Stage stage, String agent, Look look) throws Exception;
  }

  ConsoleTabs(ReadyAtThePage ready) {
    this.ready = ready;
  }

  /** What is done in the one is seen in the other; together they save an incident once. */
  void two(Stage stage) throws Exception {
    ConsolePage first = ready.of(stage, "1010", Look.CHINESE_LIGHT);
    AgentDesk desk = stage.house().desk("1010");
    ConsolePage second = first.another();
    second.sees("the state", second.page().locator("[data-test=my-state].ready"));
    second.press("F9");
    desk.awaitState("not-ready", SOON);
    first.sees(
        "the state of the other tab", first.page().locator("[data-test=my-state].not-ready"));
    first.press("F9");
    desk.awaitState("ready", SOON);

    StagedCall call = stage.dial(Callers.silent("13900000028"));
    first.sees("the call", first.by("my-call"), TO_THE_DESK);
    second.sees("the call", second.by("my-call"));
    call.awaitPhase("talking", SOON);
    first.by("title").fill("邮箱容量已满");
    second
        .page()
        .waitForFunction(
            "words => document.querySelector('[data-test=title] input, input[data-test=title]')"
                + ".value === words",
            "邮箱容量已满");
    second.by("save").click();
    second.sees("that it is saved", second.page().locator("[data-test=incident-form] .good"));
    first.sees("that it is saved there", first.page().locator("[data-test=incident-form] .good"));
    Expect.that("it is not to be saved again", first.by("save").isDisabled(), "the button is on");
    List<IncidentView> saved = desk.api().incidentsOf(call.id());
    Expect.equal("incidents of the call", 1, saved.size());
    Expect.equal("its title", "邮箱容量已满", saved.getFirst().title());
    first.look("desk-two-tabs");

    // One tab is closed: the agent stays logged on by the other.
    second.page().close();
    call.hangUp();
    desk.awaitState("working-after-call", SOON);
    first.sees("the state", first.page().locator("[data-test=my-state].working-after-call"));
  }

  /** The lid is shut in a call, which ends meanwhile; another caller leaves a missed call. */
  void asleep(Stage stage) throws Exception {
    ConsolePage page = ready.of(stage, "1011", Look.ENGLISH_LIGHT);
    AgentDesk desk = stage.house().desk("1011");
    StagedCall call = stage.dial(Callers.silent("13900000037"));
    page.sees("the call", page.by("my-call"), TO_THE_DESK);
    call.awaitPhase("talking", SOON);
    page.by("title").fill("考勤机离线");
    page.asleep(
        () -> {
          call.hangUp();
          call.record();
          desk.awaitState("working-after-call", SOON);
          desk.notReady("meal");
          StagedCall missed = stage.dial(Callers.silent("13900000040"));
          missed.awaitPhase("waiting", TO_THE_DESK);
          missed.hangUp();
          missed.record();
        });
    page.seesNo("call", page.by("my-call"));
    page.sees("the state", page.page().locator("[data-test=my-state].not-ready"));
    page.sees("the caller who was missed", page.by("missed-case").getByText("员工0040"));
    page.sees("a live stream", page.page().locator("header .link.live"));
    Expect.equal("what was typed", "考勤机离线", page.by("title").inputValue());
    page.by("save").click();
    page.sees("that it is saved", page.page().locator("[data-test=incident-form] .good"));
    Expect.equal("incidents of the call", 1, desk.api().incidentsOf(call.id()).size());
    Expect.equal("the agent of the call", Optional.of("1011"), call.record().agent());
    page.look("desk-awake");
  }
}
