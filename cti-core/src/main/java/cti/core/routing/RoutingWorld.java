package cti.core.routing;

import cti.core.agent.Agent;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.StaffMember;
import cti.core.id.StaffId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What rules are checked against: the house as it is.
 *
 * @param people the directory, by employee number
 * @param reach what a number that is dialled through the switch leads to
 * @param prompts of the manifest
 * @param choices that the flow's menus offer
 * @param now gaps and holes are looked for from here on
 */
public record RoutingWorld(
    List<Desk> desks,
    List<Site> sites,
    List<Agent> agents,
    Function<StaffId, Optional<StaffMember>> people,
    Function<String, Reach> reach,
    Set<String> prompts,
    Set<String> choices,
    Instant now) {
  public RoutingWorld {
    desks = List.copyOf(desks);
    sites = List.copyOf(sites);
    agents = List.copyOf(agents);
    prompts = Set.copyOf(prompts);
    choices = Set.copyOf(choices);
  }

  /** What a number leads to. */
  public enum Reach {
    /** Somebody of the directory, an agent's phone, or a number outside that can be. */
    SOMEBODY,
    /** A number outside, behind what phones of some site dial for an outside line. */
    BEHIND_PREFIX,
    /** An extension of ours that is nobody's. */
    NOBODY,
    /** No number that the switch could dial. */
    NOT_DIALLABLE
  }
}
