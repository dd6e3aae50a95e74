package cti.testbed.e2e;

import java.util.ArrayList;
import java.util.List;

/** What supervisors do in the calls of others, by links and by notes; on the real gateway. */
final class SupervisorSuite implements Suite {
  @Override
  public String name() {
    return "supervisor";
  }

  @Override
  public void run(Workshop workshop) throws Exception {
    HousePlay.onOneDatabase(workshop, name(), all());
  }

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>(ListeningScenarios.all());
    all.addAll(SupervisorScenarios.all());
    return List.copyOf(all);
  }
}
