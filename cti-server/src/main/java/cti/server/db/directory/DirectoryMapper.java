package cti.server.db.directory;

import java.util.List;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.ConstructorArgs;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link DirectoryStore}. */
interface DirectoryMapper extends DirectoryRevisionMapper {
  record SiteRow(
      String siteId,
      String name,
      String kind,
      String areaCode,
      String directPrefix,
      String outsidePrefix,
      int ordinal) {}

  record RangeRow(String siteId, String firstExtension, String lastExtension) {}

  record DeskRow(
      String deskId,
      String name,
      String siteId,
      String businessLine,
      String queueName,
      int wrapUpSeconds,
      int longestWaitSeconds,
      int ordinal) {}

  record StaffRow(
      String staffId,
      String name,
      String department,
      String siteId,
      String officeAddress,
      String email,
      String status,
      boolean vip,
      String remark) {}

  record NumberRow(
      String staffId, int ordinal, String given, String kind, String e164, String extension) {}

  @Select("SELECT * FROM site ORDER BY ordinal, site_id")
  List<SiteRow> sites();

  @Select("SELECT * FROM site_extension_range ORDER BY site_id, first_extension, last_extension")
  List<RangeRow> ranges();

  @Select("SELECT * FROM desk ORDER BY ordinal, desk_id")
  List<DeskRow> desks();

  // Column by column, in the order of the record: found by their names for each of 350,000 rows,
  // they took a
  // third of a load.
  @Select("SELECT * FROM staff WHERE staff_id > #{after} ORDER BY staff_id LIMIT #{most}")
  @ConstructorArgs({
    @Arg(column = "staff_id", javaType = String.class),
    @Arg(column = "name", javaType = String.class),
    @Arg(column = "department", javaType = String.class),
    @Arg(column = "site_id", javaType = String.class),
    @Arg(column = "office_address", javaType = String.class),
    @Arg(column = "email", javaType = String.class),
    @Arg(column = "status", javaType = String.class),
    @Arg(column = "vip", javaType = boolean.class),
    @Arg(column = "remark", javaType = String.class)
  })
  List<StaffRow> staff(@Param("after") String after, @Param("most") int most);

  @Select(
      """
      SELECT * FROM staff_number WHERE staff_id > #{after} AND staff_id <= #{last}
      ORDER BY staff_id, ordinal\
      """)
  @ConstructorArgs({
    @Arg(column = "staff_id", javaType = String.class),
    @Arg(column = "ordinal", javaType = int.class),
    @Arg(column = "given", javaType = String.class),
    @Arg(column = "kind", javaType = String.class),
    @Arg(column = "e164", javaType = String.class),
    @Arg(column = "extension", javaType = String.class)
  })
  List<NumberRow> numbers(@Param("after") String after, @Param("last") String last);

  @Select("SELECT * FROM staff WHERE staff_id = #{staff}")
  StaffRow staffMember(String staff);

  @Select("SELECT * FROM staff_number WHERE staff_id = #{staff} ORDER BY ordinal")
  List<NumberRow> numbersOf(String staff);

  @Insert(
      """
      INSERT INTO site (site_id, name, kind, area_code, direct_prefix, outside_prefix, ordinal)
      VALUES (#{siteId}, #{name}, #{kind}, #{areaCode}, #{directPrefix}, #{outsidePrefix},
        #{ordinal})\
      """)
  void addSite(SiteRow row);

  @Update(
      """
      UPDATE site SET name = #{name}, kind = #{kind}, area_code = #{areaCode},
        direct_prefix = #{directPrefix}, outside_prefix = #{outsidePrefix}, ordinal = #{ordinal}
      WHERE site_id = #{siteId}\
      """)
  void changeSite(SiteRow row);

  @Delete("DELETE FROM site WHERE site_id = #{site}")
  void deleteSite(String site);

  @Delete("DELETE FROM site_extension_range")
  void deleteRanges();

  @Insert(
      """
      INSERT INTO site_extension_range (site_id, first_extension, last_extension)
      VALUES (#{siteId}, #{firstExtension}, #{lastExtension})\
      """)
  void addRange(RangeRow row);

  @Insert(
      """
      INSERT INTO desk (desk_id, name, site_id, business_line, queue_name, wrap_up_seconds,
        longest_wait_seconds, ordinal)
      VALUES (#{deskId}, #{name}, #{siteId}, #{businessLine}, #{queueName}, #{wrapUpSeconds},
        #{longestWaitSeconds}, #{ordinal})\
      """)
  void addDesk(DeskRow row);

  @Update(
      """
      UPDATE desk SET name = #{name}, site_id = #{siteId}, business_line = #{businessLine},
        queue_name = #{queueName}, wrap_up_seconds = #{wrapUpSeconds},
        longest_wait_seconds = #{longestWaitSeconds}, ordinal = #{ordinal}
      WHERE desk_id = #{deskId}\
      """)
  void changeDesk(DeskRow row);

  @Select("SELECT * FROM desk_recording")
  List<DeskRecordingRow> deskRecordings();

  record DeskRecordingRow(
      String deskId,
      String policy,
      int sharePercent,
      String announcement,
      boolean agentMayStart,
      boolean agentMayPause,
      boolean agentMayListen,
      int retentionDays) {}

  @Insert(
      """
      REPLACE INTO desk_recording (desk_id, policy, share_percent, announcement, agent_may_start,
        agent_may_pause, agent_may_listen, retention_days)
      VALUES (#{deskId}, #{policy}, #{sharePercent}, #{announcement}, #{agentMayStart},
        #{agentMayPause}, #{agentMayListen}, #{retentionDays})\
      """)
  void putDeskRecording(DeskRecordingRow row);

  @Delete("DELETE FROM desk WHERE desk_id = #{desk}")
  void deleteDesk(String desk);

  @Delete("DELETE FROM staff")
  void deleteAllStaff();

  @Delete("DELETE FROM staff WHERE staff_id = #{staff}")
  int deleteStaff(@Param("staff") String staff);

  @Insert(
      """
      INSERT INTO staff (staff_id, name, department, site_id, office_address, email, status, vip,
        remark)
      VALUES (#{staffId}, #{name}, #{department}, #{siteId}, #{officeAddress}, #{email},
        #{status}, #{vip}, #{remark})\
      """)
  void addStaff(StaffRow row);

  @Insert(
      """
      INSERT INTO staff_number (staff_id, ordinal, given, kind, e164, extension)
      VALUES (#{staffId}, #{ordinal}, #{given}, #{kind}, #{e164}, #{extension})\
      """)
  void addNumber(NumberRow row);
}
