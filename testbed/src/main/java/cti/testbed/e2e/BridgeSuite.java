package cti.testbed.e2e;

import cti.testbed.gateway.Part;
import cti.testbed.server.TemporaryDatabase;
import java.util.List;
import java.util.Optional;

/** The bridge beside an agent's softphone: a real baresip, the bridge from its jar. */
final class BridgeSuite implements Suite {
  @Override
  public String name() {
    return "bridge";
  }

  @Override
  public void run(Workshop workshop) throws Exception {
    List<Scenario> chosen = workshop.choice().of(new BridgeScenarios(workshop).all());
    if (chosen.isEmpty()) {
      return;
    }
    workshop.testbed().start(Part.SOFTPHONE);
    try {
      if (workshop.choice().databases().contains("mysql")) {
        try (TemporaryDatabase database =
            TemporaryDatabase.create(workshop.testbed().environment())) {
          new HousePlay(workshop, name(), "MySQL", chosen)
              .inOrderWith("")
              .on(Optional.of(database));
        }
      } else {
        new HousePlay(workshop, name(), "embedded database", chosen)
            .inOrderWith("")
            .on(Optional.empty());
      }
    } finally {
      workshop.testbed().stop(Part.SOFTPHONE);
    }
  }
}
