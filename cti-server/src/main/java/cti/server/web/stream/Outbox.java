package cti.server.web.stream;

import cti.server.web.stream.StreamRules.OutboxBounds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * What waits for a client. Where it piles up, older views of the same call or agent are dropped,
 * for the newest says all; pops, replies and snapshots never are. Thread-safe.
 */
final class Outbox {
  private final OutboxBounds bounds;
  private final Deque<Parcel> parcels = new ArrayDeque<>();
  private long bytes;
  private int messages;
  private int coalesceAt;
  private boolean closed;
  private final LongAdder coalesced;

  Outbox(OutboxBounds bounds, LongAdder coalesced) {
    this.coalesced = coalesced;
    this.bounds = bounds;
    this.coalesceAt = bounds.coalesceAt();
  }

  /** Adds a parcel; false where too much waits even after coalescing: the client is too slow. */
  synchronized boolean offer(Parcel parcel) {
    if (closed) {
      return true;
    }
    parcels.addLast(parcel);
    bytes += parcel.length();
    messages += parcel.messages();
    if (messages > coalesceAt || bytes > bounds.bytes()) {
      coalesce();
      coalesceAt = Math.max(bounds.coalesceAt(), messages * 2);
    }
    return messages <= bounds.frames() && bytes <= bounds.bytes();
  }

  private void coalesce() {
    Set<String> newer = new HashSet<>();
    List<Parcel> kept = new ArrayList<>(parcels.size());
    for (Parcel parcel : parcels.reversed()) {
      Parcel rest = parcel.without(newer);
      coalesced.add(parcel.size() - rest.size());
      // A frame "changes" stays even where nothing is left in it: it says up to where all is told.
      if (rest.messages() > 0) {
        kept.add(rest);
      }
    }
    parcels.clear();
    kept.reversed().forEach(parcels::addLast);
    bytes = parcels.stream().mapToLong(Parcel::length).sum();
    messages = parcels.stream().mapToInt(Parcel::messages).sum();
  }

  /** The next parcel; null where none waits. */
  synchronized Parcel poll() {
    Parcel parcel = parcels.pollFirst();
    if (parcel != null) {
      bytes -= parcel.length();
      messages -= parcel.messages();
    }
    if (parcels.isEmpty()) {
      coalesceAt = bounds.coalesceAt();
    }
    return parcel;
  }

  /** Drops what waits and takes nothing more. */
  synchronized void close() {
    closed = true;
    parcels.clear();
    bytes = 0;
    messages = 0;
  }
}
