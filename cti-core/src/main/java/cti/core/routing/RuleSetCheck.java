package cti.core.routing;

import cti.core.id.DeskId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds everything that is wrong with a rule set before a caller does; all of it at once. */
public final class RuleSetCheck {
  private final Set<DeskId> desks;

  public RuleSetCheck(Set<DeskId> desks) {
    this.desks = Set.copyOf(desks);
  }

  /** Everything that is wrong with the rules, for people; empty where nothing is. */
  public List<String> faults(RuleSet set) {
    List<String> faults = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Optional<String> always = Optional.empty();
    for (RoutingRule rule : set.rules()) {
      if (!ids.add(rule.id())) {
        faults.add("rule " + rule.id() + ": the id is there twice, expected once");
      }
      for (DeskId desk : named(set, rule)) {
        if (!desks.contains(desk)) {
          faults.add("rule " + rule.id() + ": no desk " + desk);
        }
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

  private static Set<DeskId> named(RuleSet set, RoutingRule rule) {
    Set<DeskId> named = new LinkedHashSet<>();
    if (rule.outcome() instanceof Outcome.Targets targets) {
      named.add(targets.desk());
      set.resolved(targets.targets()).forEach(target -> target.ownDesk().ifPresent(named::add));
    }
    return named;
  }
}
