package cti.server.flow;

import cti.core.agent.Agent;
import cti.core.desk.Desk;
import cti.core.desk.Site;
import cti.core.directory.DirectoryIndex;
import cti.core.directory.StaffMember;
import cti.core.id.StaffId;
import cti.core.routing.RoutingWorld;
import cti.core.routing.RoutingWorld.Reach;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The house that flows and rules are made for.
 *
 * @param people the directory, by employee number
 * @param reach what a number that is dialled through the switch leads to
 * @param now gaps and holes are looked for from here on
 */
public record House(
    List<Desk> desks,
    List<Site> sites,
    List<Agent> agents,
    Function<StaffId, Optional<StaffMember>> people,
    Function<String, Reach> reach,
    Instant now) {
  public House {
    desks = List.copyOf(desks);
    sites = List.copyOf(sites);
    agents = List.copyOf(agents);
  }

  /** Desks and sites, and nobody in it yet. */
  public static House of(List<Desk> desks, List<Site> sites) {
    DirectoryIndex nobody = DirectoryIndex.empty();
    return new House(
        desks, sites, List.of(), nobody::byId, number -> Reach.SOMEBODY, Instant.EPOCH);
  }

  /** What a version of the rules is checked against. */
  public RoutingWorld world(Set<String> prompts, Set<String> choices) {
    return new RoutingWorld(desks, sites, agents, people, reach, prompts, choices, now);
  }
}
