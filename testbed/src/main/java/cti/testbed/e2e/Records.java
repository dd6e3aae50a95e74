package cti.testbed.e2e;

import cti.testbed.e2e.CallOnRecord.Attempt;
import cti.testbed.e2e.CallOnRecord.Visit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the tables of schema/ directly, past everything that cti-server says. */
final class Records implements AutoCloseable {
  private final Connection connection;

  Records(Connection connection) {
    this.connection = connection;
  }

  @FunctionalInterface
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** A call whose outcome is on record; empty as long as it is not. */
  synchronized Optional<CallOnRecord> call(String id) throws SQLException {
    List<CallOnRecord> calls =
        query(
            "SELECT * FROM call_record WHERE call_id = ? AND outcome IS NOT NULL",
            id,
            row -> call(id, row));
    return calls.stream().findFirst();
  }

  private CallOnRecord call(String id, ResultSet row) throws SQLException {
    return new CallOnRecord(
        id,
        row.getString("calling_number"),
        optional(row, "desk_id"),
        optional(row, "agent_id"),
        row.getString("keys_pressed"),
        optional(row, "fallback_reason"),
        word(row, "outcome"),
        word(row, "cleared_by"),
        word(row, "data_quality"),
        row.getLong("wait_ms"),
        row.getLong("talk_ms"),
        visits(id),
        query("SELECT reason FROM missed_call WHERE call_id = ?", id, r -> word(r, "reason")),
        new HashSet<>(
            query("SELECT staff_id FROM call_match WHERE call_id = ?", id, r -> r.getString(1))),
        new HashSet<>(
            query(
                "SELECT incident_id FROM incident_call WHERE call_id = ?",
                id,
                r -> r.getString(1))));
  }

  /** The telephones of a call and its caller's times, in milliseconds. */
  synchronized PartsOnRecord parts(String call) throws SQLException {
    return query(
            "SELECT *, TIMESTAMPDIFF(MICROSECOND, started_at, ended_at) AS length"
                + " FROM call_record WHERE call_id = ?",
            call,
            row ->
                new PartsOnRecord(
                    word(row, "direction"),
                    row.getString("dialled_number"),
                    row.getLong("length") / 1000,
                    row.getLong("flow_ms"),
                    row.getLong("wait_ms"),
                    row.getLong("ring_ms"),
                    row.getLong("talk_ms"),
                    row.getLong("hold_ms"),
                    row.getLong("ending_ms"),
                    query(
                        "SELECT * FROM call_part WHERE call_id = ? ORDER BY ordinal",
                        call,
                        part ->
                            new PartsOnRecord.Part(
                                word(part, "role"),
                                optional(part, "agent_id"),
                                part.getString("number"),
                                word(part, "state"),
                                Optional.ofNullable(word(part, "failure")),
                                part.getLong("talk_ms"),
                                part.getLong("hold_ms")))))
        .getFirst();
  }

  private List<Visit> visits(String call) throws SQLException {
    return query(
        "SELECT * FROM queue_visit WHERE call_id = ? ORDER BY entered_at, visit_id",
        call,
        row ->
            new Visit(
                row.getString("visit_id"),
                row.getString("queue_name"),
                optional(row, "desk_id"),
                word(row, "outcome"),
                row.getLong("wait_ms"),
                attempts(row.getString("visit_id"))));
  }

  private List<Attempt> attempts(String visit) throws SQLException {
    return query(
        "SELECT * FROM ring_attempt WHERE visit_id = ? ORDER BY delivered_at, attempt_id",
        visit,
        row ->
            new Attempt(
                optional(row, "agent_id"),
                row.getString("extension"),
                word(row, "outcome"),
                Optional.ofNullable(word(row, "talk_cleared_by")),
                row.getLong("ring_ms"),
                row.getLong("talk_ms")));
  }

  /** Calls from this number that are on record, ended or not. */
  synchronized List<String> callsFrom(String number) throws SQLException {
    return query(
        "SELECT call_id FROM call_record WHERE calling_number = ? ORDER BY started_at",
        number,
        row -> row.getString(1));
  }

  /** Incidents that were saved with this title. */
  synchronized int incidentsTitled(String title) throws SQLException {
    return query("SELECT incident_id FROM incident WHERE title = ?", title, row -> row.getString(1))
        .size();
  }

  /** Makes a recording so many days older. */
  synchronized void agedRecording(String id, int days) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE recording SET started_at = started_at - INTERVAL ? DAY,"
                + " stopped_at = stopped_at - INTERVAL ? DAY WHERE recording_id = ?")) {
      statement.setInt(1, days);
      statement.setInt(2, days);
      statement.setString(3, id);
      Expect.equal("rows made older", 1, statement.executeUpdate());
    }
  }

  private <T> List<T> query(String sql, String parameter, Row<T> row) throws SQLException {
    List<T> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(row.read(rows));
        }
      }
    }
    return found;
  }

  private static Optional<String> optional(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  /** AGENT_NO_ANSWER is agent-no-answer on the web side. */
  private static String word(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : text.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
