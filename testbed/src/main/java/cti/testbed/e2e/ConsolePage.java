package cti.testbed.e2e;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import cti.testbed.client.Unexpected;
import cti.testbed.server.SampleAccount;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The console in a window of the browser, as somebody uses it. */
final class ConsolePage {
  static final Duration SOON = Duration.ofSeconds(20);

  /** As long as this nothing is asked: what comes of an answer was asked for by then. */
  private static final Duration CALM = Duration.ofMillis(150);

  /** A key of the words that has no words: it is shown as it is. */
  private static final Pattern KEY =
      Pattern.compile(
          "\\b(page|shell|session|list|agentDesk|callBar|missed|call|visit|recording|incident"
              + "|wallboard|supervise|directory|admin|staff|org|rules|duty|major|audit|why"
              + "|system|security|problem|notice|figure|softphone|try|flows|prompts"
              + "|stays|now|day|away|limits|bridge|screen|device|hours|faults|fileFault|faultPlace)"
              + "\\.[a-z][A-Za-z-]+\\b");

  /**
   * What no person reads: a value that is none, a channel's id, a constant or a record as Java
   * writes it, a time as the server sends it.
   */
  private static final Pattern RAW =
      Pattern.compile(
          "\\bundefined\\b|\\bNaN\\b|Invalid Date|\\[object \\w+\\]|\\bgw\\d+[:-]\\d+\\.\\d+"
              + "|\\b[A-Z]{2,}_[A-Z_]{2,}\\b|\\b[A-Z]\\w+\\[\\w+=|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

  /** Notes in the page how long its timers stood still at most, in milliseconds. */
  private static final String LONGEST_PAUSE =
      """
      () => {
        let last = performance.now();
        window.longestPause = 0;
        setInterval(() => {
          const now = performance.now();
          window.longestPause = Math.max(window.longestPause, now - last);
          last = now;
        }, 200);
      }
      """;

  private final Chromium chromium;
  private final Page page;
  private final URI address;
  private final Chromium.Look look;
  private final List<String> complaints = new ArrayList<>();
  private int asked;
  private long lastAnswer;

  ConsolePage(Chromium chromium, Page page, URI address, Chromium.Look look) {
    this.chromium = chromium;
    this.page = page;
    this.address = address;
    this.look = look;
    page.setDefaultTimeout(SOON.toMillis());
    page.onRequest(request -> asked(request, 1));
    page.onRequestFinished(request -> asked(request, -1));
    page.onRequestFailed(request -> asked(request, -1));
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          // Requests that are refused or find nobody are the pages' daily bread; they say so.
          boolean request =
              message.text().startsWith("Failed to load resource")
                  || message.text().startsWith("WebSocket connection to");
          if (message.type().equals("error") && !request) {
            complaints.add(message.text());
          }
        });
  }

  private void asked(Request request, int more) {
    if (Set.of("fetch", "xhr", "script", "stylesheet").contains(request.resourceType())) {
      asked += more;
      lastAnswer = System.nanoTime();
    }
  }

  ConsolePage signIn(SampleAccount account) {
    page.navigate(address.toString());
    page.locator("input[name=user]").fill(account.user());
    page.locator("input[name=password]").fill(account.password());
    page.keyboard().press("Enter");
    sees("the menu of pages", page.locator("nav.menu"));
    sees("a live stream", page.locator("header .link.live"));
    return this;
  }

  void show() {
    page.navigate(address.toString());
  }

  /**
   * What it took a browser that knows nothing of the pages.
   *
   * @param formBytes fetched until one can sign in, as they came over the line, with their heads
   * @param form until one can type
   * @param deskBytes fetched until the first page of the menu is there
   * @param desk from Enter until then
   * @param again from a reload, signed in, until then
   */
  record FirstLoad(long formBytes, Duration form, long deskBytes, Duration desk, Duration again) {}

  /** Opens the pages, signs in, reloads. */
  FirstLoad firstLoad(SampleAccount account) {
    List<Request> fetched = new ArrayList<>();
    page.onRequestFinished(fetched::add);
    long begin = System.nanoTime();
    page.navigate(address.toString());
    page.locator("input[name=user]").fill(account.user());
    final Duration form = since(begin);
    quiet();
    long formBytes = bytes(fetched);
    page.locator("input[name=password]").fill(account.password());
    begin = System.nanoTime();
    page.keyboard().press("Enter");
    awaitDesk();
    final Duration desk = since(begin);
    quiet();
    long deskBytes = bytes(fetched);
    begin = System.nanoTime();
    reload();
    awaitDesk();
    return new FirstLoad(formBytes, form, deskBytes, desk, since(begin));
  }

  private void awaitDesk() {
    sees("a live stream", page.locator("header .link.live"));
    sees("the first page", page.locator("main > *"));
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static long bytes(List<Request> requests) {
    return requests.stream()
        .map(Request::sizes)
        .mapToLong(sizes -> sizes.responseBodySize + sizes.responseHeadersSize)
        .sum();
  }

  /** Goes to a page of the menu by its place, such as {@code wallboard}. */
  void go(String place) {
    page.navigate(address + "/#/" + place);
    sees("page " + place, page.locator("main .page"));
    quiet();
  }

  /** Another tab of the same browser, whoever is signed in there. */
  ConsolePage another() {
    ConsolePage tab = new ConsolePage(chromium, page.context().newPage(), address, look);
    tab.show();
    tab.sees("the menu of pages", tab.page.locator("nav.menu"));
    tab.sees("a live stream", tab.page.locator("header .link.live"));
    return tab;
  }

  /**
   * As when the lid is shut: the whole browser stands still while {@code meanwhile} happens, and
   * nobody tells its pages.
   */
  void asleep(Meanwhile meanwhile) throws Exception {
    page.evaluate(LONGEST_PAUSE);
    Instant begin = Instant.now();
    try {
      chromium.stop();
      meanwhile.happens();
    } finally {
      chromium.goOn();
    }
    double slept = Duration.between(begin, Instant.now()).toMillis();
    page.waitForFunction("slept => window.longestPause > slept / 2", slept);
  }

  /** What happens while nobody looks. */
  @FunctionalInterface
  interface Meanwhile {
    void happens() throws Exception;
  }

  void reload() {
    // What was asked for and is cut off by the reload is not answered any more.
    asked = 0;
    page.reload();
  }

  Page page() {
    return page;
  }

  /** What carries this name for tests. */
  Locator by(String name) {
    return page.getByTestId(name);
  }

  Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).first();
  }

  Locator text(String words) {
    return page.getByText(words).first();
  }

  void press(String keys) {
    page.keyboard().press(keys);
  }

  void sees(String what, Locator wanted) {
    sees(what, wanted, SOON);
  }

  void sees(String what, Locator wanted, Duration limit) {
    await(what, wanted, WaitForSelectorState.VISIBLE, limit);
  }

  void seesNo(String what, Locator unwanted) {
    seesNo(what, unwanted, SOON);
  }

  void seesNo(String what, Locator unwanted, Duration limit) {
    await("no more " + what, unwanted, WaitForSelectorState.HIDDEN, limit);
  }

  private void await(String what, Locator locator, WaitForSelectorState state, Duration limit) {
    try {
      locator
          .first()
          .waitFor(new Locator.WaitForOptions().setState(state).setTimeout(limit.toMillis()));
    } catch (TimeoutError late) {
      page.screenshot(
          new Page.ScreenshotOptions().setPath(chromium.picture("failed-" + look.word())));
      throw Unexpected.instead(
          "the page shows " + what, page.locator("body").innerText().replaceAll("\\s+", " "));
    }
  }

  /** Nothing is asked of the server any more, and nothing moves. */
  private void quiet() {
    page.waitForCondition(
        () -> asked == 0 && System.nanoTime() - lastAnswer > CALM.toNanos(),
        new Page.WaitForConditionOptions().setTimeout(SOON.toMillis()));
    page.waitForFunction("() => document.getAnimations().every(a => a.playState !== 'running')");
  }

  /**
   * Takes a picture, and notes what is untranslated, broken, or a barrier for somebody: the
   * scenario goes on and fails at its end.
   */
  void look(String name) {
    look(name, look);
  }

  /** The same in the language of the page, and once more in the other one. */
  void lookInBoth(String name) {
    look(name);
    switchLanguage();
    look(name, look.otherLanguage());
    switchLanguage();
  }

  /** By its button, also where a dialog lies over it. */
  private void switchLanguage() {
    String before = page.locator("html").getAttribute("lang");
    by("language").dispatchEvent("click");
    page.waitForFunction("before => document.documentElement.lang !== before", before);
  }

  private void look(String name, Chromium.Look as) {
    // What was said of the step before is no part of the page.
    page.waitForFunction("() => !document.querySelector('.el-message')");
    quiet();
    page.screenshot(new Page.ScreenshotOptions().setPath(chromium.picture(name + "-" + as.word())));
    String shown = page.locator("body").innerText();
    String where = " on " + name + " " + as.word() + ": ";
    KEY.matcher(shown)
        .results()
        .forEach(key -> chromium.fault("untranslated word" + where + key.group()));
    RAW.matcher(shown).results().forEach(raw -> chromium.fault("raw value" + where + raw.group()));
    barriers().forEach(barrier -> chromium.fault("barrier" + where + barrier));
    complaints.forEach(complaint -> chromium.fault("complaint of the browser" + where + complaint));
    complaints.clear();
  }

  /** Serious and critical findings of axe, with the first element of each. */
  private List<String> barriers() {
    page.evaluate(chromium.axe());
    Object found =
        page.evaluate(
            """
            async () => (await axe.run(document, {resultTypes: ['violations']})).violations
              .filter(v => v.impact === 'serious' || v.impact === 'critical')
              .map(v => `${v.id} (${v.nodes.length}): ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)
                + ' ' + (n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? '')).join(' | ')}`)
            """);
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }
}
