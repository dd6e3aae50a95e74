package cti.testbed.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An agent's state: logged-off, not-ready, ready, busy, working-after-call, unknown. */
public record AgentView(
    String id,
    String name,
    String state,
    String reason,
    Optional<String> extension,
    List<String> desks,
    Optional<String> call,
    Optional<Instant> wrapUpUntil,
    Optional<PendingView> pending,
    int misses) {
  /** What follows the call and its wrap-up. */
  public record PendingView(String state, String reason) {}
}
