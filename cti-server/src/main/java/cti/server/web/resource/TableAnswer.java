package cti.server.web.resource;

import cti.core.port.Page;
import cti.server.web.http.Answer;
import cti.server.web.http.Csv;
import cti.server.web.http.Request;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A list as CSV, for a spreadsheet: the whole list, not a page of it. */
final class TableAnswer {
  private static final int MOST_ROWS = 10_000;

  private TableAnswer() {}

  /** How a list is written. */
  enum Format {
    JSON,
    CSV
  }

  /** Gives the part of a list behind a place, of at most so many rows. */
  @FunctionalInterface
  interface Pages<T> {
    Page<T> read(Optional<Page.Key> after, int limit);
  }

  /** By the parameter {@code format}, else by the first kind that the header Accept names. */
  static boolean wanted(Request request) {
    return request
        .query()
        .oneOf("format", Format.class)
        .map(Format.CSV::equals)
        .orElseGet(
            () ->
                request
                    .headers()
                    .get(HttpHeaderNames.ACCEPT, "")
                    .split("[,;]", 2)[0]
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .equals("text/csv"));
  }

  /** At most 10,000 rows, which is what is given where nothing else is asked. */
  static int limit(Request request) {
    return request.query().number("limit", 1, MOST_ROWS, MOST_ROWS);
  }

  /**
   * The table; where there is more, the header Cti-Next holds the value of {@code after} for it.
   */
  static <T> Answer of(
      String file,
      List<String> names,
      Pages<T> pages,
      Function<T, List<String>> row,
      Optional<Page.Key> after,
      int limit) {
    Csv csv = new Csv(names);
    Optional<Page.Key> place = after;
    int left = limit;
    do {
      Page<T> page = pages.read(place, Math.min(left, Page.MOST));
      page.items().forEach(one -> csv.row(row.apply(one)));
      left -= page.items().size();
      place = page.next();
    } while (place.isPresent() && left > 0);
    Answer answer =
        Answer.text(Csv.MEDIA_TYPE, csv.text())
            .with("Content-Disposition", "attachment; filename=\"" + file + "\"");
    return place.isPresent() ? answer.with("Cti-Next", Cursor.text(place.get())) : answer;
  }
}
