package cti.server.web.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An agent as screens show them.
 *
 * @param state logged-off, not-ready, ready, busy, working-after-call, or unknown while the link to
 *     a gateway is lost
 * @param since when the state began; absent where the agent never logged on
 * @param pictureAt with state unknown: when the picture was last live
 * @param desks those that the agent is logged on to
 * @param seats those that the agent may log on to
 */
public record AgentView(
    String id,
    String name,
    String state,
    String reason,
    Optional<Instant> since,
    Optional<Instant> pictureAt,
    Optional<String> extension,
    List<String> desks,
    List<String> seats,
    Optional<String> call,
    Optional<Instant> wrapUpUntil) {}
