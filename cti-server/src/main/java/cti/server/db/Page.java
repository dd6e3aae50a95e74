package cti.server.db;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list, newest first. Pages do not shift when new rows arrive.
 *
 * @param next where the next page begins; absent on the last
 */
public record Page<T>(List<T> items, Optional<Cursor> next) {
  public static final int MOST = 500;

  public Page {
    items = List.copyOf(items);
  }

  /** The last row of a page: its time, to the microsecond, and its identifier. */
  public record Cursor(Instant at, String id) {
    /** As one word for an address. */
    @Override
    public String toString() {
      return at + "~" + id;
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException where it is something else
     */
    public static Cursor parse(String text) {
      int cut = text.indexOf('~');
      try {
        if (cut > 0 && cut < text.length() - 1) {
          return new Cursor(Instant.parse(text.substring(0, cut)), text.substring(cut + 1));
        }
      } catch (java.time.format.DateTimeParseException notATime) {
        throw refused(text, notATime);
      }
      throw refused(text, null);
    }

    private static IllegalArgumentException refused(String text, Throwable cause) {
      return new IllegalArgumentException(
          "page cursor '" + text + "', expected one that an earlier page gave", cause);
    }
  }

  /** Checks a limit of rows: 1 to {@value #MOST}. */
  public static int checkLimit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit is " + limit + ", expected 1 to " + MOST);
    }
    return limit;
  }

  /** Makes a page of rows that were read with one more than the limit. */
  public static <T> Page<T> of(
      List<T> oneMore, int limit, java.util.function.Function<T, Cursor> cursorOf) {
    if (oneMore.size() <= limit) {
      return new Page<>(oneMore, Optional.empty());
    }
    List<T> items = oneMore.subList(0, limit);
    return new Page<>(items, Optional.of(cursorOf.apply(items.getLast())));
  }
}
