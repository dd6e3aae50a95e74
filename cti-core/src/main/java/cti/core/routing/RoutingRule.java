package cti.core.routing;

import cti.core.id.DeskId;
import java.util.List;

/**
 * One rule: where all conditions hold, its outcome is that of the call.
 *
 * @param id unique in its rule set; on record with every call that it decides
 * @param conditions at least one
 */
public record RoutingRule(String id, List<Condition> conditions, Outcome outcome) {
  public RoutingRule {
    conditions = List.copyOf(conditions);
    if (id.isBlank() || id.length() > 64 || conditions.isEmpty()) {
      throw new IllegalArgumentException(
          "rule '"
              + id
              + "' has "
              + conditions.size()
              + " conditions, expected an id of 1 to 64 characters and one condition");
    }
  }

  /** A rule that sends its calls to the queue of one desk. */
  public static RoutingRule toDesk(String id, List<Condition> conditions, DeskId desk) {
    return new RoutingRule(id, conditions, Outcome.Targets.queueOf(desk));
  }
}
