package cti.server.db.agents;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link AgentPhoneStore}. */
interface AgentPhoneMapper extends AgentSettingsMapper {
  record PhoneRow(
      String agentId, String extension, String pinHash, int failures, Instant lockedUntil) {}

  @Select("SELECT * FROM agent_phone ORDER BY agent_id")
  List<PhoneRow> phones();

  @Select("SELECT * FROM agent_phone WHERE agent_id = #{agent}")
  PhoneRow phone(String agent);

  @Select("SELECT * FROM agent_phone WHERE agent_id = #{agent} FOR UPDATE")
  PhoneRow lockPhone(String agent);

  @Insert(
      """
      REPLACE INTO agent_phone (agent_id, extension, pin_hash, failures, locked_until)
      VALUES (#{agentId}, #{extension}, #{pinHash}, #{failures}, #{lockedUntil})\
      """)
  void putPhone(PhoneRow row);

  @Update(
      """
      UPDATE agent_phone SET failures = #{failures}, locked_until = #{lockedUntil}
      WHERE agent_id = #{agent}\
      """)
  void failed(
      @Param("agent") String agent,
      @Param("failures") int failures,
      @Param("lockedUntil") Instant lockedUntil);
}
