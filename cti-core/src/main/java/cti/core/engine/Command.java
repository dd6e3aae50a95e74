package cti.core.engine;

/** What somebody asks for; answered by a {@link Reply}. */
public sealed interface Command extends EngineInput
    permits AgentCommand, CallCommand, CallbackCommand, SupervisorCommand {}
