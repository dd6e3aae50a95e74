package cti.testbed.e2e;

import cti.testbed.server.TemporaryDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    Path folder = workshop.testbed().environment().recordings();
    // What an earlier run left would be found as files without events.
    clear(folder);
    try (TemporaryDatabase database = TemporaryDatabase.create(workshop.testbed().environment())) {
      new HousePlay(workshop, "recordings", "MySQL", scenarios).on(Optional.of(database));
    } finally {
      clear(folder);
    }
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> days = Files.list(folder)) {
      for (Path day : days.toList()) {
        Workshop.remove(day);
      }
    }
  }

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    all.addAll(RecordingScenarios.all());
    all.addAll(RecordingTransferScenarios.all());
    all.addAll(MissedCaseScenarios.all());
    all.addAll(RecordingOutageScenarios.all());
    all.addAll(RecordingFileScenarios.all());
    return List.copyOf(all);
  }
}
