package cti.core.routing;

import cti.core.directory.StaffMember;
import cti.core.event.RouteDetails;
import cti.core.event.RouteDetails.RulePassedOver;
import java.util.List;
import java.util.Optional;

/** Tells in full why a call was routed as it was. */
public final class Explanations {
  private Explanations() {}

  /** What a plan says of a request, with everything that it looked at. */
  public static RouteDetails of(RoutingPlan plan, RouteRequest request, Decision decision) {
    Explanation explanation = decision.explanation();
    List<Target> targets =
        switch (decision) {
          case Decision.Decided decided -> decided.targets();
          case Decision.Undecided _ -> List.of();
        };
    return new RouteDetails(
        plan.version(),
        request.facts().at(),
        request.caller().dialled(),
        request.caller().matches().stream().map(StaffMember::id).toList(),
        request.choice(),
        request.keys(),
        explanation.winner(),
        explanation.reason(),
        explanation.passedOver().stream()
            .map(rule -> new RulePassedOver(rule.rule(), rule.why(), rule.known()))
            .toList(),
        calendars(plan, request, explanation.winner()),
        targets.stream().map(Target::written).toList(),
        0,
        List.of());
  }

  /** What hours and holidays said to the rules up to the winner. */
  private static List<String> calendars(
      RoutingPlan plan, RouteRequest request, Optional<String> winner) {
    RouteRequest withCalendars = request.withCalendars(plan.calendars());
    List<RoutingRule> rules = plan.rules().rules();
    int last =
        winner.flatMap(id -> plan.rules().rule(id)).map(rules::indexOf).orElse(rules.size() - 1);
    return rules.subList(0, last + 1).stream()
        .flatMap(rule -> rule.conditions().stream())
        .filter(
            condition ->
                condition instanceof Condition.DeskOpen || condition instanceof Condition.DayIs)
        .map(condition -> condition.check(withCalendars).why())
        .distinct()
        .toList();
  }
}
