package cti.server.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The local journal of events.
 *
 * @param segmentBytes a file of this size is closed and the next begun
 * @param fsyncInterval records wait at most this long to be written to disk together
 * @param mailboxCapacity inputs that may wait for the loop
 */
public record JournalConfig(
    Path folder, int segmentBytes, Duration fsyncInterval, int mailboxCapacity) {}
