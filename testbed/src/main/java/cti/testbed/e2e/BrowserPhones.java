package cti.testbed.e2e;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.CallView;
import cti.testbed.client.Patience;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** An agent whose phone is the browser, and a caller at /try in another one, each with a tone. */
final class BrowserPhones {
  static final int AGENT_HERTZ = 600;
  static final int CALLER_HERTZ = 1_500;

  /** A number that no phone of the switch has. */
  static final String NUMBER = "8041";

  static final String AGENT = "1004";
  static final Duration SOON = Duration.ofSeconds(20);
  static final Duration TO_THE_DESK = Duration.ofSeconds(45);
  static final Duration TO_HEAR = Duration.ofSeconds(15);
  private static final String CALLER = "13900000019";
  private static final String KEY = "3";

  private final Browsers browsers;

  /** One hears the agent's tone, the other the caller's. */
  record Browsers(Chromium agent, Chromium caller) {
    void closeWindows() {
      agent.closeWindows();
      caller.closeWindows();
    }

    void expectFaultless() {
      agent.expectFaultless();
      caller.expectFaultless();
    }
  }

  BrowserPhones(Browsers browsers) {
    this.browsers = browsers;
  }

  /** An agent at the page with the phone in it, ready, and what is needed to leave again. */
  record Desk(AgentDesk agent, ConsolePage page) {
    Page sound() {
      return page.page();
    }

    void answers() {
      page.sees("the ring", page.by("softphone-ringing"), TO_THE_DESK);
      page.by("softphone-answer").click();
      page.sees("the talk", page.page().locator("[data-phase=talking]"));
    }

    void leaves() throws Exception {
      agent.awaitNot("busy", SOON);
      page.button("签出").click();
      agent.awaitState("logged-off", SOON);
      page.seesNo("phone", page.by("softphone"));
    }
  }

  Desk ready(Stage stage) throws Exception {
    return ready(stage, page -> {});
  }

  /**
   * The same.
   *
   * @param before what is done to the window before anything is opened in it
   */
  Desk ready(Stage stage, Consumer<Page> before) throws Exception {
    return ready(stage, stage.house().settings().address(), before);
  }

  /**
   * The same.
   *
   * @param address where the agent has the pages from
   */
  Desk ready(Stage stage, URI address, Consumer<Page> before) throws Exception {
    AgentDesk agent = stage.atThePage(AGENT, NUMBER);
    ConsolePage page = browsers.agent().open(address, Chromium.Look.CHINESE_LIGHT);
    rawSound(page.page());
    before.accept(page.page());
    page.signIn(stage.house().accountOf(AGENT));
    page.by("log-on").click();
    page.sees("the choice of phones", page.by("in-browser"));
    page.by("extension").locator("visible=true").first().fill(NUMBER);
    page.by("in-browser").click();
    page.look("log-on");
    page.by("log-on-now").click();
    page.sees("a phone that is registered", registered(page));
    agent.awaitState("not-ready", SOON);
    page.seesNo("form to log on", page.by("log-on-now"));
    page.sees("the button to be ready", page.page().locator("[data-test=ready]:enabled"));
    page.press("F9");
    agent.awaitState("ready", SOON);
    return new Desk(agent, page);
  }

  static Locator registered(ConsolePage page) {
    return page.page().locator("[data-test=softphone-state][data-state=registered]");
  }

  /** A tone is noise to who listens for voices. */
  private static void rawSound(Page page) {
    page.addInitScript("localStorage.setItem('cti.devices', JSON.stringify({clean: false}))");
  }

  /** Somebody at the page /try, who has pressed the key of the desk. */
  record Caller(ConsolePage page, CallView call) {
    Page sound() {
      return page.page();
    }

    void hangsUp() {
      page.by("try-hang-up").click();
      page.sees("that the call is over", page.page().locator("[data-phase=over]"));
    }
  }

  Caller calls(Stage stage) throws Exception {
    URI address = stage.house().settings().address();
    ConsolePage page =
        browsers.caller().open(URI.create(address + "/try"), Chromium.Look.ENGLISH_DARK);
    rawSound(page.page());
    page.show();
    page.sees("people to call as", page.by("try-caller"));
    page.page().waitForFunction("() => document.querySelectorAll('option').length > 5");
    page.by("try-caller").selectOption(CALLER);
    page.look("try");
    int earlier = callsSeen(stage);
    page.by("try-call").click();
    page.sees(
        "that somebody answers", page.page().locator("[data-test=try-state][data-phase=talking]"));
    CallView call =
        stage
            .house()
            .observer()
            .await("a call from the page", SOON, picture -> picture.callFrom(CALLER, earlier));
    // The greeting takes no key; the menu behind it does.
    page.page().waitForTimeout(4_000);
    page.by("key-" + KEY).click();
    return new Caller(page, call);
  }

  private static int callsSeen(Stage stage) {
    return stage
        .house()
        .observer()
        .look(
            picture ->
                (int)
                    picture.calls().stream()
                        .filter(call -> call.callingNumber().equals(CALLER))
                        .count());
  }

  static CallView await(Stage stage, Caller caller, String what, Predicate<CallView> wanted)
      throws InterruptedException {
    String id = caller.call().id();
    return stage
        .house()
        .observer()
        .await(
            "the call of the page: " + what,
            SOON,
            picture -> picture.call(id).filter(wanted),
            picture -> picture.call(id).map(StagedCall::inShort));
  }

  static void phase(Stage stage, Caller caller, String phase) throws InterruptedException {
    await(stage, caller, phase, view -> view.phase().equals(phase));
  }

  static void hearEachOther(Desk desk, Caller caller) throws InterruptedException {
    HeardInPage.expectTone("the agent", desk.sound(), CALLER_HERTZ, TO_HEAR);
    HeardInPage.expectTone("the caller", caller.sound(), AGENT_HERTZ, TO_HEAR);
  }

  static void goesOn(Stage stage, Caller caller, Duration time) throws InterruptedException {
    Optional<CallView> other =
        stage
            .house()
            .observer()
            .lookFor(
                "the talk goes on",
                time,
                picture ->
                    picture
                        .call(caller.call().id())
                        .filter(view -> !view.phase().equals("talking")));
    Expect.none("change of the talk", other.map(CallView::phase).stream().toList());
  }

  static CallOnRecord record(Stage stage, Caller caller) throws Exception {
    List<CallOnRecord> found = new ArrayList<>();
    Patience.until(
        "the call is on record",
        SOON,
        () -> {
          try {
            Optional<CallOnRecord> one =
                stage.house().records().orElseThrow().call(caller.call().id());
            one.ifPresent(found::add);
            return one.isPresent() ? Optional.empty() : Optional.of("nothing of it");
          } catch (SQLException fault) {
            return Optional.of(fault.toString());
          }
        });
    return found.getFirst();
  }
}
