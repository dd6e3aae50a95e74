package cti.testbed.e2e;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import cti.testbed.client.AgentDesk;
import cti.testbed.client.Patience;
import cti.testbed.e2e.Chromium.Look;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.Optional;

/** An administrator at the pages, and what comes of it for real calls and other people. */
final class ConsoleOffice {
  private static final Duration TO_THE_DESK = Duration.ofSeconds(45);
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final SignIn signIn;

  /** Opens a window of somebody. */
  interface SignIn {
    ConsolePage as(Stage stage, String user, Look look);
  }

  ConsoleOffice(SignIn signIn) {
    this.signIn = signIn;
  }

  /**
   * Hours, a make-up Saturday and a roster of this week, and a rule before all others. The desks of
   * the calls that follow have no hours: the suite is played at any time.
   */
  private static String more() {
    LocalDate monday = LocalDate.now(ZONE).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    return """
    calendars:
      cn:
        - { from: %s, make_up: true, name: 调休 }
    hours:
      - desks: [sg, zj]
        calendar: cn
        week: { mon-fri: "08:30-17:00" }
        make_up: "08:30-16:00"
    rosters:
      gz-duty:
        hand_over: mon 08:30
        weeks:
          "%s": E0028
          "%s": [E0029, E0028]
          "%s": E0030
        swaps:
          - { from: "%sT08:30", until: "%sT08:30", people: E0030 }
    rules:
      - id: visitor-from-sg
        when: { person: E0037 }
        desk: mz
    """
        .formatted(
            monday.plusDays(5),
            monday.minusDays(7),
            monday,
            monday.plusDays(7),
            monday.plusDays(2),
            monday.plusDays(3));
  }

  void rulePublished(Stage stage) throws Exception {
    int first = stage.house().admin().tree("/api/v1/routing/versions").path("inForce").asInt();
    ConsolePage page = signIn.as(stage, "admin", Look.CHINESE_LIGHT);
    page.go("routing/rules");
    Locator text = page.by("rules-yaml");
    String before = text.inputValue();
    Expect.that("rules in the editor", before.contains("rules:\n"), before);
    text.fill(
        before.replace(
            "rules:\n", "rules:\n  - id: wrong\n    when: { site: mars }\n    desk: gz\n"));
    page.by("check-rules").click();
    page.sees("what is wrong", page.page().locator(".faults").getByText("mars"));
    page.look("rules-faulty");
    text.fill(before.replace("rules:\n", more()));
    page.by("publish-rules").click();
    page.by("publish-comment").locator("visible=true").first().fill("韶关来访人员转梅州");
    page.look("rules-publish");
    page.press("Enter");
    page.sees("that it is published", page.text("版本 " + (first + 1) + " · 生效"));
    page.page().getByRole(AriaRole.TAB).nth(1).click();
    page.by("explain-from").locator("visible=true").first().fill("13900000037");
    page.by("explain-ask").click();
    page.sees("why", page.by("explained").getByText("visitor-from-sg"));
    page.lookInBoth("rules-explained");

    stage.loggedOn("1012", "mz");
    StagedCall call = stage.dial(Callers.silent("13900000037"));
    call.awaitPhase("waiting", TO_THE_DESK);
    Expect.equal("desk of the next call", Optional.of("mz"), call.now().desk());
    call.hangUp();
    call.awaitCallerEnd(TO_THE_DESK);

    page.go("routing/duty");
    page.sees("who is on duty", page.page().locator(".shift").first());
    page.go("routing/major");
    page.button("登记重大故障").click();
    Locator field = page.page().locator(".el-dialog input[maxlength]").locator("visible=true");
    field.nth(0).fill("广州厂网络中断");
    field.nth(1).fill("sorry");
    page.press("Enter");
    page.sees("the major incident", page.page().locator("main").getByText("广州厂网络中断"));
  }

  void personChanged(Stage stage) throws Exception {
    ConsolePage page = signIn.as(stage, "admin", Look.ENGLISH_LIGHT);
    page.go("directory");
    page.page().locator("main .filters input").first().fill("E0012");
    Locator row = page.page().locator("main tbody tr").filter(withText("E0012"));
    page.sees("the person", row);
    row.getByRole(AriaRole.BUTTON).first().click();
    page.sees("what was changed before", page.text("What was changed"));
    page.look("person");
    page.button("Edit").click();
    Locator address = page.page().locator(".el-dialog input").locator("visible=true").nth(5);
    address.fill("3号楼305室");
    page.look("person-edit");
    page.press("Enter");
    page.sees("the new office", row.getByText("3号楼305室"));
    Patience.until(
        "the change is in the directory",
        ConsolePage.SOON,
        () -> {
          String on = page.page().locator(".el-drawer").innerText();
          return on.contains("3号楼305室") ? Optional.empty() : Optional.of(on);
        });
    page.go("office/audit");
    page.sees("its line", page.page().locator("main").getByText("(E0012)").or(page.text("E0012")));
    page.button("Check the chain").click();
    page.sees("that the chain holds", page.text("Intact"));
    page.look("audit-checked");
  }

  /** What agents do with their work is on record, and an auditor gets from the line to the call. */
  void auditOfWork(Stage stage) throws Exception {
    AgentDesk desk = stage.loggedOn("1012", "mz");
    StagedCall missed = stage.dial(Callers.silent("13900000048"));
    missed.awaitPhase("waiting", TO_THE_DESK);
    missed.hangUp();
    missed.record();
    ConsolePage page = signIn.as(stage, "1012", Look.CHINESE_LIGHT);
    page.go("missed");
    Locator row = page.page().locator("main tbody tr").filter(withText("员工0048")).first();
    page.sees("the missed case", row);
    row.getByText("关闭", new Locator.GetByTextOptions().setExact(true)).click();
    Locator reason = page.page().locator(".el-message-box input");
    page.sees("that a reason is asked for", reason);
    reason.fill("已当面处理，无需回拨");
    page.look("missed-close");
    reason.press("Enter");
    page.seesNo("open case", row.getByText("待跟进"));
    String incident =
        desk.api()
            .saveIncident(
                "audit-of-work",
                201,
                Map.of(
                    "title", "投影仪无信号",
                    "callerName", "员工0048",
                    "source", "电话",
                    "service", "末端服务和技术服务",
                    "level", "III",
                    "desk", "mz"))
            .id();

    ConsolePage admin = signIn.as(stage, "admin", Look.CHINESE_LIGHT);
    admin.go("office/audit");
    Locator lines = admin.page().locator("main .entries li");
    Locator closed = lines.filter(withText("未接跟进")).filter(withText("已当面处理")).first();
    admin.sees("who closed it", closed.getByText("人工关闭"));
    Locator opened = lines.filter(withText("工单 " + incident)).first();
    admin.sees("the incident", opened.getByText("投影仪无信号"));
    admin.look("audit-work");
    closed.getByText("查看通话").click();
    admin.sees("the call", admin.page().locator(".el-drawer").getByText("员工0048").first());
    admin.look("audit-call");
    admin.press("Escape");
    admin.button("校验完整性").click();
    admin.sees("that the chain holds", admin.page().getByText("完整：").first());
  }

  void limitedAccount(Stage stage) throws Exception {
    ConsolePage page = signIn.as(stage, "admin", Look.CHINESE_LIGHT);
    page.go("office/accounts");
    page.by("add-account").click();
    Locator dialog = page.page().locator(".el-dialog").locator("visible=true").first();
    dialog.locator("input").nth(0).fill("lead-gz");
    dialog.locator("input").nth(1).fill("班长0001");
    dialog.getByText("班长", new Locator.GetByTextOptions().setExact(true)).click();
    dialog.locator(".el-select").nth(1).click();
    page.page()
        .locator(".el-select-dropdown__item")
        .locator("visible=true")
        .filter(withText("广州厂"))
        .first()
        .click();
    page.look("account-new");
    dialog.locator("input").nth(1).press("Enter");
    Locator told = page.by("one-time-password");
    page.sees("the one-time password", told);
    page.look("account-password");
    String oneTime = told.innerText().strip();

    ConsolePage lead = signIn.as(stage, "supervisor", Look.CHINESE_LIGHT);
    lead.button("退出").click();
    lead.sees("the form to sign in", lead.page().locator("input[name=user]"));
    lead.page().locator("input[name=user]").fill("lead-gz");
    lead.page().locator("input[name=password]").fill(oneTime);
    lead.press("Enter");
    Locator current = lead.page().locator("input[name=current]");
    lead.sees("that a password must be chosen", current);
    lead.look("choose-password");
    current.fill(oneTime);
    lead.page().locator("input[name=next]").fill("correct horse 电池");
    lead.page().locator("input[name=again]").fill("correct horse 电池");
    lead.press("Enter");
    lead.sees("the menu of pages", lead.page().locator("nav.menu"));
    lead.go("calls");
    lead.look("calls-limited");
    String seen = lead.page().locator("main").innerText();
    Expect.that("calls of 广州厂", seen.contains("广州厂"), seen);
    Expect.that("no calls of other desks", !seen.contains("梅州厂"), seen);
  }

  private static Locator.FilterOptions withText(String words) {
    return new Locator.FilterOptions().setHasText(words);
  }
}
