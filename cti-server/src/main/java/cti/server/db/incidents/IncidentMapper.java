package cti.server.db.incidents;

import cti.server.db.Page.Cursor;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link IncidentStore}. */
interface IncidentMapper {
  record IncidentRow(
      String incidentId,
      String clientKey,
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
      INSERT INTO incident (incident_id, client_key, title, description, caller_staff,
        caller_name, caller_number, department, site_id, desk_id, source, service, category, kind,
        level, state, owner_agent, solution, created_at, changed_at)
      VALUES (#{incidentId}, #{clientKey}, #{title}, #{description}, #{callerStaff},
        #{callerName}, #{callerNumber}, #{department}, #{siteId}, #{deskId}, #{source},
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

  @Select(
      """
      <script>
      SELECT i.* FROM incident i
      <where>
        <choose>
          <when test="staff.size() > 0 and number != null">
            (i.caller_number = #{number} OR i.caller_staff IN
            <foreach item="id" collection="staff" open="(" separator="," close=")">#{id}</foreach>)
          </when>
          <when test="staff.size() > 0">
            i.caller_staff IN
            <foreach item="id" collection="staff" open="(" separator="," close=")">#{id}</foreach>
          </when>
          <when test="number != null">i.caller_number = #{number}</when>
        </choose>
        <if test="desk != null">AND i.desk_id = #{desk}</if>
        <if test="state != null">AND i.state = #{state}</if>
        <if test="from != null">AND i.created_at &gt;= #{from}</if>
        <if test="to != null">AND i.created_at &lt; #{to}</if>
        <if test="after != null">
          AND (i.created_at &lt; #{after.at}
            OR (i.created_at = #{after.at} AND i.incident_id &lt; #{after.id}))
        </if>
      </where>
      ORDER BY i.created_at DESC, i.incident_id DESC LIMIT #{limit}
      </script>\
      """)
  List<IncidentRow> list(
      @Param("staff") List<String> staff,
      @Param("number") String number,
      @Param("desk") String desk,
      @Param("state") String state,
      @Param("from") Instant from,
      @Param("to") Instant to,
      @Param("after") Cursor after,
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
