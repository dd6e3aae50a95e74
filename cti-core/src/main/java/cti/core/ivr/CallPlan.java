package cti.core.ivr;

import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.StaffMember;
import cti.core.id.StaffId;
import cti.core.routing.RoutingPlan;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that a call is led by, taken together as one snapshot: a reload makes another plan and never
 * changes this one.
 */
public record CallPlan(Flow flow, RoutingPlan routing, List<Desk> desks, List<Site> sites) {
  /** Played where no more calls fit into the flow; every manifest must have it. */
  public static final String OVERLOAD_PROMPT = "overload";

  public CallPlan {
    desks = List.copyOf(desks);
    sites = List.copyOf(sites);
  }

  /**
   * For the calls of a moment.
   *
   * @param directory by employee number
   */
  public FlowInterpreter interpreter(
      Function<StaffId, Optional<StaffMember>> directory, MomentWorld.Surroundings surroundings) {
    return new FlowInterpreter(
        flow, new MomentWorld(routing, sites, directory, surroundings), desks);
  }

  /** The same with another version of the flow. */
  public CallPlan withFlow(Flow other) {
    return new CallPlan(other, routing, desks, sites);
  }

  /** Versions of both that calls in progress may still have. */
  public record Versions(RoutingPlan.Versions rules, Flow.Versions flows) {}

  /** The same, led by another version of the rules. */
  public CallPlan withRouting(RoutingPlan other) {
    return new CallPlan(flow, other, desks, sites);
  }
}
