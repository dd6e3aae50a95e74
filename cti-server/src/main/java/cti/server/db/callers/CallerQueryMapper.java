package cti.server.db.callers;

import cti.core.id.DeskId;
import cti.core.port.Page;
import cti.server.db.audit.AuditMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of the stores of this room. A parameter that is null does not restrict. */
interface CallerQueryMapper extends AuditMapper {
  /** What a filter says, as the statements need it. */
  record Restricted(
      Instant from,
      Instant to,
      String call,
      String incident,
      String desk,
      String agent,
      String state) {}

  static List<String> sight(Optional<Set<DeskId>> desks) {
    return desks.map(some -> some.stream().map(DeskId::value).sorted().toList()).orElse(null);
  }

  String DESKS =
      """
      <if test="filter.desk != null">AND desk_id = #{filter.desk}</if>
      <if test="sight != null">
        AND desk_id IN
        <foreach item="id" collection="sight" open="(" separator="," close=")">#{id}</foreach>
      </if>
      """;

  record CallbackRecord(
      String callbackId,
      String callId,
      String deskId,
      String number,
      Instant since,
      Instant requestedAt,
      Instant untilAt,
      String state,
      String outcome,
      int attempts,
      String madeCallId,
      String lastReason,
      Instant notBefore,
      Instant endedAt,
      String endedBy) {}

  String CALLBACK =
      """
      callback_id, call_id, desk_id, number, since, requested_at, until_at, state, outcome,
        attempts, made_call_id, last_reason, not_before, ended_at, ended_by
      """;

  @Select(
      "<script>SELECT "
          + CALLBACK
          + """
          FROM callback
          WHERE requested_at &gt;= #{filter.from} AND requested_at &lt; #{filter.to}
          """
          + DESKS
          + """
            <if test="filter.state == 'OPEN'">AND state &lt;&gt; 'ENDED'</if>
            <if test="filter.state == 'ENDED'">AND state = 'ENDED'</if>
            <if test="after != null">
              AND (requested_at &lt; #{after.at}
                OR (requested_at = #{after.at} AND callback_id &lt; #{after.id}))
            </if>
          ORDER BY requested_at DESC, callback_id DESC LIMIT #{limit}</script>
          """)
  List<CallbackRecord> callbacks(
      @Param("filter") Restricted filter,
      @Param("sight") List<String> sight,
      @Param("after") Page.Key after,
      @Param("limit") int limit);

  @Select("SELECT " + CALLBACK + "FROM callback WHERE callback_id = #{id}")
  CallbackRecord callback(String id);

  record VoicemailRecord(
      String voicemailId,
      String callId,
      String deskId,
      String caseId,
      String number,
      String fileName,
      Instant begunAt,
      int longestS,
      String state,
      Long bytes,
      Long audioMs,
      String sha256,
      String transcription,
      Instant heardAt,
      String heardBy) {}

  String VOICEMAIL =
      """
      v.voicemail_id, v.call_id, v.desk_id, c.case_id,
        COALESCE((SELECT r.calling_number FROM call_record r WHERE r.call_id = v.call_id), '') AS number,
        v.file_name, v.begun_at, v.longest_s,
        v.state, v.bytes, v.audio_ms, v.sha256, v.transcription, v.heard_at, v.heard_by
      FROM voicemail v LEFT JOIN missed_case_call c ON c.call_id = v.call_id
      """;

  @Select(
      "<script>SELECT "
          + VOICEMAIL
          + """
          WHERE begun_at &gt;= #{filter.from} AND begun_at &lt; #{filter.to}
            <if test="filter.call != null">AND v.call_id = #{filter.call}</if>
            <if test="filter.state != null">AND state = #{filter.state}</if>
          """
          + DESKS
          + """
            <if test="after != null">
              AND (begun_at &lt; #{after.at}
                OR (begun_at = #{after.at} AND voicemail_id &lt; #{after.id}))
            </if>
          ORDER BY begun_at DESC, voicemail_id DESC LIMIT #{limit}</script>
          """)
  List<VoicemailRecord> voicemails(
      @Param("filter") Restricted filter,
      @Param("sight") List<String> sight,
      @Param("after") Page.Key after,
      @Param("limit") int limit);

  @Select("SELECT " + VOICEMAIL + "WHERE v.voicemail_id = #{id}")
  VoicemailRecord voicemail(String id);

  @Select(
      "SELECT "
          + VOICEMAIL
          + "WHERE v.state = 'BEGUN' AND v.begun_at < #{cut} ORDER BY v.begun_at LIMIT #{limit}")
  List<VoicemailRecord> awaited(@Param("cut") Instant cut, @Param("limit") int limit);

  @Select(
      "SELECT "
          + VOICEMAIL
          + "WHERE v.state = 'NEW' AND v.transcription IS NULL ORDER BY v.begun_at LIMIT #{limit}")
  List<VoicemailRecord> untranscribed(int limit);

  @Update(
      """
      UPDATE voicemail SET state = 'NEW', bytes = #{bytes}, audio_ms = #{milliseconds},
        sha256 = #{sha256}
      WHERE voicemail_id = #{id} AND state = 'BEGUN'\
      """)
  void stored(
      @Param("id") String id,
      @Param("bytes") long bytes,
      @Param("milliseconds") long milliseconds,
      @Param("sha256") String sha256);

  @Update("UPDATE voicemail SET state = 'EMPTY' WHERE voicemail_id = #{id} AND state = 'BEGUN'")
  void empty(String id);

  @Update("UPDATE voicemail SET transcription = #{text} WHERE voicemail_id = #{id}")
  void transcribed(@Param("id") String id, @Param("text") String text);

  @Update(
      """
      UPDATE voicemail SET state = 'HEARD', heard_at = #{at}, heard_by = #{by}
      WHERE voicemail_id = #{id} AND state = 'NEW'\
      """)
  int heard(@Param("id") String id, @Param("at") Instant at, @Param("by") String by);

  @Select("SELECT DISTINCT desk_id FROM voicemail ORDER BY desk_id")
  List<String> voicemailDesks();

  @Select(
      "SELECT "
          + VOICEMAIL
          + """
          WHERE v.desk_id = #{desk} AND v.begun_at < #{cut} AND v.state IN ('NEW', 'HEARD', 'EMPTY')
          ORDER BY v.begun_at LIMIT #{limit}
          """)
  List<VoicemailRecord> before(
      @Param("desk") String desk, @Param("cut") Instant cut, @Param("limit") int limit);

  @Update(
      """
      UPDATE voicemail SET state = 'DELETED', sha256 = NULL, transcription = NULL
      WHERE voicemail_id = #{id} AND state <> 'DELETED'\
      """)
  int deleted(String id);

  record ActRow(
      Instant at, String action, String subject, String actor, String address, String detail) {}

  @Insert(
      """
      INSERT INTO voicemail_audit (at, action, subject, actor, address, detail)
      VALUES (#{at}, #{action}, #{subject}, #{actor}, #{address}, #{detail})\
      """)
  void addAct(ActRow row);

  @Select(
      """
      SELECT at, action, subject, actor, address, detail FROM voicemail_audit
      WHERE subject = #{subject} ORDER BY entry_id DESC LIMIT #{limit}\
      """)
  List<ActRow> auditOf(@Param("subject") String subject, @Param("limit") int limit);

  record SurveyRecord(
      String callId, String node, Instant at, int mark, String deskId, String agentId) {}

  String SURVEYS =
      """
      FROM survey_answer WHERE at &gt;= #{filter.from} AND at &lt; #{filter.to}
        <if test="filter.call != null">AND call_id = #{filter.call}</if>
        <if test="filter.incident != null">
          AND call_id IN (SELECT call_id FROM incident_call WHERE incident_id = #{filter.incident})
        </if>
        <if test="filter.agent != null">AND agent_id = #{filter.agent}</if>
      """;

  @Select(
      "<script>SELECT call_id, node, at, mark, desk_id, agent_id "
          + SURVEYS
          + DESKS
          + """
            <if test="after != null">
              AND (at &lt; #{after.at} OR (at = #{after.at} AND call_id &lt; #{after.id}))
            </if>
          ORDER BY at DESC, call_id DESC, node LIMIT #{limit}</script>
          """)
  List<SurveyRecord> surveys(
      @Param("filter") Restricted filter,
      @Param("sight") List<String> sight,
      @Param("after") Page.Key after,
      @Param("limit") int limit);

  record MarkCount(int mark, long answers) {}

  @Select(
      "<script>SELECT mark, COUNT(*) AS answers "
          + SURVEYS
          + DESKS
          + " GROUP BY mark ORDER BY mark</script>")
  List<MarkCount> marks(@Param("filter") Restricted filter, @Param("sight") List<String> sight);

  record LinkedIncident(String callId, String incidentId) {}

  @Select(
      """
      <script>SELECT DISTINCT call_id, incident_id FROM incident_call WHERE call_id IN
      <foreach item="id" collection="calls" open="(" separator="," close=")">#{id}</foreach>
      ORDER BY incident_id</script>\
      """)
  List<LinkedIncident> incidents(@Param("calls") List<String> calls);
}
