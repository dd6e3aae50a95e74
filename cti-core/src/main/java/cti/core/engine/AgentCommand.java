package cti.core.engine;

import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import java.util.Set;

/** What an agent, or a supervisor on their behalf, asks for; answered by a {@link Reply}. */
public sealed interface AgentCommand extends EngineInput {
  AgentId agent();

  /**
   * Takes an extension and desks.
   *
   * @param takeOver whether an agent who has the extension is logged off for it, and whether one
   *     who is logged on elsewhere moves
   */
  record LogOn(AgentId agent, Extension extension, Set<DeskId> desks, boolean takeOver)
      implements AgentCommand {
    public LogOn {
      desks = Set.copyOf(desks);
    }

    public LogOn(AgentId agent, Extension extension, Set<DeskId> desks) {
      this(agent, extension, desks, false);
    }
  }

  /** In a call: after it and its wrap-up. */
  record LogOff(AgentId agent, String reason) implements AgentCommand {}

  /**
   * Also ends a wrap-up; in a call: after it and its wrap-up.
   *
   * @param desks where calls are taken again; empty for the agent as a whole, which leaves single
   *     desks as they are
   */
  record BecomeReady(AgentId agent, Set<DeskId> desks) implements AgentCommand {
    public BecomeReady {
      desks = Set.copyOf(desks);
    }

    public BecomeReady(AgentId agent) {
      this(agent, Set.of());
    }
  }

  /**
   * In a call: after it and its wrap-up.
   *
   * @param reason the id of a pause reason; without meaning where desks are named
   * @param desks where no calls are taken; empty for the agent as a whole
   */
  record BecomeNotReady(AgentId agent, String reason, Set<DeskId> desks) implements AgentCommand {
    public BecomeNotReady {
      desks = Set.copyOf(desks);
    }

    public BecomeNotReady(AgentId agent, String reason) {
      this(agent, reason, Set.of());
    }
  }

  /** More time for the wrap-up that is under way, as the desk allows. */
  record ExtendWrapUp(AgentId agent) implements AgentCommand {}

  /** What an agent asks for about the recording of the talk that they are in. */
  sealed interface OfRecording extends AgentCommand {}

  record StartRecording(AgentId agent) implements OfRecording {}

  record StopRecording(AgentId agent) implements OfRecording {}

  /** While a password is spoken; ends by itself after a while. */
  record PauseRecording(AgentId agent) implements OfRecording {}

  record ResumeRecording(AgentId agent) implements OfRecording {}
}
