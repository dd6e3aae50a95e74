package cti.testbed.e2e;

import cti.testbed.server.TemporaryDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rules, calendars and duty on the real gateway, one scenario after the other: each publishes. Then
 * what becomes of callers of the shipped flows: called back, a message, a mark, an incident.
 */
final class RoutingSuite implements Suite {
  private static final String NAME = "routing";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run(Workshop workshop) throws Exception {
    rules(workshop);
    if (workshop.choice().databases().contains("mysql")) {
      IvrSuite.play(
          workshop, NAME, "one desk", "ivr:\n  flow: one-desk.yaml\n", IvrScenarios.ofOneDesk());
      IvrSuite.play(workshop, NAME, "the hotline", "", IvrScenarios.ofTheHotline());
    }
  }

  private static void rules(Workshop workshop) throws Exception {
    List<Scenario> all = new ArrayList<>(RoutingScenarios.all());
    all.addAll(TargetScenarios.all());
    all.addAll(RuleVersionScenarios.all());
    List<Scenario> scenarios = workshop.choice().of(all);
    if (scenarios.isEmpty()) {
      return;
    }
    try (TemporaryDatabase database = TemporaryDatabase.create(workshop.testbed().environment())) {
      Path folder = workshop.serverFolder("routing");
      List<House> opened = new ArrayList<>();
      workshop.play(
          "cti-server starts for routing",
          () ->
              opened.add(
                  House.open(
                      workshop.project(), workshop.testbed(), Optional.of(database), folder)));
      if (opened.isEmpty()) {
        return;
      }
      House house = opened.getFirst();
      try {
        for (Scenario scenario : scenarios) {
          workshop.play(scenario.name(), () -> play(house, scenario));
        }
        workshop.play("nothing is left on the gateway (routing)", house::expectEmpty);
      } finally {
        house.close();
      }
    }
  }

  private static void play(House house, Scenario scenario) throws Exception {
    Stage stage = new Stage(house);
    try {
      scenario.play().on(stage);
    } catch (Exception first) {
      try {
        stage.clear();
      } catch (IOException | RuntimeException second) {
        first.addSuppressed(second);
      }
      throw first;
    }
    stage.clear();
  }
}
