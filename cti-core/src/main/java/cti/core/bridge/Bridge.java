package cti.core.bridge;

import cti.core.id.AgentId;
import cti.core.id.BridgeId;
import java.time.Instant;
import java.util.Optional;

/**
 * A program on an agent's computer that was paired and acts for that agent.
 *
 * @param user whose code it was paired by
 * @param lastSeenAt to a minute or so
 * @param revokedAt since when its token is worth nothing
 */
public record Bridge(
    BridgeId id,
    String user,
    AgentId agent,
    Computer computer,
    Instant pairedAt,
    Instant lastSeenAt,
    Optional<Instant> revokedAt) {

  /**
   * Where it runs, in its own words.
   *
   * @param name of the computer, 1 to 64 characters
   * @param system such as Windows 11, 1 to 64 characters
   * @param version of the bridge, 1 to 32 characters
   */
  public record Computer(String name, String system, String version) {}
}
