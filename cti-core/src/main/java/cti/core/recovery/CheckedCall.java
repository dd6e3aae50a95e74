package cti.core.recovery;

import cti.core.id.CallId;
import cti.core.recovery.LoggedCall.Sources;
import java.time.Instant;
import java.util.Optional;

/**
 * A call of the gateway's logs that was looked for on record.
 *
 * @param endedAt empty where the logs do not tell
 * @param detail what differs, for people; may be empty
 */
public record CheckedCall(
    CallId call,
    Instant startedAt,
    Optional<Instant> endedAt,
    Sources sources,
    Verdict verdict,
    String detail) {}
