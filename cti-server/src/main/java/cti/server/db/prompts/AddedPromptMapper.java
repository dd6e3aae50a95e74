package cti.server.db.prompts;

import cti.server.db.audit.AuditMapper;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link AddedPromptStore}. */
interface AddedPromptMapper extends AuditMapper {
  record AddedRow(
      String promptId,
      String textZh,
      String textEn,
      Integer number,
      Instant changedAt,
      String changedBy) {}

  @Select("SELECT * FROM prompt_added ORDER BY prompt_id")
  List<AddedRow> all();

  @Select("SELECT * FROM prompt_added WHERE prompt_id = #{id} FOR UPDATE")
  AddedRow lock(String id);

  /** Of another prompt that has a number. */
  @Select(
      """
      SELECT prompt_id FROM prompt_added WHERE number = #{number} AND prompt_id <> #{promptId}
      FOR UPDATE\
      """)
  String holder(AddedRow row);

  @Insert(
      """
      INSERT INTO prompt_added (prompt_id, text_zh, text_en, number, changed_at, changed_by)
      VALUES (#{promptId}, #{textZh}, #{textEn}, #{number}, #{changedAt}, #{changedBy})\
      """)
  void add(AddedRow row);

  @Update(
      """
      UPDATE prompt_added SET text_zh = #{textZh}, text_en = #{textEn}, number = #{number},
        changed_at = #{changedAt}, changed_by = #{changedBy}
      WHERE prompt_id = #{promptId}\
      """)
  void change(AddedRow row);

  @Delete("DELETE FROM prompt_added WHERE prompt_id = #{id}")
  int drop(String id);

  @Delete("DELETE FROM prompt_recording WHERE prompt_id = #{id}")
  int dropRecordings(String id);

  @Delete("DELETE FROM prompt_in_use WHERE prompt_id = #{id}")
  int dropUse(String id);
}
