package cti.core.directory;

import cti.core.id.SiteId;
import cti.core.id.StaffId;
import java.util.List;
import java.util.Optional;

/**
 * Whom to look for; what is empty does not matter.
 *
 * @param text a part of name, employee number, department, address, e-mail, remark or a number as
 *     given, or the first letters of the name in pinyin; upper and lower case are the same
 * @param number a whole number however a switch presents it
 * @param department this one and those below
 */
public record StaffQuery(
    Optional<String> text,
    Optional<String> number,
    Optional<DepartmentPath> department,
    Optional<SiteId> site,
    Optional<StaffStatus> status,
    Optional<Boolean> vip) {
  /** Everybody. */
  public static final StaffQuery ALL =
      new StaffQuery(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Whoever a text may mean. */
  public static StaffQuery of(String text) {
    return new StaffQuery(
        Optional.of(text),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Part of the answer, by employee number.
   *
   * @param total of the whole answer
   * @param next whom the next part begins behind; empty at the end
   */
  public record Found(List<StaffMember> items, int total, Optional<StaffId> next) {
    public Found {
      items = List.copyOf(items);
    }
  }
}
