package cti.core.directory;

import cti.core.desk.Site;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be written into the directory, all or nothing.
 *
 * @param action what it is, for the audit lines: create, change, import, move-department, …
 * @param source who keeps the people from now on; empty to leave that as it is
 * @param site a site whose dial plan changes with the numbers
 * @param revision that the directory must still have; empty where each person must still be as
 *     {@link StaffChange#before} says
 * @param by user name
 */
public record DirectoryChange(
    String action,
    Optional<String> source,
    List<StaffChange> staff,
    Optional<Site> site,
    OptionalLong revision,
    String by) {
  public DirectoryChange {
    staff = List.copyOf(staff);
  }

  /** One person by hand. */
  public static DirectoryChange of(String action, StaffChange change, String by) {
    return new DirectoryChange(
        action, Optional.empty(), List.of(change), Optional.empty(), OptionalLong.empty(), by);
  }
}
