package cti.core.event;

import cti.core.id.StaffId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a call was routed as it was, in full: what the rules looked at, and what they said. On record
 * with the call.
 *
 * @param version of the rules; 0 for rules that were never published
 * @param at the moment that the rules were asked for
 * @param matches everybody whose number it may be
 * @param choice what the caller chose in a menu
 * @param keys what the caller pressed; empty for nothing
 * @param rule that won; empty where none did
 * @param reason why it holds
 * @param passedOver the rules before it, in order, at most {@link #MOST_RULES}
 * @param calendars what the hours and holidays said that were looked at
 * @param targets of the rule, in order
 * @param tried where among them this attempt is, from 1; 0 before the first
 * @param skipped targets that could not be tried, and why
 */
public record RouteDetails(
    int version,
    Instant at,
    String dialled,
    List<StaffId> matches,
    Optional<String> choice,
    String keys,
    Optional<String> rule,
    String reason,
    List<RulePassedOver> passedOver,
    List<String> calendars,
    List<String> targets,
    int tried,
    List<String> skipped) {
  /** Of a longer set of rules the first ones are kept. */
  public static final int MOST_RULES = 200;

  public RouteDetails {
    matches = List.copyOf(matches);
    passedOver =
        List.copyOf(
            passedOver.size() > MOST_RULES ? passedOver.subList(0, MOST_RULES) : passedOver);
    calendars = List.copyOf(calendars);
    targets = List.copyOf(targets);
    skipped = List.copyOf(skipped);
  }

  /**
   * A rule that did not win.
   *
   * @param known false where what its condition looks at was not known
   */
  public record RulePassedOver(String rule, String why, boolean known) {}

  /** The same at another target. */
  public RouteDetails at(int target, List<String> passed) {
    return new RouteDetails(
        version,
        at,
        dialled,
        matches,
        choice,
        keys,
        rule,
        reason,
        passedOver,
        calendars,
        targets,
        target,
        passed);
  }
}
