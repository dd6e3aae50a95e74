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
 * @param limits the sites and desks that a supervisor or auditor is limited to
 */
public record Account(
    String user,
    String name,
    Role role,
    Optional<AgentId> agent,
    boolean mustChangePassword,
    Limits limits) {
  /** An account without limits. */
  public Account(
      String user, String name, Role role, Optional<AgentId> agent, boolean mustChangePassword) {
    this(user, name, role, agent, mustChangePassword, Limits.NONE);
  }

  /** The same account after its owner chose a password. */
  public Account withChosenPassword() {
    return new Account(user, name, role, agent, false, limits);
  }
}
