package cti.testbed.e2e;

import cti.testbed.server.TemporaryDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happens in calls once somebody talks: holds, transfers, consultations, calls of our own. */
final class TransfersSuite implements Suite {
  @Override
  public String name() {
    return "transfers";
  }

  @Override
  public void run(Workshop workshop) throws Exception {
    List<Scenario> all = new ArrayList<>();
    all.addAll(TransferScenarios.all());
    all.addAll(HoldScenarios.all());
    all.addAll(ConsultScenarios.all());
    all.addAll(OwnCallScenarios.all());
    all.addAll(PhoneTransferScenarios.all());
    List<Scenario> chosen = workshop.choice().of(all);
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
