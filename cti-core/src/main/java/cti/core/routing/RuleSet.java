package cti.core.routing;

import cti.core.id.DeskId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules in order: the first whose conditions all hold decides. */
public record RuleSet(List<RoutingRule> rules) {
  public RuleSet {
    rules = List.copyOf(rules);
  }

  public Decision decide(RouteRequest request) {
    List<Explanation.PassedOver> passedOver = new ArrayList<>();
    for (RoutingRule rule : rules) {
      List<Condition.Finding> findings =
          rule.conditions().stream().map(condition -> condition.check(request)).toList();
      Optional<Condition.Finding> failed =
          findings.stream().filter(finding -> !finding.holds()).findFirst();
      if (failed.isEmpty()) {
        String reason =
            findings.stream().map(Condition.Finding::why).collect(Collectors.joining(" and "));
        return new Decision.Decided(
            rule.desk(), rule.id(), new Explanation(Optional.of(rule.id()), reason, passedOver));
      }
      passedOver.add(new Explanation.PassedOver(rule.id(), failed.get().why()));
    }
    return new Decision.Undecided(new Explanation(Optional.empty(), "", passedOver));
  }

  /** Everything that is wrong with the rules, for people; empty where nothing is. */
  public List<String> faults(Set<DeskId> desks) {
    List<String> faults = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Optional<String> always = Optional.empty();
    for (RoutingRule rule : rules) {
      if (!ids.add(rule.id())) {
        faults.add("rule " + rule.id() + ": the id is there twice, expected once");
      }
      if (!desks.contains(rule.desk())) {
        faults.add("rule " + rule.id() + ": no desk " + rule.desk());
      }
      if (always.isPresent()) {
        faults.add(
            "rule "
                + rule.id()
                + ": never reached, rule "
                + always.get()
                + " before it always holds");
      } else if (rule.conditions().stream().allMatch(Condition.Always.class::isInstance)) {
        always = Optional.of(rule.id());
      }
    }
    return faults;
  }
}
