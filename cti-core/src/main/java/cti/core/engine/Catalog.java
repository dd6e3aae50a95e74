package cti.core.engine;

import cti.core.agent.Agent;
import cti.core.agent.AgentRules;
import cti.core.agent.PauseReason;
import cti.core.desk.Desk;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.QueueName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The master data that decisions are made with; an immutable snapshot. */
final class Catalog {
  static final Catalog EMPTY = new Catalog(List.of(), List.of(), PauseReason.SHIPPED, Map.of());

  private final Map<DeskId, Desk> desks;
  private final Map<QueueName, Desk> deskOfQueue;
  private final Map<AgentId, Agent> agents;
  private final List<PauseReason> pauseReasons;
  private final Map<DeskId, AgentRules> rules;

  private Catalog(
      Collection<Desk> desks,
      Collection<Agent> agents,
      List<PauseReason> pauseReasons,
      Map<DeskId, AgentRules> rules) {
    this.desks = desks.stream().collect(Collectors.toMap(Desk::id, Function.identity()));
    this.deskOfQueue = desks.stream().collect(Collectors.toMap(Desk::queue, Function.identity()));
    this.agents = agents.stream().collect(Collectors.toMap(Agent::id, Function.identity()));
    this.pauseReasons = pauseReasons;
    this.rules = rules;
  }

  /** This catalog with what was replaced in the place of what there was. */
  Catalog with(CatalogInput changed) {
    return switch (changed) {
      case CatalogInput.MasterReplaced(List<Desk> newDesks, List<Agent> newAgents) ->
          new Catalog(newDesks, newAgents, pauseReasons, rules);
      case CatalogInput.DesksReplaced(List<Desk> newDesks) ->
          new Catalog(newDesks, agents.values(), pauseReasons, rules);
      case CatalogInput.AgentRulesReplaced(var reasons, var ofDesks) ->
          new Catalog(desks.values(), agents.values(), reasons, ofDesks);
    };
  }

  Optional<Desk> desk(DeskId id) {
    return Optional.ofNullable(desks.get(id));
  }

  Optional<Desk> deskOf(QueueName queue) {
    return Optional.ofNullable(deskOfQueue.get(queue));
  }

  Optional<Agent> agent(AgentId id) {
    return Optional.ofNullable(agents.get(id));
  }

  /** A reason that may be chosen now. */
  Optional<PauseReason> pauseReason(String id) {
    return pauseReasons.stream().filter(r -> r.active() && r.id().equals(id)).findFirst();
  }

  /** The ids of the reasons that may be chosen now. */
  List<String> pauseReasons() {
    return pauseReasons.stream().filter(PauseReason::active).map(PauseReason::id).toList();
  }

  AgentRules rules(DeskId desk) {
    return rules.getOrDefault(desk, AgentRules.USUAL);
  }
}
