package cti.testbed.e2e;

import cti.testbed.server.TemporaryDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What callers do with flows: every kind of node, and what they hear. On MySQL. What becomes of
 * callers of the shipped flows (callbacks, messages, marks, employee numbers, known incidents) is
 * shown by the suite routing.
 */
final class IvrSuite implements Suite {
  private static final String NAME = "ivr";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run(Workshop workshop) throws Exception {
    if (!workshop.choice().databases().contains("mysql")) {
      return;
    }
    try (OtherSystem other = new OtherSystem()) {
      Path scripts = scripts(workshop);
      String settings =
          """
          ivr:
            scripts: %s
            flow: every-node.yaml
            webhooks: ["crm=%s"]
            webhook-limit: 2s
            prompts: %s
          """
              .formatted(scripts, other.address(), workshop.testbed().environment().prompts());
      play(workshop, NAME, "every node", settings, FlowNodeScenarios.all(other));
    }
    play(
        workshop,
        NAME,
        "what callers hear",
        "ivr:\n  flow: one-desk.yaml\n  prompts: "
            + workshop.testbed().environment().prompts()
            + "\n",
        PromptScenarios.all());
  }

  /** The shipped prompts and rules, with a flow of the suite. */
  private static Path scripts(Workshop workshop) throws IOException {
    Path folder = workshop.serverFolder("ivr-scripts");
    Path shipped = workshop.project().resolve("ivr-scripts");
    for (Path file :
        List.of(
            shipped.resolve("prompts.yaml"),
            workshop.project().resolve("testbed/flows/routing.yaml"),
            workshop.project().resolve("testbed/flows/every-node.yaml"))) {
      Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    return folder;
  }

  /**
   * Scenarios on a house and a database of their own, one after the other.
   *
   * @param suite that they belong to
   * @param settings added to the server's configuration
   */
  static void play(
      Workshop workshop, String suite, String where, String settings, List<Scenario> scenarios)
      throws Exception {
    List<Scenario> chosen = workshop.choice().of(scenarios);
    if (chosen.isEmpty()) {
      return;
    }
    try (TemporaryDatabase database = TemporaryDatabase.create(workshop.testbed().environment())) {
      new HousePlay(workshop, suite, where, chosen).inOrderWith(settings).on(Optional.of(database));
    }
  }
}
