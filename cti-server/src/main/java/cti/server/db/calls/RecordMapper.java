package cti.server.db.calls;

import cti.core.event.CallEvent.CallMissed;
import cti.server.db.audit.AuditMapper;
import cti.server.db.callers.CallerEventMapper;
import cti.server.db.missed.MissedCaseMapper;
import cti.server.db.recordings.RecordingEventMapper;
import cti.server.db.supervision.SupervisionEventMapper;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/**
 * Statements of {@link MySqlRecordStore}, those of missed cases among them: they are folded in the
 * same transaction. REPLACE, because both servers know it alike.
 */
interface RecordMapper
    extends MissedCaseMapper,
        RecordingEventMapper,
        CallerEventMapper,
        SupervisionEventMapper,
        AuditMapper {
  @Select("SELECT sequence FROM journal_mark WHERE journal = 'main'")
  long mark();

  @Select("SELECT sequence FROM journal_mark WHERE journal = 'main' FOR UPDATE")
  long lockMark();

  @Update("UPDATE journal_mark SET sequence = #{sequence} WHERE journal = 'main'")
  void moveMark(long sequence);

  @Select("SELECT desk_id, site_id FROM desk")
  List<DeskSite> deskSites();

  record DeskSite(String deskId, String siteId) {}

  @Select(
      """
      <script>SELECT * FROM call_record WHERE call_id IN
      <foreach item="id" collection="calls" open="(" separator="," close=")">#{id}</foreach>
      </script>\
      """)
  List<CallRecordRow> calls(@Param("calls") List<String> calls);

  @Select(
      """
      <script>SELECT * FROM queue_visit WHERE call_id IN
      <foreach item="id" collection="calls" open="(" separator="," close=")">#{id}</foreach>
      ORDER BY entered_at, visit_id</script>\
      """)
  List<VisitRow> visits(@Param("calls") List<String> calls);

  @Select(
      """
      <script>SELECT * FROM ring_attempt WHERE call_id IN
      <foreach item="id" collection="calls" open="(" separator="," close=")">#{id}</foreach>
      ORDER BY delivered_at, attempt_id</script>\
      """)
  List<AttemptRow> attempts(@Param("calls") List<String> calls);

  @Insert(
      """
      REPLACE INTO call_record (call_id, gateway, direction, channel_name, calling_number,
        calling_name, dialled_number, started_at, answered_at, ended_at, site_id,
        desk_id, queue_name, agent_id, routing_rule, explanation, keys_pressed, fallback_reason,
        flow_ended_at_node, wait_ms, talk_ms, flow_ms, ring_ms, hold_ms, ending_ms, transfers,
        merged_into, outcome, cleared_by, data_quality, recovered_at, recovered_from,
        routing_version)
      VALUES (#{callId}, #{gateway}, #{direction}, #{channelName}, #{callingNumber},
        #{callingName}, #{dialledNumber}, #{startedAt}, #{answeredAt},
        #{endedAt}, #{siteId}, #{deskId}, #{queueName}, #{agentId}, #{routingRule}, #{explanation},
        #{keysPressed}, #{fallbackReason}, #{flowEndedAtNode}, #{waitMs}, #{talkMs}, #{flowMs},
        #{ringMs}, #{holdMs}, #{endingMs}, #{transfers}, #{mergedInto}, #{outcome},
        #{clearedBy}, #{dataQuality}, #{recoveredAt}, #{recoveredFrom}, #{routingVersion})\
      """)
  void putCall(CallRecordRow call);

  @Insert(
      """
      REPLACE INTO queue_visit (visit_id, call_id, queue_name, desk_id, entered_at, answered_at,
        left_at, entry_position, exit_position, offers, agents_offered, outcome, wait_ms)
      VALUES (#{visitId}, #{callId}, #{queueName}, #{deskId}, #{enteredAt}, #{answeredAt},
        #{leftAt}, #{entryPosition}, #{exitPosition}, #{offers}, #{agentsOffered}, #{outcome},
        #{waitMs})\
      """)
  void putVisit(VisitRow visit);

  @Insert(
      """
      REPLACE INTO ring_attempt (attempt_id, visit_id, call_id, agent_id, extension, delivered_at,
        ended_at, outcome, talk_ended_at, talk_cleared_by, ring_ms, talk_ms)
      VALUES (#{attemptId}, #{visitId}, #{callId}, #{agentId}, #{extension}, #{deliveredAt},
        #{endedAt}, #{outcome}, #{talkEndedAt}, #{talkClearedBy}, #{ringMs}, #{talkMs})\
      """)
  void putAttempt(AttemptRow attempt);

  @Insert(
      """
      REPLACE INTO call_part (call_id, connection_id, ordinal, role, agent_id, number, state,
        started_at, answered_at, ended_at, failure, talk_ms, hold_ms)
      VALUES (#{callId}, #{connectionId}, #{ordinal}, #{role}, #{agentId}, #{number}, #{state},
        #{startedAt}, #{answeredAt}, #{endedAt}, #{failure}, #{talkMs}, #{holdMs})\
      """)
  void putPart(PartRow part);

  /** Each call's in order. */
  @Select(
      """
      <script>SELECT event FROM call_event WHERE call_id IN
      <foreach item="id" collection="calls" open="(" separator="," close=")">#{id}</foreach>
      ORDER BY sequence</script>\
      """)
  List<String> eventsOf(@Param("calls") Collection<String> calls);

  @Delete("DELETE FROM call_match WHERE call_id = #{call}")
  void deleteMatches(String call);

  @Insert(
      """
      INSERT INTO call_match (call_id, staff_id, ordinal)
      VALUES (#{call}, #{staff}, #{ordinal})\
      """)
  void addMatch(
      @Param("call") String call, @Param("staff") String staff, @Param("ordinal") int ordinal);

  @Delete("DELETE FROM missed_call WHERE call_id = #{call}")
  void deleteMissed(String call);

  @Insert(
      """
      REPLACE INTO missed_call (call_id, missed_at, desk_id, queue_name, reason)
      VALUES (#{missed.call.value}, #{missed.at}, #{desk}, #{missed.queue.value}, #{reason})\
      """)
  void putMissed(
      @Param("missed") CallMissed missed,
      @Param("desk") String desk,
      @Param("reason") String reason);

  @Insert(
      """
      INSERT INTO call_event (sequence, call_id, at, type, event)
      VALUES (#{sequence}, #{callId}, #{at}, #{type}, #{event})\
      """)
  void addEvent(EventRow row);

  @Select("SELECT event FROM call_event WHERE sequence = #{sequence}")
  String event(long sequence);

  record EventRow(long sequence, String callId, Instant at, String type, String event) {}

  @Insert(
      """
      INSERT INTO agent_state_log (sequence, agent_id, at, state, reason, extension, desks,
        call_id, until_at)
      VALUES (#{sequence}, #{agentId}, #{at}, #{state}, #{reason}, #{extension}, #{desks},
        #{callId}, #{untilAt})\
      """)
  void addAgentState(AgentStateRow row);

  record AgentStateRow(
      long sequence,
      String agentId,
      Instant at,
      String state,
      String reason,
      String extension,
      String desks,
      String callId,
      Instant untilAt) {}

  @Insert(
      """
      INSERT INTO agent_wrap_up (sequence, agent_id, call_id, began_at, wrap_up_ms)
      VALUES (#{sequence}, #{agent}, #{call}, #{at}, 0)\
      """)
  void beginWrapUp(
      @Param("sequence") long sequence,
      @Param("agent") String agent,
      @Param("call") String call,
      @Param("at") Instant at);

  @Update(
      """
      UPDATE agent_wrap_up SET ended_at = #{at},
        wrap_up_ms = GREATEST(0, TIMESTAMPDIFF(MICROSECOND, began_at, #{at}) DIV 1000)
      WHERE agent_id = #{agent} AND ended_at IS NULL\
      """)
  void endWrapUp(@Param("agent") String agent, @Param("at") Instant at);

  @Insert(
      """
      INSERT INTO agent_event (sequence, agent_id, at, type, event)
      VALUES (#{sequence}, #{agentId}, #{at}, #{type}, #{event})\
      """)
  void addAgentEvent(AgentEventRow row);

  record AgentEventRow(long sequence, String agentId, Instant at, String type, String event) {}

  @Insert(
      """
      INSERT INTO gateway_state_log (sequence, gateway, at, state, detail)
      VALUES (#{sequence}, #{gateway}, #{at}, #{state}, #{detail})\
      """)
  void addGatewayState(GatewayStateRow row);

  record GatewayStateRow(long sequence, String gateway, Instant at, String state, String detail) {}
}
