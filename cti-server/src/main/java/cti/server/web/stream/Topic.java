package cti.server.web.stream;

import cti.core.account.Account;
import cti.core.account.Role;
import cti.server.web.http.Words;
import java.util.List;
import java.util.Optional;

/** What can be subscribed to, and who may. What of it they see is decided by {@link Scope}. */
public enum Topic {
  CALLS(Role.AGENT, false),
  AGENTS(Role.AGENT, false),
  /** An agent sees their own pops, so they must be one; a supervisor sees all. */
  POPS(Role.AGENT, true),
  GATEWAY(Role.AGENT, false),
  /** Agents see those of their desks, supervisors all. */
  MISSED_CASES(Role.AGENT, false),
  /** Who listens to whom: supervisors of the desk, and the agent where the desk tells them. */
  LISTENINGS(Role.AGENT, false);

  private final Role least;
  private final boolean ownAgentOnly;

  Topic(Role least, boolean ownAgentOnly) {
    this.least = least;
    this.ownAgentOnly = ownAgentOnly;
  }

  public Role least() {
    return least;
  }

  boolean allowedTo(Account account) {
    if (!account.role().maySee(least)) {
      return false;
    }
    return !ownAgentOnly || account.role().maySee(Role.SUPERVISOR) || account.agent().isPresent();
  }

  static Optional<Topic> of(String word) {
    for (Topic topic : values()) {
      if (Words.of(topic).equals(word)) {
        return Optional.of(topic);
      }
    }
    return Optional.empty();
  }

  static List<String> words() {
    return Words.all(Topic.class);
  }
}
