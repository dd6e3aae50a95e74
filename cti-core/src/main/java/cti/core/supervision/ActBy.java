package cti.core.supervision;

import cti.core.id.AgentId;
import java.util.Optional;

/**
 * Who supervises.
 *
 * @param user of the account
 * @param name for people
 * @param agent empty where they take no calls themselves
 */
public record ActBy(String user, String name, Optional<AgentId> agent) {}
