package cti.server.db.gatewaylog;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements of {@link GatewayLogRecords}. REPLACE, because both servers know it alike. */
interface GatewayLogMapper {
  String OF_CALLS =
      """
      <foreach item="id" collection="calls" open="(" separator="," close=")">#{id}</foreach>
      """;

  @Select(
      "<script>SELECT call_id, event FROM call_event WHERE call_id IN"
          + OF_CALLS
          + "ORDER BY sequence</script>")
  List<EventRow> events(@Param("calls") Collection<String> calls);

  record EventRow(String callId, String event) {}

  @Select(
      "<script>SELECT call_id FROM gateway_log_call WHERE verdict != 'MISSING' AND call_id IN"
          + OF_CALLS
          + "</script>")
  List<String> settled(@Param("calls") Collection<String> calls);

  @Select(
      """
      SELECT source, file_key, head, position, since, updated_at FROM gateway_log_position
      WHERE gateway = #{gateway} AND source = #{source}\
      """)
  PositionRow position(@Param("gateway") String gateway, @Param("source") String source);

  record PositionRow(
      String source, String fileKey, long head, long position, Instant since, Instant updatedAt) {}

  @Insert(
      """
      REPLACE INTO gateway_log_position
        (gateway, source, file_key, head, position, since, updated_at)
      VALUES (#{gateway}, #{row.source}, #{row.fileKey}, #{row.head}, #{row.position},
        #{row.since}, #{row.updatedAt})\
      """)
  void putPosition(@Param("gateway") String gateway, @Param("row") PositionRow row);

  @Select(
      """
      SELECT at, state FROM gateway_state_log WHERE gateway = #{gateway} AND at >= #{since}
      ORDER BY sequence\
      """)
  List<StateRow> states(@Param("gateway") String gateway, @Param("since") Instant since);

  record StateRow(Instant at, String state) {}

  @Insert(
      """
      REPLACE INTO gateway_log_call
        (call_id, gateway, started_at, ended_at, queue_log, cdr, verdict, detail, checked_at)
      VALUES (#{callId}, #{gateway}, #{startedAt}, #{endedAt}, #{queueLog}, #{cdr}, #{verdict},
        #{detail}, #{checkedAt})\
      """)
  void putCall(LogCallRow row);

  record LogCallRow(
      String callId,
      String gateway,
      Instant startedAt,
      Instant endedAt,
      boolean queueLog,
      boolean cdr,
      String verdict,
      String detail,
      Instant checkedAt) {}

  @Insert(
      """
      REPLACE INTO gateway_log_channel (call_id, called_at) VALUES (#{call}, #{at})\
      """)
  void putChannel(@Param("call") String call, @Param("at") Instant at);

  @Insert(
      """
      REPLACE INTO gateway_log_check (gateway, hour, checked_at)
      VALUES (#{gateway}, #{hour}, #{at})\
      """)
  void putHour(
      @Param("gateway") String gateway, @Param("hour") Instant hour, @Param("at") Instant at);

  @Insert(
      """
      REPLACE INTO gateway_log_day (gateway, day, checked_at, calls, told, different, lost_track)
      VALUES (#{gateway}, #{row.day}, #{row.checkedAt}, #{row.calls}, #{row.told},
        #{row.different}, #{row.lostTrack})\
      """)
  void putDay(@Param("gateway") String gateway, @Param("row") DayRow row);

  @Select(
      """
      SELECT day, checked_at, calls, told, different, lost_track FROM gateway_log_day
      WHERE gateway = #{gateway} ORDER BY checked_at DESC, day DESC LIMIT 1\
      """)
  DayRow lastDay(@Param("gateway") String gateway);

  @Select("SELECT MAX(day) FROM gateway_log_day WHERE gateway = #{gateway}")
  LocalDate newestDay(@Param("gateway") String gateway);

  record DayRow(
      LocalDate day, Instant checkedAt, int calls, int told, int different, int lostTrack) {}
}
