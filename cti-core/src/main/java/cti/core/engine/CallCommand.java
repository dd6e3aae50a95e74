package cti.core.engine;

import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import java.util.Optional;

/**
 * What an agent, or a supervisor on their behalf, asks for in a call; answered by a {@link Reply}.
 * Accepted means that the gateway was asked: what comes of it is told by events.
 */
public sealed interface CallCommand extends Command {
  /** For whom. */
  AgentId agent();

  /** A command within a call that the agent is in. */
  sealed interface InCall extends CallCommand {
    CallId call();
  }

  /** Puts the others on hold. */
  record Hold(AgentId agent, CallId call) implements InCall {}

  /**
   * Goes back to whoever is on hold; ends a consultation, too. Asked for while the gateway is still
   * putting them on hold, it is done as soon as that is complete.
   */
  record Retrieve(AgentId agent, CallId call) implements InCall {}

  /** Hands the caller on without asking. */
  record TransferBlind(AgentId agent, CallId call, Target target) implements InCall {}

  /** Puts the caller on hold and asks somebody. */
  record Consult(AgentId agent, CallId call, Target target) implements InCall {}

  /** Hands the caller over to whoever is consulted. */
  record CompleteTransfer(AgentId agent, CallId call) implements InCall {}

  /** Brings caller, agent and whoever is consulted together. */
  record Conference(AgentId agent, CallId call) implements InCall {}

  /** Leaves the call. */
  record HangUp(AgentId agent, CallId call) implements InCall {}

  /** Takes a call that rings a colleague. */
  record PickUp(AgentId agent, CallId call) implements CallCommand {}

  /**
   * Rings the agent's phone, then dials.
   *
   * @param number extension or number, as dialled
   */
  record Dial(AgentId agent, String number) implements CallCommand {}

  /** To whom. */
  sealed interface Target {
    record ToAgent(AgentId agent) implements Target {}

    record ToDesk(DeskId desk) implements Target {}

    record ToNumber(String number) implements Target {}
  }

  /** The call that it is about, where it is about one. */
  default Optional<CallId> about() {
    return switch (this) {
      case InCall command -> Optional.of(command.call());
      case PickUp command -> Optional.of(command.call());
      case Dial _ -> Optional.empty();
    };
  }
}
