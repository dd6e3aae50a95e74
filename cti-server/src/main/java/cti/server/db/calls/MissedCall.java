package cti.server.db.calls;

import cti.core.call.QueueOutcome;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import java.time.Instant;
import java.util.Optional;

/**
 * A call that nobody answered.
 *
 * @param desk absent for the gateway's static queue
 * @param callingNumber as presented; may be empty
 */
public record MissedCall(
    CallId call,
    Instant missedAt,
    Optional<DeskId> desk,
    String queue,
    QueueOutcome reason,
    String callingNumber,
    String callingName) {}
