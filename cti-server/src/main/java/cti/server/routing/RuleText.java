package cti.server.routing;

import cti.core.ivr.CallPlan;
import cti.core.port.Routing;
import cti.core.port.VersionedTexts.Checked;
import cti.core.routing.RoutingPlan;
import cti.core.routing.RuleSetCheck;
import cti.server.flow.CallPlanFiles;
import cti.server.flow.House;
import cti.server.flow.RoutingFile;
import cti.server.yaml.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The text of a version: read, checked, summed. */
public final class RuleText {
  private RuleText() {}

  /**
   * A text as it was read.
   *
   * @param plan empty where it cannot be used: then there are faults
   */
  public record Read(Optional<RoutingPlan> plan, Checked checked) {}

  /**
   * Reads and checks a text, all faults at once.
   *
   * @param prompts of the manifest
   */
  public static Read read(String yaml, House house, CallPlan calls, Set<String> prompts) {
    if (yaml.length() > Routing.LONGEST) {
      return refused(
          "the text has " + yaml.length() + " characters, expected at most " + Routing.LONGEST);
    }
    Faults faults = new Faults(CallPlanFiles.ROUTING);
    Optional<RoutingPlan> plan = RoutingFile.read(yaml, faults);
    if (plan.isEmpty() || faults.count() > 0) {
      return new Read(Optional.empty(), new Checked(faults.found(), List.of()));
    }
    Set<String> choices = CallPlanFiles.choices(calls.flow());
    RuleSetCheck.Found found = RuleSetCheck.check(plan.get(), house.world(prompts, choices));
    List<String> warnings = new ArrayList<>(found.warnings());
    return new Read(
        found.faults().isEmpty() ? plan : Optional.empty(), new Checked(found.faults(), warnings));
  }

  /** The plan of a text that was checked when it was published; empty where it reads no more. */
  public static Optional<RoutingPlan> published(String yaml, int version) {
    return RoutingFile.read(yaml, new Faults(CallPlanFiles.ROUTING))
        .map(plan -> plan.withVersion(version));
  }

  private static Read refused(String fault) {
    return new Read(Optional.empty(), new Checked(List.of(fault), List.of()));
  }
}
