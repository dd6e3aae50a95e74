package cti.testbed.e2e;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import cti.testbed.client.Api;
import cti.testbed.e2e.Chromium.Look;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What an administrator sets once in a while: holidays, what desks promise and record. */
final class ConsoleSettings {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** Hours of a desk whose calls no other scenario waits for. */
  private static final String HOURS =
      """
      calendars:
        cn:
          - { from: 2026-01-04, make_up: true, name: 调休 }
      hours:
        - desks: [zj]
          calendar: cn
          week: { mon-fri: "08:30-17:00" }
          make_up: "08:30-16:00"
      """;

  private static final String ICAL =
      """
      BEGIN:VCALENDAR
      VERSION:2.0
      BEGIN:VEVENT
      DTSTART;VALUE=DATE:%s
      SUMMARY:厂庆（休）
      END:VEVENT
      BEGIN:VEVENT
      DTSTART;VALUE=DATE:%s
      SUMMARY:厂庆（班）
      END:VEVENT
      END:VCALENDAR
      """;

  private final ConsoleOffice.SignIn signIn;

  ConsoleSettings(ConsoleOffice.SignIn signIn) {
    this.signIn = signIn;
  }

  /** Looked at day by day, written into the draft, published, seen on the week. */
  void holidays(Stage stage) throws Exception {
    Api api = stage.house().admin();
    int first = inForce(api);
    String rules = api.rules(first);
    if (!rules.contains("hours:\n")) {
      api.publish(HOURS + rules, "湛江工作时间");
    }
    int published = inForce(api) + 1;
    ConsolePage page = signIn.as(stage, "admin", Look.CHINESE_LIGHT);
    page.go("routing/duty");
    page.by("holidays-file").click();
    LocalDate monday = LocalDate.now(ZONE).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    give(page, "no calendar");
    page.sees("that it is refused", page.page().locator(".el-dialog .fault"));
    give(page, ICAL.formatted(day(monday.plusDays(2)), day(monday.plusDays(5))));
    Locator days = page.by("holidays");
    page.sees("the holiday", days.getByText("厂庆").first());
    page.sees("the make-up day", days.getByText("调休上班").first());
    page.look("duty-holidays");
    page.page().locator(".el-dialog button[type=submit]").locator("visible=true").click();
    page.sees("that it is in the draft", page.text("已写入规则草稿"));
    page.go("routing/rules");
    page.by("publish-rules").click();
    page.by("publish-comment").locator("visible=true").first().fill("厂庆放假");
    page.press("Enter");
    page.sees("that it is published", page.text("版本 " + published + " · 生效"));
    page.go("routing/duty");
    Locator hours = page.page().locator(".hours tr").filter(withText("湛江厂"));
    page.sees("the holiday on the week", hours.getByText("厂庆").first());
    page.look("duty-holidays-week");
    api.rollBack(first);
  }

  private static String day(LocalDate date) {
    return date.toString().replace("-", "");
  }

  private static void give(ConsolePage page, String ical) {
    page.page()
        .waitForFileChooser(() -> page.by("choose-holidays").click())
        .setFiles(
            new FilePayload("days.ics", "text/calendar", ical.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, Object> facts(JsonNode rules) {
    Map<String, Object> facts = new HashMap<>();
    rules.properties().forEach(one -> facts.put(one.getKey(), one.getValue()));
    return facts;
  }

  /** Service level and recording of a desk: in force, and in the log from what to what. */
  void deskRules(Stage stage) throws Exception {
    Api api = stage.house().admin();
    final JsonNode before = api.tree("/api/v1/desks/zj/recording").path("rules");
    ConsolePage page = signIn.as(stage, "admin", Look.CHINESE_LIGHT);
    page.go("rules");
    Locator row = page.page().locator("main tbody tr").filter(withText("湛江厂"));
    page.sees("what it promises", row.getByText("秒内"));
    row.click();
    Locator dialog = page.page().locator(".el-dialog").locator("visible=true").first();
    Locator within = dialog.locator(".el-input-number input").first();
    within.fill("33");
    within.press("Tab");
    dialog.getByText("全部录音", new Locator.GetByTextOptions().setExact(true)).click();
    page.look("desk-rules");
    dialog.locator("button[type=submit]").click();
    page.sees("the new promise", row.getByText("33 秒内"));
    Expect.equal(
        "how it records",
        "all",
        api.tree("/api/v1/desks/zj/recording").path("rules").path("policy").asString());
    Locator line = page.page().locator(".entries li").filter(withText("录音策略")).first();
    page.sees("how it recorded", line.locator("del").first());
    page.sees("how it records", line.locator("ins").getByText("全部录音"));
    page.sees(
        "its new promise",
        page.page()
            .locator(".entries li")
            .filter(withText("服务水平"))
            .first()
            .locator("ins")
            .getByText("33"));
    page.sees(
        "what it promised",
        page.page()
            .locator(".entries li")
            .filter(withText("服务水平"))
            .first()
            .locator("del")
            .getByText("20"));
    page.look("desk-rules-changed");
    api.put("/api/v1/desks/zj/recording", facts(before));
  }

  private static int inForce(Api api) throws Exception {
    return api.tree("/api/v1/routing/versions").path("inForce").asInt();
  }

  private static Locator.FilterOptions withText(String words) {
    return new Locator.FilterOptions().setHasText(words);
  }
}
