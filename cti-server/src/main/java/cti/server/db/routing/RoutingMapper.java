package cti.server.db.routing;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link RoutingStore}. */
interface RoutingMapper {
  record VersionRow(
      int version,
      String yaml,
      String checksum,
      String author,
      String comment,
      Instant publishedAt,
      Instant activeFrom,
      Integer basedOn,
      Integer restores,
      Instant withdrawnAt,
      String withdrawnBy) {}

  record DraftRow(
      String name, String yaml, int basedOn, String author, Instant changedAt, int revision) {}

  @Select("SELECT * FROM routing_version ORDER BY version")
  List<VersionRow> versions();

  @Select("SELECT MAX(version) FROM routing_version FOR UPDATE")
  Integer lockLast();

  @Insert(
      """
      INSERT INTO routing_version (version, yaml, checksum, author, comment, published_at,
        active_from, based_on, restores)
      VALUES (#{version}, #{yaml}, #{checksum}, #{author}, #{comment}, #{publishedAt},
        #{activeFrom}, #{basedOn}, #{restores})\
      """)
  void addVersion(VersionRow row);

  @Update(
      """
      UPDATE routing_version SET withdrawn_at = #{at}, withdrawn_by = #{by}
      WHERE version = #{version} AND withdrawn_at IS NULL\
      """)
  int withdraw(@Param("version") int version, @Param("at") Instant at, @Param("by") String by);

  @Select("SELECT * FROM routing_draft ORDER BY name")
  List<DraftRow> drafts();

  @Select("SELECT * FROM routing_draft WHERE name = #{name}")
  DraftRow draft(String name);

  @Select("SELECT * FROM routing_draft WHERE name = #{name} FOR UPDATE")
  DraftRow lockDraft(String name);

  @Insert(
      """
      REPLACE INTO routing_draft (name, yaml, based_on, author, changed_at, revision)
      VALUES (#{name}, #{yaml}, #{basedOn}, #{author}, #{changedAt}, #{revision})\
      """)
  void putDraft(DraftRow row);

  @Delete("DELETE FROM routing_draft WHERE name = #{name}")
  int dropDraft(String name);
}
