package cti.server.db.directory;

import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;

/** The number by which servers notice that the directory or master data changed. */
public interface DirectoryRevisionMapper {
  /** Every change of people, sites, desks and agents makes another revision. */
  @Insert(
      """
      INSERT INTO directory_revision (id, revision) VALUES (1, 1)
      ON DUPLICATE KEY UPDATE revision = revision + 1\
      """)
  void nextRevision();

  /** Null where nothing was ever changed. Waits for nobody. */
  @Select("SELECT revision FROM directory_revision WHERE id = 1")
  Long revision();
}
