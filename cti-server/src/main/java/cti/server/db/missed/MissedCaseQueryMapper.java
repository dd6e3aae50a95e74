package cti.server.db.missed;

import cti.core.port.Page;
import cti.server.db.audit.AuditMapper;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements of {@link MissedCaseStore}. A parameter that is null does not restrict. */
interface MissedCaseQueryMapper extends MissedCaseMapper, AuditMapper {
  /** What {@code CaseFilter} says, as the statement needs it. */
  record Restricted(
      Instant from,
      Instant to,
      String state,
      String desk,
      String site,
      String person,
      String number) {}

  /** Only what {@code sight}, a list that is not empty, lets through. */
  String IN_SIGHT =
      """
      <if test="sight != null">
        AND desk_id IN
        <foreach item="id" collection="sight" open="(" separator="," close=")">#{id}</foreach>
      </if>
      """;

  /** A case with one of its calls. */
  record CaseCallRow(
      String caseId,
      Instant openedAt,
      String state,
      Instant closedAt,
      Instant closedUntil,
      String closingCall,
      String closingAgent,
      String closingUser,
      String closingReason,
      String callId,
      Instant missedAt,
      String deskId,
      String siteId,
      String queueName,
      String reason,
      String callingNumber) {}

  /** Cases and their calls in one statement: cases may be folded anew between two. */
  String WITH_CALLS_BEGIN =
      """
      <script>
      SELECT c.case_id, c.opened_at, c.state, c.closed_at, c.closed_until, c.closing_call,
        c.closing_agent, c.closing_user, c.closing_reason, k.call_id, d.missed_at, d.desk_id,
        c.site_id, d.queue_name, d.reason, r.calling_number
      FROM (SELECT * FROM missed_case
      """;

  String WITH_CALLS_END =
      """
      ) c
      JOIN missed_case_call k ON k.case_id = c.case_id
      JOIN missed_call d ON d.call_id = k.call_id
      JOIN call_record r ON r.call_id = k.call_id
      ORDER BY c.opened_at DESC, c.case_id DESC, d.missed_at, k.call_id
      </script>\
      """;

  @Select(
      WITH_CALLS_BEGIN
          + """
          WHERE opened_at &gt;= #{filter.from} AND opened_at &lt; #{filter.to}
            <if test="filter.state != null">AND state = #{filter.state}</if>
            <if test="filter.desk != null">AND desk_id = #{filter.desk}</if>
            <if test="filter.site != null">AND site_id = #{filter.site}</if>
            <if test="filter.person != null">
              AND case_id IN (SELECT m.case_id FROM missed_case_call m
                JOIN call_match x ON x.call_id = m.call_id WHERE x.staff_id = #{filter.person})
            </if>
            <if test="filter.number != null">
              AND EXISTS (SELECT 1 FROM missed_case_call m
                JOIN call_record n ON n.call_id = m.call_id
                WHERE m.case_id = missed_case.case_id
                  AND LOCATE(#{filter.number}, n.calling_number) &gt; 0)
            </if>
            <if test="after != null">
              AND (opened_at &lt; #{after.at}
                OR (opened_at = #{after.at} AND case_id &lt; #{after.id}))
            </if>
          """
          + IN_SIGHT
          + "ORDER BY opened_at DESC, case_id DESC LIMIT #{limit}"
          + WITH_CALLS_END)
  List<CaseCallRow> list(
      @Param("filter") Restricted filter,
      @Param("sight") List<String> sight,
      @Param("after") Page.Key after,
      @Param("limit") int limit);

  @Select(
      WITH_CALLS_BEGIN
          + """
          WHERE case_id = (SELECT m.case_id FROM missed_case_call m WHERE m.call_id = #{call})
          """
          + IN_SIGHT
          + WITH_CALLS_END)
  List<CaseCallRow> find(@Param("call") String call, @Param("sight") List<String> sight);

  @Select(
      """
      SELECT h.call_id, h.at, h.author, h.action, h.reason FROM missed_case_call one
      JOIN missed_case_call other ON other.case_id = one.case_id
      JOIN missed_case_change h ON h.call_id = other.call_id
      WHERE one.call_id = #{call} ORDER BY h.change_id\
      """)
  List<ChangeRow> changesOfCase(String call);

  @Select(
      """
      <script>
      SELECT desk_id, '' AS state, COUNT(*) AS number FROM missed_call
      WHERE missed_at &gt;= #{from} AND missed_at &lt; #{to}
      """
          + IN_SIGHT
          + "GROUP BY desk_id</script>")
  List<CountRow> callCounts(
      @Param("from") Instant from, @Param("to") Instant to, @Param("sight") List<String> sight);

  record OpenRow(String deskId, long number, Instant oldest) {}

  @Select(
      """
      SELECT desk_id, COUNT(*) AS number, MIN(opened_at) AS oldest FROM missed_case
      WHERE state = 'OPEN' GROUP BY desk_id ORDER BY desk_id IS NULL, desk_id\
      """)
  List<OpenRow> openCounts();

  @Select(
      """
      <script>
      SELECT desk_id, state, COUNT(*) AS number FROM missed_case
      WHERE opened_at &gt;= #{from} AND opened_at &lt; #{to}
      """
          + IN_SIGHT
          + "GROUP BY desk_id, state</script>")
  List<CountRow> caseCounts(
      @Param("from") Instant from, @Param("to") Instant to, @Param("sight") List<String> sight);

  record CountRow(String deskId, String state, long number) {}

  @Select(
      """
      SELECT COUNT(*) FROM missed_call m
      LEFT JOIN missed_case_call k ON k.call_id = m.call_id WHERE k.call_id IS NULL\
      """)
  long missedOutsideOfCases();

  /** Calls that were missed or answered, in the order of their ids. */
  @Select(
      """
      SELECT call_id FROM (
        SELECT call_id FROM missed_call
        UNION SELECT call_id FROM call_record WHERE answered_at IS NOT NULL) telling
      WHERE call_id > #{after} ORDER BY call_id LIMIT #{limit}\
      """)
  List<String> tellingCalls(@Param("after") String after, @Param("limit") int limit);

  @Delete("DELETE FROM call_party")
  void forgetParties();

  @Delete("DELETE FROM missed_case_call")
  void forgetMembers();

  @Delete("DELETE FROM missed_case")
  void forgetCases();
}
