package cti.testbed.e2e;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import cti.testbed.client.Api;
import cti.testbed.e2e.Chromium.Look;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What administrators do less often: files of people, replays, roll-backs, duty, seats, reasons.
 */
final class ConsoleAdministration {
  private static final Duration TO_THE_DESK = Duration.ofSeconds(45);
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  private static final String ROSTER =
      """
      rosters:
        zj-duty:
          hand_over: mon 08:30
          weeks:
            "%s": E0028
      """;

  private final ConsoleOffice.SignIn signIn;

  ConsoleAdministration(ConsoleOffice.SignIn signIn) {
    this.signIn = signIn;
  }

  /** A play of the list of scenarios. */
  record Named(String name, Scenario.Play play) {}

  List<Named> all() {
    return List.of(
        new Named("console: people from a file, with faults, by CSV and by XLSX", this::imported),
        new Named("console: calls of the past are replayed by changed rules", this::replayed),
        new Named("console: rules are compared and rolled back", this::rolledBack),
        new Named("console: a swap of duty is drawn on the week", this::swapDrawn),
        new Named(
            "console: hours, a holiday and a make-up day are edited by the form", this::hours),
        new Named("console: an agent gets a seat, a desk other times", this::seatsAndDesks),
        new Named("console: an account is reset, ended, removed", this::account),
        new Named("console: a pause reason is added, offered, taken out", this::pauseReason));
  }

  private static FilePayload file(String name, String type, byte[] content) {
    return new FilePayload(name, type, content);
  }

  private static Locator applicable(ConsolePage page) {
    return page.page().locator("[data-test=apply]:not([disabled])");
  }

  private void imported(Stage stage) throws Exception {
    ConsolePage page = signIn.as(stage, "admin", Look.CHINESE_LIGHT);
    byte[] workbook;
    String header;
    String person;
    try (Api admin = stage.house().administrator()) {
      workbook = admin.bytes("/api/v1/directory/export?format=xlsx");
      List<String> lines =
          new String(admin.bytes("/api/v1/directory/export?format=csv"), StandardCharsets.UTF_8)
              .replace("\uFEFF", "")
              .lines()
              .toList();
      header = lines.getFirst();
      person = lines.stream().filter(line -> line.startsWith("E0013,")).findFirst().orElseThrow();
    }
    page.go("directory");
    page.button("导入").click();
    page.sees("where a file is chosen", page.text("选择文件"));
    page.look("import");

    String moved = person.replaceFirst("公司本部2号楼113室", "公司本部9号楼901室");
    Expect.that("another office", !moved.equals(person), person);
    String added = "E9001,员工9001,广州厂>质检科,gz,广州厂3号楼301室,2901,13900009101,,active,,";
    String faulty = added.replace(",gz,", ",mars,").replace("13900009101", "hello");
    page.by("import-file").setInputFiles(csv(header, moved, faulty));
    page.sees("what is wrong", page.page().locator(".el-dialog .faults li"));
    page.look("import-faulty");
    Expect.that("a faulty file is not applied", page.by("apply").isDisabled(), "enabled");
    page.button("放弃").click();
    page.seesNo("faults", page.page().locator(".el-dialog .faults li"));

    page.by("import-file").setInputFiles(csv(header, moved, added));
    page.sees("who is new", page.page().locator(".el-dialog .change").getByText("员工9001"));
    page.sees("what changes", page.page().locator(".el-dialog .change").getByText("9号楼901室"));
    page.lookInBoth("import-preview");
    page.sees("that it can be applied", applicable(page));
    page.by("apply").click();
    page.sees("that it is applied", page.page().locator(".chip.here").getByText("已生效"));
    page.press("Escape");
    page.seesNo("dialog", page.page().locator(".el-dialog"));
    Locator found = found(page, "E0013");
    page.sees("the new office", found.getByText("9号楼901室"));
    page.sees("the new person", found(page, "E9001").getByText("员工9001"));

    // The workbook of before: one line differs, whoever is not in it stays.
    page.button("导入").click();
    page.by("import-file").setInputFiles(file("people.xlsx", XLSX, workbook));
    page.sees("the old office", page.page().locator(".el-dialog .change ins").getByText("113室"));
    page.look("import-workbook");
    page.sees("that it can be applied", applicable(page));
    page.by("apply").click();
    page.sees("that it is applied", page.page().locator(".chip.here").getByText("已生效"));
    page.press("Escape");
    page.sees("the office of before", found(page, "E0013").getByText("2号楼113室"));
    page.sees("who came by the first file", found(page, "E9001").getByText("员工9001"));
  }

  private static FilePayload csv(String... lines) {
    return file(
        "people.csv", "text/csv", String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private static Locator found(ConsolePage page, String staff) {
    page.page().locator("main .filters input").first().fill(staff);
    Locator row = page.page().locator("main tbody tr").filter(withText(staff));
    page.sees("person " + staff, row);
    return row;
  }

  private void replayed(Stage stage) throws Exception {
    stage.loggedOn("1005", "hq-erp");
    // Where a major incident is announced before the menu, the first key is the answer to that.
    StagedCall call = stage.dial(Callers.pressing("13900000011", '4', '4'));
    call.awaitPhase("waiting", TO_THE_DESK);
    Expect.equal("its desk", Optional.of("hq-erp"), call.now().desk());
    call.hangUp();
    call.record();
    ConsolePage page = signIn.as(stage, "admin", Look.ENGLISH_LIGHT);
    page.go("routing/rules");
    Locator text = page.by("rules-yaml");
    String before = text.inputValue();
    text.fill(
        before.replace("{ choice: erp }\n    desk: hq-erp", "{ choice: erp }\n    desk: hq-oa"));
    tab(page, "Try past calls");
    page.by("what-if").click();
    Locator row = page.page().locator("main tbody tr").filter(withText("13900000011"));
    page.sees("the call that would go elsewhere", row.getByText("本部(OA)"));
    page.look("rules-what-if");
    Expect.equal(
        "no draft was kept",
        0,
        stage.house().admin().tree("/api/v1/routing/drafts").path("items").size());
  }

  private static void tab(ConsolePage page, String name) {
    page.page()
        .getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  private void rolledBack(Stage stage) throws Exception {
    Api api = stage.house().admin();
    int first = inForce(api);
    String rules = api.rules(first);
    ConsolePage page = signIn.as(stage, "admin", Look.CHINESE_LIGHT);
    page.go("routing/rules");
    page.by("rules-yaml").fill("# 节前临时规则\n" + rules);
    page.by("publish-rules").click();
    page.by("publish-comment").locator("visible=true").first().fill("节前临时规则");
    page.press("Enter");
    page.sees("the new version", page.text("版本 " + (first + 1) + " · 生效"));
    tab(page, "版本");
    Locator old = row(page, first);
    old.getByText("差异").click();
    page.sees("what differs", page.page().locator(".el-dialog .diff .added"));
    page.look("rules-versions-diff");
    page.press("Escape");
    page.seesNo("dialog", page.page().locator(".el-dialog"));
    old.getByTestId("roll-back").click();
    Locator comment = page.by("roll-back-comment").locator("visible=true").first();
    comment.press("Enter");
    page.sees(
        "that a comment is needed",
        page.page().locator(".el-dialog .fault").locator("visible=true"));
    comment.fill("节后恢复");
    page.look("rules-roll-back");
    comment.press("Enter");
    page.sees("the version after", page.text("版本 " + (first + 2) + " · 生效"));
    tab(page, "版本");
    page.look("rules-versions");
    Expect.equal("rules in force", rules, api.rules(inForce(api)));
  }

  private static Locator row(ConsolePage page, int version) {
    return page.page()
        .locator("main tbody tr")
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.page()
                        .getByRole(
                            AriaRole.CELL,
                            new Page.GetByRoleOptions()
                                .setName(Integer.toString(version))
                                .setExact(true))));
  }

  private static int inForce(Api api) throws Exception {
    return api.tree("/api/v1/routing/versions").path("inForce").asInt();
  }

  private void swapDrawn(Stage stage) throws Exception {
    Api api = stage.house().admin();
    int first = inForce(api);
    String rules = api.rules(first);
    String monday =
        LocalDate.now(ZONE)
            .with(java.time.temporal.TemporalAdjusters.previousOrSame(java.time.DayOfWeek.MONDAY))
            .toString();
    String roster = ROSTER.formatted(monday);
    api.publish(
        rules.contains("rosters:\n") ? rules.replace("rosters:\n", roster) : roster + rules, "值班表");
    ConsolePage page = signIn.as(stage, "admin", Look.CHINESE_LIGHT);
    page.go("routing/duty");
    Locator strip =
        page.page().locator(".roster").filter(withText("zj-duty")).locator(".strip").first();
    page.sees("who is on duty", strip.getByText("员工0028").first());
    strip.scrollIntoViewIfNeeded();
    BoundingBox box = strip.boundingBox();
    double y = box.y + box.height / 2;
    page.page().mouse().move(box.x + box.width * 3 / 7, y);
    page.page().mouse().down();
    page.page().mouse().move(box.x + box.width * 3.5 / 7, y);
    page.page().mouse().move(box.x + box.width * 4 / 7, y);
    page.page().mouse().up();
    Locator dialog = page.page().locator(".el-dialog").locator("visible=true").first();
    page.sees("the dialog of the swap", dialog.getByText("由谁值班"));
    dialog.locator(".el-select").first().click();
    page.page().keyboard().type("E0030");
    Locator person =
        page.page()
            .locator(".el-select-dropdown__item")
            .locator("visible=true")
            .filter(withText("员工0030"));
    page.sees("whom one may choose", person);
    person.first().click();
    page.look("duty-swap");
    dialog.locator("button[type=submit]").click();
    page.sees("that it is in the draft", page.text("已写入规则草稿"));
    page.go("routing/rules");
    String draft = page.by("rules-yaml").inputValue();
    Expect.that("the swap is in the draft", draft.contains("E0030"), draft);
    page.by("publish-rules").click();
    page.by("publish-comment").locator("visible=true").first().fill("调班");
    page.press("Enter");
    page.sees("that it is published", page.text("版本 " + (first + 2) + " · 生效"));
    page.go("routing/duty");
    Locator swapped =
        page.page().locator(".roster").filter(withText("zj-duty")).locator(".shift.swap");
    page.sees("the swap on the week", swapped.getByText("员工0030"));
    page.lookInBoth("duty-swapped");
    api.rollBack(first);
  }

  private void hours(Stage stage) throws Exception {
    Api api = stage.house().admin();
    int first = inForce(api);
    ConsolePage page = signIn.as(stage, "admin", Look.CHINESE_LIGHT);
    page.go("routing/duty");
    page.page().getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("编辑工作时间与节假日")).click();
    page.by("calendar-add").click();
    Locator added = page.by("hours-calendar").last();
    // The name that is proposed may be taken by the rules that an earlier scenario published.
    added.locator("input").first().fill("next-year");
    added.getByTestId("holiday-add").click();
    added.getByTestId("hours-first-day").first().fill("2027-01-01");
    added.getByTestId("hours-last-day").first().fill("2027-01-03");
    added.getByTestId("hours-day-name").first().fill("元旦");
    added.getByTestId("make-up-add").click();
    added.getByTestId("hours-first-day").nth(1).fill("2027-01-09");
    added.getByTestId("hours-first-day-choose").nth(1).click();
    Locator calendar = page.by("day-calendar");
    page.sees("the calendar in Chinese", calendar.getByText("2027 年"));
    page.look("hours-calendar");
    calendar
        .locator("td.available")
        .getByText("10", new Locator.GetByTextOptions().setExact(true))
        .click();
    page.seesNo("calendar", calendar);
    added.getByTestId("hours-day-name").nth(1).fill("元旦调休");
    page.by("hours-add").click();
    page.by("hours-group").last().locator(".el-select").first().click();
    // A desk that has no hours by the rules that an earlier scenario published.
    page.page()
        .locator(".el-select-dropdown__item:visible")
        .filter(withText("梅州厂"))
        .first()
        .click();
    page.press("Escape");
    page.by("hours-mon-until").last().fill("12:00");
    page.by("hours-mon-add").last().click();
    page.by("hours-mon-from").last().fill("11:30");
    page.by("hours-mon-until").last().fill("17:00");
    page.sees("that they overlap", page.by("hours-fault").getByText("08:30-12:00 与 11:30-17:00"));
    page.look("hours-overlap");
    page.by("hours-mon-from").last().fill("1330");
    page.press("Tab");
    page.seesNo("fault", page.by("hours-fault"));
    page.lookInBoth("hours-edited");
    page.by("hours-keep").click();
    page.sees("that it is in the draft", page.text("已写入规则草稿"));
    page.go("routing/rules");
    String draft = page.by("rules-yaml").inputValue();
    Expect.that(
        "the hours are in the draft",
        draft.contains("mon: [\"08:30-12:00\", \"13:30-17:00\"], tue-fri: \"08:30-17:00\"")
            && draft.contains("{ from: 2027-01-10, make_up: true, name: \"元旦调休\" }"),
        draft);
    page.by("publish-rules").click();
    page.by("publish-comment").locator("visible=true").first().fill("工作时间");
    page.press("Enter");
    page.sees("that it is published", page.text("版本 " + (first + 1) + " · 生效"));
    page.go("routing/duty");
    page.sees("the hours of the week", page.page().locator("table.hours").getByText("13:30-17:00"));
    page.lookInBoth("duty-hours");
    api.rollBack(first);
  }

  private void seatsAndDesks(Stage stage) throws Exception {
    Api api = stage.house().admin();
    ConsolePage page = signIn.as(stage, "admin", Look.CHINESE_LIGHT);
    page.go("office/seats");
    page.button("新增").click();
    Locator dialog = page.page().locator(".el-dialog").locator("visible=true").first();
    dialog.locator("input[maxlength]").nth(0).fill("1090");
    dialog.locator("input[maxlength]").nth(1).fill("工程师1090");
    seat(dialog, "广州厂", "B");
    page.look("seat-new");
    dialog.locator("button[type=submit]").click();
    Locator row = page.page().locator("main tbody tr").filter(withText("1090"));
    page.sees("the new agent", row.getByText("广州厂"));
    Expect.equal("their seats", Map.of("gz", "b"), seats(api, "1090"));
    row.locator("button.plain").click();
    page.sees("the agent", dialog.getByText("广州厂"));
    seat(dialog, "广州厂", "A");
    seat(dialog, "韶关厂", "B");
    dialog.locator("button[type=submit]").click();
    page.sees("the second seat", row.getByText("韶关厂"));
    Expect.equal("their seats", Map.of("gz", "a", "sg", "b"), seats(api, "1090"));

    page.go("office/desks");
    Locator desk = page.page().locator("main tbody tr").filter(withText("cti-mz"));
    desk.locator("button.plain").click();
    Locator form = page.page().locator(".el-dialog").locator("visible=true").first();
    Locator wrapUp = form.locator(".el-input-number input").nth(1);
    wrapUp.fill("25");
    wrapUp.press("Tab");
    page.look("desk-edit");
    form.locator("button[type=submit]").click();
    page.sees("the new wrap-up", desk.getByText("25 秒"));
    desk.locator("button.plain").click();
    wrapUp.fill("15");
    wrapUp.press("Tab");
    form.locator("button[type=submit]").click();
    page.sees("the old wrap-up", desk.getByText("15 秒"));

    page.go("office/seats");
    row.locator("button.plain").click();
    page.button("删除").click();
    confirm(page);
    page.seesNo("agent", row);
  }

  private static void seat(Locator dialog, String desk, String role) {
    dialog
        .getByRole(AriaRole.RADIOGROUP, new Locator.GetByRoleOptions().setName(desk).setExact(true))
        .getByText(role, new Locator.GetByTextOptions().setExact(true))
        .click();
  }

  private static Map<String, String> seats(Api api, String agent) throws Exception {
    Map<String, String> seats = new java.util.TreeMap<>();
    api.tree("/api/v1/master/agents")
        .path("items")
        .values()
        .forEach(
            one -> {
              if (one.path("id").asString().equals(agent)) {
                one.path("seats")
                    .values()
                    .forEach(
                        seat ->
                            seats.put(seat.path("desk").asString(), seat.path("role").asString()));
              }
            });
    return seats;
  }

  /** Says yes where the page asks once more. */
  private static void confirm(ConsolePage page) {
    Locator yes =
        page.page().locator(".el-popconfirm__action button").locator("visible=true").last();
    page.sees("the question", yes);
    yes.click();
  }

  private void account(Stage stage) throws Exception {
    ConsolePage page = signIn.as(stage, "admin", Look.ENGLISH_DARK);
    page.go("office/accounts");
    page.by("add-account").click();
    Locator dialog = page.page().locator(".el-dialog").locator("visible=true").first();
    dialog.locator("input").nth(0).fill("clerk-0001");
    dialog.locator("input").nth(1).fill("文员0001");
    dialog.getByText("Auditor", new Locator.GetByTextOptions().setExact(true)).click();
    dialog.locator("button[type=submit]").click();
    page.sees("the one-time password", page.by("one-time-password"));
    final String first = page.by("one-time-password").innerText().strip();
    page.press("Escape");
    page.seesNo("password", page.by("one-time-password"));
    looksAndChangesNothing(stage, "clerk-0001", first);
    page.reload();
    Locator row = page.page().locator("main tbody tr").filter(withText("clerk-0001"));
    page.sees("the account", row.getByText("Auditor"));
    row.locator("button.plain").click();
    page.button("Reset password").click();
    page.look("account-reset");
    confirm(page);
    page.sees("another password", page.by("one-time-password"));
    String second = page.by("one-time-password").innerText().strip();
    Expect.that("another one-time password", !second.equals(first), second.length());
    page.press("Escape");
    page.seesNo("password", page.by("one-time-password"));
    reopen(page, row);
    page.button("End sessions").click();
    confirm(page);
    page.seesNo("dialog", page.page().locator(".el-dialog").locator("visible=true"));
    row.locator("button.plain").click();
    page.button("Remove").click();
    confirm(page);
    page.seesNo("account", row);
  }

  /**
   * What an auditor has: every page of a supervisor, and nothing to press that changes anything.
   */
  private void looksAndChangesNothing(Stage stage, String user, String oneTime) throws Exception {
    ConsolePage auditor = signIn.as(stage, "supervisor", Look.CHINESE_LIGHT);
    auditor.button("退出").click();
    Locator name = auditor.page().locator("input[name=user]");
    auditor.sees("the form to sign in", name);
    name.fill(user);
    auditor.page().locator("input[name=password]").fill(oneTime);
    auditor.press("Enter");
    Locator current = auditor.page().locator("input[name=current]");
    auditor.sees("that a password must be chosen", current);
    current.fill(oneTime);
    auditor.page().locator("input[name=next]").fill("correct horse 电池");
    auditor.page().locator("input[name=again]").fill("correct horse 电池");
    auditor.press("Enter");
    auditor.sees("the menu of pages", auditor.page().locator("nav.menu"));
    auditor.go("routing/flows");
    auditor.sees("the graph", auditor.page().locator("[data-node=who]"));
    Expect.equal("what publishes", 0, auditor.by("publish-flow").count());
    Expect.that(
        "the text is to look at",
        auditor.by("flow-yaml").getAttribute("readonly") != null,
        "it can be edited");
    auditor.look("auditor-flows");
    auditor.go("office/audit");
    auditor.button("校验完整性").click();
    auditor.sees("that the chain holds", auditor.page().getByText("完整：").first());
    auditor.lookInBoth("auditor-audit");
  }

  /** After a reset its dialog may still be there. */
  private static void reopen(ConsolePage page, Locator row) {
    if (page.page().locator(".el-dialog").locator("visible=true").count() == 0) {
      row.locator("button.plain").click();
    }
  }

  private void pauseReason(Stage stage) throws Exception {
    ConsolePage page = signIn.as(stage, "admin", Look.CHINESE_LIGHT);
    page.go("pauses");
    page.button("新增").click();
    Locator dialog = page.page().locator(".el-dialog").locator("visible=true").first();
    Locator fields = dialog.locator("input[maxlength]");
    fields.nth(0).fill("coaching");
    fields.nth(1).fill("辅导");
    fields.nth(2).fill("Coaching");
    dialog.locator(".el-input-number input").first().fill("20");
    page.look("pause-reason");
    dialog.locator("button[type=submit]").click();
    Locator row = page.page().locator("main tbody tr").filter(withText("辅导"));
    page.sees("the reason", row.getByText("20:00"));

    var desk = stage.loggedOn("1013", "zj");
    ConsolePage agent = signIn.as(stage, "1013", Look.ENGLISH_LIGHT);
    agent.by("not-ready").click();
    Locator offered = agent.page().locator(".el-dropdown-menu__item").locator("visible=true");
    agent.sees("the reason on offer", offered.filter(withText("Coaching")));
    agent.look("desk-reasons");
    offered.filter(withText("Coaching")).click();
    agent.sees("the reason in the state", agent.by("my-state").getByText("Coaching"));
    desk.awaitState("not-ready", ConsolePage.SOON);

    row.click();
    dialog.getByText("使用中").last().click();
    dialog.locator("button[type=submit]").click();
    page.sees("that it is not on offer", row.getByText("停用"));
    agent.reload();
    agent.by("not-ready").click();
    agent.sees("reasons", offered);
    Expect.equal("reasons of the name", 0, offered.filter(withText("Coaching")).count());

    page.go("office/audit");
    page.sees("its line", page.page().locator("main").getByText("小休原因 coaching").first());
    page.look("audit-reasons");
  }

  private static Locator.FilterOptions withText(String words) {
    return new Locator.FilterOptions().setHasText(words);
  }
}
