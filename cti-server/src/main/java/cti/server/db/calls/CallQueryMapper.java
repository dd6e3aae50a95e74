package cti.server.db.calls;

import cti.server.db.Page.Cursor;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements of {@link CallQueries}. A parameter that is null does not narrow. */
interface CallQueryMapper {
  /** What {@link CallFilter} says, as the statement needs it. */
  record Narrowed(
      String staff,
      String reversedEnd,
      String desk,
      String agent,
      String outcome,
      Instant from,
      Instant to) {}

  @Select(
      """
      <script>
      SELECT c.* FROM call_record c
      <where>
        <if test="filter.staff != null">
          c.call_id IN (SELECT m.call_id FROM call_match m WHERE m.staff_id = #{filter.staff})
        </if>
        <if test="filter.reversedEnd != null">
          AND c.calling_reversed LIKE CONCAT(#{filter.reversedEnd}, '%')
        </if>
        <if test="filter.desk != null">AND c.desk_id = #{filter.desk}</if>
        <if test="filter.agent != null">AND c.agent_id = #{filter.agent}</if>
        <if test="filter.outcome != null">AND c.outcome = #{filter.outcome}</if>
        <if test="filter.from != null">AND c.started_at &gt;= #{filter.from}</if>
        <if test="filter.to != null">AND c.started_at &lt; #{filter.to}</if>
        <if test="after != null">
          AND (c.started_at &lt; #{after.at}
            OR (c.started_at = #{after.at} AND c.call_id &lt; #{after.id}))
        </if>
      </where>
      ORDER BY c.started_at DESC, c.call_id DESC LIMIT #{limit}
      </script>\
      """)
  List<CallRow> list(
      @Param("filter") Narrowed filter, @Param("after") Cursor after, @Param("limit") int limit);

  @Select("SELECT * FROM call_record WHERE call_id = #{call}")
  CallRow call(String call);

  @Select("SELECT staff_id FROM call_match WHERE call_id = #{call} ORDER BY ordinal")
  List<String> matches(String call);

  @Select("SELECT * FROM queue_visit WHERE call_id = #{call} ORDER BY entered_at, visit_id")
  List<VisitRow> visits(String call);

  @Select("SELECT * FROM ring_attempt WHERE call_id = #{call} ORDER BY delivered_at, attempt_id")
  List<AttemptRow> attempts(String call);

  @Select("SELECT sequence, event FROM call_event WHERE call_id = #{call} ORDER BY sequence")
  List<StoredEvent> events(String call);

  record StoredEvent(long sequence, String event) {}

  @Select(
      """
      SELECT incident_id, call_role FROM incident_call WHERE call_id = #{call}
      ORDER BY linked_at, incident_id\
      """)
  List<IncidentLink> incidents(String call);

  record IncidentLink(String incidentId, String callRole) {}

  @Select(
      """
      <script>
      SELECT m.call_id, m.missed_at, m.desk_id, m.queue_name, m.reason, c.calling_number,
        c.calling_name
      FROM missed_call m JOIN call_record c ON c.call_id = m.call_id
      <where>
        <if test="call != null">m.call_id = #{call}</if>
        <if test="desk != null">AND m.desk_id = #{desk}</if>
        <if test="from != null">AND m.missed_at &gt;= #{from}</if>
        <if test="to != null">AND m.missed_at &lt; #{to}</if>
        <if test="after != null">
          AND (m.missed_at &lt; #{after.at}
            OR (m.missed_at = #{after.at} AND m.call_id &lt; #{after.id}))
        </if>
      </where>
      ORDER BY m.missed_at DESC, m.call_id DESC LIMIT #{limit}
      </script>\
      """)
  List<MissedRow> missed(
      @Param("call") String call,
      @Param("desk") String desk,
      @Param("from") Instant from,
      @Param("to") Instant to,
      @Param("after") Cursor after,
      @Param("limit") int limit);

  record MissedRow(
      String callId,
      Instant missedAt,
      String deskId,
      String queueName,
      String reason,
      String callingNumber,
      String callingName) {}
}
