package cti.core.engine;

import cti.core.id.AgentId;

/** What somebody asks for; answered by a {@link Reply}. */
public sealed interface Command extends EngineInput permits AgentCommand, CallCommand {
  /** For whom. */
  AgentId agent();
}
