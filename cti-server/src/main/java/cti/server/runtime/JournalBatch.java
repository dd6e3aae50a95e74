package cti.server.runtime;

import cti.core.port.JournalRecord;
import java.util.List;
import java.util.function.Consumer;

/**
 * Records that were decided together, and who waits for them, all on the writer's thread.
 *
 * @param records none to be told merely when all before is on disk
 * @param whenWritten told once the system has them
 * @param whenDurable told once they are on disk
 * @param afterwards run when all that became durable together is told
 */
record JournalBatch(
    List<JournalRecord> records,
    Consumer<List<JournalRecord>> whenWritten,
    Consumer<List<JournalRecord>> whenDurable,
    Runnable afterwards) {}
