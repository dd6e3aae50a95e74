package cti.server.config;

import java.nio.file.Path;

/**
 * The local journal of events.
 *
 * @param segmentBytes a file of this size is closed and the next begun
 * @param mailboxCapacity inputs that may wait for the loop
 */
public record JournalConfig(Path folder, int segmentBytes, int mailboxCapacity) {}
