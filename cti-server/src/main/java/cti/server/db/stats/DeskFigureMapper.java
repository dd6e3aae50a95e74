package cti.server.db.stats;

import cti.core.port.Page;
import cti.server.db.audit.AuditMapper;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link DeskFigureStore}. A parameter that is null does not restrict. */
interface DeskFigureMapper extends AuditMapper {
  /** A stay with the rule that was in force when it began. */
  String STAYS =
      """
      FROM queue_visit v
      LEFT JOIN service_level s ON s.desk_id = v.desk_id AND s.effective_from &lt;= v.entered_at
        AND (s.effective_until IS NULL OR v.entered_at &lt; s.effective_until)
      """;

  String WITHIN = "v.wait_ms &lt;= 1000 * COALESCE(s.answer_within_s, #{usualWithin})";
  String SHORTLY = "v.wait_ms &lt; 1000 * COALESCE(s.short_s, #{usualShort})";

  String IN_SIGHT =
      """
      <if test="sight != null">
        AND v.desk_id IN
        <foreach item="id" collection="sight" open="(" separator="," close=")">#{id}</foreach>
      </if>
      """;

  @Select(
      """
      <script>
      SELECT v.desk_id, COUNT(*) AS queued,
        SUM(COALESCE(v.outcome = 'ANSWERED', 0)) AS answered,
        SUM(COALESCE(v.outcome = 'ANSWERED' AND\s\
      """
          + WITHIN
          + """
          , 0)) AS answered_in_time,
            SUM(COALESCE(v.outcome = 'AGENT_NO_ANSWER', 0)) AS agent_no_answer,
            SUM(COALESCE(v.outcome = 'ABANDONED', 0)) AS abandoned,
            SUM(COALESCE(v.outcome = 'ABANDONED' AND\s\
          """
          + SHORTLY
          + ", 0)) AS abandoned_shortly, SUM(COALESCE(v.outcome = 'ABANDONED' AND "
          + WITHIN
          + """
          , 0)) AS abandoned_in_time,
            SUM(COALESCE(v.outcome = 'TIMED_OUT', 0)) AS timed_out,
            SUM(COALESCE(v.outcome = 'LEFT_BY_KEY', 0)) AS left_by_key,
            SUM(COALESCE(v.outcome = 'NO_AGENTS', 0)) AS no_agents,
            SUM(COALESCE(v.outcome = 'OVERFLOWED', 0)) AS overflowed,
            SUM(COALESCE(v.outcome IN ('FULL', 'CLOSED'), 0)) AS turned_away,
            SUM(COALESCE(v.outcome = 'GATEWAY_LOST', 0)) AS lost,
            SUM(v.outcome IS NULL) AS waiting,
            SUM(CASE WHEN v.outcome = 'ANSWERED' THEN v.wait_ms ELSE 0 END) AS wait_of_answered,
            MAX(v.wait_ms) AS longest_wait
          """
          + STAYS
          + """
          WHERE v.desk_id IS NOT NULL
            AND v.entered_at &gt;= #{from} AND v.entered_at &lt; #{to}
          """
          + IN_SIGHT
          + "GROUP BY v.desk_id</script>")
  List<CountsRow> counts(
      @Param("from") Instant from,
      @Param("to") Instant to,
      @Param("sight") List<String> sight,
      @Param("usualWithin") long usualWithin,
      @Param("usualShort") long usualShort);

  record CountsRow(
      String deskId,
      long queued,
      long answered,
      long answeredInTime,
      long agentNoAnswer,
      long abandoned,
      long abandonedShortly,
      long abandonedInTime,
      long timedOut,
      long leftByKey,
      long noAgents,
      long overflowed,
      long turnedAway,
      long lost,
      long waiting,
      long waitOfAnswered,
      long longestWait) {}

  /** Talks that a desk answered and that are over, with the hold in them and the wrap-up after. */
  @Select(
      """
      <script>
      SELECT v.desk_id, COUNT(*) AS handled, SUM(p.talk_ms) AS talk, SUM(p.hold_ms) AS hold,
        SUM(COALESCE((SELECT SUM(w.wrap_up_ms) FROM agent_wrap_up w
          WHERE w.call_id = v.call_id AND w.agent_id = p.agent_id), 0)) AS wrap_up
      FROM queue_visit v
      JOIN call_part p ON p.call_id = v.call_id AND p.role = 'QUEUE_AGENT'
        AND p.answered_at = v.answered_at
      WHERE v.outcome = 'ANSWERED' AND v.desk_id IS NOT NULL AND p.ended_at IS NOT NULL
        AND v.entered_at &gt;= #{from} AND v.entered_at &lt; #{to}
      """
          + IN_SIGHT
          + "GROUP BY v.desk_id</script>")
  List<HandlingRow> handling(
      @Param("from") Instant from, @Param("to") Instant to, @Param("sight") List<String> sight);

  record HandlingRow(String deskId, long handled, long talk, long hold, long wrapUp) {}

  /** {@code condition} is one of {@link DeskFigureStore}'s own, never a client's. */
  @Select(
      """
      <script>
      SELECT v.visit_id, v.call_id, v.desk_id, v.entered_at, v.left_at, v.wait_ms, v.outcome,
        COALESCE(c.calling_number, '') AS calling_number,
        (SELECT MIN(a.agent_id) FROM ring_attempt a
          WHERE a.visit_id = v.visit_id AND a.outcome = 'ANSWERED') AS agent_id
      """
          + STAYS
          + """
          LEFT JOIN call_record c ON c.call_id = v.call_id
          WHERE v.desk_id IS NOT NULL
            AND v.entered_at &gt;= #{from} AND v.entered_at &lt; #{to}
            <if test="desk != null">AND v.desk_id = #{desk}</if>
            <if test="outcomes != null">
              AND v.outcome IN
              <foreach item="o" collection="outcomes" open="(" separator="," close=")">#{o}</foreach>
            </if>
            <if test="open">AND v.outcome IS NULL</if>
            <if test="inTime">AND\s\
          """
          + WITHIN
          + "</if><if test=\"shortly\">AND "
          + SHORTLY
          + """
            </if>
            <if test="after != null">
              AND (v.entered_at &lt; #{after.at}
                OR (v.entered_at = #{after.at} AND v.visit_id &lt; #{after.id}))
            </if>
          """
          + IN_SIGHT
          + "ORDER BY v.entered_at DESC, v.visit_id DESC LIMIT #{limit}</script>")
  List<StayRow> stays(
      @Param("from") Instant from,
      @Param("to") Instant to,
      @Param("desk") String desk,
      @Param("sight") List<String> sight,
      @Param("outcomes") List<String> outcomes,
      @Param("open") boolean open,
      @Param("inTime") boolean inTime,
      @Param("shortly") boolean shortly,
      @Param("after") Page.Key after,
      @Param("limit") int limit,
      @Param("usualWithin") long usualWithin,
      @Param("usualShort") long usualShort);

  /** Counts by the number of steps since {@code from}, from 0. */
  @Select(
      """
      <script>
      SELECT v.desk_id, FLOOR(TIMESTAMPDIFF(SECOND, #{from}, v.entered_at) / #{step}) AS step,
        COUNT(*) AS queued,
        SUM(COALESCE(v.outcome = 'ANSWERED', 0)) AS answered,
        SUM(COALESCE(v.outcome = 'AGENT_NO_ANSWER', 0)) AS agent_no_answer,
        SUM(COALESCE(v.outcome IN ('ABANDONED', 'TIMED_OUT', 'LEFT_BY_KEY', 'NO_AGENTS'), 0))
          AS queue_missed
      FROM queue_visit v
      WHERE v.desk_id IS NOT NULL
        AND v.entered_at &gt;= #{from} AND v.entered_at &lt; #{to}
      """
          + IN_SIGHT
          + "GROUP BY v.desk_id, step ORDER BY v.desk_id, step</script>")
  List<TrendRow> trend(
      @Param("from") Instant from,
      @Param("to") Instant to,
      @Param("step") long step,
      @Param("sight") List<String> sight);

  record TrendRow(
      String deskId, long step, long queued, long answered, long agentNoAnswer, long queueMissed) {}

  @Select(
      """
      SELECT desk_id, wait_yellow_s, wait_red_s, waiting_yellow, waiting_red
      FROM wallboard_threshold ORDER BY desk_id\
      """)
  List<ThresholdRow> thresholds();

  @Select(
      """
      SELECT desk_id, wait_yellow_s, wait_red_s, waiting_yellow, waiting_red
      FROM wallboard_threshold WHERE desk_id = #{desk}\
      """)
  ThresholdRow threshold(String desk);

  @Delete("DELETE FROM wallboard_threshold WHERE desk_id = #{desk}")
  void dropThreshold(String desk);

  @Insert(
      """
      INSERT INTO wallboard_threshold (desk_id, wait_yellow_s, wait_red_s, waiting_yellow,
        waiting_red, changed_at, changed_by)
      VALUES (#{row.deskId}, #{row.waitYellowS}, #{row.waitRedS}, #{row.waitingYellow},
        #{row.waitingRed}, #{at}, #{by})\
      """)
  void addThreshold(
      @Param("row") ThresholdRow row, @Param("at") Instant at, @Param("by") String by);

  record ThresholdRow(
      String deskId, int waitYellowS, int waitRedS, int waitingYellow, int waitingRed) {}

  record StayRow(
      String visitId,
      String callId,
      String deskId,
      Instant enteredAt,
      Instant leftAt,
      long waitMs,
      String outcome,
      String callingNumber,
      String agentId) {}

  @Select(
      """
      SELECT desk_id, effective_from, formula, answer_within_s, short_s, changed_by
      FROM service_level WHERE effective_from <= #{at}
        AND (effective_until IS NULL OR effective_until > #{at}) ORDER BY desk_id\
      """)
  List<RuleRow> rules(Instant at);

  @Select(
      """
      SELECT desk_id, effective_from, formula, answer_within_s, short_s, changed_by
      FROM service_level WHERE desk_id = #{desk} ORDER BY effective_from DESC\
      """)
  List<RuleRow> history(String desk);

  record RuleRow(
      String deskId,
      Instant effectiveFrom,
      String formula,
      int answerWithinS,
      int shortS,
      String changedBy) {}

  /**
   * Locks the desk, so that two changes of one desk follow each other; null where there is none.
   */
  @Select("SELECT desk_id FROM desk WHERE desk_id = #{desk} FOR UPDATE")
  String lockDesk(String desk);

  @Delete("DELETE FROM service_level WHERE desk_id = #{desk} AND effective_from = #{from}")
  void drop(@Param("desk") String desk, @Param("from") Instant from);

  @Update(
      """
      UPDATE service_level SET effective_until = #{from} WHERE desk_id = #{desk}
        AND effective_from < #{from} AND (effective_until IS NULL OR effective_until > #{from})\
      """)
  void end(@Param("desk") String desk, @Param("from") Instant from);

  @Select(
      "SELECT MIN(effective_from) FROM service_level"
          + " WHERE desk_id = #{desk} AND effective_from > #{from}")
  Instant following(@Param("desk") String desk, @Param("from") Instant from);

  @Insert(
      """
      INSERT INTO service_level (desk_id, effective_from, effective_until, formula,
        answer_within_s, short_s, changed_at, changed_by)
      VALUES (#{row.deskId}, #{row.effectiveFrom}, #{until}, #{row.formula},
        #{row.answerWithinS}, #{row.shortS}, #{at}, #{row.changedBy})\
      """)
  void insert(@Param("row") RuleRow row, @Param("until") Instant until, @Param("at") Instant at);
}
