package cti.core.account;

import cti.core.id.AgentId;
import java.util.Optional;

/**
 * Somebody who may sign in.
 *
 * @param user the name that they sign in with
 * @param agent the agent that they are, where they take calls
 */
public record Account(String user, String name, Role role, Optional<AgentId> agent) {}
