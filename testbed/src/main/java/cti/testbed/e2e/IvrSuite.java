package cti.testbed.e2e;

import cti.testbed.server.TemporaryDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What callers do with flows: callbacks, messages, marks, employee numbers, known incidents. */
final class IvrSuite implements Suite {
  @Override
  public String name() {
    return "ivr";
  }

  @Override
  public void run(Workshop workshop) throws Exception {
    String recordings = "recordings:\n  folder: " + recordings(workshop) + "\n";
    play(
        workshop,
        "one desk",
        recordings + "ivr:\n  flow: one-desk.yaml\n",
        IvrScenarios.ofOneDesk());
    play(workshop, "hotline", recordings, IvrScenarios.ofTheHotline());
  }

  /** Where the gateway writes, as seen from outside its root. */
  private static Path recordings(Workshop workshop) throws Exception {
    return workshop
        .testbed()
        .environment()
        .queueLog()
        .resolve("../../../spool/asterisk/monitor/cti")
        .normalize();
  }

  private static void play(Workshop workshop, String where, String more, List<Scenario> scenarios)
      throws Exception {
    List<Scenario> chosen = workshop.choice().of(scenarios);
    if (chosen.isEmpty()) {
      return;
    }
    if (workshop.choice().databases().contains("mysql")) {
      try (TemporaryDatabase database =
          TemporaryDatabase.create(workshop.testbed().environment())) {
        CallsSuite.play(workshop, where, more, Optional.of(database), chosen);
      }
    } else {
      CallsSuite.play(workshop, where, more, Optional.empty(), chosen);
    }
  }
}
