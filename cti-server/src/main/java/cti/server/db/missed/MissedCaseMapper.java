package cti.server.db.missed;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/**
 * Statements that fold missed cases. Public for the record store, which folds them in the
 * transaction that stores the calls.
 */
public interface MissedCaseMapper {
  String OF_CALLS =
      """
      <foreach item="id" collection="calls" open="(" separator="," close=")">#{id}</foreach>
      """;
  String OF_CASES =
      """
      <foreach item="id" collection="cases" open="(" separator="," close=")">#{id}</foreach>
      """;
  String OF_KEYS =
      """
      <foreach item="key" collection="keys" open="(" separator="," close=")">#{key}</foreach>
      """;

  /** Whoever changes cases holds the journal's mark, so that they are changed one after another. */
  @Select("SELECT sequence FROM journal_mark WHERE journal = 'main' FOR UPDATE")
  long holdJournal();

  @Select("SELECT DISTINCT outside_prefix FROM site")
  List<String> outsidePrefixes();

  @Select(
      """
      <script>
      SELECT m.call_id, m.missed_at, m.desk_id, c.site_id, m.queue_name, m.reason, c.calling_number
      FROM missed_call m JOIN call_record c ON c.call_id = m.call_id
      WHERE m.call_id IN
      """
          + OF_CALLS
          + "</script>")
  List<MissedRow> missed(@Param("calls") Collection<String> calls);

  record MissedRow(
      String callId,
      Instant missedAt,
      String deskId,
      String siteId,
      String queueName,
      String reason,
      String callingNumber) {}

  /**
   * Calls in which somebody of us talked: by its parts, and by the offers of its queues where the
   * begin of the call was not seen and it has no parts. A stay without a queue was made up then.
   */
  @Select(
      """
      <script>
      SELECT c.call_id, c.direction, c.calling_number, c.dialled_number, c.agent_id, c.ended_at,
        MIN(a.talked_at) AS talked_at, MAX(a.talk_ended_at) AS talk_ended_at,
        COUNT(*) - COUNT(a.talk_ended_at) AS talking,
        (SELECT COUNT(*) FROM queue_visit v
          WHERE v.call_id = c.call_id AND v.queue_name &lt;&gt; '') AS visits
      FROM call_record c
      JOIN (
        SELECT call_id, answered_at AS talked_at, ended_at AS talk_ended_at FROM call_part
        WHERE answered_at IS NOT NULL AND role NOT IN ('CALLER', 'CONSULTED') AND call_id IN
      """
          + OF_CALLS
          + """
            UNION ALL
            SELECT call_id, ended_at, talk_ended_at FROM ring_attempt r
            WHERE outcome = 'ANSWERED'
              AND NOT EXISTS (SELECT 1 FROM call_part p WHERE p.call_id = r.call_id)
              AND call_id IN
          """
          + OF_CALLS
          + """
          ) a ON a.call_id = c.call_id
          WHERE c.call_id IN
          """
          + OF_CALLS
          + """
          GROUP BY c.call_id, c.direction, c.calling_number, c.dialled_number, c.agent_id,
            c.ended_at
          </script>\
          """)
  List<TalkRow> talks(@Param("calls") Collection<String> calls);

  record TalkRow(
      String callId,
      String direction,
      String callingNumber,
      String dialledNumber,
      String agentId,
      Instant endedAt,
      Instant talkedAt,
      Instant talkEndedAt,
      long talking,
      long visits) {}

  @Select(
      "<script>SELECT call_id, staff_id FROM call_match WHERE call_id IN"
          + OF_CALLS
          + "ORDER BY call_id, ordinal</script>")
  List<MatchRow> matches(@Param("calls") Collection<String> calls);

  record MatchRow(String callId, String staffId) {}

  @Select(
      "<script>SELECT call_id, fact, party_key, at FROM call_party WHERE call_id IN"
          + OF_CALLS
          + "</script>")
  List<PartyRow> parties(@Param("calls") Collection<String> calls);

  record PartyRow(String callId, String fact, String partyKey, Instant at) {}

  @Delete("<script>DELETE FROM call_party WHERE call_id IN" + OF_CALLS + "</script>")
  void deleteParties(@Param("calls") Collection<String> calls);

  @Insert(
      """
      <script>
      INSERT INTO call_party (call_id, fact, party_key, at) VALUES
      <foreach item="row" collection="rows" separator=",">
        (#{row.callId}, #{row.fact}, #{row.partyKey}, #{row.at})
      </foreach>
      </script>\
      """)
  void addParties(@Param("rows") Collection<PartyRow> rows);

  /** Cases that a fact of these parties may change: open ones, and those closed since. */
  @Select(
      """
      <script>
      SELECT DISTINCT c.case_id FROM call_party p
      JOIN missed_case_call m ON m.call_id = p.call_id
      JOIN missed_case c ON c.case_id = m.case_id
      WHERE p.fact = 'MISSED' AND (c.state = 'OPEN' OR c.closed_until &gt;= #{since})
        AND p.party_key IN
      """
          + OF_KEYS
          + "</script>")
  List<String> casesOfParties(
      @Param("keys") Collection<String> keys, @Param("since") Instant since);

  @Select(
      "<script>SELECT DISTINCT case_id FROM missed_case_call WHERE call_id IN"
          + OF_CALLS
          + "</script>")
  List<String> casesOfCalls(@Param("calls") Collection<String> calls);

  @Select(
      "<script>SELECT call_id, case_id FROM missed_case_call WHERE case_id IN"
          + OF_CASES
          + "</script>")
  List<MemberRow> members(@Param("cases") Collection<String> cases);

  record MemberRow(String callId, String caseId) {}

  @Select(
      """
      <script>
      SELECT DISTINCT call_id FROM call_party
      WHERE fact = 'TALKED' AND at &gt;= #{since} AND party_key IN
      """
          + OF_KEYS
          + "</script>")
  List<String> talksOfParties(
      @Param("keys") Collection<String> keys, @Param("since") Instant since);

  @Select(
      "<script>SELECT call_id, at, author, action, reason FROM missed_case_change"
          + " WHERE call_id IN"
          + OF_CALLS
          + "ORDER BY change_id</script>")
  List<ChangeRow> changes(@Param("calls") Collection<String> calls);

  record ChangeRow(String callId, Instant at, String author, String action, String reason) {}

  @Insert(
      """
      INSERT INTO missed_case_change (call_id, at, author, action, reason)
      VALUES (#{callId}, #{at}, #{author}, #{action}, #{reason})\
      """)
  void addChange(ChangeRow row);

  @Delete("<script>DELETE FROM missed_case_call WHERE case_id IN" + OF_CASES + "</script>")
  void deleteMembers(@Param("cases") Collection<String> cases);

  @Delete("<script>DELETE FROM missed_case WHERE case_id IN" + OF_CASES + "</script>")
  void deleteCases(@Param("cases") Collection<String> cases);

  @Insert(
      """
      INSERT INTO missed_case (case_id, desk_id, site_id, opened_at, state, closed_at,
        closed_until, closing_call, closing_agent, closing_user, closing_reason)
      VALUES (#{caseId}, #{deskId}, #{siteId}, #{openedAt}, #{state}, #{closedAt},
        #{closedUntil}, #{closingCall}, #{closingAgent}, #{closingUser}, #{closingReason})\
      """)
  void addCase(CaseRow row);

  @Insert("INSERT INTO missed_case_call (call_id, case_id) VALUES (#{callId}, #{caseId})")
  void addMember(MemberRow row);

  record CaseRow(
      String caseId,
      String deskId,
      String siteId,
      Instant openedAt,
      String state,
      Instant closedAt,
      Instant closedUntil,
      String closingCall,
      String closingAgent,
      String closingUser,
      String closingReason) {}
}
