package cti.server.db.recordings;

import java.time.Instant;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link RecordingProjection}; all of them bear being carried out twice. */
public interface RecordingEventMapper {
  /** A row that the sweep of the folder made before the journal arrived gets what it lacks. */
  @Insert(
      """
      INSERT INTO recording (recording_id, call_id, attempt_id, agent_id, desk_id, file_name,
        started_at, state, legal_hold)
      VALUES (#{id}, #{call}, #{attempt}, #{agent}, #{desk}, #{file}, #{at}, 'RECORDING', FALSE)
      ON DUPLICATE KEY UPDATE call_id = #{call}, agent_id = #{agent}, desk_id = #{desk},
        started_at = #{at}\
      """)
  void recordingStarted(RecordingStartedRow row);

  record RecordingStartedRow(
      String id, String call, String attempt, String agent, String desk, String file, Instant at) {}

  @Insert(
      """
      REPLACE INTO recording_pause (recording_id, paused_at, until_at)
      VALUES (#{id}, #{at}, #{until})\
      """)
  void recordingPaused(
      @Param("id") String id, @Param("at") Instant at, @Param("until") Instant until);

  @Update(
      """
      UPDATE recording_pause SET resumed_at = #{at}
      WHERE recording_id = #{id} AND resumed_at IS NULL\
      """)
  void recordingResumed(@Param("id") String id, @Param("at") Instant at);

  @Update(
      """
      UPDATE recording SET stopped_at = #{at},
        state = CASE state WHEN 'RECORDING' THEN 'STOPPED' ELSE state END
      WHERE recording_id = #{id}\
      """)
  void recordingStopped(@Param("id") String id, @Param("at") Instant at);

  /** Its end is known from the picture afterwards; the file tells when it was. */
  @Update(
      """
      UPDATE recording SET stopped_at = #{at}, state = 'END_UNSEEN'
      WHERE recording_id = #{id} AND state = 'RECORDING'\
      """)
  void recordingEndUnseen(@Param("id") String id, @Param("at") Instant at);

  @Update("UPDATE recording SET call_id = #{into} WHERE call_id = #{call}")
  void recordingsMerged(@Param("call") String call, @Param("into") String into);
}
