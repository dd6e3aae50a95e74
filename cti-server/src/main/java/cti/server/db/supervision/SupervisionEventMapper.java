package cti.server.db.supervision;

import java.time.Instant;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Update;

/** Writes what supervisors do in calls, in the transaction of the journal's mark. */
public interface SupervisionEventMapper {
  record SupervisionRow(long sequence, String call, Instant at, String event) {}

  @Insert(
      """
      REPLACE INTO supervision_event (sequence, call_id, at, event)
      VALUES (#{sequence}, #{call}, #{at}, #{event})\
      """)
  void addSupervision(SupervisionRow row);

  @Update("UPDATE supervision_event SET call_id = #{into} WHERE call_id = #{call}")
  void supervisionMerged(@Param("call") String call, @Param("into") String into);
}
