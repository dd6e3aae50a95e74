package cti.testbed.e2e;

import cti.testbed.server.TemporaryDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls from dial tone to record: everything on MySQL, a part again on the embedded database. */
final class CallsSuite implements Suite {
  @Override
  public String name() {
    return "calls";
  }

  @Override
  public void run(Workshop workshop) throws Exception {
    if (workshop.choice().databases().contains("mysql")) {
      List<Scenario> scenarios = workshop.choice().of(onMySql());
      if (!scenarios.isEmpty()) {
        try (TemporaryDatabase database =
            TemporaryDatabase.create(workshop.testbed().environment())) {
          new HousePlay(workshop, "calls", "MySQL", scenarios).on(Optional.of(database));
        }
      }
    }
    if (workshop.choice().databases().contains("embedded")) {
      boolean alone = workshop.choice().databases().size() == 1;
      List<Scenario> scenarios =
          workshop.choice().of(alone ? onMySql() : onEmbedded()).stream()
              .map(scenario -> scenario.named(scenario.name() + " (embedded database)"))
              .toList();
      if (!scenarios.isEmpty()) {
        new HousePlay(workshop, "calls", "embedded database", scenarios).on(Optional.empty());
      }
    }
  }

  static List<Scenario> onMySql() {
    List<Scenario> all = new ArrayList<>();
    all.addAll(MenuScenarios.all());
    all.addAll(RingScenarios.all());
    all.addAll(DeskScenarios.all());
    all.addAll(HangUpScenarios.all());
    all.addAll(AgentScenarios.all());
    all.addAll(OutageScenarios.all());
    all.addAll(RecoveryScenarios.all());
    return List.copyOf(all);
  }

  private static List<Scenario> onEmbedded() {
    return List.of(
        MenuScenarios.factoryCaller(), DeskScenarios.incident(), OutageScenarios.killedInTalk());
  }
}
