package cti.core.engine;

/** Everything that can reach the engine; it is told, it never asks. */
public sealed interface EngineInput
    permits GatewayInput, FlowInput, AgentCommand, CallCommand, TimerInput, CatalogInput {}
