package cti.server.db.routing;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements of {@link RoutedCallStore}. */
interface RoutedCallMapper {
  record CallRow(
      String callId,
      Instant startedAt,
      String callingNumber,
      String dialledNumber,
      String keysPressed,
      String routingRule,
      String deskId) {}

  record MatchRow(String callId, String staffId) {}

  record EventRow(String callId, String event) {}

  @Select(
      """
      SELECT COUNT(*) FROM call_record
      WHERE started_at >= #{from} AND started_at < #{to} AND direction = 'INBOUND'
        AND desk_id IS NOT NULL
        AND (routing_version IS NOT NULL OR routing_rule NOT LIKE 'flow:%')\
      """)
  long count(@Param("from") Instant from, @Param("to") Instant to);

  @Select(
      """
      <script>SELECT call_id, started_at, calling_number, dialled_number, keys_pressed,
        routing_rule, desk_id
      FROM call_record
      WHERE started_at &gt;= #{from} AND started_at &lt; #{to} AND direction = 'INBOUND'
        AND desk_id IS NOT NULL
        AND (routing_version IS NOT NULL OR routing_rule NOT LIKE 'flow:%')
      <if test="at != null">
        AND (started_at &gt; #{at} OR (started_at = #{at} AND call_id &gt; #{id}))
      </if>
      ORDER BY started_at, call_id LIMIT #{limit}</script>\
      """)
  List<CallRow> page(
      @Param("from") Instant from,
      @Param("to") Instant to,
      @Param("at") Instant at,
      @Param("id") String id,
      @Param("limit") int limit);

  @Select(
      """
      <script>SELECT call_id, staff_id FROM call_match WHERE call_id IN
      <foreach item="id" collection="calls" open="(" separator="," close=")">#{id}</foreach>
      ORDER BY call_id, ordinal</script>\
      """)
  List<MatchRow> matches(@Param("calls") List<String> calls);

  @Select(
      """
      <script>SELECT call_id, event FROM call_event WHERE type = 'Routed' AND call_id IN
      <foreach item="id" collection="calls" open="(" separator="," close=")">#{id}</foreach>
      ORDER BY sequence</script>\
      """)
  List<EventRow> routed(@Param("calls") List<String> calls);
}
