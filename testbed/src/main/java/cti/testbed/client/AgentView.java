package cti.testbed.client;

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
    Optional<String> call) {}
