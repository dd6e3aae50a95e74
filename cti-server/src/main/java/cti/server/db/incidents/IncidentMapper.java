package cti.server.db.incidents;

import cti.core.port.Page;
import cti.server.db.audit.AuditMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link IncidentStore}. */
interface IncidentMapper extends AuditMapper {
  record IncidentRow(
      String incidentId,
      String clientKey,
      String draftHash,
      String title,
      String description,
      String callerStaff,
      String callerName,
      String callerNumber,
      String department,
      String siteId,
      String deskId,
      String source,
      String service,
      String category,
      String kind,
      String level,
      String state,
      String ownerAgent,
      String solution,
      Instant createdAt,
      Instant changedAt) {}

  record CallLinkRow(String incidentId, String callId, String callRole, Instant linkedAt) {}

  record LogRow(
      String incidentId,
      Instant at,
      String author,
      String fromState,
      String toState,
      String note) {}

  /**
   * Takes the next number of the day and holds it until the end of the transaction: whoever else
   * wants one waits. It is then in LAST_INSERT_ID() of the connection.
   */
  @Insert(
      """
      INSERT INTO incident_number (day, last_number) VALUES (#{day}, LAST_INSERT_ID(1))
      ON DUPLICATE KEY UPDATE last_number = LAST_INSERT_ID(last_number + 1)\
      """)
  void takeNumber(LocalDate day);

  @Select("SELECT LAST_INSERT_ID()")
  int takenNumber();

  @Update("UPDATE incident_number SET last_number = last_number - 1 WHERE day = #{day}")
  void giveNumberBack(LocalDate day);

  @Insert(
      """
      INSERT INTO incident (incident_id, client_key, draft_hash, title, description,
        caller_staff, caller_name, caller_number, department, site_id, desk_id, source, service, category, kind,
        level, state, owner_agent, solution, created_at, changed_at)
      VALUES (#{incidentId}, #{clientKey}, #{draftHash}, #{title}, #{description},
        #{callerStaff}, #{callerName}, #{callerNumber}, #{department}, #{siteId}, #{deskId}, #{source},
        #{service}, #{category}, #{kind}, #{level}, #{state}, #{ownerAgent}, #{solution},
        #{createdAt}, #{changedAt})\
      """)
  void add(IncidentRow row);

  @Update(
      """
      UPDATE incident SET state = #{state}, owner_agent = #{owner}, solution = #{solution},
        changed_at = #{at}
      WHERE incident_id = #{incident}\
      """)
  void change(
      @Param("incident") String incident,
      @Param("state") String state,
      @Param("owner") String owner,
      @Param("solution") String solution,
      @Param("at") Instant at);

  @Select("SELECT * FROM incident WHERE incident_id = #{incident}")
  IncidentRow find(String incident);

  @Select("SELECT * FROM incident WHERE incident_id = #{incident} FOR UPDATE")
  IncidentRow lock(String incident);

  @Select("SELECT * FROM incident WHERE client_key = #{key}")
  IncidentRow findByKey(String key);

  /** What {@code IncidentFilter} says, as the statement needs it; a null does not restrict. */
  record Restricted(
      String state,
      String owner,
      String desk,
      String call,
      String number,
      String text,
      Seen seen) {}

  /** What {@code IncidentSight} says. */
  record Seen(List<String> desks, List<String> sites, String agent) {}

  @Select(
      """
      <script>
      SELECT i.* FROM incident i
      <where>
        <if test="filter.state != null">i.state = #{filter.state}</if>
        <if test="filter.owner != null">AND i.owner_agent = #{filter.owner}</if>
        <if test="filter.desk != null">AND i.desk_id = #{filter.desk}</if>
        <if test="filter.call != null">
          AND i.incident_id IN
            (SELECT l.incident_id FROM incident_call l WHERE l.call_id = #{filter.call})
        </if>
        <if test="filter.number != null">AND LOCATE(#{filter.number}, i.caller_number) &gt; 0</if>
        <if test="filter.text != null">
          AND (LOCATE(LOWER(#{filter.text}), LOWER(i.title)) &gt; 0
            OR LOCATE(UPPER(#{filter.text}), i.incident_id) &gt; 0)
        </if>
        <if test="filter.seen != null">
          AND (1 = 0
          <if test="!filter.seen.desks.isEmpty()">
            OR i.desk_id IN
            <foreach item="id" collection="filter.seen.desks" open="(" separator="," close=")">#{id}</foreach>
          </if>
          <if test="!filter.seen.sites.isEmpty()">
            OR (i.desk_id IS NULL AND i.site_id IN
            <foreach item="id" collection="filter.seen.sites" open="(" separator="," close=")">#{id}</foreach>)
          </if>
          <if test="filter.seen.agent != null">OR i.owner_agent = #{filter.seen.agent}</if>)
        </if>
        <if test="after != null">
          AND (i.created_at &lt; #{after.at}
            OR (i.created_at = #{after.at} AND i.incident_id &lt; #{after.id}))
        </if>
      </where>
      ORDER BY i.created_at DESC, i.incident_id DESC LIMIT #{limit}
      </script>\
      """)
  List<IncidentRow> list(
      @Param("filter") Restricted filter,
      @Param("after") Page.Key after,
      @Param("limit") int limit);

  /** Of any of the people, or with the number; at least one of the two is given. */
  @Select(
      """
      <script>
      SELECT i.* FROM incident i
      <where>
        <if test="number != null">i.caller_number = #{number}</if>
        <if test="people.size() > 0">
          OR i.caller_staff IN
          <foreach item="id" collection="people" open="(" separator="," close=")">#{id}</foreach>
        </if>
      </where>
      ORDER BY i.state IN
        <foreach item="state" collection="over" open="(" separator="," close=")">#{state}</foreach>,
        i.created_at DESC, i.incident_id DESC LIMIT #{limit}
      </script>\
      """)
  List<IncidentRow> earlier(
      @Param("people") List<String> people,
      @Param("number") String number,
      @Param("over") List<String> over,
      @Param("limit") int limit);

  @Insert(
      """
      INSERT INTO incident_call (incident_id, call_id, call_role, linked_at)
      VALUES (#{incidentId}, #{callId}, #{callRole}, #{linkedAt})\
      """)
  void addCall(CallLinkRow row);

  @Select(
      """
      SELECT COUNT(*) FROM incident_call
      WHERE incident_id = #{incidentId} AND call_id = #{callId} AND call_role = #{callRole}\
      """)
  int countCall(CallLinkRow row);

  @Delete(
      """
      DELETE FROM incident_call
      WHERE incident_id = #{incidentId} AND call_id = #{callId} AND call_role = #{callRole}\
      """)
  int removeCall(CallLinkRow row);

  @Select(
      """
      <script>SELECT * FROM incident_call WHERE incident_id IN
      <foreach item="id" collection="incidents" open="(" separator="," close=")">#{id}</foreach>
      ORDER BY incident_id, linked_at, call_id, call_role</script>\
      """)
  List<CallLinkRow> calls(@Param("incidents") List<String> incidents);

  @Insert(
      """
      INSERT INTO incident_log (incident_id, at, author, from_state, to_state, note)
      VALUES (#{incidentId}, #{at}, #{author}, #{fromState}, #{toState}, #{note})\
      """)
  void addLog(LogRow row);

  @Select(
      """
      SELECT incident_id, at, author, from_state, to_state, note FROM incident_log
      WHERE incident_id = #{incident} ORDER BY entry_id\
      """)
  List<LogRow> log(String incident);
}
