package cti.server.db.audit;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements of the audit log; stores whose changes are audited extend it. */
public interface AuditMapper {
  record AuditRow(
      long entryId,
      Instant at,
      String account,
      String action,
      String subject,
      String beforeJson,
      String afterJson) {}

  @Insert(
      """
      INSERT INTO audit_log (at, account, action, subject, before_json, after_json)
      VALUES (#{at}, #{account}, #{action}, #{subject}, #{beforeJson}, #{afterJson})\
      """)
  void addAudit(AuditRow row);

  @Select(
      """
      <script>
      SELECT * FROM audit_log
      <where>
        <if test="subject != null">AND subject = #{subject}</if>
        <if test="account != null">AND account = #{account}</if>
        <if test="before != null">AND entry_id &lt; #{before}</if>
      </where>
      ORDER BY entry_id DESC LIMIT #{limit}
      </script>\
      """)
  List<AuditRow> audit(
      @Param("subject") String subject,
      @Param("account") String account,
      @Param("before") Long before,
      @Param("limit") int limit);
}
