package cti.server.db.incidents;

import cti.core.incident.IncidentState;
import java.time.Instant;
import java.util.Optional;

/**
 * A line of an incident's work log, which the clocks of its level are computed from.
 *
 * @param from absent for the creation
 * @param to the same as {@code from} for a mere note
 */
public record WorkLogEntry(
    Instant at, String author, Optional<IncidentState> from, IncidentState to, String note) {}
