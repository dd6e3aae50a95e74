package cti.core.routing;

import cti.core.calendar.CalendarName;
import cti.core.calendar.Calendars;
import cti.core.desk.Desk;
import cti.core.id.DeskId;
import cti.core.id.SiteId;
import cti.core.routing.Target.ListOf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds everything that is wrong with a version of the rules before a caller does. */
public final class RuleSetCheck {
  private static final int MOST_EXAMPLES = 5;

  private final RoutingPlan plan;
  private final RoutingWorld world;
  private final RuleSet set;
  private final Calendars calendars;
  private final Set<DeskId> desks;
  private final List<String> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private RuleSetCheck(RoutingPlan plan, RoutingWorld world) {
    this.plan = plan;
    this.world = world;
    this.set = plan.rules();
    this.calendars = plan.calendars();
    this.desks = world.desks().stream().map(Desk::id).collect(Collectors.toSet());
  }

  /**
   * What was found, for people.
   *
   * @param faults refuse the version
   * @param warnings do not
   */
  public record Found(List<String> faults, List<String> warnings) {
    public Found {
      faults = List.copyOf(faults);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Names that are not there any more: what a version that was published can come to lack when
   * desks and sites change. Looks at no moment and at nobody.
   */
  public static List<String> missingNames(RoutingPlan plan, RoutingWorld world) {
    RuleSetCheck check = new RuleSetCheck(plan, world);
    check.names();
    new TargetCheck(plan, world, check.faults, check.warnings).names();
    return check.faults.stream().distinct().toList();
  }

  public static Found check(RoutingPlan plan, RoutingWorld world) {
    RuleSetCheck check = new RuleSetCheck(plan, world);
    check.names();
    check.listsLeadOn();
    boolean sound = check.faults.isEmpty();
    check.hours();
    TargetCheck targets = new TargetCheck(plan, world, check.faults, check.warnings);
    targets.targets();
    targets.rosters();
    if (sound) {
      check.reached();
      check.holes();
    }
    return new Found(
        check.faults.stream().distinct().toList(), check.warnings.stream().distinct().toList());
  }

  // ---- names

  private void names() {
    Set<String> ids = new HashSet<>();
    Set<SiteId> sites = world.sites().stream().map(site -> site.id()).collect(Collectors.toSet());
    for (RoutingRule rule : set.rules()) {
      if (!ids.add(rule.id())) {
        fault(rule, "the id is there twice, expected once");
      }
      for (Condition condition : rule.conditions()) {
        desksOf(condition).forEach(desk -> knownDesk(rule, desk));
        switch (condition) {
          case Condition.SiteIs is ->
              is.sites().stream()
                  .sorted()
                  .filter(site -> !sites.contains(site))
                  .forEach(site -> fault(rule, "no site " + site));
          case Condition.DayIs is -> knownCalendar(rule, is.calendar());
          case Condition.DeskOpen is -> {
            if (desks.contains(is.desk()) && !calendars.hours().containsKey(is.desk())) {
              fault(rule, "desk " + is.desk() + " has no working hours, expected them in hours");
            }
          }
          case Condition.PersonIs is ->
              is.people().stream()
                  .sorted()
                  .filter(person -> world.people().apply(person).isEmpty())
                  .forEach(person -> warn(rule, "nobody " + person + " is in the directory"));
          case Condition.Always _,
              Condition.CallerIs _,
              Condition.DepartmentIn _,
              Condition.VipIs _,
              Condition.StatusIs _,
              Condition.DialledIs _,
              Condition.ChoiceIs _,
              Condition.NothingChosen _,
              Condition.KeysAre _,
              Condition.QueueIs _,
              Condition.MissedToday _,
              Condition.TalkedWith _ -> {}
        }
      }
      if (rule.outcome() instanceof Outcome.Targets targets) {
        knownDesk(rule, targets.desk());
      }
    }
    hotlineNumbers();
  }

  private void hotlineNumbers() {
    if (set.hotline().isEmpty()) {
      return;
    }
    for (RoutingRule rule : set.rules()) {
      for (Condition condition : rule.conditions()) {
        if (condition instanceof Condition.DialledIs is
            && !set.hotline().containsAll(is.numbers())) {
          fault(
              rule,
              "dialled number of "
                  + is.numbers().stream().sorted().toList()
                  + " is not one of the hotline: "
                  + set.hotline().stream().sorted().toList());
        }
      }
    }
  }

  private static Set<DeskId> desksOf(Condition condition) {
    return switch (condition) {
      case Condition.DeskOpen is -> Set.of(is.desk());
      case Condition.QueueIs is -> Set.of(is.desk());
      case Condition.TalkedWith is -> is.desks();
      case Condition.Always _,
          Condition.CallerIs _,
          Condition.SiteIs _,
          Condition.DepartmentIn _,
          Condition.PersonIs _,
          Condition.VipIs _,
          Condition.StatusIs _,
          Condition.DialledIs _,
          Condition.ChoiceIs _,
          Condition.NothingChosen _,
          Condition.KeysAre _,
          Condition.DayIs _,
          Condition.MissedToday _ ->
          Set.of();
    };
  }

  private void knownDesk(RoutingRule rule, DeskId desk) {
    if (!desks.contains(desk)) {
      fault(rule, "no desk " + desk);
    }
  }

  private void knownCalendar(RoutingRule rule, CalendarName calendar) {
    if (!calendars.holidays().containsKey(calendar)) {
      fault(rule, "no calendar " + calendar);
    }
  }

  // ---- lists

  private void listsLeadOn() {
    set.lists()
        .forEach(
            (name, targets) -> {
              if (targets.isEmpty()) {
                faults.add("list " + name + ": is empty, expected one target at least");
              }
              loop(name, name, new LinkedHashSet<>());
            });
    for (RoutingRule rule : set.rules()) {
      if (rule.outcome() instanceof Outcome.Targets targets) {
        lists(targets.targets())
            .filter(list -> !set.lists().containsKey(list))
            .forEach(list -> fault(rule, "no list " + list));
      }
    }
  }

  private static Stream<String> lists(List<Target> targets) {
    return targets.stream()
        .filter(ListOf.class::isInstance)
        .map(target -> ((ListOf) target).list());
  }

  private void loop(String start, String name, Set<String> way) {
    way.add(name);
    for (String next : lists(set.lists().getOrDefault(name, List.of())).toList()) {
      if (next.equals(start)) {
        faults.add(
            "list "
                + start
                + ": leads back to itself by "
                + String.join(" > ", way)
                + " > "
                + start);
      } else if (!set.lists().containsKey(next)) {
        faults.add("list " + name + ": no list " + next);
      } else if (!way.contains(next)) {
        loop(start, next, new LinkedHashSet<>(way));
      }
    }
  }

  private void hours() {
    calendars
        .hours()
        .keySet()
        .forEach(
            desk -> {
              if (!desks.contains(desk)) {
                faults.add("hours: no desk " + desk);
              }
            });
  }

  // ---- rules as a whole

  /** A rule that no call comes to, because those before it take all of its calls. */
  private void reached() {
    CallSamples samples = new CallSamples(set, calendars, world);
    for (RoutingRule rule : set.rules()) {
      if (namesUnknownPeople(rule)) {
        continue;
      }
      List<RouteRequest> calls = samples.of(rule);
      if (calls.isEmpty()) {
        fault(rule, "never holds: no call can fulfil all of its conditions");
        continue;
      }
      Set<String> winners = new LinkedHashSet<>();
      for (RouteRequest call : calls) {
        String winner = winner(call);
        winners.add(winner);
        if (winner.equals(rule.id())) {
          break;
        }
      }
      if (!winners.contains(rule.id())) {
        fault(
            rule,
            "never reached: all of its calls are taken before it by "
                + winners.stream().sorted().collect(Collectors.joining(", ")));
      }
    }
  }

  private boolean namesUnknownPeople(RoutingRule rule) {
    return rule.conditions().stream()
        .anyMatch(
            condition ->
                condition instanceof Condition.PersonIs is
                    && is.people().stream().allMatch(who -> world.people().apply(who).isEmpty()));
  }

  private String winner(RouteRequest call) {
    return set.decide(call).explanation().winner().orElse("");
  }

  private void holes() {
    Set<String> told = new LinkedHashSet<>();
    for (RouteRequest call : new CallSamples(set, calendars, world).ofAnybody()) {
      if (plan.decide(call).explanation().winner().isEmpty()) {
        // One example for each kind of caller and time is enough.
        String kind = call.caller().kind() + "/" + call.facts().at();
        if (told.size() < MOST_EXAMPLES && told.add(kind)) {
          faults.add(
              "no rule decides "
                  + CallSamples.written(call, calendars.zone())
                  + ", expected an outcome for every call (a last rule with always: true)");
        }
      }
    }
  }

  private void fault(RoutingRule rule, String message) {
    faults.add("rule " + rule.id() + ": " + message);
  }

  private void warn(RoutingRule rule, String message) {
    warnings.add("rule " + rule.id() + ": " + message);
  }
}
