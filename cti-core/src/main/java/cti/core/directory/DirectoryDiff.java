package cti.core.directory;

import cti.core.id.StaffId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What it takes to make the people on record those of a source. */
public final class DirectoryDiff {
  private DirectoryDiff() {}

  /**
   * @param now the people on record that the source may change, by number
   * @param next those of the source, each once
   * @return changes by employee number; people who stay as they are are left out
   */
  public static List<StaffChange> between(
      Map<StaffId, StaffMember> now, Collection<StaffMember> next, GoneRule rule) {
    List<StaffChange> changes = new ArrayList<>();
    Set<StaffId> there = new HashSet<>();
    for (StaffMember member : next) {
      there.add(member.id());
      StaffMember before = now.get(member.id());
      if (before == null) {
        changes.add(StaffChange.added(member));
      } else if (!before.equals(member)) {
        changes.add(StaffChange.changed(before, member));
      }
    }
    if (rule == GoneRule.RETIRE) {
      now.values().stream()
          .filter(member -> !there.contains(member.id()))
          .filter(member -> member.status() != StaffStatus.RETIRED)
          .map(StaffChange::retired)
          .forEach(changes::add);
    }
    changes.sort(Comparator.comparing(StaffChange::staff));
    return changes;
  }
}
