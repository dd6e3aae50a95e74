package cti.server.db.prompts;

import cti.server.db.audit.AuditMapper;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements of {@link PromptStore}. */
interface PromptMapper extends AuditMapper {
  record RecordingRow(
      String promptId,
      String language,
      int version,
      String source,
      String fileName,
      int bytes,
      int audioMs,
      String sha256,
      Instant madeAt,
      String madeBy) {}

  record UseRow(
      String promptId,
      String language,
      int version,
      int lastVersion,
      Instant changedAt,
      String changedBy) {}

  String COLUMNS =
      "prompt_id, language, version, source, file_name, bytes, audio_ms, sha256, made_at, made_by";

  @Select("SELECT * FROM prompt_in_use")
  List<UseRow> uses();

  @Select(
      """
      SELECT * FROM prompt_in_use WHERE prompt_id = #{id} AND language = #{language} FOR UPDATE\
      """)
  UseRow lockUse(@Param("id") String id, @Param("language") String language);

  @Insert(
      """
      REPLACE INTO prompt_in_use (prompt_id, language, version, last_version, changed_at,
        changed_by)
      VALUES (#{promptId}, #{language}, #{version}, #{lastVersion}, #{changedAt}, #{changedBy})\
      """)
  void putUse(UseRow row);

  @Select(
      "SELECT "
          + COLUMNS
          + " FROM prompt_recording WHERE prompt_id = #{id} ORDER BY made_at DESC, version DESC")
  List<RecordingRow> recordings(String id);

  /** Those that are played now. */
  @Select(
      """
      SELECT r.prompt_id, r.language, r.version, r.source, r.file_name, r.bytes, r.audio_ms,
        r.sha256, r.made_at, r.made_by
      FROM prompt_recording r JOIN prompt_in_use u
        ON u.prompt_id = r.prompt_id AND u.language = r.language AND u.version = r.version\
      """)
  List<RecordingRow> played();

  @Select(
      "SELECT "
          + COLUMNS
          + " FROM prompt_recording WHERE prompt_id = #{id} AND language = #{language}"
          + " AND version = #{version}")
  RecordingRow recording(
      @Param("id") String id, @Param("language") String language, @Param("version") int version);

  /** Held in a record: a bare array would be read as many values. */
  record Audio(byte[] audio) {}

  @Select(
      """
      SELECT audio FROM prompt_recording
      WHERE prompt_id = #{id} AND language = #{language} AND version = #{version}\
      """)
  Audio audio(
      @Param("id") String id, @Param("language") String language, @Param("version") int version);

  @Insert(
      """
      INSERT INTO prompt_recording (prompt_id, language, version, source, file_name, bytes,
        audio_ms, sha256, made_at, made_by, audio)
      VALUES (#{row.promptId}, #{row.language}, #{row.version}, #{row.source}, #{row.fileName},
        #{row.bytes}, #{row.audioMs}, #{row.sha256}, #{row.madeAt}, #{row.madeBy}, #{audio})\
      """)
  void add(@Param("row") RecordingRow row, @Param("audio") byte[] audio);

  @Delete(
      """
      DELETE FROM prompt_recording
      WHERE prompt_id = #{id} AND language = #{language} AND version <= #{until}
        AND version <> #{used}\
      """)
  int drop(
      @Param("id") String id,
      @Param("language") String language,
      @Param("until") int until,
      @Param("used") int used);
}
