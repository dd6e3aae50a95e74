package cti.testbed.e2e;

import java.util.ArrayList;
import java.util.List;

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
    // Rules are published on MySQL whatever database was asked for.
    IvrSuite.play(workshop, NAME, "rules", "", rules());
    if (workshop.choice().databases().contains("mysql")) {
      IvrSuite.play(
          workshop, NAME, "one desk", "ivr:\n  flow: one-desk.yaml\n", IvrScenarios.ofOneDesk());
      IvrSuite.play(workshop, NAME, "the hotline", "", IvrScenarios.ofTheHotline());
    }
  }

  /** On MySQL. */
  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>(rules());
    all.addAll(IvrScenarios.ofOneDesk());
    all.addAll(IvrScenarios.ofTheHotline());
    return List.copyOf(all);
  }

  private static List<Scenario> rules() {
    List<Scenario> all = new ArrayList<>(RoutingScenarios.all());
    all.addAll(TargetScenarios.all());
    all.addAll(RuleVersionScenarios.all());
    return List.copyOf(all);
  }
}
