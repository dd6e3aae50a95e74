package cti.core.engine;

import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import java.util.Set;

/** What an agent, or a supervisor on their behalf, asks for; answered by a {@link Reply}. */
public sealed interface AgentCommand extends EngineInput {
  AgentId agent();

  record LogOn(AgentId agent, Extension extension, Set<DeskId> desks) implements AgentCommand {
    public LogOn {
      desks = Set.copyOf(desks);
    }
  }

  record LogOff(AgentId agent, String reason) implements AgentCommand {}

  /** Also ends a wrap-up. */
  record BecomeReady(AgentId agent) implements AgentCommand {}

  record BecomeNotReady(AgentId agent, String reason) implements AgentCommand {}

  /** What an agent asks for about the recording of the talk that they are in. */
  sealed interface OfRecording extends AgentCommand {}

  record StartRecording(AgentId agent) implements OfRecording {}

  record StopRecording(AgentId agent) implements OfRecording {}

  /** While a password is spoken; ends by itself after a while. */
  record PauseRecording(AgentId agent) implements OfRecording {}

  record ResumeRecording(AgentId agent) implements OfRecording {}
}
