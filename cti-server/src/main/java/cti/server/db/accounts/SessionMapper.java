package cti.server.db.accounts;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link WebSessions}. */
interface SessionMapper {
  record SessionRow(String tokenHash, String userName, Instant createdAt, Instant lastUsedAt) {}

  @Insert(
      """
      INSERT INTO web_session (token_hash, user_name, created_at, last_used_at)
      VALUES (#{tokenHash}, #{userName}, #{createdAt}, #{lastUsedAt})\
      """)
  void add(SessionRow row);

  @Select("SELECT * FROM web_session WHERE token_hash = #{hash}")
  SessionRow find(String hash);

  /** Never backwards: of two uses at the same moment, either may be written last. */
  @Update(
      """
      UPDATE web_session SET last_used_at = GREATEST(last_used_at, #{at})
      WHERE token_hash = #{hash}\
      """)
  int touch(@Param("hash") String hash, @Param("at") Instant at);

  @Delete("DELETE FROM web_session WHERE token_hash = #{hash}")
  int delete(String hash);

  @Select(
      """
      SELECT * FROM web_session WHERE created_at < #{created} OR last_used_at < #{used}
      ORDER BY last_used_at\
      """)
  List<SessionRow> older(@Param("created") Instant created, @Param("used") Instant used);

  /** Where it was used meanwhile it stays. */
  @Delete(
      """
      DELETE FROM web_session
      WHERE token_hash = #{hash} AND (created_at < #{created} OR last_used_at < #{used})\
      """)
  int deleteOlder(
      @Param("hash") String hash, @Param("created") Instant created, @Param("used") Instant used);
}
