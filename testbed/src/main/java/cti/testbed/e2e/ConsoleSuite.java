package cti.testbed.e2e;

import cti.testbed.gateway.TestbedFault;
import cti.testbed.server.TemporaryDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The pages in a real browser, with real calls; on MySQL, one scenario after the other. Pictures of
 * every page are left in {@code testbed/target/console}.
 */
final class ConsoleSuite implements Suite {
  @Override
  public String name() {
    return "console";
  }

  @Override
  public void run(Workshop workshop) throws Exception {
    if (!workshop.choice().databases().contains("mysql")) {
      return;
    }
    List<Scenario> asked = workshop.choice().of(new ConsoleScenarios(Optional.empty()).all());
    if (asked.isEmpty()) {
      return;
    }
    Path pictures = picturesFolder(workshop.project());
    try (Chromium chromium = Chromium.start(workshop.testbed().browser(), axe(workshop), pictures);
        TemporaryDatabase database = TemporaryDatabase.create(workshop.testbed().environment())) {
      List<Scenario> scenarios =
          workshop.choice().of(new ConsoleScenarios(Optional.of(chromium)).all());
      // The prompts that the gateway plays, so that they can be replaced.
      String prompts = "ivr:\n  prompts: " + workshop.testbed().environment().prompts() + "\n";
      new HousePlay(workshop, "console", "MySQL", scenarios)
          .inOrderWith(prompts)
          .on(Optional.of(database));
      chromium.figures().forEach(workshop.report()::figure);
    }
    workshop.report().say("pictures of the pages: " + pictures);
  }

  private static Path picturesFolder(Path project) throws IOException {
    Path folder = project.resolve("testbed/target/console");
    if (Files.exists(folder)) {
      Workshop.remove(folder);
    }
    return Files.createDirectories(folder);
  }

  /** What looks for barriers in a page; it comes with the packages of the pages. */
  static Path axe(Workshop workshop) {
    Path script = workshop.project().resolve("web-console/node_modules/axe-core/axe.min.js");
    if (!Files.exists(script)) {
      throw new TestbedFault(
          1,
          "no %s; expected the packages of the pages, which the build installs".formatted(script));
    }
    return script;
  }
}
