package cti.server.db.audit;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of the audit log; stores whose changes are audited extend it. */
public interface AuditMapper {
  record AuditRow(
      long entryId,
      Instant at,
      String account,
      String action,
      String subject,
      String beforeJson,
      String afterJson,
      String chainHash) {}

  record ChainRow(String lastHash, long lineCount) {}

  /** The chain's end, locked until the transaction ends: lines are chained one after the other. */
  @Select("SELECT last_hash, line_count FROM audit_chain WHERE chain_id = 1 FOR UPDATE")
  ChainRow lockedChain();

  @Insert("INSERT INTO audit_chain (chain_id, last_hash, line_count) VALUES (1, #{hash}, 0)")
  void beginChain(@Param("hash") String hash);

  @Update("UPDATE audit_chain SET last_hash = #{hash}, line_count = #{count} WHERE chain_id = 1")
  void moveChain(@Param("hash") String hash, @Param("count") long count);

  /** The number of the newest line; 0 where there is none. */
  @Select("SELECT COALESCE(MAX(entry_id), 0) FROM audit_log")
  long newest();

  @Select(
      "SELECT * FROM audit_log WHERE entry_id > #{after} AND entry_id <= #{until} ORDER BY entry_id"
          + " LIMIT #{limit}")
  List<AuditRow> auditFrom(
      @Param("after") long after, @Param("until") long until, @Param("limit") int limit);

  @Insert(
      """
      INSERT INTO audit_log (at, account, action, subject, before_json, after_json, chain_hash)
      VALUES (#{at}, #{account}, #{action}, #{subject}, #{beforeJson}, #{afterJson},
        #{chainHash})\
      """)
  void addAudit(AuditRow row);

  @Select(
      """
      <script>
      SELECT * FROM audit_log
      <where>
        <if test="subject != null">AND subject = #{subject}</if>
        <if test="kind != null">AND subject LIKE CONCAT(#{kind}, ' %')</if>
        <if test="account != null">AND account = #{account}</if>
        <if test="before != null">AND entry_id &lt; #{before}</if>
      </where>
      ORDER BY entry_id DESC LIMIT #{limit}
      </script>\
      """)
  List<AuditRow> audit(
      @Param("subject") String subject,
      @Param("kind") String kind,
      @Param("account") String account,
      @Param("before") Long before,
      @Param("limit") int limit);
}
