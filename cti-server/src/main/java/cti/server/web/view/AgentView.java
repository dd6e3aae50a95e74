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
 * @param pauseUntil when not-ready has lasted as long as its reason allows
 * @param overdue whether it has
 * @param pending what the agent asked for in the call that is under way
 * @param notReadyAt the desks from which the agent takes no calls even while ready
 * @param misses rings left unanswered in a row
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
    Optional<Instant> wrapUpUntil,
    Optional<Instant> pauseUntil,
    boolean overdue,
    Optional<PendingView> pending,
    List<String> notReadyAt,
    int misses) {
  /** What follows the call and its wrap-up: ready, not-ready (with its reason) or logged-off. */
  public record PendingView(String state, String reason) {}
}
