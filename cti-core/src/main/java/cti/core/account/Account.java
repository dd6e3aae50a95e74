package cti.core.account;

import cti.core.id.AgentId;
import java.util.Optional;

/**
 * Somebody who may sign in.
 *
 * @param user the name that they sign in with
 * @param agent the agent that they are, where they take calls
 * @param mustChangePassword whether the password is one of ours, for one use: until its owner has
 *     chosen another they may do nothing else
 */
public record Account(
    String user, String name, Role role, Optional<AgentId> agent, boolean mustChangePassword) {
  /** The same account after its owner chose a password. */
  public Account withChosenPassword() {
    return new Account(user, name, role, agent, false);
  }
}
