package cti.server.db.directory;

import cti.server.db.audit.AuditMapper;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Flush;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.executor.BatchResult;

/** Statements of {@link DirectoryRecordStore}. */
interface DirectoryChangeMapper extends DirectoryMapper, AuditMapper {
  record SourceRow(String staffId, String source) {}

  @Select("SELECT revision FROM directory_revision WHERE id = 1 LOCK IN SHARE MODE")
  Long sharedRevision();

  @Insert("INSERT IGNORE INTO directory_revision (id, revision) VALUES (1, 0)")
  void beginRevisions();

  @Select("SELECT revision FROM directory_revision WHERE id = 1 FOR UPDATE")
  Long lockedRevision();

  @Select("SELECT staff_id, source FROM staff WHERE source <> ''")
  List<SourceRow> sources();

  @Select("SELECT source FROM staff WHERE staff_id = #{staff}")
  String sourceOf(String staff);

  @Select("SELECT COUNT(*) FROM incident WHERE caller_staff = #{staff}")
  long incidentsOf(String staff);

  @Update(
      """
      UPDATE staff SET name = #{name}, department = #{department}, site_id = #{siteId},
        office_address = #{officeAddress}, email = #{email}, status = #{status}, vip = #{vip},
        remark = #{remark}
      WHERE staff_id = #{staffId}\
      """)
  void changeStaff(StaffRow row);

  @Update("UPDATE staff SET source = #{source} WHERE staff_id = #{staff}")
  void setSource(@Param("staff") String staff, @Param("source") String source);

  @Delete("DELETE FROM staff_number WHERE staff_id = #{staff}")
  void deleteNumbers(String staff);

  @Delete("DELETE FROM site_extension_range WHERE site_id = #{site}")
  void deleteRangesOf(String site);

  /** Sends what is gathered. */
  @Flush
  List<BatchResult> flush();
}
