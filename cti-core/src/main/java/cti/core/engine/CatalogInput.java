package cti.core.engine;

import cti.core.agent.Agent;
import cti.core.desk.Desk;
import java.util.List;

/** Master data changed; takes effect with the next input, never on what is under way. */
public sealed interface CatalogInput extends EngineInput {
  record DesksReplaced(List<Desk> desks) implements CatalogInput {
    public DesksReplaced {
      desks = List.copyOf(desks);
    }
  }

  record AgentsReplaced(List<Agent> agents) implements CatalogInput {
    public AgentsReplaced {
      agents = List.copyOf(agents);
    }
  }
}
