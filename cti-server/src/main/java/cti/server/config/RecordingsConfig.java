package cti.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Recordings of talks.
 *
 * @param folder where the gateway writes them, as seen from here; without it nobody looks after the
 *     files, and none is played
 * @param leastFreeMebibytes of the folder's disk; with less there is an alarm
 * @param longestPause after which a recording that an agent paused goes on
 */
public record RecordingsConfig(
    Optional<Path> folder, int leastFreeMebibytes, Duration longestPause) {}
