package cti.server.runtime;

import cti.core.port.JournalRecord;
import java.util.List;
import java.util.function.Consumer;

/**
 * Records that were decided together, and who waits for them.
 *
 * @param records none to be told merely when all before is on disk
 * @param whenWritten told once the system has them, on the thread that writes
 * @param whenDurable told once they are on disk, on the thread that forces
 * @param afterwards run there when all that became durable together is told
 */
record JournalBatch(
    List<JournalRecord> records,
    Consumer<List<JournalRecord>> whenWritten,
    Consumer<List<JournalRecord>> whenDurable,
    Runnable afterwards) {}
