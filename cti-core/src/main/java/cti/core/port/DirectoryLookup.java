package cti.core.port;

import cti.core.directory.StaffMember;
import cti.core.id.StaffId;
import java.util.List;
import java.util.Optional;

/** The staff directory from memory: never blocks, never fails. */
public interface DirectoryLookup {
  /** Everybody whom a number may belong to, however the switch presents it. */
  List<StaffMember> byNumber(String presented);

  Optional<StaffMember> byId(StaffId id);

  /**
   * Staff whose name, employee number, department or number holds the text; at most {@code limit}.
   */
  List<StaffMember> search(String text, int limit);
}
