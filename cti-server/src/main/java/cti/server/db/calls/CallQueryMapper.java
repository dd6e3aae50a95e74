package cti.server.db.calls;

import cti.core.port.Page;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements of {@link CallQueries}. A parameter that is null does not restrict. */
interface CallQueryMapper {
  /** What {@code CallFilter} says, as the statement needs it. */
  record Restricted(
      Instant from,
      Instant to,
      String desk,
      String agent,
      String number,
      String person,
      String outcome,
      String quality) {}

  /** What somebody may see; the desks may be none. */
  record Seen(String agent, List<String> desks) {}

  /** Only what {@code sight} lets through, of the call {@code c}. */
  String IN_SIGHT =
      """
      <if test="sight != null">
        AND (
          <if test="sight.desks.size() > 0">
            c.desk_id IN
            <foreach item="id" collection="sight.desks" open="(" separator="," close=")">
              #{id}
            </foreach>
            OR
          </if>
          EXISTS (SELECT 1 FROM call_part own WHERE own.call_id = c.call_id
            AND own.agent_id = #{sight.agent} AND own.answered_at IS NOT NULL)
          OR EXISTS (SELECT 1 FROM ring_attempt own WHERE own.call_id = c.call_id
            AND own.agent_id = #{sight.agent} AND own.outcome = 'ANSWERED'))
      </if>
      """;

  @Select(
      """
      <script>
      SELECT c.* FROM call_record c
      WHERE c.started_at &gt;= #{filter.from} AND c.started_at &lt; #{filter.to}
        <if test="filter.desk != null">AND c.desk_id = #{filter.desk}</if>
        <if test="filter.agent != null">
          AND (EXISTS (SELECT 1 FROM call_part p WHERE p.call_id = c.call_id
              AND p.agent_id = #{filter.agent} AND p.answered_at IS NOT NULL)
            OR EXISTS (SELECT 1 FROM ring_attempt a WHERE a.call_id = c.call_id
              AND a.agent_id = #{filter.agent} AND a.outcome = 'ANSWERED'))
        </if>
        <if test="filter.number != null">AND LOCATE(#{filter.number}, c.calling_number) &gt; 0</if>
        <if test="filter.person != null">
          AND c.call_id IN (SELECT m.call_id FROM call_match m WHERE m.staff_id = #{filter.person})
        </if>
        <if test="filter.outcome != null">AND c.outcome = #{filter.outcome}</if>
        <if test="filter.quality != null">
          AND c.data_quality = #{filter.quality} AND c.ended_at IS NOT NULL
        </if>
      """
          + IN_SIGHT
          + """
            <if test="after != null">
              AND (c.started_at &lt; #{after.at}
                OR (c.started_at = #{after.at} AND c.call_id &lt; #{after.id}))
            </if>
          ORDER BY c.started_at DESC, c.call_id DESC LIMIT #{limit}
          </script>
          """)
  List<CallRecordRow> list(
      @Param("filter") Restricted filter,
      @Param("sight") Seen sight,
      @Param("after") Page.Key after,
      @Param("limit") int limit);

  @Select(
      "<script>SELECT c.* FROM call_record c WHERE c.call_id = #{call}" + IN_SIGHT + "</script>")
  CallRecordRow call(@Param("call") String call, @Param("sight") Seen sight);

  @Select(
      """
      <script>SELECT call_id, staff_id FROM call_match WHERE call_id IN
      <foreach item="id" collection="calls" open="(" separator="," close=")">#{id}</foreach>
      ORDER BY call_id, ordinal</script>\
      """)
  List<MatchRow> matches(@Param("calls") List<String> calls);

  record MatchRow(String callId, String staffId) {}

  /** Those of these calls that are missed. */
  @Select(
      """
      <script>SELECT call_id FROM missed_call WHERE call_id IN
      <foreach item="id" collection="calls" open="(" separator="," close=")">#{id}</foreach>
      </script>\
      """)
  List<String> missedOf(@Param("calls") List<String> calls);

  @Select("SELECT * FROM queue_visit WHERE call_id = #{call} ORDER BY entered_at, visit_id")
  List<VisitRow> visits(String call);

  @Select("SELECT * FROM ring_attempt WHERE call_id = #{call} ORDER BY delivered_at, attempt_id")
  List<AttemptRow> attempts(String call);

  @Select("SELECT * FROM call_part WHERE call_id = #{call} ORDER BY ordinal, started_at")
  List<PartRow> parts(String call);

  @Select(
      """
      SELECT agent_id, began_at, ended_at, wrap_up_ms FROM agent_wrap_up
      WHERE call_id = #{call} ORDER BY sequence\
      """)
  List<WrapUpRow> wrapUps(String call);

  record WrapUpRow(String agentId, Instant beganAt, Instant endedAt, long wrapUpMs) {}

  @Select("SELECT sequence, event FROM call_event WHERE call_id = #{call} ORDER BY sequence")
  List<StoredEvent> events(String call);

  record StoredEvent(long sequence, String event) {}

  /** A call may be linked to an incident in more than one role. */
  @Select(
      """
      SELECT incident_id FROM incident_call WHERE call_id = #{call}
      GROUP BY incident_id ORDER BY MIN(linked_at), incident_id\
      """)
  List<String> incidents(String call);

  @Select(
      """
      <script>
      SELECT m.call_id, m.missed_at, m.desk_id, m.queue_name, m.reason, c.calling_number
      FROM missed_call m JOIN call_record c ON c.call_id = m.call_id
      WHERE m.missed_at &gt;= #{from} AND m.missed_at &lt; #{to}
        <if test="desk != null">AND m.desk_id = #{desk}</if>
        <if test="sight != null">
          AND m.desk_id IN
          <foreach item="id" collection="sight" open="(" separator="," close=")">#{id}</foreach>
        </if>
        <if test="after != null">
          AND (m.missed_at &lt; #{after.at}
            OR (m.missed_at = #{after.at} AND m.call_id &lt; #{after.id}))
        </if>
      ORDER BY m.missed_at DESC, m.call_id DESC LIMIT #{limit}
      </script>\
      """)
  List<MissedCallRow> missed(
      @Param("from") Instant from,
      @Param("to") Instant to,
      @Param("desk") String desk,
      @Param("sight") List<String> sight,
      @Param("after") Page.Key after,
      @Param("limit") int limit);

  record MissedCallRow(
      String callId,
      Instant missedAt,
      String deskId,
      String queueName,
      String reason,
      String callingNumber) {}
}
