package cti.server.db.stats;

import cti.core.port.Page;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements of {@link AgentDayStore}. */
interface AgentDayMapper {
  /**
   * One line for each call that an agent's phones took part in. A call that became part of another
   * one is left out: its devices go on in the other.
   */
  String CALLS =
      """
      (SELECT c.call_id, MIN(p.started_at) AS at,
        SUM(p.answered_at IS NOT NULL AND p.role &lt;&gt; 'CALLER') AS taken,
        SUM(p.role = 'CALLER') AS made,
        SUM(COALESCE(p.failure IN
          ('NO_ANSWER', 'BUSY', 'REJECTED', 'UNAVAILABLE', 'CALLER_GONE'), 0)) AS unanswered,
        SUM(COALESCE(p.failure = 'PICKED_UP', 0)) AS picked_up,
        SUM(p.talk_ms) AS talk, SUM(p.hold_ms) AS hold,
        (SELECT COALESCE(SUM(w.wrap_up_ms), 0) FROM agent_wrap_up w
          WHERE w.call_id = c.call_id AND w.agent_id = #{agent}) AS wrap_up
      FROM call_part p JOIN call_record c ON c.call_id = p.call_id AND c.merged_into IS NULL
      WHERE p.agent_id = #{agent} AND p.started_at &gt;= #{from} AND p.started_at &lt; #{to}
      GROUP BY c.call_id) x
      """;

  String HAD = "(x.taken &gt; 0 OR x.made &gt; 0)";
  String MISSED = "(x.taken = 0 AND x.made = 0 AND x.unanswered &gt; 0 AND x.picked_up = 0)";

  @Select(
      "<script>SELECT COALESCE(SUM("
          + HAD
          + "), 0) AS calls, COALESCE(SUM(x.taken &gt; 0), 0) AS answered,"
          + " COALESCE(SUM(x.made &gt; 0), 0) AS made, COALESCE(SUM("
          + MISSED
          + """
          ), 0) AS missed, COALESCE(SUM(x.wrap_up &gt; 0), 0) AS wrapped_up,
            COALESCE(SUM(x.talk), 0) AS talk, COALESCE(SUM(x.hold), 0) AS hold,
            COALESCE(SUM(x.wrap_up), 0) AS wrap_up
          FROM\s\
          """
          + CALLS
          + "</script>")
  SumsRow sums(@Param("agent") String agent, @Param("from") Instant from, @Param("to") Instant to);

  record SumsRow(
      long calls,
      long answered,
      long made,
      long missed,
      long wrappedUp,
      long talk,
      long hold,
      long wrapUp) {}

  /** {@code figure} is the name of a {@code DayFigure}. */
  @Select(
      """
      <script>
      SELECT x.call_id, x.at, r.direction, r.calling_number, r.dialled_number, r.desk_id,
        x.taken + x.made AS had, x.talk, x.hold, x.wrap_up
      FROM\s\
      """
          + CALLS
          + """
          JOIN call_record r ON r.call_id = x.call_id
          <where>
            <choose>
              <when test="figure == 'CALLS'">\
          """
          + HAD
          + """
          </when>
              <when test="figure == 'ANSWERED'">x.taken &gt; 0</when>
              <when test="figure == 'MADE'">x.made &gt; 0</when>
              <when test="figure == 'MISSED'">\
          """
          + MISSED
          + """
          </when>
              <otherwise>x.wrap_up &gt; 0</otherwise>
            </choose>
            <if test="after != null">
              AND (x.at &lt; #{after.at} OR (x.at = #{after.at} AND x.call_id &lt; #{after.id}))
            </if>
          </where>
          ORDER BY x.at DESC, x.call_id DESC LIMIT #{limit}</script>
          """)
  List<DayCallRow> calls(
      @Param("agent") String agent,
      @Param("figure") String figure,
      @Param("from") Instant from,
      @Param("to") Instant to,
      @Param("after") Page.Key after,
      @Param("limit") int limit);

  record DayCallRow(
      String callId,
      Instant at,
      String direction,
      String callingNumber,
      String dialledNumber,
      String deskId,
      long had,
      long talk,
      long hold,
      long wrapUp) {}

  @Select(
      """
      <script>SELECT call_id, staff_id FROM call_match WHERE call_id IN
      <foreach item="id" collection="calls" open="(" separator="," close=")">#{id}</foreach>
      ORDER BY call_id, ordinal</script>\
      """)
  List<MatchRow> matches(@Param("calls") List<String> calls);

  record MatchRow(String callId, String staffId) {}

  /** States that began in the period, and the last one before it; in their order. */
  @Select(
      """
      SELECT at, state, COALESCE(reason, '') AS reason FROM agent_state_log
      WHERE agent_id = #{agent} AND at < #{to}
        AND at >= COALESCE((SELECT MAX(b.at) FROM agent_state_log b
          WHERE b.agent_id = #{agent} AND b.at <= #{from}), #{from})
      ORDER BY sequence\
      """)
  List<StateRow> states(
      @Param("agent") String agent, @Param("from") Instant from, @Param("to") Instant to);

  record StateRow(Instant at, String state, String reason) {}
}
