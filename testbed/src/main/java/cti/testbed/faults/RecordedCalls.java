package cti.testbed.faults;

import cti.testbed.faults.RecordedCall.Attempt;
import cti.testbed.faults.RecordedCall.HandedOn;
import cti.testbed.faults.RecordedCall.Part;
import cti.testbed.faults.RecordedCall.Visit;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the tables of schema/ directly, past everything that cti-server says. */
final class RecordedCalls {
  private RecordedCalls() {}

  @FunctionalInterface
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Every call on record of these callers. */
  static List<RecordedCall> of(Connection connection, Set<String> numbers) throws SQLException {
    Map<String, List<Attempt>> attempts =
        grouped(
            connection,
            "SELECT * FROM ring_attempt ORDER BY delivered_at, attempt_id",
            "visit_id",
            row ->
                new Attempt(
                    Optional.ofNullable(row.getString("agent_id"))
                        .orElse(row.getString("extension")),
                    word(row, "outcome"),
                    word(row, "talk_cleared_by"),
                    Duration.ofMillis(row.getLong("ring_ms")),
                    Duration.ofMillis(row.getLong("talk_ms"))));
    Map<String, List<Visit>> visits =
        grouped(
            connection,
            "SELECT * FROM queue_visit ORDER BY entered_at, visit_id",
            "call_id",
            row ->
                new Visit(
                    row.getString("queue_name"),
                    word(row, "outcome"),
                    Duration.ofMillis(row.getLong("wait_ms")),
                    attempts.getOrDefault(row.getString("visit_id"), List.of())));
    Map<String, List<String>> missed =
        grouped(connection, "SELECT call_id FROM missed_call", "call_id", row -> row.getString(1));
    Map<String, List<Part>> parts =
        grouped(
            connection,
            "SELECT * FROM call_part WHERE role NOT IN ('CALLER', 'QUEUE_AGENT')"
                + " ORDER BY started_at, ordinal",
            "call_id",
            row ->
                new Part(
                    word(row, "role").orElseThrow(),
                    row.getString("number"),
                    row.getObject("answered_at") != null,
                    Duration.ofMillis(row.getLong("talk_ms"))));
    return grouped(
            connection,
            "SELECT * FROM call_record ORDER BY started_at, call_id",
            "calling_number",
            row -> {
              String id = row.getString("call_id");
              return new RecordedCall(
                  id.substring(id.indexOf(':') + 1),
                  row.getString("calling_number"),
                  time(row, "started_at").orElseThrow(),
                  time(row, "ended_at"),
                  word(row, "outcome"),
                  word(row, "data_quality").orElseThrow(),
                  missed.getOrDefault(id, List.of()).size(),
                  visits.getOrDefault(id, List.of()),
                  new HandedOn(row.getInt("transfers"), parts.getOrDefault(id, List.of())));
            })
        .values()
        .stream()
        .flatMap(List::stream)
        .filter(call -> numbers.contains(call.number()))
        .toList();
  }

  private static <T> Map<String, List<T>> grouped(
      Connection connection, String sql, String column, Row<T> row) throws SQLException {
    Map<String, List<T>> found = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.computeIfAbsent(rows.getString(column), key -> new ArrayList<>()).add(row.read(rows));
      }
    }
    return found;
  }

  /** A DATETIME holds UTC. */
  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, LocalDateTime.class))
        .map(at -> at.toInstant(ZoneOffset.UTC));
  }

  /** AGENT_NO_ANSWER is agent-no-answer on the web side. */
  private static Optional<String> word(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column))
        .map(text -> text.toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
