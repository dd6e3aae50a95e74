package cti.core.port;

import cti.core.event.DomainEvent;

/**
 * An event on the journal.
 *
 * @param sequence from 1, without gaps, over the whole life of the journal
 */
public record JournalRecord(long sequence, DomainEvent event) {}
