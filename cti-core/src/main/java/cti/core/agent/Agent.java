package cti.core.agent;

import cti.core.id.AgentId;
import cti.core.id.DeskId;
import java.util.Map;

/**
 * A person who may log on to desks.
 *
 * @param seats the desks that the agent may log on to, and in which role
 */
public record Agent(AgentId id, String name, Map<DeskId, SeatRole> seats) {
  public Agent {
    seats = Map.copyOf(seats);
  }
}
