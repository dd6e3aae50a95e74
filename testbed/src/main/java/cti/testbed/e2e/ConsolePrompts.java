package cti.testbed.e2e;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import cti.testbed.client.Patience;
import cti.testbed.e2e.Chromium.Look;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The page of prompts: heard, replaced, and what the next real caller hears. */
final class ConsolePrompts {
  private static final Duration TO_THE_DESK = Duration.ofSeconds(45);
  private static final String CALLER = "13900000025";

  private final ConsoleOffice.SignIn signIn;

  ConsolePrompts(ConsoleOffice.SignIn signIn) {
    this.signIn = signIn;
  }

  private static Locator.FilterOptions withText(String words) {
    return new Locator.FilterOptions().setHasText(words);
  }

  /** Heard, replaced by a file, refused where it is none, and back to the synthetic voice. */
  void replaced(Stage stage) throws Exception {
    final Path played = PromptScenarios.played(stage);
    final byte[] before = Files.readAllBytes(played);
    ConsolePage page = signIn.as(stage, "admin", Look.CHINESE_LIGHT);
    page.go("routing/prompts");
    page.by("find-prompt").locator("visible=true").first().fill("welcome");
    Locator row = page.by("prompts").locator("tbody tr").filter(withText("welcome")).first();
    page.sees("its state", row.getByText("机器合成").first());
    page.sees("where it is used", row.getByText("流程").first());
    row.locator("button.play").first().click();
    page.sees("that it is played", row.locator("button.play.on"));
    row.locator("button.play.on").click();
    page.seesNo("sound", row.locator("button.play.on"));
    page.look("prompts");

    row.getByText("welcome").first().click();
    Locator drawer = page.by("prompt");
    page.sees("what it says", drawer.locator("audio").first());
    page.look("prompt");
    give(page, "notes.mp3", "this is no sound".getBytes(StandardCharsets.UTF_8));
    page.sees("that it is refused", drawer.locator(".fault"));
    page.look("prompt-refused");
    Expect.that("nothing was changed", Arrays.equals(before, Files.readAllBytes(played)), played);

    try {
      give(page, "新欢迎词.mp3", PromptScenarios.mp3(stage));
      page.sees("that it is in use", drawer.getByText("使用中").first());
      page.sees("the file's name", drawer.getByText("新欢迎词.mp3").first());
      page.lookInBoth("prompt-replaced");
      await("another sound is played", played, before, false);
      stage.loggedOn("1010", "gz");
      StagedCall call = stage.dial(Callers.silent(CALLER));
      call.awaitPhase("waiting", TO_THE_DESK);
      call.hangUp();
      Expect.none("fall-back of the caller", call.record().fallbackReason().stream().toList());

      page.press("Escape");
      page.seesNo("drawer", drawer);
      page.sees("its state in the list", row.getByText("上传的录音 · 版本 1"));
      ConsolePage lead = signIn.as(stage, "supervisor", Look.ENGLISH_DARK);
      lead.go("routing/prompts");
      lead.by("find-prompt").locator("visible=true").first().fill("welcome");
      lead.by("prompts")
          .locator("tbody tr")
          .filter(withText("welcome"))
          .first()
          .getByText("welcome")
          .first()
          .click();
      lead.sees("its versions", lead.by("prompt").getByText("Version 1").first());
      Expect.equal("what replaces it", 0, lead.by("upload-zh").count());
      lead.look("prompt-looked-at");

      row.getByText("welcome").first().click();
      page.sees("what it says", drawer.locator("audio").first());
      page.by("placeholder-zh").click();
      Locator yes = page.page().locator(".el-popconfirm__action button").locator("visible=true");
      page.sees("the question", yes.last());
      yes.last().click();
      page.sees("the synthetic voice", page.by("prompt-zh").getByText("机器合成").first());
      await("the sound of before is played", played, before, true);
    } finally {
      if (!Arrays.equals(before, Files.readAllBytes(played))) {
        stage
            .house()
            .admin()
            .put("/api/v1/ivr/prompts/welcome/in-use", Map.of("language", "zh", "version", 0));
      }
    }
    page.go("office/audit");
    page.sees("its lines", page.page().locator("main").getByText("提示音 welcome/zh").first());
    page.sees("what was done", page.page().locator("main").getByText("上传录音").first());
    page.look("audit-prompts");
  }

  private static void give(ConsolePage page, String name, byte[] content) {
    FileChooser chooser = page.page().waitForFileChooser(() -> page.by("upload-zh").click());
    chooser.setFiles(new FilePayload(name, "audio/mpeg", content));
  }

  private static void await(String what, Path file, byte[] before, boolean same)
      throws InterruptedException {
    Patience.until(
        what,
        ConsolePage.SOON,
        () -> {
          byte[] now = read(file);
          return Arrays.equals(before, now) == same
              ? Optional.empty()
              : Optional.of(now.length + " bytes, as before: " + !same);
        });
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
