package cti.server.db.recordings;

import cti.core.port.Page;
import cti.core.port.Recordings.Totals;
import cti.core.recording.RecordingRules;
import cti.server.db.audit.AuditMapper;
import cti.server.db.directory.DirectoryRevisionMapper;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link RecordingStore}. A parameter that is null does not restrict. */
interface RecordingMapper extends DirectoryRevisionMapper, AuditMapper {
  /** How a desk records, in the place of how it did. */
  @Insert(
      """
      REPLACE INTO desk_recording (desk_id, policy, share_percent, announcement, agent_may_start,
        agent_may_pause, agent_may_listen, retention_days)
      VALUES (#{desk}, #{rules.policy}, #{rules.sharePercent}, #{rules.announcement},
        #{rules.agentMayStart}, #{rules.agentMayPause}, #{rules.agentMayListen},
        #{rules.retentionDays})\
      """)
  void putRules(@Param("desk") String desk, @Param("rules") RecordingRules rules);

  record RecordingRow(
      String recordingId,
      String callId,
      String attemptId,
      String agentId,
      String deskId,
      String fileName,
      Instant startedAt,
      Instant stoppedAt,
      String state,
      Long bytes,
      Long audioMs,
      String sha256,
      String fault,
      boolean legalHold,
      Instant deletedAt) {}

  String COLUMNS =
      """
      recording_id, call_id, attempt_id, agent_id, desk_id, file_name, started_at, stopped_at,
        state, bytes, audio_ms, sha256, fault, legal_hold, deleted_at
      """;

  /** What {@code Recordings.Filter} says, as the statement needs it. */
  record Restricted(
      Instant from,
      Instant to,
      String call,
      String incident,
      String agent,
      String desk,
      String own) {}

  @Select(
      "<script>SELECT "
          + COLUMNS
          + """
          FROM recording
          WHERE started_at &gt;= #{filter.from} AND started_at &lt; #{filter.to}
            <if test="filter.call != null">AND call_id = #{filter.call}</if>
            <if test="filter.incident != null">
              AND call_id IN (SELECT call_id FROM incident_call
                WHERE incident_id = #{filter.incident})
            </if>
            <if test="filter.agent != null">AND agent_id = #{filter.agent}</if>
            <if test="filter.desk != null">AND desk_id = #{filter.desk}</if>
            <if test="filter.own != null">AND agent_id = #{filter.own}</if>
            <if test="sight != null">
              AND desk_id IN
              <foreach item="id" collection="sight" open="(" separator="," close=")">#{id}</foreach>
            </if>
            <if test="after != null">
              AND (started_at &lt; #{after.at}
                OR (started_at = #{after.at} AND recording_id &lt; #{after.id}))
            </if>
          ORDER BY started_at DESC, recording_id DESC LIMIT #{limit}</script>
          """)
  List<RecordingRow> list(
      @Param("filter") Restricted filter,
      @Param("sight") List<String> sight,
      @Param("after") Page.Key after,
      @Param("limit") int limit);

  @Select("SELECT " + COLUMNS + "FROM recording WHERE recording_id = #{id}")
  RecordingRow find(String id);

  record PauseRow(String recordingId, Instant pausedAt, Instant untilAt, Instant resumedAt) {}

  @Select(
      """
      <script>SELECT recording_id, paused_at, until_at, resumed_at FROM recording_pause
      WHERE recording_id IN
      <foreach item="id" collection="ids" open="(" separator="," close=")">#{id}</foreach>
      ORDER BY recording_id, paused_at</script>\
      """)
  List<PauseRow> pauses(@Param("ids") List<String> ids);

  @Select(
      "<script>SELECT "
          + COLUMNS
          + """
          FROM recording WHERE state IN
            <foreach item="one" collection="states" open="(" separator="," close=")">#{one}</foreach>
            AND COALESCE(stopped_at, started_at) &lt; #{before}
          ORDER BY COALESCE(checked_at, started_at), recording_id LIMIT #{limit}</script>
          """)
  List<RecordingRow> inState(
      @Param("states") List<String> states,
      @Param("before") Instant before,
      @Param("limit") int limit);

  @Select(
      "<script>SELECT "
          + COLUMNS
          + """
          FROM recording WHERE state = 'STORED' AND NOT legal_hold AND stopped_at &lt; #{cut}
            <choose>
              <when test="desk != null">AND desk_id = #{desk}</when>
              <otherwise>AND desk_id IS NULL</otherwise>
            </choose>
          ORDER BY stopped_at, recording_id LIMIT #{limit}</script>
          """)
  List<RecordingRow> pastRetention(
      @Param("desk") String desk, @Param("cut") Instant cut, @Param("limit") int limit);

  @Select(
      """
      <script>SELECT file_name FROM recording WHERE file_name IN
      <foreach item="one" collection="files" open="(" separator="," close=")">#{one}</foreach>
      </script>\
      """)
  List<String> knownFiles(@Param("files") List<String> files);

  record DeskRow(String deskId, long recordings) {}

  @Select(
      """
      SELECT desk_id, COUNT(*) AS recordings FROM recording WHERE state = 'STORED'
      GROUP BY desk_id\
      """)
  List<DeskRow> deskIds();

  @Select(
      """
      SELECT COALESCE(SUM(state = 'STORED'), 0) AS `stored`,
        COALESCE(SUM(state IN ('STOPPED', 'END_UNSEEN')), 0) AS `waiting`,
        COALESCE(SUM(state = 'MISSING'), 0) AS `missing`,
        COALESCE(SUM(state = 'STORED' AND fault IS NOT NULL), 0) AS `faulty`,
        COALESCE(SUM(CASE WHEN state = 'STORED' THEN bytes END), 0) AS `bytes`
      FROM recording\
      """)
  Totals totals();

  record TalkRow(String callId, String attemptId, String agentId, String deskId) {}

  @Select(
      """
      SELECT a.call_id, a.attempt_id, a.agent_id, v.desk_id FROM ring_attempt a
      LEFT JOIN queue_visit v ON v.visit_id = a.visit_id WHERE a.attempt_id = #{attempt}\
      """)
  TalkRow talk(String attempt);

  /** A phone that no queue chose is recorded as the desk of the call records. */
  @Select(
      """
      SELECT p.call_id, p.connection_id AS attempt_id, p.agent_id, c.desk_id FROM call_part p
      JOIN call_record c ON c.call_id = p.call_id
      WHERE p.call_id = #{call} AND p.connection_id = #{part}\
      """)
  TalkRow partTalk(@Param("call") String call, @Param("part") String part);

  @Insert(
      """
      INSERT IGNORE INTO recording (recording_id, call_id, attempt_id, agent_id, desk_id, file_name,
        started_at, stopped_at, state, legal_hold)
      VALUES (#{recordingId}, #{callId}, #{attemptId}, #{agentId}, #{deskId}, #{fileName},
        #{startedAt}, #{stoppedAt}, 'STOPPED', FALSE)\
      """)
  int adopt(RecordingRow row);

  @Update(
      """
      UPDATE recording SET state = 'STOPPED', stopped_at = GREATEST(started_at, #{end})
      WHERE recording_id = #{id} AND state IN ('RECORDING', 'END_UNSEEN')\
      """)
  int endedByFile(@Param("id") String id, @Param("end") Instant end);

  @Update(
      """
      UPDATE recording_pause SET resumed_at = GREATEST(paused_at, #{end})
      WHERE recording_id = #{id} AND (resumed_at IS NULL OR resumed_at > #{end})\
      """)
  void pausesEnded(@Param("id") String id, @Param("end") Instant end);

  @Select("SELECT COUNT(*) FROM recording WHERE state = 'MISSING' AND stopped_at > #{since}")
  long missingSince(Instant since);

  @Update(
      """
      UPDATE recording SET state = 'STORED', bytes = #{audio.bytes}, audio_ms = #{audio.audioMs},
        sha256 = #{audio.sha256}, fault = #{audio.fault}, checked_at = #{now}
      WHERE recording_id = #{id} AND state IN ('STOPPED', 'MISSING')\
      """)
  int stored(@Param("id") String id, @Param("audio") AudioRow audio, @Param("now") Instant now);

  record AudioRow(long bytes, long audioMs, String sha256, String fault) {}

  @Update(
      """
      UPDATE recording SET state = 'MISSING', checked_at = #{now}
      WHERE recording_id = #{id} AND state IN ('STOPPED', 'MISSING')\
      """)
  int missing(@Param("id") String id, @Param("now") Instant now);

  @Update(
      """
      UPDATE recording SET state = 'DELETING'
      WHERE recording_id = #{id} AND state = 'STORED' AND NOT legal_hold\
      """)
  int markForDeletion(String id);

  @Update(
      """
      UPDATE recording SET state = 'DELETED', deleted_at = #{at}
      WHERE recording_id = #{id} AND state = 'DELETING'\
      """)
  int deleted(@Param("id") String id, @Param("at") Instant at);

  /** A file that is marked and still there may be held too: then it is stored again. */
  @Update(
      """
      UPDATE recording SET legal_hold = #{held},
        state = CASE WHEN #{held} AND state = 'DELETING' THEN 'STORED' ELSE state END
      WHERE recording_id = #{id} AND state <> 'DELETED'\
      """)
  int hold(@Param("id") String id, @Param("held") boolean held);

  record ActRow(
      Instant at, String action, String subject, String actor, String address, String detail) {}

  @Insert(
      """
      INSERT INTO recording_audit (at, action, subject, actor, address, detail)
      VALUES (#{at}, #{action}, #{subject}, #{actor}, #{address}, #{detail})\
      """)
  void addAct(ActRow row);

  @Select(
      """
      SELECT at, action, subject, actor, address, detail FROM recording_audit
      WHERE subject = #{subject} ORDER BY entry_id DESC LIMIT #{limit}\
      """)
  List<ActRow> auditOf(@Param("subject") String subject, @Param("limit") int limit);
}
