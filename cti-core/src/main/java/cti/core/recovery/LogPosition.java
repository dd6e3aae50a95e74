package cti.core.recovery;

import java.time.Instant;

/**
 * How far a log of the gateway is settled: where the reading goes on after a restart.
 *
 * @param fileKey names the file itself, whatever its name is now; empty for a table
 * @param head checksum of the file's beginning, for numbers of files are used again
 * @param position in bytes; in a table microseconds since 1970
 * @param since calls that began before are not looked for
 * @param updatedAt when the link was last known to be up and the log was read
 */
public record LogPosition(
    LogSource source, String fileKey, long head, long position, Instant since, Instant updatedAt) {}
