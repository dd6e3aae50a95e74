package cti.core.routing;

import cti.core.calendar.Calendars;
import java.util.Optional;

/**
 * One version of everything that routes calls: the rules and the calendars that they look at. A
 * call keeps the version that it began with. Immutable.
 *
 * @param version from 1; 0 for one that was never published
 */
public record RoutingPlan(int version, RuleSet rules, Calendars calendars) {
  /** What the rules say, by this version's calendars. */
  public Decision decide(RouteRequest request) {
    return rules.decide(request.withCalendars(calendars));
  }

  public RoutingPlan withVersion(int other) {
    return new RoutingPlan(other, rules, calendars);
  }

  /** Versions that calls in progress may still have. */
  @FunctionalInterface
  public interface Versions {
    /** Empty where it is not known any more. */
    Optional<RoutingPlan> of(int version);
  }
}
