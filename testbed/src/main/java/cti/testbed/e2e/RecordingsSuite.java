package cti.testbed.e2e;

import cti.testbed.server.TemporaryDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recordings and missed cases on the real gateway, with sound; on MySQL. */
final class RecordingsSuite implements Suite {
  @Override
  public String name() {
    return "recordings";
  }

  @Override
  public void run(Workshop workshop) throws Exception {
    List<Scenario> scenarios = workshop.choice().of(all());
    if (!workshop.choice().databases().contains("mysql") || scenarios.isEmpty()) {
      return;
    }
    try (TemporaryDatabase database = TemporaryDatabase.create(workshop.testbed().environment())) {
      new HousePlay(workshop, "recordings", "MySQL", scenarios).on(Optional.of(database));
    }
  }

  private static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    all.addAll(RecordingScenarios.all());
    all.addAll(RecordingTransferScenarios.all());
    all.addAll(MissedCaseScenarios.all());
    all.addAll(RecordingOutageScenarios.all());
    all.addAll(RecordingFileScenarios.all());
    return List.copyOf(all);
  }
}
