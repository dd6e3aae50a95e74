package cti.core.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Part of a list, in the list's order.
 *
 * @param next where the next part begins; empty at the end
 */
public record Page<T>(List<T> items, Optional<Key> next) {
  public Page {
    items = List.copyOf(items);
  }

  /** A place in a list that is sorted by time and then id, both descending (keyset paging). */
  public record Key(Instant at, String id) {}
}
