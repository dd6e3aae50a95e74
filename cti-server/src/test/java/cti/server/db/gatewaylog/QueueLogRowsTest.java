package cti.server.db.gatewaylog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cti.core.recovery.QueueLogEntry;
import cti.server.db.Database;
import cti.server.db.OnEveryDatabase;
import cti.server.db.TestDatabase;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** queue_log as Asterisk writes it to a table, with the columns of its sample configuration. */
@OnEveryDatabase
class QueueLogRowsTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private final TestDatabase test;
  private final Database database;

  QueueLogRowsTest(TestDatabase test) {
    this.test = test;
    this.database = test.open();
  }

  private void table(String timeType) {
    test.execute("DROP TABLE IF EXISTS queue_log");
    test.execute(
        "CREATE TABLE queue_log (id INT UNSIGNED NOT NULL AUTO_INCREMENT, time "
            + timeType
            + " NOT NULL, callid VARCHAR(80), queuename VARCHAR(80), agent VARCHAR(80),"
            + " event VARCHAR(32), data1 VARCHAR(100), data2 VARCHAR(100), data3 VARCHAR(100),"
            + " data4 VARCHAR(100), data5 VARCHAR(100), PRIMARY KEY (id))");
  }

  private void row(String time, String call, String event, String data1) {
    test.execute(
        "INSERT INTO queue_log (time, callid, queuename, agent, event, data1, data2)"
            + " VALUES ('%s', '%s', 'cti-gz', '1010', '%s', '%s', NULL)"
                .formatted(time, call, event, data1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DATETIME(6)", "VARCHAR(26)"})
  void rowsAreReadInTheirOrderAndInTheGatewaysZone(String timeType) {
    table(timeType);
    row("2026-11-21 22:35:07.123456", "1795300493.147", "COMPLETECALLER", "1");
    row("2026-11-21 22:35:03.000001", "1795300493.147", "ENTERQUEUE", "");
    row("2026-11-21 22:35:04.500000", "1795300493.147", "CONNECT", "1");
    List<QueueLogEntry> rows =
        new QueueLogRows(database, "queue_log", SHANGHAI)
            .from(Instant.parse("2026-11-21T14:35:03.000001Z"), 100);
    assertEquals(
        List.of("ENTERQUEUE", "CONNECT", "COMPLETECALLER"),
        rows.stream().map(QueueLogEntry::event).toList());
    assertEquals(
        new QueueLogEntry(
            Instant.parse("2026-11-21T14:35:04.500Z"),
            "1795300493.147",
            "cti-gz",
            "1010",
            "CONNECT",
            List.of("1", "", "", "", "")),
        rows.get(1));
    assertEquals(
        1,
        new QueueLogRows(database, test.address().name() + ".queue_log", SHANGHAI)
            .from(Instant.parse("2026-11-21T14:35:04.500001Z"), 100)
            .size());
  }

  @Test
  void rowsOfTheSameMomentComeTogether() {
    table("DATETIME(6)");
    row("2026-11-21 22:35:03.000000", "1", "ENTERQUEUE", "");
    for (int i = 0; i < 3; i++) {
      row("2026-11-21 22:35:04.000000", "2" + i, "ENTERQUEUE", "");
    }
    row("2026-11-21 22:35:05.000000", "3", "ENTERQUEUE", "");
    QueueLogRows rows = new QueueLogRows(database, "queue_log", SHANGHAI);
    assertEquals(4, rows.from(Instant.parse("2026-11-21T14:00:00Z"), 2).size());
  }

  @Test
  void whatIsNoTableIsRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new QueueLogRows(database, "queue_log; DROP TABLE agent", SHANGHAI));
    assertEquals(
        "'queue_log; DROP TABLE agent' is no table, expected [database.]table",
        refused.getMessage());
  }
}
