package cti.server.db.callers;

import java.time.Instant;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link CallerProjection}; all of them bear being carried out twice. */
public interface CallerEventMapper {
  record CallbackRow(
      String id,
      String call,
      String desk,
      String number,
      Instant since,
      Instant requestedAt,
      Instant until) {}

  @Insert(
      """
      INSERT INTO callback (callback_id, call_id, desk_id, number, since, requested_at, until_at,
        state, attempts)
      VALUES (#{id}, #{call}, #{desk}, #{number}, #{since}, #{requestedAt}, #{until}, 'WAITING', 0)
      ON DUPLICATE KEY UPDATE desk_id = #{desk}, number = #{number}, since = #{since},
        requested_at = #{requestedAt}, until_at = #{until}, state = 'WAITING', attempts = 0,
        made_call_id = NULL, last_reason = NULL, not_before = NULL, outcome = NULL,
        ended_at = NULL, ended_by = NULL\
      """)
  void callbackRequested(CallbackRow row);

  @Update(
      """
      UPDATE callback SET state = 'DIALLING', attempts = #{attempt}, made_call_id = #{made},
        not_before = NULL
      WHERE callback_id = #{id}\
      """)
  void callbackDialled(
      @Param("id") String id, @Param("attempt") int attempt, @Param("made") String made);

  @Update("UPDATE callback SET state = 'REACHED' WHERE callback_id = #{id}")
  void callbackReached(@Param("id") String id);

  @Update(
      """
      UPDATE callback SET state = 'WAITING', last_reason = #{reason}, not_before = #{again}
      WHERE callback_id = #{id}\
      """)
  void callbackFailed(
      @Param("id") String id, @Param("reason") String reason, @Param("again") Instant again);

  @Update(
      """
      UPDATE callback SET state = 'ENDED', outcome = #{outcome}, ended_at = #{at}, ended_by = #{by}
      WHERE callback_id = #{id}\
      """)
  void callbackEnded(
      @Param("id") String id,
      @Param("outcome") String outcome,
      @Param("at") Instant at,
      @Param("by") String by);

  record StandingRow(String deskId, String number, String state, int attempts) {}

  /** As it stands; null where there is none. */
  @Select("SELECT desk_id, number, state, attempts FROM callback WHERE callback_id = #{id}")
  StandingRow standing(@Param("id") String id);

  record MessageRow(String id, String call, String desk, String file, Instant at, int longest) {}

  @Insert(
      """
      INSERT INTO voicemail (voicemail_id, call_id, desk_id, file_name, begun_at, longest_s, state)
      VALUES (#{id}, #{call}, #{desk}, #{file}, #{at}, #{longest}, 'BEGUN')
      ON DUPLICATE KEY UPDATE call_id = #{call}\
      """)
  void messageBegun(MessageRow row);

  record SurveyRow(String call, String node, Instant at, int mark, String desk, String agent) {}

  @Insert(
      """
      REPLACE INTO survey_answer (call_id, node, at, mark, desk_id, agent_id)
      VALUES (#{call}, #{node}, #{at}, #{mark}, #{desk}, #{agent})\
      """)
  void surveyAnswered(SurveyRow row);

  @Insert(
      """
      REPLACE INTO major_incident_affected (notice_id, call_id, at)
      VALUES (#{notice}, #{call}, #{at})\
      """)
  void affected(@Param("notice") long notice, @Param("call") String call, @Param("at") Instant at);

  /** Ties the call to the ticket of the major incident, where it has one. */
  @Insert(
      """
      INSERT INTO incident_call (incident_id, call_id, call_role, linked_at)
      SELECT i.incident_id, #{call}, 'RELATED', #{at}
      FROM major_incident m JOIN incident i ON i.incident_id = m.incident_id
      WHERE m.notice_id = #{notice}
      ON DUPLICATE KEY UPDATE call_role = 'RELATED'\
      """)
  void relatedToTheTicket(
      @Param("notice") long notice, @Param("call") String call, @Param("at") Instant at);
}
