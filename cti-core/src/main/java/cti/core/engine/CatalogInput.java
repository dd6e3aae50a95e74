package cti.core.engine;

import cti.core.agent.Agent;
import cti.core.agent.AgentRules;
import cti.core.agent.PauseReason;
import cti.core.desk.Desk;
import cti.core.id.DeskId;
import java.util.List;
import java.util.Map;

/** Master data changed; takes effect with the next input, never on what is under way. */
public sealed interface CatalogInput extends EngineInput {
  /** Desks and agents are taken together, or neither. */
  record MasterReplaced(List<Desk> desks, List<Agent> agents) implements CatalogInput {
    public MasterReplaced {
      desks = List.copyOf(desks);
      agents = List.copyOf(agents);
    }
  }

  record DesksReplaced(List<Desk> desks) implements CatalogInput {
    public DesksReplaced {
      desks = List.copyOf(desks);
    }
  }

  /** Desks without rules of their own have {@link AgentRules#USUAL}. */
  record AgentRulesReplaced(List<PauseReason> reasons, Map<DeskId, AgentRules> ofDesks)
      implements CatalogInput {
    public AgentRulesReplaced {
      reasons = List.copyOf(reasons);
      ofDesks = Map.copyOf(ofDesks);
    }
  }
}
