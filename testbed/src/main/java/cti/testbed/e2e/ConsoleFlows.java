package cti.testbed.e2e;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import cti.testbed.client.Api;
import cti.testbed.e2e.Chromium.Look;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page of flows: drawn, edited, tried, published, and what the next real caller meets. */
final class ConsoleFlows {
  private static final Duration TO_THE_DESK = Duration.ofSeconds(45);
  private static final String FACTORY = "13900000025";
  private static final String KEY_FOUR = "      - { key: \"4\", choice: erp, to: route }\n";

  private final ConsoleOffice.SignIn signIn;

  ConsoleFlows(ConsoleOffice.SignIn signIn) {
    this.signIn = signIn;
  }

  private static Locator node(ConsolePage page, String id) {
    return page.page().locator("[data-node=\"" + id + "\"]");
  }

  private static void tab(ConsolePage page, String name) {
    page.page()
        .getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  /** Drawn from the text in force; faults by line; tried; published; rolled back. */
  void published(Stage stage) throws Exception {
    Api api = stage.house().admin();
    final int first = inForce(api);
    ConsolePage page = signIn.as(stage, "admin", Look.CHINESE_LIGHT);
    page.go("routing/flows");
    page.sees("the graph", node(page, "factory-offer"));
    page.sees("that nothing is wrong", page.by("findings").getByText("没有错误"));
    page.look("flow");

    Locator text = page.by("flow-yaml");
    String before = text.inputValue();
    String factoryKeys = before.substring(0, before.indexOf(KEY_FOUR) + KEY_FOUR.length());
    final String rest = before.substring(factoryKeys.length());
    String more = "      - { key: \"5\", choice: itil, to: nowhere }\n";
    text.fill(factoryKeys + more + rest);
    int line = factoryKeys.split("\n", -1).length;
    page.sees("the fault", page.by("findings").getByText("nowhere"));
    page.sees("the node that is not there", node(page, "nowhere"));
    page.look("flow-faulty");
    page.button("第 " + line + " 行").click();
    Expect.equal(
        "where the text stands",
        more.strip(),
        String.valueOf(text.evaluate("t => t.value.slice(t.selectionStart, t.selectionEnd)"))
            .strip());

    text.fill(factoryKeys + more.replace("nowhere", "route") + rest);
    page.seesNo("node that is not there", node(page, "nowhere"));
    tab(page, "试拨");
    page.by("try-number").locator("visible=true").first().fill(FACTORY);
    page.by("try-begin").click();
    page.sees("where the call is", page.by("try-at").getByText("factory-offer"));
    page.by("pad-9").click();
    page.sees("the wrong key", page.by("try-moves").getByText("wrong-key"));
    page.press("5");
    page.sees("the queue", page.by("try-at").getByText("desk-queue"));
    for (String id : List.of("who", "factory-offer", "factory-wrong", "route", "desk-queue")) {
      page.sees("that " + id + " is lit", page.page().locator("[data-node=\"" + id + "\"].lit"));
    }
    page.lookInBoth("flow-tried");
    page.by("do-timeout").click();
    page.sees("that it goes on", page.by("try-moves").getByText("overflow"));
    page.by("try-back").click();
    page.sees("that it is back", page.by("try-at").getByText("desk-queue"));

    page.by("publish-flow").click();
    page.by("publish-comment").locator("visible=true").first().fill("工厂来电可按 5 找 ITIL");
    page.look("flow-publish");
    page.press("Enter");
    page.sees("the new version", page.text("版本 " + (first + 1) + " · 生效"));

    stage.loggedOn("1006", "hq-itil");
    // Where a major incident is announced before the menu, the first key is the answer to that.
    StagedCall call = stage.dial(Callers.pressing(FACTORY, '5', '5'));
    call.awaitPhase("waiting", TO_THE_DESK);
    Expect.equal("desk of the next call", Optional.of("hq-itil"), call.now().desk());
    call.hangUp();
    call.awaitCallerEnd(TO_THE_DESK);

    tab(page, "版本");
    Locator old = page.page().locator("main tbody tr").filter(withText("随产品提供")).first();
    old.getByText("差异").click();
    page.sees("what differs", page.page().locator(".el-dialog .diff .added"));
    page.look("flow-versions-diff");
    page.press("Escape");
    page.seesNo("dialog", page.page().locator(".el-dialog"));
    old.getByTestId("roll-back").click();
    page.by("roll-back-comment").locator("visible=true").first().fill("恢复原流程");
    page.press("Enter");
    page.sees("the version after", page.text("版本 " + (first + 2) + " · 生效"));
    Expect.equal(
        "the flow in force",
        before,
        api.tree("/api/v1/ivr/versions/" + inForce(api)).path("yaml").asString());
  }

  /** By keyboard: from node to node, into the text; a later version is taken back. */
  void byKeyboard(Stage stage) throws Exception {
    ConsolePage page = signIn.as(stage, "admin", Look.ENGLISH_DARK);
    page.go("routing/flows");
    page.sees("the graph", node(page, "who"));
    node(page, "outage").focus();
    page.press("ArrowDown");
    String at = String.valueOf(page.page().evaluate("() => document.activeElement.dataset.node"));
    Expect.that("another node has the focus", !at.equals("outage") && !at.equals("undefined"), at);
    page.press("Enter");
    page.sees("the node is chosen", page.page().locator("[data-node=\"" + at + "\"].selected"));
    Locator text = page.by("flow-yaml");
    Expect.equal(
        "the line of the node",
        at + ":",
        String.valueOf(text.evaluate("t => t.value.slice(t.selectionStart, t.selectionEnd)"))
            .strip());
    page.look("flow-by-keyboard");

    Api api = stage.house().admin();
    String yaml = "# later\n" + text.inputValue();
    api.put("/api/v1/ivr/drafts/later", Map.of("yaml", yaml, "revision", 0));
    api.post(
        "/api/v1/ivr/drafts/later/publish",
        Map.of(
            "comment",
            "from tomorrow on",
            "at",
            java.time.Instant.now().plus(Duration.ofDays(1)).toString()));
    page.reload();
    tab(page, "Versions");
    page.by("withdraw").first().click();
    page.sees("that it is withdrawn", page.page().locator("main tbody").getByText("Withdrawn"));
    page.look("flow-versions");
  }

  private static int inForce(Api api) throws Exception {
    return api.tree("/api/v1/ivr/versions").path("inForce").asInt();
  }

  private static Locator.FilterOptions withText(String words) {
    return new Locator.FilterOptions().setHasText(words);
  }
}
