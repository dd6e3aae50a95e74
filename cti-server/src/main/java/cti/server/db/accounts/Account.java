package cti.server.db.accounts;

import cti.core.id.AgentId;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who may sign in.
 *
 * @param userName 1 to 64 of a-z 0-9 . _ - @
 * @param agent the agent that this person is
 * @param mustChange the password was made by the server and is to be changed at once
 */
public record Account(
    String userName,
    String displayName,
    Set<AccountRole> roles,
    Optional<AgentId> agent,
    boolean mustChange) {
  public Account {
    roles = Set.copyOf(roles);
    if (!userName.matches("[a-z0-9._@-]{1,64}")) {
      throw new IllegalArgumentException(
          "user name '" + userName + "', expected 1 to 64 characters of a-z 0-9 . _ - @");
    }
    if (displayName.isBlank() || displayName.length() > 100) {
      throw new IllegalArgumentException(
          "display name '" + displayName + "', expected 1 to 100 characters");
    }
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("account " + userName + " has no role, expected one");
    }
  }
}
