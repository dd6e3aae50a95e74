package cti.testbed.e2e;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Response;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.RecordingRow;
import cti.testbed.gateway.PhoneBehaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A supervisor at the pages, and what agents at theirs see of it. */
final class ConsoleSupervisor {
  private static final Duration TO_THE_DESK = Duration.ofSeconds(45);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String EAR = "8024";

  private final ConsoleOffice.SignIn signIn;
  private final Window window;

  /** Opens a window of nobody. */
  interface Window {
    ConsolePage open(Stage stage, Chromium.Look look);
  }

  ConsoleSupervisor(ConsoleOffice.SignIn signIn, Window window) {
    this.signIn = signIn;
    this.window = window;
  }

  void listens(Stage stage) throws Exception {
    stage.phoneAt(EAR, new PhoneBehaviour.Sounds(Duration.ofSeconds(2)));
    stage.phone("1010", RecordedTalk.TONE);
    AgentDesk desk = stage.ready("1010", "gz");
    ConsolePage agent = signIn.as(stage, "1010", Chromium.Look.CHINESE_LIGHT);
    ConsolePage boss = signIn.as(stage, "supervisor", Chromium.Look.CHINESE_LIGHT);
    boss.go("agents");
    StagedCall call = stage.dial(Callers.silent("13900000025"));
    call.awaitPhase("talking", TO_THE_DESK);
    boss.sees("who can be listened to", boss.by("listen"));
    boss.look("agents-talking");
    boss.go("wallboard");
    boss.sees("who can be listened to", boss.by("listen"));
    boss.by("listen").first().click();
    field(boss, "listen-extension").fill(EAR);
    boss.look("listen");
    boss.press("Enter");
    boss.sees("that the talk is heard", boss.text("正在听"), SOON);
    agent.sees("who listens", agent.by("listened").getByText("正在监听"));
    boss.look("listening");
    boss.page().locator("[data-test=listening] .el-radio-button").nth(1).click();
    agent.sees("who whispers", agent.by("listened").getByText("对方听不到"));
    agent.look("desk-whispered-to");
    boss.page().locator("[data-test=listening] .el-radio-button").nth(2).click();
    agent.sees("who barges in", agent.by("listened").getByText("双方都听得到"));
    boss.by("listening-stop").click();
    boss.seesNo("listening", boss.by("listening"));
    agent.seesNo("listener", agent.by("listened"));
    call.stays("talking", Duration.ofSeconds(1));
    call.hangUp();
    call.record();
    desk.awaitNot("busy", SOON);
    boss.go("calls");
    boss.page().locator("main tbody tr").first().click();
    boss.sees("the listening in the timeline", boss.text("监听 工程师1010"));
    boss.look("call-listened");
  }

  void moves(Stage stage) throws Exception {
    stage.loggedOn("1011", "sg");
    AgentDesk other = stage.ready("1012", "mz");
    ConsolePage boss = signIn.as(stage, "supervisor", Chromium.Look.ENGLISH_LIGHT);
    boss.go("wallboard");
    StagedCall call = stage.dial(Callers.silent("13900000037"));
    call.awaitPhase("waiting", TO_THE_DESK);
    boss.by("move").first().click();
    boss.page().locator(".el-dialog .el-radio").nth(1).click();
    boss.page().locator(".el-dialog .el-select").first().click();
    boss.page().locator(".el-select-dropdown__item:visible").getByText("梅州厂").first().click();
    field(boss, "move-reason").fill("sg is short of people");
    boss.look("move");
    boss.by("move-do").click();
    call.await(
        "talks at the other desk",
        TO_THE_DESK,
        view -> view.phase().equals("talking") && view.desk().equals(java.util.Optional.of("mz")));
    other.awaitState("busy", SOON);
    boss.sees("where the caller is now", row(boss, "员工0037").getByText("梅州厂"));
    call.hangUp();
    call.record();
  }

  /** The phone sounds a tone, so that what the page plays is known by its pitch. */
  void playsBack(Stage stage) throws Exception {
    RecordedTalk recorded = new RecordedTalk(stage);
    stage.phone("1003", RecordedTalk.TONE);
    stage.ready("1003", "hq-oa");
    StagedCall call = stage.dial(Callers.pressing("13900000013", '2'));
    call.awaitPhase("talking", TO_THE_DESK);
    call.stays("talking", Duration.ofSeconds(8));
    call.hangUp();
    call.record();
    RecordingRow row = recorded.stored(call.id());
    ConsolePage boss = signIn.as(stage, "supervisor", Chromium.Look.CHINESE_LIGHT);
    List<Response> parts = new ArrayList<>();
    boss.page()
        .onResponse(
            response -> {
              if (response.url().endsWith("/audio")) {
                parts.add(response);
              }
            });
    boss.go("calls");
    boss.page().locator("main tbody tr").first().click();
    Locator player = boss.page().locator(".el-drawer audio");
    boss.sees("the recording of the call", player);
    Expect.none("part that was fetched before anybody played it", parts);
    player.focus();
    boss.press("Space");
    HeardInPage.expectPlayedTone(
        "who plays it", boss.page(), ".el-drawer audio", RecordedTalk.TONE_HERTZ, SOON);
    boss.page().waitForFunction("() => document.querySelector('.el-drawer audio').currentTime > 2");
    boss.lookInBoth("call-played");
    double length = ((Number) player.evaluate("audio => audio.duration")).doubleValue();
    RecordedTalk.about(
        "length in the page",
        Duration.ofMillis(row.milliseconds().orElseThrow()),
        Duration.ofMillis(Math.round(length * 1_000)));
    player.evaluate("audio => { audio.currentTime = audio.duration - 1; return audio.play(); }");
    boss.page().waitForFunction("() => document.querySelector('.el-drawer audio').ended");
    Expect.that("requests for the sound", !parts.isEmpty(), parts);
    for (Response part : parts) {
      String asked = part.request().headerValue("range");
      Expect.that("asks for a part", asked != null && asked.startsWith("bytes="), asked);
      Expect.equal("status of a part", 206, part.status());
      String given = part.headerValue("content-range");
      Expect.that("says which part", given != null && given.startsWith("bytes "), given);
    }
    Expect.that(
        "its line in the audit log",
        recorded.supervisor().audit(row.id()).stream()
            .anyMatch(line -> line.startsWith("played supervisor bytes 0-")),
        recorded.supervisor().audit(row.id()));
    boss.go("office/audit");
    boss.by("audit-kind").click();
    boss.page()
        .locator(".el-select-dropdown__item:visible")
        .getByText("录音", new Locator.GetByTextOptions().setExact(true))
        .click();
    boss.sees("the playback", boss.page().locator("main li").getByText("播放"));
    boss.lookInBoth("audit-playback");
  }

  void saysAndSets(Stage stage) throws Exception {
    AgentDesk desk = stage.ready("1010", "gz");
    ConsolePage agent = signIn.as(stage, "1010", Chromium.Look.ENGLISH_DARK);
    ConsolePage boss = signIn.as(stage, "supervisor", Chromium.Look.CHINESE_DARK);
    boss.go("agents");
    boss.by("note").click();
    boss.page().locator(".el-dialog textarea").first().fill("17:00 起打印系统停机升级");
    boss.look("note");
    boss.by("note-send").click();
    agent.sees("the note", agent.by("note").getByText("打印系统停机升级"));
    agent.look("desk-note");
    agent.reload();
    agent.sees("the note again", agent.by("note"), SOON);
    agent.page().locator("[data-test=note] button").first().click();
    agent.seesNo("note", agent.by("note"));
    row(boss, "1010").getByTestId("set-state").click();
    boss.sees("the form", boss.by("state-do"));
    field(boss, "state-note").fill("请到三号会议室");
    boss.look("set-state");
    boss.by("state-do").click();
    desk.awaitState("not-ready", SOON);
    agent.sees("who did it", agent.text("请到三号会议室"));
    boss.by("three").click();
    boss.sees("the three views", boss.by("three-views").getByText("工程师1010"));
    boss.look("three-views");
  }

  private static Locator row(ConsolePage page, String agent) {
    return page.page()
        .locator("main tbody tr")
        .filter(new Locator.FilterOptions().setHasText(agent));
  }

  /** The field that carries a name for tests, or is inside what does. */
  private static Locator field(ConsolePage page, String name) {
    return page.page()
        .locator("input[data-test=%s], [data-test=%s] input".formatted(name, name))
        .locator("visible=true")
        .first();
  }

  /** This and nothing else: a figure of 10 is none of 0. */
  private static Locator.FilterOptions only(String words) {
    return new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*" + words + "\\s*$"));
  }

  void bigScreen(Stage stage) throws Exception {
    ConsolePage boss = signIn.as(stage, "supervisor", Chromium.Look.CHINESE_LIGHT);
    boss.go("wallboard");
    boss.by("screens").click();
    boss.by("screen-new").click();
    field(boss, "screen-title").fill("运维大屏");
    for (String desk : List.of("广州厂", "韶关厂", "本部(ERP)")) {
      boss.page().locator(".el-drawer .el-checkbox").getByText(desk).first().click();
    }
    boss.look("screen-new");
    boss.by("screen-create").click();
    String link = boss.by("screen-link").innerText();
    boss.look("screen-made");
    stage.loggedOn("1011", "sg");
    for (Chromium.Look look : List.of(Chromium.Look.CHINESE_DARK, Chromium.Look.ENGLISH_LIGHT)) {
      ConsolePage screen = window.open(stage, look);
      screen.page().navigate(link);
      screen.sees("its desks", screen.by("big-screen").getByText("韶关厂"));
      screen.sees("an agent by name", screen.text("工程师1011"));
      StagedCall call = stage.dial(Callers.silent("13900000037"));
      call.awaitPhase("waiting", TO_THE_DESK);
      screen.sees("one who waits", screen.by("screen-waiting").filter(only("1")));
      screen.look("big-screen");
      call.hangUp();
      call.awaitCallerEnd(SOON);
      screen.sees("nobody who waits", screen.by("screen-waiting").filter(only("0")));
      if (look == Chromium.Look.ENGLISH_LIGHT) {
        boss.page().locator(".el-drawer .line button").first().click();
        boss.page().locator(".el-popconfirm .el-button--primary:visible").first().click();
        screen.sees("that the link is over", screen.text("expired or was revoked"));
        screen.look("big-screen-gone");
      }
    }
  }
}
