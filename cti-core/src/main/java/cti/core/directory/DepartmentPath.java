package cti.core.directory;

import java.util.Arrays;
import java.util.List;

/** A department in the tree, written 公司>部门>科室; empty where it is not known. */
public record DepartmentPath(List<String> parts) {
  public DepartmentPath {
    parts = List.copyOf(parts);
    if (parts.stream().anyMatch(part -> part.isBlank() || part.contains(">"))) {
      throw new IllegalArgumentException(
          "department path " + parts + " has a blank part or one with >, expected 公司>部门>科室");
    }
  }

  /** Reads 公司>部门>科室; a blank text is the empty path. */
  public static DepartmentPath parse(String text) {
    if (text.isBlank()) {
      return new DepartmentPath(List.of());
    }
    return new DepartmentPath(Arrays.stream(text.split(">", -1)).map(String::strip).toList());
  }

  @Override
  public String toString() {
    return String.join(">", parts);
  }
}
