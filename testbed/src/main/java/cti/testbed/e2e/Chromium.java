package cti.testbed.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The system's Chromium without a window, driven by Playwright. Everything of it belongs to the
 * thread that started it.
 */
final class Chromium implements AutoCloseable {
  /** The screen of a desk: what an agent has. */
  private static final int WIDTH = 1440;

  private static final int HEIGHT = 900;

  private final Playwright playwright;
  private final Browser browser;
  private final String axe;
  private final Path pictures;
  private final List<BrowserContext> windows = new ArrayList<>();
  private final Set<String> faults = new LinkedHashSet<>();
  private final List<String> figures = new ArrayList<>();
  private int taken;

  private Chromium(Playwright playwright, Browser browser, String axe, Path pictures) {
    this.playwright = playwright;
    this.browser = browser;
    this.axe = axe;
    this.pictures = pictures;
  }

  /** How the page is looked at. */
  enum Look {
    CHINESE_LIGHT("zh", "light"),
    CHINESE_DARK("zh", "dark"),
    ENGLISH_LIGHT("en", "light"),
    ENGLISH_DARK("en", "dark");

    private final String language;
    private final String theme;

    Look(String language, String theme) {
      this.language = language;
      this.theme = theme;
    }

    /** The same in the other language. */
    Look otherLanguage() {
      return switch (this) {
        case CHINESE_LIGHT -> ENGLISH_LIGHT;
        case CHINESE_DARK -> ENGLISH_DARK;
        case ENGLISH_LIGHT -> CHINESE_LIGHT;
        case ENGLISH_DARK -> CHINESE_DARK;
      };
    }

    /** What stands in the names of pictures. */
    String word() {
      return language + "-" + theme;
    }
  }

  /**
   * @param program Chromium's
   * @param axe the script that looks for barriers
   * @param pictures the folder that they are written into
   */
  static Chromium start(Path program, Path axe, Path pictures) throws IOException {
    return start(program, axe, pictures, List.of());
  }

  /**
   * The same with a microphone that hears a file over and over, and leave to use it.
   *
   * @param heard WAV, 48 kHz
   */
  static Chromium hearing(Path program, Path axe, Path pictures, Path heard) throws IOException {
    return start(
        program,
        axe,
        pictures,
        List.of(
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            "--use-file-for-fake-audio-capture=" + heard,
            "--autoplay-policy=no-user-gesture-required",
            // The testbed is on this machine alone.
            "--allow-loopback-in-peer-connection",
            // The relay's certificate is nobody's but the testbed's.
            "--ignore-certificate-errors",
            "--disable-features=WebRtcHideLocalIpsWithMdns"));
  }

  private static Chromium start(Path program, Path axe, Path pictures, List<String> more)
      throws IOException {
    // The driver runs on the Node.js that builds the pages, and fetches no browser.
    Map<String, String> environment =
        Map.of(
            "PLAYWRIGHT_NODEJS_PATH", node().toString(), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    try {
      playwright.selectors().setTestIdAttribute("data-test");
      // The testbed runs as root, which Chromium's sandbox refuses; it opens our own pages only.
      Browser browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(program)
                      .setArgs(
                          Stream.concat(
                                  Stream.of("--no-sandbox", "--disable-gpu", "--mute-audio"),
                                  more.stream())
                              .toList()));
      return new Chromium(playwright, browser, Files.readString(axe), pictures);
    } catch (IOException | RuntimeException fault) {
      playwright.close();
      throw fault;
    }
  }

  private static Path node() {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      Path node = Path.of(folder, "node");
      if (!folder.isEmpty() && Files.isExecutable(node)) {
        return node;
      }
    }
    throw new IllegalStateException("no node on the PATH; expected Node.js 20.19 or newer");
  }

  /** A window of its own: nothing is shared with the others, as on another machine. */
  ConsolePage open(URI address, Look look) {
    BrowserContext window =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(WIDTH, HEIGHT)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setTimezoneId("Asia/Shanghai")
                .setLocale(look.language.equals("zh") ? "zh-CN" : "en-GB"));
    windows.add(window);
    window.addInitScript(
        "localStorage.setItem('cti.language','%s');localStorage.setItem('cti.theme','%s')"
            .formatted(look.language, look.theme));
    return new ConsolePage(this, window.newPage(), address, look);
  }

  String axe() {
    return axe;
  }

  /** The file of the next picture. */
  Path picture(String name) {
    taken++;
    return pictures.resolve("%03d-%s.png".formatted(taken, name));
  }

  /** Notes what was measured, for the report. */
  void figure(String text) {
    figures.add(text);
  }

  List<String> figures() {
    return List.copyOf(figures);
  }

  /** Notes what is wrong with a page. */
  void fault(String what) {
    faults.add(what);
  }

  /** What was noted since the last time is a failure. */
  void expectFaultless() {
    List<String> found = List.copyOf(faults);
    faults.clear();
    Expect.none("fault of a page", found);
  }

  /** All of its processes stand still where they are, until {@link #goOn}. */
  void stop() throws IOException, InterruptedException {
    signal("STOP");
  }

  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    ProcessHandle.current()
        .descendants()
        .filter(each -> each.info().command().filter(Chromium::isChromium).isPresent())
        .map(each -> Long.toString(each.pid()))
        .forEach(command::add);
    Expect.that("processes of the browser", command.size() > 2, command);
    // One that has just ended is no fault; whether the pages stood still, they know themselves.
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static boolean isChromium(String command) {
    return Path.of(command).getFileName().toString().startsWith("chrom");
  }

  /** Closes every window that is open, at the end of a scenario. */
  void closeWindows() {
    windows.forEach(BrowserContext::close);
    windows.clear();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
