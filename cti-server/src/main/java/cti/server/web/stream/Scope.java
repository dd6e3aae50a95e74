package cti.server.web.stream;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.incident.IncidentSight;
import cti.server.web.http.SignedIn;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody sees: everything, or as an agent the calls of some desks and their own.
 *
 * @param desks where the agent has a seat or is logged on
 * @param oversees whether they see what only supervisors and auditors do, of these desks
 * @param incidents those that they see; empty for all of them
 */
public record Scope(
    boolean everything,
    Optional<AgentId> agent,
    Set<DeskId> desks,
    boolean oversees,
    Optional<IncidentSight> incidents) {
  public Scope {
    desks = Set.copyOf(desks);
  }

  /** Who sees everything oversees it; who sees some desks works there. Every incident is seen. */
  public Scope(boolean everything, Optional<AgentId> agent, Set<DeskId> desks) {
    this(everything, agent, desks, everything, Optional.empty());
  }

  /**
   * Whom something is for.
   *
   * @param everybody whoever may have the topic
   * @param desks every desk that the call was at
   * @param agents everybody whom a queue offered the call, and everybody who has or had a device in
   *     it: who made it, was dialled, consulted, handed the caller
   * @param overseers whether of the desks only those who oversee them
   */
  public record Audience(
      boolean everybody, Set<DeskId> desks, Set<AgentId> agents, boolean overseers) {
    static final Audience EVERYBODY = new Audience(true, Set.of(), Set.of());
    static final Audience SUPERVISORS = new Audience(false, Set.of(), Set.of());

    public Audience {
      desks = Set.copyOf(desks);
      agents = Set.copyOf(agents);
    }

    Audience(boolean everybody, Set<DeskId> desks, Set<AgentId> agents) {
      this(everybody, desks, agents, false);
    }

    /** Who oversees one of these desks, and these agents themselves. */
    static Audience overseersOf(Set<DeskId> desks, Set<AgentId> agents) {
      return new Audience(false, desks, agents, true);
    }

    static Audience of(AgentId agent) {
      return new Audience(false, Set.of(), Set.of(agent));
    }

    /** Both audiences: once a call was seen it stays in sight until it ends. */
    Audience and(Set<DeskId> moreDesks, Set<AgentId> moreAgents) {
      if (desks.containsAll(moreDesks) && agents.containsAll(moreAgents)) {
        return this;
      }
      Set<DeskId> allDesks = new HashSet<>(desks);
      allDesks.addAll(moreDesks);
      Set<AgentId> allAgents = new HashSet<>(agents);
      allAgents.addAll(moreAgents);
      return new Audience(everybody, allDesks, allAgents, overseers);
    }
  }

  /** What somebody sees now: the one rule of rows, records and frames. */
  static Scope of(SignedIn who, LivePicture picture) {
    Account account = who.account();
    Optional<AgentId> agent = account.agent();
    Set<DeskId> desks = new HashSet<>(agent.map(picture::desks).orElse(Set.of()));
    boolean oversees = account.role().maySee(Role.SUPERVISOR);
    if (oversees && !account.limits().none()) {
      desks.addAll(picture.views().within(account.limits()));
    }
    return new Scope(
        oversees && account.limits().none(),
        agent,
        desks,
        oversees,
        picture.views().incidentSight(account));
  }

  public boolean sees(Audience audience) {
    if (everything || audience.everybody()) {
      return true;
    }
    return isFor(audience)
        || (oversees || !audience.overseers()) && !Collections.disjoint(desks, audience.desks());
  }

  /** Whether it is theirs, not only to be seen by them. */
  boolean isFor(Audience audience) {
    return agent.isPresent() && audience.agents().contains(agent.get());
  }
}
