package cti.server.web.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header Range, in bytes (RFC 9110, 14.2).
 *
 * @param spans what was asked for and is there, in the order asked; empty where nothing of it is
 */
public record ByteRanges(List<Span> spans) {
  /** More spans than that are no player's: the header is passed over. */
  static final int SPANS_AT_MOST = 8;

  private static final Pattern UNIT = Pattern.compile("(?i)bytes=(.*)");
  private static final Pattern SPAN = Pattern.compile("([0-9]{0,18})-([0-9]{0,18})");

  public ByteRanges {
    spans = List.copyOf(spans);
  }

  /** Bytes {@code first} to {@code last}, both counted from 0 and both included. */
  public record Span(long first, long last) {
    public long length() {
      return last - first + 1;
    }

    boolean overlaps(Span other) {
      return first <= other.last && other.first <= last;
    }

    @Override
    public String toString() {
      return first + "-" + last;
    }
  }

  /**
   * Reads the header for a file of {@code size} bytes. Empty where the header is to be passed over,
   * and the whole is to be sent: another unit, a form that is none, too many spans, spans that
   * overlap.
   */
  public static Optional<ByteRanges> read(String header, long size) {
    Matcher unit = UNIT.matcher(header.strip());
    if (!unit.matches()) {
      return Optional.empty();
    }
    List<Span> spans = new ArrayList<>();
    int asked = 0;
    for (String part : unit.group(1).split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      Matcher span = SPAN.matcher(part.strip());
      if (!span.matches() || ++asked > SPANS_AT_MOST) {
        return Optional.empty();
      }
      if (!read(span.group(1), span.group(2), size, spans)) {
        return Optional.empty();
      }
    }
    return asked == 0 || overlapping(spans) ? Optional.empty() : Optional.of(new ByteRanges(spans));
  }

  /** False where it is no span at all; one of which nothing is there is left out. */
  private static boolean read(String from, String to, long size, List<Span> spans) {
    if (from.isEmpty() && to.isEmpty()) {
      return false;
    }
    if (from.isEmpty()) {
      long length = Math.min(Long.parseLong(to), size);
      if (length > 0) {
        spans.add(new Span(size - length, size - 1));
      }
      return true;
    }
    long first = Long.parseLong(from);
    long last = to.isEmpty() ? Long.MAX_VALUE : Long.parseLong(to);
    if (last < first) {
      return false;
    }
    if (first < size) {
      spans.add(new Span(first, Math.min(last, size - 1)));
    }
    return true;
  }

  private static boolean overlapping(List<Span> spans) {
    for (int i = 0; i < spans.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (spans.get(i).overlaps(spans.get(j))) {
          return true;
        }
      }
    }
    return false;
  }
}
