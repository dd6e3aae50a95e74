package cti.server.gatewaylog;

import cti.core.recovery.LogPosition;
import cti.core.recovery.LogSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A log that the gateway writes to a file. */
final class FileFeed implements LogFeed {
  private static final Logger log = LoggerFactory.getLogger(FileFeed.class);

  /** Takes a line over; false where it is none of its kind. */
  @FunctionalInterface
  interface Taker {
    boolean take(OpenCalls into, String line, LogPlace place, long nowNanos);
  }

  private final LogSource source;
  private final LogTail tail;
  private final Instant since;
  private final Taker taker;
  private long unknown;

  private FileFeed(LogSource source, LogTail tail, Instant since, Taker taker) {
    this.source = source;
    this.tail = tail;
    this.since = since;
    this.taker = taker;
  }

  /**
   * Goes on where the last run stopped; the first run begins with what is written from now on.
   *
   * @param saved of the last run; empty for the first
   */
  static FileFeed open(
      LogSource source, Path file, Optional<LogPosition> saved, Instant now, Taker taker)
      throws IOException {
    if (saved.isEmpty()) {
      return new FileFeed(source, LogTail.fromEnd(file), now, taker);
    }
    LogPosition last = saved.get();
    Optional<LogTail> tail =
        LogTail.from(file, new LogTail.Mark(last.fileKey(), last.head(), last.position()));
    if (tail.isEmpty() && !last.fileKey().isEmpty()) {
      log.warn(
          "{}: the file that was read last is gone, so what was written to it since {} cannot be"
              + " read; expected it beside the new one, not compressed at once (delaycompress)",
          file,
          last.updatedAt());
    }
    return new FileFeed(
        source, tail.orElseGet(() -> LogTail.fromBeginning(file)), last.since(), taker);
  }

  @Override
  public LogSource source() {
    return source;
  }

  @Override
  public void standsAt(OpenCalls into) {
    into.readsFrom(source, tail.place());
  }

  @Override
  public boolean read(OpenCalls into, long nowNanos) throws IOException {
    List<LogLine> lines = tail.read();
    if (!lines.isEmpty()) {
      LogLine first = lines.getFirst();
      into.readsFrom(source, new LogPlace(first.file(), first.position()));
    }
    for (LogLine line : lines) {
      LogPlace place = new LogPlace(line.file(), line.position());
      if (!line.text().isBlank() && !taker.take(into, line.text(), place, nowNanos)) {
        unknown++;
      }
    }
    return !lines.isEmpty();
  }

  @Override
  public LogPosition position(OpenCalls open, Instant now) throws IOException {
    Optional<LogPlace> earliest = open.earliest(source);
    LogTail.Mark mark =
        earliest.isPresent()
            ? tail.markOf(earliest.get().file(), earliest.get().position())
            : tail.mark();
    return new LogPosition(source, mark.fileKey(), mark.head(), mark.position(), since, now);
  }

  @Override
  public long unknown() {
    return unknown;
  }

  @Override
  public void close() throws IOException {
    tail.close();
  }

  /** For {@link LogSource#QUEUE_LOG}. */
  static Taker queueLog() {
    return (into, line, place, nowNanos) ->
        taken(LogLines.queueLog(line), entry -> into.take(entry, place, nowNanos));
  }

  /** For {@link LogSource#CDR}. */
  static Taker callDetails(ZoneId zone) {
    return (into, line, place, nowNanos) ->
        taken(LogLines.callDetail(line, zone), detail -> into.take(detail, place, nowNanos));
  }

  private static <T> boolean taken(Optional<T> read, Consumer<T> take) {
    read.ifPresent(take);
    return read.isPresent();
  }
}
