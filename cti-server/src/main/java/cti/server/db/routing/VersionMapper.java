package cti.server.db.routing;

import cti.server.db.audit.AuditMapper;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements of {@link VersionStore}; {@code kind} is the name of a {@link VersionStore.Kind}. */
interface VersionMapper extends AuditMapper {
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

  @Select("SELECT * FROM ${kind}_version ORDER BY version")
  List<VersionRow> versions(@Param("kind") String kind);

  @Select("SELECT COUNT(*) + COUNT(withdrawn_at) FROM ${kind}_version")
  long changes(@Param("kind") String kind);

  @Select("SELECT MAX(version) FROM ${kind}_version FOR UPDATE")
  Integer lockLast(@Param("kind") String kind);

  @Insert(
      """
      INSERT INTO ${kind}_version (version, yaml, checksum, author, comment, published_at,
        active_from, based_on, restores)
      VALUES (#{row.version}, #{row.yaml}, #{row.checksum}, #{row.author}, #{row.comment},
        #{row.publishedAt}, #{row.activeFrom}, #{row.basedOn}, #{row.restores})\
      """)
  void addVersion(@Param("kind") String kind, @Param("row") VersionRow row);

  @Update(
      """
      UPDATE ${kind}_version SET withdrawn_at = #{at}, withdrawn_by = #{by}
      WHERE version = #{version} AND withdrawn_at IS NULL\
      """)
  int withdraw(
      @Param("kind") String kind,
      @Param("version") int version,
      @Param("at") Instant at,
      @Param("by") String by);

  @Select("SELECT * FROM ${kind}_draft ORDER BY name")
  List<DraftRow> drafts(@Param("kind") String kind);

  @Select("SELECT * FROM ${kind}_draft WHERE name = #{name}")
  DraftRow draft(@Param("kind") String kind, @Param("name") String name);

  @Select("SELECT * FROM ${kind}_draft WHERE name = #{name} FOR UPDATE")
  DraftRow lockDraft(@Param("kind") String kind, @Param("name") String name);

  @Insert(
      """
      REPLACE INTO ${kind}_draft (name, yaml, based_on, author, changed_at, revision)
      VALUES (#{row.name}, #{row.yaml}, #{row.basedOn}, #{row.author}, #{row.changedAt},
        #{row.revision})\
      """)
  void putDraft(@Param("kind") String kind, @Param("row") DraftRow row);

  @Delete("DELETE FROM ${kind}_draft WHERE name = #{name}")
  int dropDraft(@Param("kind") String kind, @Param("name") String name);
}
