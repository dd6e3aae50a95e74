package cti.core.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rules in order: the first whose conditions all hold decides. Immutable; equal by what it was made
 * of.
 */
public final class RuleSet {
  private final List<RoutingRule> rules;
  private final Map<String, List<Target>> lists;
  private final Set<String> hotline;
  private final Map<String, RoutingRule> byId = new HashMap<>();

  // Asked for each call.
  private final boolean queues;
  private final boolean lastAgent;
  private final boolean earlierCalls;

  /**
   * @param lists targets that several rules share, by name
   * @param hotline the numbers that callers dial; empty where any may be
   */
  public RuleSet(List<RoutingRule> rules, Map<String, List<Target>> lists, Set<String> hotline) {
    this.rules = List.copyOf(rules);
    Map<String, List<Target>> copy = new LinkedHashMap<>();
    lists.forEach((name, targets) -> copy.put(name, List.copyOf(targets)));
    this.lists = Collections.unmodifiableMap(copy);
    this.hotline = Set.copyOf(hotline);
    this.rules.forEach(rule -> byId.putIfAbsent(rule.id(), rule));
    this.queues = this.rules.stream().anyMatch(this::looksAtQueues);
    this.lastAgent = this.rules.stream().anyMatch(this::ringsTheLastAgent);
    this.earlierCalls = this.rules.stream().anyMatch(this::looksAtEarlierCalls);
  }

  public RuleSet(List<RoutingRule> rules) {
    this(rules, Map.of(), Set.of());
  }

  public Decision decide(RouteRequest request) {
    List<Explanation.PassedOver> passedOver = new ArrayList<>();
    for (RoutingRule rule : rules) {
      List<Condition.Finding> findings =
          rule.conditions().stream().map(condition -> condition.check(request)).toList();
      // One that is known to fail settles it, whatever is not known beside it.
      Optional<Condition.Finding> failed =
          findings.stream()
              .filter(finding -> !finding.holds())
              .min(Comparator.comparing(finding -> !finding.known()));
      if (failed.isEmpty()) {
        String reason =
            findings.stream().map(Condition.Finding::why).collect(Collectors.joining(" and "));
        Explanation explanation = new Explanation(Optional.of(rule.id()), reason, passedOver);
        return switch (rule.outcome()) {
          case Outcome.Targets targets ->
              new Decision.Decided(
                  targets.desk(), resolved(targets.targets()), rule.id(), explanation);
          case Outcome.Ask _ -> new Decision.Undecided(explanation);
        };
      }
      passedOver.add(
          new Explanation.PassedOver(rule.id(), failed.get().why(), failed.get().known()));
    }
    return new Decision.Undecided(new Explanation(Optional.empty(), "", passedOver));
  }

  public List<RoutingRule> rules() {
    return rules;
  }

  public Map<String, List<Target>> lists() {
    return lists;
  }

  public Set<String> hotline() {
    return hotline;
  }

  /** Whether it looks at queues, or at how many are ready there. */
  public boolean looksAtQueues() {
    return queues;
  }

  private boolean looksAtQueues(RoutingRule rule) {
    return rule.conditions().stream().anyMatch(Condition.QueueIs.class::isInstance)
        || targetsOf(rule).stream().anyMatch(Target.DeskRole.class::isInstance);
  }

  /** Whether it rings the agent whom the caller talked to last. */
  public boolean ringsTheLastAgent() {
    return lastAgent;
  }

  private boolean ringsTheLastAgent(RoutingRule rule) {
    return targetsOf(rule).stream().anyMatch(Target.LastAgent.class::isInstance);
  }

  /** Whether it looks at earlier calls of the caller. */
  public boolean looksAtEarlierCalls() {
    return earlierCalls;
  }

  private boolean looksAtEarlierCalls(RoutingRule rule) {
    return rule.conditions().stream()
            .anyMatch(
                condition ->
                    condition instanceof Condition.MissedToday
                        || condition instanceof Condition.TalkedWith)
        || ringsTheLastAgent(rule);
  }

  /**
   * Whether a rule is about hours: it has a condition on them, or a target that no working hours
   * bind (somebody on duty, a number, a callback, a message). Its author has said what becomes of a
   * call while the desk is closed.
   */
  public boolean looksAtHours(String ruleId) {
    boolean asked =
        rule(ruleId).stream()
            .flatMap(rule -> rule.conditions().stream())
            .anyMatch(
                condition ->
                    condition instanceof Condition.DeskOpen
                        || condition instanceof Condition.DayIs);
    return asked
        || targetsOf(ruleId).stream()
            .anyMatch(
                target ->
                    target instanceof Target.Duty
                        || target instanceof Target.Number
                        || target instanceof Target.Callback
                        || target instanceof Target.Voicemail);
  }

  public Optional<RoutingRule> rule(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * The targets of a rule with every named list in its place; empty where there is no such rule, or
   * it asks the caller.
   */
  public List<Target> targetsOf(String ruleId) {
    return rule(ruleId).map(this::targetsOf).orElse(List.of());
  }

  private List<Target> targetsOf(RoutingRule rule) {
    return switch (rule.outcome()) {
      case Outcome.Targets targets -> resolved(targets.targets());
      case Outcome.Ask _ -> List.of();
    };
  }

  /**
   * Targets with every named list in its place. A list that is not there, or that leads back to
   * itself, is left out: {@link RuleSetCheck} refuses such a rule set.
   */
  List<Target> resolved(List<Target> targets) {
    List<Target> all = new ArrayList<>();
    resolve(targets, new LinkedHashSet<>(), all);
    return all;
  }

  private void resolve(List<Target> targets, Set<String> open, List<Target> all) {
    for (Target target : targets) {
      if (!(target instanceof Target.ListOf named)) {
        all.add(target);
      } else if (open.add(named.list())) {
        resolve(lists.getOrDefault(named.list(), List.of()), open, all);
        open.remove(named.list());
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuleSet that
        && rules.equals(that.rules)
        && lists.equals(that.lists)
        && hotline.equals(that.hotline);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rules, lists, hotline);
  }

  @Override
  public String toString() {
    return "RuleSet[rules=%s, lists=%s, hotline=%s]".formatted(rules, lists, hotline);
  }
}
