package cti.testbed.e2e;

import cti.testbed.server.TemporaryDatabase;
import java.util.List;
import java.util.Optional;

/** What supervisors do in the calls of others, by links and by notes; on the real gateway. */
final class SupervisorSuite implements Suite {
  @Override
  public String name() {
    return "supervisor";
  }

  @Override
  public void run(Workshop workshop) throws Exception {
    List<Scenario> chosen = workshop.choice().of(SupervisorScenarios.all());
    if (chosen.isEmpty()) {
      return;
    }
    if (workshop.choice().databases().contains("mysql")) {
      try (TemporaryDatabase database =
          TemporaryDatabase.create(workshop.testbed().environment())) {
        new HousePlay(workshop, name(), "MySQL", chosen).compared().on(Optional.of(database));
      }
    } else {
      new HousePlay(workshop, name(), "embedded database", chosen).compared().on(Optional.empty());
    }
  }
}
