package cti.server.gatewaylog;

import cti.core.port.QueueLogTable;
import cti.core.recovery.LogPosition;
import cti.core.recovery.LogSource;
import cti.core.recovery.QueueLogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * queue_log in a table. Rows have no number that grows with their writing, so the last moments are
 * read again each time, and what was read before is passed over.
 */
final class TableFeed implements LogFeed {
  private static final int ROWS_AT_ONCE = 2_000;

  /** How late a row may become visible: its transaction may end after a later one's. */
  private static final Duration LATE = Duration.ofSeconds(10);

  private final QueueLogTable table;
  private final Instant since;
  private final Set<QueueLogEntry> lately = new LinkedHashSet<>();
  private Instant readUntil;

  TableFeed(QueueLogTable table, Optional<LogPosition> saved, Instant now) {
    this.table = table;
    this.since = saved.map(LogPosition::since).orElse(now);
    this.readUntil = saved.map(last -> instant(last.position())).orElse(now);
  }

  @Override
  public LogSource source() {
    return LogSource.QUEUE_LOG;
  }

  @Override
  public void standsAt(OpenCalls into) {
    into.readsFrom(source(), new LogPlace(0, micros(readUntil)));
  }

  @Override
  public boolean read(OpenCalls into, long nowNanos) {
    standsAt(into);
    Instant from = readUntil.minus(LATE);
    boolean more = true;
    int fresh = 0;
    while (more && fresh < ROWS_AT_ONCE) {
      List<QueueLogEntry> rows = table.from(from, ROWS_AT_ONCE);
      for (QueueLogEntry row : rows) {
        if (lately.add(row)) {
          fresh++;
          into.take(row, new LogPlace(0, micros(row.at())), nowNanos);
          readUntil = row.at().isAfter(readUntil) ? row.at() : readUntil;
        }
      }
      more = rows.size() >= ROWS_AT_ONCE;
      from = more ? rows.getLast().at().plusNanos(1_000) : from;
    }
    Instant old = readUntil.minus(LATE);
    lately.removeIf(row -> row.at().isBefore(old));
    return fresh > 0;
  }

  @Override
  public LogPosition position(OpenCalls open, Instant now) {
    long position =
        open.earliest(LogSource.QUEUE_LOG).map(LogPlace::position).orElse(micros(readUntil));
    return new LogPosition(LogSource.QUEUE_LOG, "", 0, position, since, now);
  }

  @Override
  public long unknown() {
    return 0;
  }

  @Override
  public void close() {
    // Nothing is held between two readings.
  }

  static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }
}
