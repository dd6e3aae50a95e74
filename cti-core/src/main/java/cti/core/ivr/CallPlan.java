package cti.core.ivr;

import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.StaffMember;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.routing.RoutingPlan;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that a call is led by, taken together as one snapshot: a reload makes another plan and never
 * changes this one.
 */
public final class CallPlan {
  /** Played where no more calls fit into the flow; every manifest must have it. */
  public static final String OVERLOAD_PROMPT = "overload";

  private final Flow flow;
  private final RoutingPlan routing;
  private final List<Desk> desks;
  private final List<Site> sites;
  private final FlowInterpreter.Index index;

  // What was made of it last: each call asks for the versions that it has, nearly always the same.
  private volatile CallPlan otherFlow;
  private volatile CallPlan otherRouting;

  public CallPlan(Flow flow, RoutingPlan routing, List<Desk> desks, List<Site> sites) {
    this(flow, routing, desks, sites, FlowInterpreter.Index.of(flow, desks));
  }

  private CallPlan(
      Flow flow,
      RoutingPlan routing,
      List<Desk> desks,
      List<Site> sites,
      FlowInterpreter.Index index) {
    this.flow = flow;
    this.routing = routing;
    this.desks = List.copyOf(desks);
    this.sites = List.copyOf(sites);
    this.index = index;
  }

  public Flow flow() {
    return flow;
  }

  public RoutingPlan routing() {
    return routing;
  }

  public List<Desk> desks() {
    return desks;
  }

  public List<Site> sites() {
    return sites;
  }

  /** The site of a desk; empty where one of them is not there. */
  public Optional<Site> siteOf(DeskId desk) {
    return Optional.ofNullable(index.desks().get(desk))
        .flatMap(
            found -> sites.stream().filter(site -> site.id().equals(found.site())).findFirst());
  }

  /**
   * For the calls of a moment.
   *
   * @param directory by employee number
   */
  public FlowInterpreter interpreter(
      Function<StaffId, Optional<StaffMember>> directory, MomentWorld.Surroundings surroundings) {
    return new FlowInterpreter(
        flow, new MomentWorld(routing, sites, directory, surroundings), index);
  }

  /** The same with another version of the flow. */
  public CallPlan withFlow(Flow other) {
    if (other == flow) {
      return this;
    }
    CallPlan last = otherFlow;
    if (last == null || last.flow != other) {
      last = new CallPlan(other, routing, desks, sites);
      otherFlow = last;
    }
    return last;
  }

  /** The same, led by another version of the rules. */
  public CallPlan withRouting(RoutingPlan other) {
    if (other == routing) {
      return this;
    }
    CallPlan last = otherRouting;
    if (last == null || last.routing != other) {
      last = new CallPlan(flow, other, desks, sites, index);
      otherRouting = last;
    }
    return last;
  }

  /** Versions of both that calls in progress may still have. */
  public record Versions(RoutingPlan.Versions rules, Flow.Versions flows) {}
}
