package cti.core.routing;

import cti.core.calendar.Calendars;
import java.util.Optional;

/**
 * What the rules are asked, and all that their conditions may look at.
 *
 * @param choice what the caller asked for in a menu, in the flow's own word (not the key)
 * @param keys what the caller pressed in all menus so far, in order; empty for nothing
 * @param calendars those of the version that decides; set by {@link RoutingPlan#decide}
 */
public record RouteRequest(
    Caller caller, Optional<String> choice, String keys, Facts facts, Calendars calendars) {
  public RouteRequest(Caller caller, Optional<String> choice, String keys, Facts facts) {
    this(caller, choice, keys, facts, Calendars.NONE);
  }

  RouteRequest withCalendars(Calendars other) {
    return new RouteRequest(caller, choice, keys, facts, other);
  }
}
