package cti.server.web.stream;

import cti.server.web.stream.StreamRules.OutboxBounds;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Frames that wait for a client. Where they pile up, older views of the same call or agent are
 * dropped, for the newest says all; pops, replies and snapshots never are. Thread-safe.
 */
final class Outbox {
  private final OutboxBounds bounds;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long bytes;
  private int coalesceAt;
  private boolean closed;
  private final LongAdder coalesced;

  /** {@code receivedNanos} as in PushSink; 0 for frames that are no news. */
  record Entry(String key, byte[] content, long receivedNanos) {}

  Outbox(OutboxBounds bounds, LongAdder coalesced) {
    this.coalesced = coalesced;
    this.bounds = bounds;
    this.coalesceAt = bounds.coalesceAt();
  }

  /** Adds a frame; false where too much waits even after coalescing: the client is too slow. */
  synchronized boolean offer(Entry entry) {
    if (closed) {
      return true;
    }
    entries.addLast(entry);
    bytes += entry.content().length;
    if (entries.size() > coalesceAt || bytes > bounds.bytes()) {
      coalesce();
      coalesceAt = Math.max(bounds.coalesceAt(), entries.size() * 2);
    }
    return entries.size() <= bounds.frames() && bytes <= bounds.bytes();
  }

  private void coalesce() {
    Set<String> newer = new HashSet<>();
    Iterator<Entry> backwards = entries.descendingIterator();
    while (backwards.hasNext()) {
      Entry entry = backwards.next();
      if (!entry.key().isEmpty() && !newer.add(entry.key())) {
        backwards.remove();
        bytes -= entry.content().length;
        coalesced.increment();
      }
    }
  }

  /** The next frame; null where none waits. */
  synchronized Entry poll() {
    Entry entry = entries.pollFirst();
    if (entry != null) {
      bytes -= entry.content().length;
    }
    if (entries.isEmpty()) {
      coalesceAt = bounds.coalesceAt();
    }
    return entry;
  }

  /** Drops what waits and takes nothing more. */
  synchronized void close() {
    closed = true;
    entries.clear();
    bytes = 0;
  }
}
