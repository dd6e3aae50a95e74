package cti.core.routing;

import cti.core.id.DeskId;
import java.util.List;

/**
 * One rule: where all conditions hold, the call goes to the desk.
 *
 * @param id unique in its rule set; on record with every call that it decides
 * @param conditions at least one
 */
public record RoutingRule(String id, List<Condition> conditions, DeskId desk) {
  public RoutingRule {
    conditions = List.copyOf(conditions);
    if (id.isBlank() || conditions.isEmpty()) {
      throw new IllegalArgumentException(
          "rule '" + id + "' has " + conditions.size() + " conditions, expected an id and one");
    }
  }
}
