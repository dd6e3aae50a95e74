package cti.core.engine;

import cti.core.id.AgentId;
import cti.core.id.CallbackId;
import cti.core.id.ConnectionId;
import cti.core.id.ListeningId;
import cti.core.id.RecordingId;
import java.time.Instant;

/** A time that the engine asked to be told about has come. */
public sealed interface TimerInput extends EngineInput {
  /** The agent's wrap-up, armed for {@code due}, is over. */
  record WrapUpOver(AgentId agent, Instant due) implements TimerInput {}

  /** The agent's pause, armed for {@code due}, has lasted as long as its reason allows. */
  record PauseOver(AgentId agent, Instant due) implements TimerInput {}

  /** Something is due about a callback: its next attempt, the end of an attempt, its expiry. */
  record CallbackDue(CallbackId callback, Instant due) implements TimerInput {}

  /** A supervisor's phone that was rung to listen was to answer by then. */
  record ListeningDue(ListeningId listening, Instant due) implements TimerInput {}

  /** A hold that the agent at {@code part} asked for, or the way back, was to be done by then. */
  record HoldDue(ConnectionId part, Instant due) implements TimerInput {}

  /** The pause that was to last until {@code due} has lasted long enough. */
  record RecordingPauseOver(RecordingId recording, Instant due) implements TimerInput {}
}
