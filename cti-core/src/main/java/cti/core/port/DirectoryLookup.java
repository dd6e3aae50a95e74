package cti.core.port;

import cti.core.directory.DepartmentTree;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffQuery;
import cti.core.id.StaffId;
import java.util.List;
import java.util.Optional;

/** The staff directory from memory: never blocks, never fails. */
public interface DirectoryLookup {
  /** Everybody whom a number may belong to, however the switch presents it. */
  List<StaffMember> byNumber(String presented);

  Optional<StaffMember> byId(StaffId id);

  /**
   * Looks people up by what is known of them; walks over everybody, so not for a thread that must
   * not wait.
   *
   * @param after the answer goes on behind this person
   * @param limit most items
   */
  StaffQuery.Found find(StaffQuery query, Optional<StaffId> after, int limit);

  /** Every department, each behind the one that it is in; walks over everybody. */
  List<DepartmentTree.Department> departments();
}
