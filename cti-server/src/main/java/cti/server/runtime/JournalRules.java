package cti.server.runtime;

import java.time.Duration;

/**
 * How the journal's folder is kept.
 *
 * @param checkpointEvery so many records after the last checkpoint the next one is written
 * @param keepSegments so many closed segments are kept though nobody needs them
 * @param keepFor so long after its last record a segment is kept though nobody needs it
 */
public record JournalRules(long checkpointEvery, int keepSegments, Duration keepFor) {}
