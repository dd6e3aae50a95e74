package cti.server.app;

import cti.core.id.QueueName;
import cti.core.port.JournalRecord;
import cti.core.port.PushSink;
import cti.core.stats.QueueWaits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Measures waits on the way to the screens. Begins empty at each start: until callers were answered
 * nothing is told. Thread-safe.
 */
final class LiveWaits implements PushSink {
  private final PushSink screens;
  private final QueueWaits waits = new QueueWaits();

  LiveWaits(PushSink screens) {
    this.screens = screens;
  }

  @Override
  public void published(List<JournalRecord> records, long receivedNanos) {
    synchronized (waits) {
      records.forEach(journalled -> waits.apply(journalled.event()));
    }
    screens.published(records, receivedNanos);
  }

  /** How long the next caller is likely to wait; empty where too little is known to say. */
  Optional<Duration> expected(QueueName queue, Instant now) {
    synchronized (waits) {
      return waits.expected(queue, now);
    }
  }

  /** The same for whoever has a place in the queue, from 1. */
  Optional<Duration> expected(QueueName queue, int place, Instant now) {
    synchronized (waits) {
      return waits.expected(queue, place, now);
    }
  }
}
