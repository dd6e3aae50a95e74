package cti.testbed.e2e;

import com.microsoft.playwright.Locator;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.IncidentView;
import cti.testbed.gateway.PhoneBehaviour;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** People at the pages while real calls come in. */
final class ConsoleScenarios {
  private static final Duration TO_THE_DESK = Duration.ofSeconds(45);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration RESUMED_WITHIN = Duration.ofSeconds(45);

  /** Of the page that one signs in on, packed. */
  private static final long MOST_BYTES = 400_000;

  private static final Duration USABLE_WITHIN = Duration.ofSeconds(2);

  private final Optional<Chromium> browser;

  /**
   * @param browser empty where only the names of the scenarios are asked for
   */
  ConsoleScenarios(Optional<Chromium> browser) {
    this.browser = browser;
  }

  List<Scenario> all() {
    List<Scenario> all = new ArrayList<>(daily());
    all.add(
        scenario(
            "console: a flow is edited, tried, published, the next call obeys",
            flows()::published));
    all.add(
        scenario("console: a flow by keyboard alone, a later one taken back", flows()::byKeyboard));
    all.add(
        scenario(
            "console: a prompt is heard, replaced, the next caller hears it, taken back",
            prompts()::replaced));
    all.add(
        scenario(
            "console: a missed case closed and an incident are lines of the audit log",
            office()::auditOfWork));
    all.add(
        scenario("console: holidays of a year from a file, into the draft", settings()::holidays));
    all.add(
        scenario(
            "console: a desk promises and records otherwise, on record", settings()::deskRules));
    all.add(scenario("console: the first page is light and soon there", this::firstLoad));
    administration().all().forEach(one -> all.add(scenario(one.name(), one.play())));
    all.add(scenario("console: every page in both languages, light and dark", this::tour));
    return List.copyOf(all);
  }

  private List<Scenario> daily() {
    return List.of(
        scenario("console: logged on, popped up, the incident saved by keyboard", this::incident)
            .inQuickRun(),
        scenario("console: asked a colleague, handed on, both pages follow", this::handOn),
        scenario(
            "console: an open incident is offered, the call goes with it, my day counts both",
            this::joined),
        scenario("console: a missed caller is called back by one click", this::callback),
        scenario("console: the wallboard follows, a figure opens its calls", this::wallboard),
        scenario("console: reloaded in mid-call, what was typed is there", this::reloaded),
        scenario("console: the server restarts in mid-call, the page resumes", this::restarted),
        scenario("console: two tabs of one agent, one state, saved once", tabs()::two),
        scenario("console: asleep in a call, awake after it", tabs()::asleep),
        scenario("console: a supervisor listens, the agent sees it", supervisor()::listens),
        scenario("console: a supervisor moves who waits", supervisor()::moves),
        scenario(
            "console: a recording is played in the page, by parts, and on record",
            supervisor()::playsBack),
        scenario(
            "console: a note, a state set by a supervisor, three views", supervisor()::saysAndSets),
        scenario(
            "console: a supervisor's big screen by its link, until it is revoked",
            supervisor()::bigScreen),
        scenario(
            "console: a rule is edited and published, the next call obeys",
            office()::rulePublished),
        scenario("console: a person is changed, the change is on record", office()::personChanged),
        scenario(
            "console: a supervisor is added with limits and sees no more",
            office()::limitedAccount));
  }

  /** All of them on the thread that the browser belongs to, one after the other. */
  private Scenario scenario(String name, Scenario.Play play) {
    return Scenario.alone(
        name,
        stage -> {
          try {
            play.on(stage);
            browser.orElseThrow().expectFaultless();
          } finally {
            browser.orElseThrow().closeWindows();
          }
        });
  }

  private ConsoleSupervisor supervisor() {
    return new ConsoleSupervisor(
        this::signedIn,
        (stage, look) -> browser.orElseThrow().open(stage.house().settings().address(), look));
  }

  private ConsoleTabs tabs() {
    return new ConsoleTabs(this::readyAtThePage);
  }

  private ConsoleOffice office() {
    return new ConsoleOffice(this::signedIn);
  }

  private ConsoleFlows flows() {
    return new ConsoleFlows(this::signedIn);
  }

  private ConsolePrompts prompts() {
    return new ConsolePrompts(this::signedIn);
  }

  private ConsoleSettings settings() {
    return new ConsoleSettings(this::signedIn);
  }

  private ConsoleAdministration administration() {
    return new ConsoleAdministration(this::signedIn);
  }

  private ConsolePage signedIn(Stage stage, String user, Chromium.Look look) {
    return browser
        .orElseThrow()
        .open(stage.house().settings().address(), look)
        .signIn(stage.house().accountOf(user));
  }

  /** Logs on by the page, as an agent does in the morning, and is ready. */
  private ConsolePage readyAtThePage(Stage stage, String agent, Chromium.Look look)
      throws IOException, InterruptedException {
    AgentDesk desk = stage.atThePage(agent);
    ConsolePage page = signedIn(stage, agent, look);
    logOn(page, desk);
    page.press("F9");
    desk.awaitState("ready", SOON);
    return page;
  }

  private static void logOn(ConsolePage page, AgentDesk desk) throws InterruptedException {
    page.by("log-on").click();
    Locator extension = page.by("extension").locator("visible=true").first();
    extension.fill(desk.extension());
    page.press("Enter");
    desk.awaitState("not-ready", SOON);
    page.sees("the state", page.page().locator("[data-test=my-state].not-ready"));
  }

  private void incident(Stage stage) throws Exception {
    AgentDesk desk = stage.atThePage("1010");
    ConsolePage page =
        browser.orElseThrow().open(stage.house().settings().address(), Chromium.Look.CHINESE_LIGHT);
    page.show();
    page.sees("the form to sign in", page.page().locator("input[name=user]"));
    page.look("sign-in");
    page.signIn(stage.house().accountOf("1010"));
    page.look("desk-logged-off");
    page.by("log-on").click();
    page.sees("the form to log on", page.by("extension"));
    page.look("desk-log-on");
    page.page().keyboard().press("Escape");
    page.seesNo("form to log on", page.by("extension"));
    logOn(page, desk);
    page.press("F9");
    desk.awaitState("ready", SOON);
    page.look("desk-ready");

    StagedCall call = stage.dial(Callers.silent("13900000025"));
    page.sees("the pop", page.by("pop"), TO_THE_DESK);
    page.sees("who calls", page.by("pop").getByText("员工0025"));
    call.awaitPhase("talking", SOON);
    page.sees("the call", page.by("my-call"));
    page.lookInBoth("desk-talking");

    // By keyboard alone: the form stands filled in, title and solution are typed.
    page.by("title").fill("打印机卡纸");
    page.press("Tab");
    page.by("solution").fill("清理纸道，更换搓纸轮");
    page.press("Control+Shift+Enter");
    page.sees("that it is saved", page.page().locator("[data-test=incident-form] .good"));
    List<IncidentView> saved = desk.api().incidentsOf(call.id());
    Expect.equal("incidents of the call", 1, saved.size());
    Expect.equal("its title", "打印机卡纸", saved.getFirst().title());
    Expect.equal("its state", "resolved", saved.getFirst().state());
    page.look("desk-saved");
    call.hangUp();
    desk.awaitState("working-after-call", SOON);
    page.sees("that the call is over", page.text("来电已结束"));
    page.look("desk-wrap-up");
  }

  private void handOn(Stage stage) throws Exception {
    ConsolePage first = readyAtThePage(stage, "1010", Chromium.Look.CHINESE_LIGHT);
    ConsolePage second = readyAtThePage(stage, "1011", Chromium.Look.ENGLISH_DARK);
    StagedCall call = stage.dial(Callers.silent("13900000027"));
    first.sees("the call", first.by("my-call"), TO_THE_DESK);
    call.awaitPhase("talking", SOON);
    first.button("咨询").click();
    first.sees("whom to ask", first.page().locator(".el-dialog .target"));
    first.look("desk-consult");
    first.page().locator(".el-dialog .target").filter(withText("工程师1011")).click();
    second.sees("the call that it is asked about", second.by("my-call"), SOON);
    second.sees("the state", second.page().locator("[data-test=my-state].busy"));
    first.sees("that a colleague is asked", first.text("正在咨询"));
    second.look("desk-consulted");
    first.button("完成转接").click();
    call.await("handed on", SOON, view -> view.agent().equals(Optional.of("1011")));
    first.seesNo("call", first.by("my-call"));
    second.sees("the call still", second.by("my-call"));
    call.hangUp();
    second.seesNo("call", second.by("my-call"));
  }

  private static Locator.FilterOptions withText(String words) {
    return new Locator.FilterOptions().setHasText(words);
  }

  private static Locator.FilterOptions withText(Pattern words) {
    return new Locator.FilterOptions().setHasText(words);
  }

  private void joined(Stage stage) throws Exception {
    notAcrossMidnight();
    AgentDesk desk = stage.atThePage("1010");
    ConsolePage page = signedIn(stage, "1010", Chromium.Look.CHINESE_LIGHT);
    logOn(page, desk);
    page.press("F9");
    desk.awaitState("ready", SOON);
    StagedCall first = stage.dial(Callers.silent("13900000029"));
    page.sees("the call", page.by("my-call"), TO_THE_DESK);
    first.awaitPhase("talking", SOON);
    page.by("title").fill("VPN 无法登录");
    page.by("save").click();
    page.sees("that it is saved", page.page().locator("[data-test=incident-form] .good"));
    IncidentView opened = desk.api().incidentsOf(first.id()).getFirst();
    first.hangUp();
    first.record();
    desk.awaitState("working-after-call", SOON);
    page.press("F9");
    desk.awaitState("ready", SOON);

    StagedCall second = stage.dial(Callers.silent("13900000029"));
    Locator offered = page.by("offered");
    page.sees("the open incident", offered.getByText("VPN 无法登录"), TO_THE_DESK);
    second.awaitPhase("talking", SOON);
    page.sees("the earlier call", page.by("earlier-calls").first().locator("a.line"));
    page.look("desk-offered");
    offered.getByTestId("join").first().click();
    // The form of the first call still says that the incident was saved.
    page.sees("that the call goes with it", page.text("来电已归入工单 " + opened.id()));
    List<IncidentView> of = desk.api().incidentsOf(second.id());
    Expect.equal("incidents of the second call", 1, of.size());
    Expect.equal("the one that was open", opened.id(), of.getFirst().id());
    second.hangUp();
    second.record();
    desk.awaitState("working-after-call", SOON);
    page.sees(
        "both calls in the figures of the day",
        page.by("day-answered")
            .locator("b")
            .filter(withText(Pattern.compile("^([2-9]|\\d{2,})$"))));
    page.by("day-answered").click();
    page.sees("the calls that it counts", page.by("day-call").nth(1));
    page.look("desk-my-day");
  }

  /** Figures of today begin at midnight: what was before is not among them. */
  private static void notAcrossMidnight() throws InterruptedException {
    ZonedDateTime now = ZonedDateTime.now(ZoneId.of("Asia/Shanghai"));
    Duration left =
        Duration.between(now, now.toLocalDate().plusDays(1).atStartOfDay(now.getZone()));
    if (left.compareTo(Duration.ofMinutes(3)) < 0) {
      Thread.sleep(left);
    }
  }

  private void callback(Stage stage) throws Exception {
    AgentDesk desk = stage.atThePage("1012");
    ConsolePage page = signedIn(stage, "1012", Chromium.Look.ENGLISH_LIGHT);
    logOn(page, desk);
    StagedCall missed = stage.dial(Callers.silent("13900000048"));
    missed.awaitPhase("waiting", TO_THE_DESK);
    page.sees("who waits", page.text("员工0048"));
    page.look("desk-waiting");
    missed.hangUp();
    Locator line = page.by("missed-case");
    page.sees("the missed case", line);
    page.look("desk-missed");
    stage.phoneAt("13900000048", PhoneBehaviour.answers(Duration.ofSeconds(1)));
    line.locator("button.dial").first().click();
    page.sees("the call back", page.by("my-call"), SOON);
    page.seesNo("missed case", line);
    page.look("desk-calling-back");
    page.button("Hang up").click();
    page.seesNo("call", page.by("my-call"));
  }

  private void wallboard(Stage stage) throws Exception {
    notAcrossMidnight();
    ConsolePage board = signedIn(stage, "supervisor", Chromium.Look.CHINESE_DARK);
    board.go("wallboard");
    AgentDesk agent = stage.loggedOn("1011", "sg");
    StagedCall call = stage.dial(Callers.silent("13900000037"));
    call.awaitPhase("waiting", TO_THE_DESK);
    Locator tile = board.page().locator("[data-desk=sg] .big");
    board.sees("one who waits at the desk", tile.filter(withText("1")));
    board.sees("by name", board.page().locator("main table").getByText("员工0037"));
    board.by("waiting-now").click();
    board.sees("who waits, behind the figure", board.by("counted-now").getByText("员工0037"));
    board.look("wallboard-now");
    board.press("Escape");
    board.seesNo("list behind the figure", board.by("counted-now"));
    board.page().locator("[data-desk=sg]").getByTestId("limits").click();
    board.sees("the limits of the desk", board.by("limits-keep"));
    board.page().locator("[data-test=limit-yellow] input").fill("1");
    board.look("wallboard-limits");
    board.by("limits-keep").click();
    board.sees("the colour of the desk", board.page().locator("[data-desk=sg].yellow"));
    board.lookInBoth("wallboard");
    agent.ready();
    call.awaitPhase("talking", SOON);
    board.sees("nobody who waits", tile.filter(withText("0")));
    board.sees("a busy agent", board.page().locator("main table .state.busy"));
    call.hangUp();
    call.record();
    agent.awaitNot("busy", SOON);
    board.reload();
    Locator answered = board.page().locator("[data-desk=sg] .today button").first();
    board.sees("the figure of answered calls", answered);
    answered.click();
    board.sees("the call that it counts", board.page().locator(".el-drawer .line"));
    board.sees("the formula", board.by("formula"));
    board.look("wallboard-figure");
    board.press("Escape");
    board.sees("the hours of the day", board.page().locator("[data-desk=sg] [data-test=trend]"));
  }

  private void reloaded(Stage stage) throws Exception {
    ConsolePage page = readyAtThePage(stage, "1010", Chromium.Look.CHINESE_DARK);
    StagedCall call = stage.dial(Callers.silent("13900000026"));
    page.sees("the call", page.by("my-call"), TO_THE_DESK);
    page.by("title").fill("键盘失灵，待更换");
    page.reload();
    page.sees("the call again", page.by("my-call"), SOON);
    Expect.equal("what was typed", "键盘失灵，待更换", page.by("title").inputValue());
    page.look("desk-reloaded");
    page.by("save").click();
    page.sees("that it is saved", page.page().locator("[data-test=incident-form] .good"));
    call.hangUp();
  }

  private void restarted(Stage stage) throws Exception {
    ConsolePage page = readyAtThePage(stage, "1010", Chromium.Look.CHINESE_LIGHT);
    StagedCall call = stage.dial(Callers.silent("13900000025"));
    page.sees("the call", page.by("my-call"), TO_THE_DESK);
    call.awaitPhase("talking", SOON);
    page.by("title").fill("服务器重启时的来电");
    House house = stage.house();
    house.server().kill();
    page.sees("that the link is down", page.page().locator(".banner.bad"));
    page.look("desk-link-down");
    house.startServer();
    house.reconnect();
    page.sees("a live stream", page.page().locator("header .link.live"), RESUMED_WITHIN);
    page.sees("the call again", page.by("my-call"), SOON);
    Expect.equal("what was typed", "服务器重启时的来电", page.by("title").inputValue());
    page.by("save").click();
    page.sees("that it is saved", page.page().locator("[data-test=incident-form] .good"));
    Expect.equal("incidents of the call", 1, house.supervisor().incidentsOf(call.id()).size());
    call.hangUp();
    page.seesNo("call", page.by("my-call"));
  }

  /**
   * What browsers fetch first and how soon one can work; the median of three, each of which knows
   * nothing of the pages.
   */
  private void firstLoad(Stage stage) {
    List<ConsolePage.FirstLoad> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      seen.add(
          browser
              .orElseThrow()
              .open(stage.house().settings().address(), Chromium.Look.CHINESE_LIGHT)
              .firstLoad(stage.house().accountOf("1010")));
    }
    long formBytes = seen.getFirst().formBytes();
    long deskBytes = seen.getFirst().deskBytes();
    Duration form = median(seen, ConsolePage.FirstLoad::form);
    Duration desk = median(seen, ConsolePage.FirstLoad::desk);
    Duration again = median(seen, ConsolePage.FirstLoad::again);
    browser
        .orElseThrow()
        .figure(
            ("first load: %d kB until one can sign in, %d kB until the desk is there; form after"
                    + " %d ms, desk %d ms after Enter, %d ms after a reload")
                .formatted(
                    formBytes / 1_000,
                    deskBytes / 1_000,
                    form.toMillis(),
                    desk.toMillis(),
                    again.toMillis()));
    Expect.that("the first load is under 400 kB", formBytes < MOST_BYTES, formBytes);
    Expect.that("one can sign in within 2 s", form.compareTo(USABLE_WITHIN) < 0, form);
    Expect.that("the desk is usable within 2 s", desk.compareTo(USABLE_WITHIN) < 0, desk);
    Expect.that("it is so after a reload", again.compareTo(USABLE_WITHIN) < 0, again);
  }

  private static Duration median(
      List<ConsolePage.FirstLoad> seen, Function<ConsolePage.FirstLoad, Duration> of) {
    return seen.stream().map(of).sorted().toList().get(seen.size() / 2);
  }

  /** Every page that the menu of an administrator has, as it stands after the scenarios before. */
  private void tour(Stage stage) throws Exception {
    for (Chromium.Look look : List.of(Chromium.Look.CHINESE_LIGHT, Chromium.Look.ENGLISH_DARK)) {
      ConsolePage page = signedIn(stage, "admin", look);
      Set<String> places = new LinkedHashSet<>();
      for (String place : places(page, "nav.menu a")) {
        page.go(place);
        places.add(place);
        places.addAll(places(page, "nav.submenu a"));
      }
      Expect.that("more than fifteen pages", places.size() > 15, places);
      for (String place : places) {
        page.go(place);
        page.look(place.replace('/', '-'));
      }
    }
  }

  private static List<String> places(ConsolePage page, String links) {
    return page.page().locator(links).all().stream()
        .map(entry -> entry.getAttribute("href").replaceFirst("^#/", ""))
        .toList();
  }
}
