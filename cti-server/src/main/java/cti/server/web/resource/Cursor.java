package cti.server.web.resource;

import cti.core.port.Page;
import cti.server.web.http.Fault;
import cti.server.web.http.Problem;
import cti.server.web.http.Request;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** A place in a list, as clients hand it back: opaque to them. */
final class Cursor {
  static final int USUAL = 50;
  static final int MOST = 200;

  private Cursor() {}

  static String text(Page.Key key) {
    String plain = key.at() + "|" + key.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /** The parameter {@code after}. */
  static Optional<Page.Key> after(Request request) {
    return request.query().text("after", 400).map(Cursor::parse);
  }

  /** The parameter {@code limit}. */
  static int limit(Request request) {
    return request.query().number("limit", 1, MOST, USUAL);
  }

  private static Page.Key parse(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int bar = plain.indexOf('|');
      if (bar > 0 && bar < plain.length() - 1) {
        return new Page.Key(Instant.parse(plain.substring(0, bar)), plain.substring(bar + 1));
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw wrong();
    }
    throw wrong();
  }

  private static Fault wrong() {
    return new Fault(
        Problem.invalid("after is no cursor, expected the value of next of an earlier answer"));
  }
}
