package cti.server.db.agents;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link AgentStore}; stores that change more than agents extend it. */
public interface AgentMapper {
  record AgentRow(String agentId, String name) {}

  record SeatRow(String agentId, String deskId, String seatRole) {}

  @Select("SELECT * FROM agent ORDER BY agent_id")
  List<AgentRow> agents();

  @Select("SELECT * FROM agent_seat ORDER BY agent_id, desk_id")
  List<SeatRow> seats();

  @Delete("DELETE FROM agent")
  void deleteAll();

  @Delete("DELETE FROM agent WHERE agent_id = #{agent}")
  int delete(@Param("agent") String agent);

  @Update("UPDATE agent SET name = #{name} WHERE agent_id = #{agentId}")
  void change(AgentRow row);

  @Delete("DELETE FROM agent_seat WHERE agent_id = #{agent}")
  void deleteSeats(String agent);

  @Insert("INSERT INTO agent (agent_id, name) VALUES (#{agentId}, #{name})")
  void add(AgentRow row);

  @Insert(
      """
      INSERT INTO agent_seat (agent_id, desk_id, seat_role)
      VALUES (#{agentId}, #{deskId}, #{seatRole})\
      """)
  void addSeat(SeatRow row);
}
