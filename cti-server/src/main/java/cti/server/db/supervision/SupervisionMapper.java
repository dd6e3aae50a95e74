package cti.server.db.supervision;

import cti.server.db.audit.AuditMapper;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of the stores of this room. */
interface SupervisionMapper extends AuditMapper {
  @Select("SELECT event FROM supervision_event WHERE call_id = #{call} ORDER BY sequence")
  List<String> supervision(@Param("call") String call);

  /** A row; mutable, for the key that the database makes. */
  final class NoteRow {
    long noteId;
    String text;
    String desks;
    String author;
    String authorName;
    Instant at;
    Instant expiresAt;
    Instant withdrawnAt;
    String withdrawnBy;
  }

  @Insert(
      """
      INSERT INTO desk_note (text, desks, author, author_name, at, expires_at)
      VALUES (#{text}, #{desks}, #{author}, #{authorName}, #{at}, #{expiresAt})\
      """)
  @Options(useGeneratedKeys = true, keyProperty = "noteId")
  void addNote(NoteRow row);

  @Select(
      """
      SELECT * FROM desk_note WHERE expires_at > #{now} AND withdrawn_at IS NULL
      ORDER BY note_id LIMIT 200\
      """)
  List<NoteRow> notes(@Param("now") Instant now);

  @Select(
      """
      SELECT * FROM desk_note WHERE note_id = #{id} AND expires_at > #{now}
        AND withdrawn_at IS NULL FOR UPDATE\
      """)
  NoteRow lockNote(@Param("id") long id, @Param("now") Instant now);

  @Update("UPDATE desk_note SET withdrawn_at = #{at}, withdrawn_by = #{by} WHERE note_id = #{id}")
  void withdrawNote(@Param("id") long id, @Param("at") Instant at, @Param("by") String by);

  /** A row; mutable, for the key that the database makes. */
  final class ScreenRow {
    long screenId;
    String title;
    String tokenHash;
    String desks;
    boolean agentNames;
    boolean callerNames;
    boolean numbers;
    String author;
    Instant createdAt;
    Instant expiresAt;
    Instant revokedAt;
    String revokedBy;
    Instant lastSeenAt;
  }

  @Insert(
      """
      INSERT INTO big_screen (title, token_hash, desks, agent_names, caller_names, numbers, author,
        created_at, expires_at)
      VALUES (#{title}, #{tokenHash}, #{desks}, #{agentNames}, #{callerNames}, #{numbers},
        #{author}, #{createdAt}, #{expiresAt})\
      """)
  @Options(useGeneratedKeys = true, keyProperty = "screenId")
  void addScreen(ScreenRow row);

  @Select("SELECT * FROM big_screen ORDER BY screen_id DESC LIMIT 200")
  List<ScreenRow> screens();

  @Select("SELECT * FROM big_screen WHERE token_hash = #{hash}")
  ScreenRow screenOf(@Param("hash") String hash);

  @Select("SELECT * FROM big_screen WHERE screen_id = #{id}")
  ScreenRow screen(@Param("id") long id);

  @Select("SELECT * FROM big_screen WHERE screen_id = #{id} FOR UPDATE")
  ScreenRow lockScreen(@Param("id") long id);

  @Update("UPDATE big_screen SET revoked_at = #{at}, revoked_by = #{by} WHERE screen_id = #{id}")
  void revokeScreen(@Param("id") long id, @Param("at") Instant at, @Param("by") String by);

  @Update("UPDATE big_screen SET last_seen_at = #{at} WHERE screen_id = #{id}")
  void screenSeen(@Param("id") long id, @Param("at") Instant at);
}
