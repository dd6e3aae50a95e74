package cti.core.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The departments that people are in, as a tree; and what moving one of them changes. */
public final class DepartmentTree {
  private static final int LONGEST_PATH = 500;

  private DepartmentTree() {}

  /**
   * @param people who are in it themselves
   * @param below who are in it or in a department below
   */
  public record Department(DepartmentPath path, int people, int below) {}

  /** What a move comes to, or why it cannot be. */
  public sealed interface Move {
    record Possible(List<StaffChange> changes) implements Move {
      public Possible {
        changes = List.copyOf(changes);
      }
    }

    /** {@code reason} names the offending path and what was expected. */
    record Refused(String reason) implements Move {}
  }

  /** Every department and every one above it, each behind the one that it is in. */
  public static List<Department> of(List<StaffMember> staff) {
    Map<String, int[]> counts = new TreeMap<>();
    Map<String, DepartmentPath> paths = new TreeMap<>();
    for (StaffMember member : staff) {
      List<String> parts = member.department().parts();
      for (int depth = 1; depth <= parts.size(); depth++) {
        DepartmentPath path = new DepartmentPath(parts.subList(0, depth));
        // A character that sorts before all others keeps a tree's branches together.
        String key = String.join("\u0000", path.parts());
        paths.putIfAbsent(key, path);
        int[] count = counts.computeIfAbsent(key, any -> new int[2]);
        count[1]++;
        if (depth == parts.size()) {
          count[0]++;
        }
      }
    }
    List<Department> all = new ArrayList<>();
    counts.forEach((key, count) -> all.add(new Department(paths.get(key), count[0], count[1])));
    return all;
  }

  /** True where the path is the department or lies below it. */
  public static boolean isIn(DepartmentPath path, DepartmentPath department) {
    List<String> parts = path.parts();
    List<String> above = department.parts();
    return parts.size() >= above.size() && parts.subList(0, above.size()).equals(above);
  }

  /**
   * Renames a department or moves it, with all that is below it. One that is there already takes
   * the people in.
   */
  public static Move move(List<StaffMember> staff, DepartmentPath from, DepartmentPath to) {
    if (from.parts().isEmpty() || to.parts().isEmpty()) {
      return new Move.Refused("a department is empty, expected a path such as 公司>部门");
    }
    if (from.equals(to)) {
      return new Move.Refused("'" + to + "' is the same department, expected another path");
    }
    if (isIn(to, from)) {
      return new Move.Refused(
          "'" + to + "' lies below '" + from + "', expected a path outside of it");
    }
    List<StaffChange> changes = new ArrayList<>();
    for (StaffMember member : staff) {
      if (isIn(member.department(), from)) {
        List<String> parts = new ArrayList<>(to.parts());
        List<String> old = member.department().parts();
        parts.addAll(old.subList(from.parts().size(), old.size()));
        DepartmentPath next = new DepartmentPath(parts);
        if (next.toString().length() > LONGEST_PATH) {
          return new Move.Refused(
              "'" + next + "' has more than " + LONGEST_PATH + " characters, expected fewer");
        }
        changes.add(StaffChange.changed(member, member.in(next)));
      }
    }
    return changes.isEmpty()
        ? new Move.Refused("nobody is in '" + from + "', expected a department of the directory")
        : new Move.Possible(changes);
  }
}
