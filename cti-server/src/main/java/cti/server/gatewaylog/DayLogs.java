package cti.server.gatewaylog;

import cti.core.port.QueueLogTable;
import cti.core.recovery.CallDetail;
import cti.core.recovery.CallLog;
import cti.core.recovery.QueueLogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads of the gateway's logs what belongs to the calls that began in a span, from files that have
 * been moved away since as well. Holds the lines of these calls and no others.
 */
final class DayLogs {
  private static final LogPlace NOWHERE = new LogPlace(0, 0);
  private static final int ROWS_AT_ONCE = 2_000;

  /** So long after the span its calls may still be under way. */
  private static final Duration LONGEST_CALL = Duration.ofHours(26);

  private final LogSettings settings;
  private final int most;

  /**
   * @param most calls that are held at a time
   */
  DayLogs(LogSettings settings, int most) {
    this.settings = settings;
    this.most = most;
  }

  /**
   * The calls that began from {@code from} on and before {@code to}, by the gateway's clock.
   *
   * @param ahead by how much the gateway's clock is before ours
   * @return empty where they are more than may be held
   */
  Optional<OpenCalls> read(Instant from, Instant to, Duration ahead) throws IOException {
    OpenCalls calls = new OpenCalls();
    calls.gatewayAhead(ahead);
    Set<String> channels = new HashSet<>();
    if (settings.cdr().isPresent()) {
      lines(
          settings.cdr().get(),
          from,
          line ->
              LogLines.callDetail(line, settings.zone())
                  .filter(detail -> within(detail, from, to) && calls.all().size() <= most)
                  .ifPresent(
                      detail -> {
                        channels.add(detail.unique());
                        calls.take(detail, NOWHERE, 0);
                      }));
    }
    Consumer<QueueLogEntry> take =
        entry -> {
          boolean ours =
              entry.event().equals(QueueLogEntry.GATEWAY_STARTED)
                  || channels.contains(entry.call())
                  || within(CallLog.born(entry.call()), from, to);
          if (ours && calls.all().size() <= most) {
            calls.take(entry, NOWHERE, 0);
          }
        };
    if (settings.table().isPresent()) {
      rows(settings.table().get(), from, to.plus(LONGEST_CALL), take);
    } else if (settings.queueLog().isPresent()) {
      lines(settings.queueLog().get(), from, line -> LogLines.queueLog(line).ifPresent(take));
    }
    return calls.all().size() > most ? Optional.empty() : Optional.of(calls);
  }

  /**
   * An id of Asterisk begins with the second of its birth; another kind of id goes by the record.
   */
  private static boolean within(CallDetail detail, Instant from, Instant to) {
    Optional<Instant> born = CallLog.born(detail.linked());
    return within(born.or(() -> Optional.of(detail.times().start())), from, to);
  }

  private static boolean within(Optional<Instant> born, Instant from, Instant to) {
    return born.filter(at -> !at.isBefore(from) && at.isBefore(to)).isPresent();
  }

  /** The file and what it was called before, as far as they were written to since. */
  private static void lines(Path file, Instant since, Consumer<String> take) throws IOException {
    for (Path each : siblings(file, since)) {
      try (LogTail tail = LogTail.fromBeginning(each)) {
        List<LogLine> lines = tail.read();
        while (!lines.isEmpty()) {
          lines.forEach(line -> take.accept(line.text()));
          lines = tail.read();
        }
      }
    }
  }

  private static List<Path> siblings(Path file, Instant since) throws IOException {
    List<Path> written = new ArrayList<>();
    try (Stream<Path> all = LogTail.siblings(file)) {
      for (Path each : all.toList()) {
        if (!Files.getLastModifiedTime(each).toInstant().isBefore(since)) {
          written.add(each);
        }
      }
    }
    written.sort(java.util.Comparator.comparing(each -> each.toFile().lastModified()));
    return written;
  }

  private static void rows(
      QueueLogTable table, Instant from, Instant to, Consumer<QueueLogEntry> take) {
    Instant next = from;
    boolean more = true;
    while (more) {
      List<QueueLogEntry> rows = table.from(next, ROWS_AT_ONCE);
      rows.forEach(take);
      more = rows.size() >= ROWS_AT_ONCE && rows.getLast().at().isBefore(to);
      next = more ? rows.getLast().at().plusNanos(1_000) : next;
    }
  }
}
