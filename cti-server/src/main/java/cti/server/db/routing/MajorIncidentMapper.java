package cti.server.db.routing;

import cti.server.db.audit.AuditMapper;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link MajorIncidentStore}. */
interface MajorIncidentMapper extends AuditMapper {
  /** A row; mutable, for the key that the database makes. */
  final class Row {
    long noticeId;
    String title;
    String prompt;
    String sites;
    String services;
    String incidentId;
    Instant beginsAt;
    Instant endsAt;
    String author;
    Instant changedAt;
    String endedBy;
  }

  @Select("SELECT * FROM major_incident ORDER BY notice_id DESC LIMIT #{limit}")
  List<Row> newestFirst(@Param("limit") int limit);

  @Select("SELECT * FROM major_incident WHERE ends_at IS NULL OR ends_at > #{at}")
  List<Row> notOver(@Param("at") Instant at);

  @Select("SELECT * FROM major_incident WHERE notice_id = #{id}")
  Row one(@Param("id") long id);

  /** A call whose caller is on the list. */
  final class AffectedRow {
    String callId;
    Instant at;
    String callingNumber;
  }

  @Select(
      """
      SELECT a.call_id, a.at, COALESCE(r.calling_number, '') AS calling_number
      FROM major_incident_affected a LEFT JOIN call_record r ON r.call_id = a.call_id
      WHERE a.notice_id = #{id} ORDER BY a.at, a.call_id LIMIT #{limit}\
      """)
  List<AffectedRow> affected(@Param("id") long id, @Param("limit") int limit);

  @Insert(
      """
      INSERT INTO major_incident (title, prompt, sites, services, incident_id, begins_at, ends_at,
        author, changed_at)
      VALUES (#{title}, #{prompt}, #{sites}, #{services}, #{incidentId}, #{beginsAt}, #{endsAt},
        #{author}, #{changedAt})\
      """)
  @Options(useGeneratedKeys = true, keyProperty = "noticeId")
  void add(Row row);

  @Update(
      """
      UPDATE major_incident SET title = #{title}, prompt = #{prompt}, sites = #{sites},
        services = #{services}, incident_id = #{incidentId}, begins_at = #{beginsAt},
        ends_at = #{endsAt}, author = #{author}, changed_at = #{changedAt}, ended_by = #{endedBy}
      WHERE notice_id = #{noticeId}\
      """)
  int change(Row row);
}
