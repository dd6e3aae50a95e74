package cti.testbed.e2e;

import java.util.ArrayList;
import java.util.List;

/** What happens in calls once somebody talks: holds, transfers, consultations, calls of our own. */
final class TransfersSuite implements Suite {
  @Override
  public String name() {
    return "transfers";
  }

  @Override
  public void run(Workshop workshop) throws Exception {
    HousePlay.onOneDatabase(workshop, name(), all());
  }

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    all.addAll(TransferScenarios.all());
    all.addAll(HoldScenarios.all());
    all.addAll(ConsultScenarios.all());
    all.addAll(OwnCallScenarios.all());
    all.addAll(PhoneTransferScenarios.all());
    return List.copyOf(all);
  }
}
