package cti.server.routing;

import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.ivr.Flow;
import cti.core.port.VersionedTexts.Version;
import cti.core.routing.RoutingPlan;
import cti.core.routing.RoutingWorld;
import cti.core.routing.RuleSet;
import cti.core.routing.RuleSetCheck;
import cti.core.routing.Target;
import cti.server.flow.FlowText;
import cti.server.flow.House;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What published rules and flows name, those in force and those still to come. From memory.
 *
 * @param prompts ids of the manifest
 */
public record NamesInUse(
    PublishedTexts<RoutingPlan> rules, PublishedTexts<Flow> flows, Supplier<Set<String>> prompts) {
  /** What would be missing with these desks and sites; for people. */
  public List<String> missing(List<Desk> desks, List<Site> sites) {
    RoutingWorld world = House.of(desks, sites).world(prompts.get(), Set.of());
    List<String> missing = new ArrayList<>();
    for (Version version : rules.counting()) {
      Optional<RoutingPlan> plan = rules.of(version.number());
      plan.ifPresent(
          found ->
              RuleSetCheck.missingNames(found, world)
                  .forEach(fault -> missing.add(told(version, "the rules", fault))));
    }
    for (Version version : flows.counting()) {
      Optional<Flow> flow = flows.of(version.number());
      flow.ifPresent(
          found ->
              FlowText.missingDesks(found, desks)
                  .forEach(fault -> missing.add(told(version, "the flow", fault))));
    }
    return missing;
  }

  /** Versions that name a prompt; for people. */
  public List<String> naming(String prompt) {
    List<String> found = new ArrayList<>();
    for (Version version : rules.counting()) {
      boolean names =
          rules
              .of(version.number())
              .map(RoutingPlan::rules)
              .filter(said -> announces(said, prompt))
              .isPresent();
      if (names) {
        found.add("version " + version.number() + " of the rules");
      }
    }
    for (Version version : flows.counting()) {
      boolean names = flows.of(version.number()).filter(flow -> plays(flow, prompt)).isPresent();
      if (names) {
        found.add("version " + version.number() + " of the flow");
      }
    }
    return found;
  }

  private static boolean announces(RuleSet rules, String prompt) {
    return rules.rules().stream()
        .flatMap(rule -> rules.targetsOf(rule.id()).stream())
        .anyMatch(
            target -> target instanceof Target.Announcement said && said.prompt().equals(prompt));
  }

  private static boolean plays(Flow flow, String prompt) {
    return flow.greeting().contains(prompt)
        || flow.nodes().stream().anyMatch(node -> node.prompts().contains(prompt));
  }

  private static String told(Version version, String of, String fault) {
    return "version " + version.number() + " of " + of + ": " + fault;
  }
}
