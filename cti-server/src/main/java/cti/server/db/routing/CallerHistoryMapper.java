package cti.server.db.routing;

import java.time.Instant;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements of {@link CallerHistoryStore}. */
interface CallerHistoryMapper {
  record TalkRow(String agentId, String deskId, Instant answeredAt) {}

  String OF_PERSON = "call_id IN (SELECT call_id FROM call_match WHERE staff_id = #{person}) ";
  String OF_NUMBER = "calling_number = #{number} ";

  @Select(
      "SELECT agent_id, desk_id, answered_at FROM call_record WHERE "
          + OF_PERSON
          + "AND started_at >= #{since} AND agent_id IS NOT NULL AND desk_id IS NOT NULL"
          + " AND answered_at IS NOT NULL ORDER BY answered_at DESC LIMIT 1")
  TalkRow talkOfPerson(@Param("person") String person, @Param("since") Instant since);

  @Select(
      "SELECT agent_id, desk_id, answered_at FROM call_record WHERE "
          + OF_NUMBER
          + "AND started_at >= #{since} AND agent_id IS NOT NULL AND desk_id IS NOT NULL"
          + " AND answered_at IS NOT NULL ORDER BY answered_at DESC LIMIT 1")
  TalkRow talkOfNumber(@Param("number") String number, @Param("since") Instant since);

  @Select("SELECT COUNT(*) FROM missed_call WHERE missed_at >= #{since} AND " + OF_PERSON)
  int missedOfPerson(@Param("person") String person, @Param("since") Instant since);

  @Select(
      "SELECT COUNT(*) FROM missed_call JOIN call_record USING (call_id)"
          + " WHERE missed_at >= #{since} AND "
          + OF_NUMBER)
  int missedOfNumber(@Param("number") String number, @Param("since") Instant since);
}
