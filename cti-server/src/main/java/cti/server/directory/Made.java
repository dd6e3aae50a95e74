package cti.server.directory;

import cti.core.desk.Site;
import cti.core.directory.StaffChange;
import cti.core.directory.StaffChange.Kind;
import cti.core.port.DirectoryPreviews.Counts;
import cti.core.port.DirectoryPreviews.RowFault;
import java.util.List;
import java.util.Optional;

/**
 * What a preview found.
 *
 * @param revision of the directory that it was compared with
 * @param site whose dial plan changes with the numbers
 * @param source who keeps the people from now on
 * @param faulty whether the faults forbid to apply it
 */
record Made(
    long revision,
    List<StaffChange> changes,
    Optional<Site> site,
    Optional<String> source,
    int unchanged,
    int kept,
    List<RowFault> faults,
    boolean faulty) {
  Made {
    changes = List.copyOf(changes);
    faults = List.copyOf(faults);
  }

  Counts counts() {
    return new Counts(
        count(Kind.ADDED), count(Kind.CHANGED), count(Kind.GONE), unchanged, kept, faults.size());
  }

  private int count(Kind kind) {
    return (int) changes.stream().filter(change -> change.kind() == kind).count();
  }
}
