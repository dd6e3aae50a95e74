package cti.server.web.http;

import java.util.List;

/**
 * A table as CSV (RFC 4180) with a byte order mark, without which Excel takes UTF-8 for a local
 * code page and shows Chinese as rubbish.
 */
public final class Csv {
  public static final String MEDIA_TYPE = "text/csv; charset=utf-8";

  private final StringBuilder text = new StringBuilder("\ufeff");

  public Csv(List<String> names) {
    row(names);
  }

  public Csv row(List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "" : ",").append(cell(values.get(i)));
    }
    text.append("\r\n");
    return this;
  }

  public String text() {
    return text.toString();
  }

  /**
   * Numbers and names come from outside: what a spreadsheet would run as a formula is made text.
   */
  private static String cell(String value) {
    String safe =
        !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
