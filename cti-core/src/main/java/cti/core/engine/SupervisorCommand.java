package cti.core.engine;

import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.Extension;
import cti.core.id.ListeningId;
import cti.core.supervision.ActBy;
import cti.core.supervision.ListeningMode;

/**
 * What a supervisor asks for in the calls of others; answered by a {@link Reply}. Whether they may
 * is decided before. Accepted means that the gateway was asked: what comes of it is told by events.
 */
public sealed interface SupervisorCommand extends Command {
  ActBy by();

  /** Rings the supervisor's phone, then lets it hear the talk that the agent is in. */
  record Listen(AgentId agent, Extension extension, ListeningMode mode, ActBy by)
      implements SupervisorCommand {}

  /** Another mode without dialling anew. */
  record ListenAs(ListeningId listening, ListeningMode mode, ActBy by)
      implements SupervisorCommand {}

  record StopListening(ListeningId listening, ActBy by) implements SupervisorCommand {}

  /**
   * Takes a caller who waits elsewhere.
   *
   * @param reason for people, 1 to {@value #LONGEST_REASON} characters
   */
  record MoveCaller(CallId call, Destination to, String reason, ActBy by)
      implements SupervisorCommand {
    public static final int LONGEST_REASON = 200;
  }

  /** Whereto. */
  sealed interface Destination {
    /**
     * @param first before all who wait there
     */
    record ToDesk(DeskId desk, boolean first) implements Destination {}

    /** Behind all who wait at the desk where the caller waits. */
    record ToBack(DeskId desk) implements Destination {}

    record ToAgent(AgentId agent) implements Destination {}
  }
}
