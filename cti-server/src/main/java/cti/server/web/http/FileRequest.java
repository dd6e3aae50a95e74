package cti.server.web.http;

import cti.server.web.http.Answer.Header;
import cti.server.web.http.ByteRanges.Span;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Answers what was asked of a file: all of it, parts, or nothing (RFC 9110, 13 and 14).
 *
 * @param tag a strong entity tag with its quotes
 * @param changedAt of the file, to the second
 */
public record FileRequest(
    Path file, long size, String mediaType, String tag, Instant changedAt, List<Header> headers) {
  private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

  public FileRequest {
    headers = List.copyOf(headers);
    changedAt = changedAt.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The answer: 200, 206, 304, 412 or 416. */
  public Reaction answer(HttpHeaders asked) {
    List<Header> all = new ArrayList<>(headers);
    all.add(new Header("ETag", tag));
    all.add(new Header("Last-Modified", date(changedAt)));
    all.add(new Header("Accept-Ranges", "bytes"));
    String ifMatch = asked.get(HttpHeaderNames.IF_MATCH);
    if (ifMatch != null && !names(ifMatch)) {
      return Answer.problem(
          Problem.of(
              412,
              "precondition-failed",
              "The file is another one now",
              "If-Match " + Body.quoted(ifMatch) + ", the file is " + tag));
    }
    String ifNoneMatch = asked.get(HttpHeaderNames.IF_NONE_MATCH);
    if (ifNoneMatch != null ? names(ifNoneMatch.replace("W/", "")) : notSince(asked)) {
      return new Answer(304, "", new byte[0], all);
    }
    String range = asked.get(HttpHeaderNames.RANGE);
    Optional<ByteRanges> ranges =
        range == null || !unchanged(asked.get(HttpHeaderNames.IF_RANGE))
            ? Optional.empty()
            : ByteRanges.read(range, size);
    if (ranges.isEmpty()) {
      List<Span> whole = size == 0 ? List.of() : List.of(new Span(0, size - 1));
      return new FileAnswer(200, mediaType, file, size, whole, all);
    }
    if (ranges.get().spans().isEmpty()) {
      return Answer.problem(
              Problem.of(
                  416,
                  "range-not-satisfiable",
                  "Nothing of that range is there",
                  "Range " + Body.quoted(range) + ", the file has " + size + " bytes"))
          .with("Content-Range", "bytes */" + size)
          .with("ETag", tag)
          .with("Accept-Ranges", "bytes");
    }
    return new FileAnswer(206, mediaType, file, size, ranges.get().spans(), all);
  }

  private boolean names(String header) {
    return header.strip().equals("*")
        || Arrays.stream(header.split(",")).anyMatch(one -> one.strip().equals(tag));
  }

  private boolean notSince(HttpHeaders asked) {
    return instant(asked.get(HttpHeaderNames.IF_MODIFIED_SINCE))
        .filter(since -> !changedAt.isAfter(since))
        .isPresent();
  }

  /** If-Range: by a strong tag, or by exactly the date that was sent (RFC 9110, 13.1.5). */
  private boolean unchanged(String ifRange) {
    if (ifRange == null) {
      return true;
    }
    String given = ifRange.strip();
    return given.startsWith("\"")
        ? given.equals(tag)
        : instant(given).equals(Optional.of(changedAt));
  }

  static String date(Instant at) {
    return HTTP_DATE.format(ZonedDateTime.ofInstant(at, ZoneOffset.UTC));
  }

  private static Optional<Instant> instant(String header) {
    if (header == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.from(HTTP_DATE.parse(header)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
