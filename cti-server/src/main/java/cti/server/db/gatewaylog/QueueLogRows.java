package cti.server.db.gatewaylog;

import cti.core.port.QueueLogTable;
import cti.core.recovery.QueueLogEntry;
import cti.server.db.Database;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * queue_log as Asterisk writes it to a table ({@code queue_log => mysql,…} or ODBC in
 * extconfig.conf): time as text or DATETIME, in the gateway's local time (in UTC with {@code
 * queue_log_realtime_use_gmt = yes} in logger.conf).
 */
public final class QueueLogRows implements QueueLogTable {
  /** A table, or a database and a table. */
  public static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,64}(\\.[A-Za-z0-9_]{1,64})?");

  private static final Logger log = LoggerFactory.getLogger(QueueLogRows.class);
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

  private final Database database;
  private final String table;
  private final ZoneId zone;

  /**
   * @param table see {@link #NAME}
   * @param zone of the times in it
   */
  public QueueLogRows(Database database, String table, ZoneId zone) {
    if (!NAME.matcher(table).matches()) {
      throw new IllegalArgumentException("'" + table + "' is no table, expected [database.]table");
    }
    this.database = database;
    this.table = "`" + table.replace(".", "`.`") + "`";
    this.zone = zone;
  }

  @Override
  public List<QueueLogEntry> from(Instant time, int limit) {
    String from = MICROS.format(LocalDateTime.ofInstant(time, zone));
    List<Row> rows =
        database.with(
            Mapper.class,
            mapper -> {
              List<Row> some = new ArrayList<>(mapper.from(table, from, limit));
              if (some.size() == limit) {
                // What has the time of the last row and was left out comes too.
                String last = some.getLast().at();
                some.removeIf(row -> row.at().equals(last));
                some.addAll(mapper.at(table, last));
              }
              return some;
            });
    return rows.stream().flatMap(row -> entry(row).stream()).toList();
  }

  private Optional<QueueLogEntry> entry(Row row) {
    try {
      return Optional.of(
          new QueueLogEntry(
              LocalDateTime.parse(row.at(), TIME).atZone(zone).toInstant(),
              text(row.callid()),
              text(row.queuename()),
              text(row.agent()),
              text(row.event()),
              Stream.of(row.data1(), row.data2(), row.data3(), row.data4(), row.data5())
                  .map(QueueLogRows::text)
                  .toList()));
    } catch (DateTimeException wrong) {
      log.warn("{} has the time '{}', expected 2026-11-21 22:35:07.123456", table, row.at());
      return Optional.empty();
    }
  }

  private static String text(String column) {
    return column == null ? "" : column;
  }

  record Row(
      String at,
      String callid,
      String queuename,
      String agent,
      String event,
      String data1,
      String data2,
      String data3,
      String data4,
      String data5) {}

  /** The table's name cannot be a parameter; it has passed {@link #NAME}. */
  interface Mapper {
    String COLUMNS =
        """
        SELECT CAST(time AS CHAR) AS at, callid, queuename, agent, event,
          data1, data2, data3, data4, data5 FROM ${table}
        """;

    @Select(COLUMNS + "WHERE time >= #{from} ORDER BY time LIMIT #{limit}")
    List<Row> from(
        @Param("table") String table, @Param("from") String from, @Param("limit") int limit);

    @Select(COLUMNS + "WHERE time = #{time}")
    List<Row> at(@Param("table") String table, @Param("time") String time);
  }
}
