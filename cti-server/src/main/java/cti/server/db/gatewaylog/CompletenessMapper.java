package cti.server.db.gatewaylog;

import cti.core.port.Page;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements of {@link CompletenessQueries}. */
interface CompletenessMapper {
  /** Calls on record that began while the logs were followed, are long over, and are in none. */
  String UNKNOWN =
      """
      FROM call_record c
      LEFT JOIN gateway_log_call g ON g.call_id = c.call_id
      LEFT JOIN gateway_log_channel n ON n.call_id = c.call_id
      WHERE c.started_at >= #{from} AND c.started_at < #{to}
        AND c.direction = 'INBOUND' AND c.data_quality <> 'LOST_TRACK'
        AND g.call_id IS NULL AND n.call_id IS NULL
        AND c.started_at >= (SELECT MAX(p.since) FROM gateway_log_position p)
        AND c.ended_at < (SELECT MIN(p.updated_at) FROM gateway_log_position p)
          - INTERVAL 120 SECOND
      """;

  @Select(
      """
      SELECT CAST(DATE_FORMAT(started_at, '%Y-%m-%d %H:00:00') AS DATETIME) AS hour,
        SUM(data_quality = 'LIVE') AS live, SUM(data_quality = 'RECOVERED') AS recovered,
        SUM(data_quality = 'LOST_TRACK') AS lost
      FROM call_record
      WHERE started_at >= #{from} AND started_at < #{to} AND ended_at IS NOT NULL
      GROUP BY hour\
      """)
  List<RecordedHour> recorded(@Param("from") Instant from, @Param("to") Instant to);

  record RecordedHour(Instant hour, long live, long recovered, long lost) {}

  @Select(
      """
      SELECT CAST(DATE_FORMAT(g.started_at, '%Y-%m-%d %H:00:00') AS DATETIME) AS hour,
        COUNT(*) AS logged, SUM(g.queue_log) AS queue_log, SUM(g.cdr) AS cdr,
        SUM(c.call_id IS NULL) AS missing, SUM(g.verdict = 'DIFFERENT') AS other
      FROM gateway_log_call g
      LEFT JOIN call_record c ON c.call_id = g.call_id
      WHERE g.started_at >= #{from} AND g.started_at < #{to}
      GROUP BY hour\
      """)
  List<LoggedHour> logged(@Param("from") Instant from, @Param("to") Instant to);

  record LoggedHour(Instant hour, long logged, long queueLog, long cdr, long missing, long other) {}

  @Select(
      "SELECT CAST(DATE_FORMAT(c.started_at, '%Y-%m-%d %H:00:00') AS DATETIME) AS hour,"
          + " COUNT(*) AS calls "
          + UNKNOWN
          + "GROUP BY hour")
  List<UnknownHour> unknown(@Param("from") Instant from, @Param("to") Instant to);

  record UnknownHour(Instant hour, long calls) {}

  @Select(
      "SELECT c.call_id " + UNKNOWN + "ORDER BY c.started_at DESC, c.call_id DESC LIMIT #{limit}")
  List<String> unknownCalls(
      @Param("from") Instant from, @Param("to") Instant to, @Param("limit") int limit);

  @Select(
      """
      SELECT hour, MAX(checked_at) AS at FROM gateway_log_check
      WHERE hour >= #{from} AND hour < #{to} GROUP BY hour\
      """)
  List<CheckedHour> checks(@Param("from") Instant from, @Param("to") Instant to);

  record CheckedHour(Instant hour, Instant at) {}

  /** A call is missing as long as it is not on record, whatever an earlier pass found. */
  @Select(
      """
      <script>
      SELECT g.call_id, g.gateway, g.started_at, g.ended_at, g.queue_log, g.cdr, g.verdict,
        g.detail, g.checked_at
      FROM gateway_log_call g
      LEFT JOIN call_record c ON c.call_id = g.call_id
      WHERE g.started_at &gt;= #{from} AND g.started_at &lt; #{to}
        <choose>
          <when test="verdict == 'MISSING'">AND c.call_id IS NULL</when>
          <otherwise>AND c.call_id IS NOT NULL AND g.verdict = #{verdict}</otherwise>
        </choose>
        <if test="after != null">
          AND (g.started_at &lt; #{after.at}
            OR (g.started_at = #{after.at} AND g.call_id &lt; #{after.id}))
        </if>
      ORDER BY g.started_at DESC, g.call_id DESC LIMIT #{limit}
      </script>\
      """)
  List<GatewayLogMapper.LogCallRow> calls(
      @Param("from") Instant from,
      @Param("to") Instant to,
      @Param("verdict") String verdict,
      @Param("after") Page.Key after,
      @Param("limit") int limit);
}
