package cti.core.engine;

import cti.core.id.AgentId;
import java.time.Instant;

/** A time that the engine asked to be told about has come. */
public sealed interface TimerInput extends EngineInput {
  /** The agent's wrap-up, armed for {@code due}, is over. */
  record WrapUpOver(AgentId agent, Instant due) implements TimerInput {}
}
