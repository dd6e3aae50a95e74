package cti.core.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Part of a list, in the list's order. Parts do not shift when new items arrive.
 *
 * @param next where the next part begins; empty at the end
 */
public record Page<T>(List<T> items, Optional<Key> next) {
  /** The most items that a store gives at a time. */
  public static final int MOST = 500;

  public Page {
    items = List.copyOf(items);
  }

  /**
   * A place in a list that is sorted by time and then id, both descending (keyset paging): that of
   * the last item of the part before. {@code at} counts to the microsecond.
   */
  public record Key(Instant at, String id) {}

  /** Makes a part of items that were read with one more than the limit. */
  public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, Key> keyOf) {
    if (oneMore.size() <= limit) {
      return new Page<>(oneMore, Optional.empty());
    }
    List<T> items = oneMore.subList(0, limit);
    return new Page<>(items, Optional.of(keyOf.apply(items.getLast())));
  }

  /** Checks a limit of items: 1 to {@value #MOST}. */
  public static void checkLimit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit is " + limit + ", expected 1 to " + MOST);
    }
  }
}
