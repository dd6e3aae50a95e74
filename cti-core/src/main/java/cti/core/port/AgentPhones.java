package cti.core.port;

import cti.core.id.AgentId;
import cti.core.id.Extension;
import java.util.List;
import java.util.Optional;

/** Whose desk phone an extension is, and the PINs by which agents are known at any other. */
public interface AgentPhones {
  /** Digits of a PIN. */
  int LEAST_DIGITS = 4;

  /** Digits of a PIN. */
  int MOST_DIGITS = 8;

  /** Agents whose own phone this is, by number; from memory: never blocks, never fails. */
  List<AgentId> at(Extension extension);

  /** Blocks; throws StoreUnavailableException. */
  Phone phone(AgentId agent);

  /**
   * Compares a PIN. Several wrong ones in a row lock the agent's PIN for a while. Blocks; throws
   * StoreUnavailableException.
   */
  PinCheck check(AgentId agent, String pin);

  /**
   * Sets an agent's own phone and PIN. Blocks; throws StoreUnavailableException.
   *
   * @param extension empty for none
   * @param pin empty to leave it as it is; a new one also ends a lock
   * @param by the user who sets it; the audit line does not hold the PIN
   */
  Phone save(AgentId agent, Optional<Extension> extension, Optional<String> pin, String by);

  /** {@code pinSet}: whether the agent may log on at other phones than their own. */
  record Phone(AgentId agent, Optional<Extension> extension, boolean pinSet) {}

  /** What came of a PIN. */
  enum PinCheck {
    RIGHT,
    WRONG,
    /** Too many were wrong; also a right one is not taken for a while. */
    LOCKED,
    /** The agent has none. */
    NONE_SET
  }
}
