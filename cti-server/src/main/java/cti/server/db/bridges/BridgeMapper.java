package cti.server.db.bridges;

import cti.server.db.audit.AuditMapper;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link BridgeStore}. */
interface BridgeMapper extends AuditMapper {
  record CodeRow(String userName, String agentId, String codeHash, Instant expiresAt) {}

  /** The keys of rows that are added are written back, which a record cannot take. */
  final class BridgeRow {
    long bridgeId;
    String userName;
    String agentId;
    String tokenHash;
    String computer;
    String systemName;
    String version;
    Instant pairedAt;
    Instant lastSeenAt;
    Instant revokedAt;
  }

  @Insert(
      """
      INSERT INTO bridge_code (user_name, agent_id, code_hash, expires_at)
      VALUES (#{userName}, #{agentId}, #{codeHash}, #{expiresAt})
      ON DUPLICATE KEY UPDATE agent_id = #{agentId}, code_hash = #{codeHash},
        expires_at = #{expiresAt}\
      """)
  void putCode(CodeRow row);

  @Select("SELECT * FROM bridge_code WHERE code_hash = #{hash} FOR UPDATE")
  CodeRow lockCode(String hash);

  @Delete("DELETE FROM bridge_code WHERE code_hash = #{hash}")
  int deleteCode(String hash);

  @Insert(
      """
      INSERT INTO bridge (user_name, agent_id, token_hash, computer, system_name, version,
        paired_at, last_seen_at)
      VALUES (#{userName}, #{agentId}, #{tokenHash}, #{computer}, #{systemName}, #{version},
        #{pairedAt}, #{lastSeenAt})\
      """)
  @Options(useGeneratedKeys = true, keyProperty = "bridgeId")
  void add(BridgeRow row);

  @Select("SELECT * FROM bridge WHERE token_hash = #{hash} AND revoked_at IS NULL")
  BridgeRow find(String hash);

  @Select("SELECT * FROM bridge WHERE revoked_at IS NULL ORDER BY agent_id, bridge_id DESC")
  List<BridgeRow> paired();

  /** Never backwards: of two uses at the same moment, either may be written last. */
  @Update(
      """
      UPDATE bridge SET last_seen_at = GREATEST(last_seen_at, #{at})
      WHERE bridge_id = #{id} AND revoked_at IS NULL\
      """)
  int seen(@Param("id") long id, @Param("at") Instant at);

  @Select("SELECT * FROM bridge WHERE bridge_id = #{id} AND revoked_at IS NULL FOR UPDATE")
  BridgeRow lock(long id);

  @Update("UPDATE bridge SET revoked_at = #{at} WHERE bridge_id = #{id}")
  void revoke(@Param("id") long id, @Param("at") Instant at);
}
