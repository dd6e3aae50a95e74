package cti.core.directory;

import cti.core.id.SiteId;
import cti.core.id.StaffId;
import java.util.List;

/**
 * A person of the directory (员工电话簿). Texts that are not known are empty, never null.
 *
 * @param id the employee number
 * @param numbers office lines and mobiles; one number may be shared with others
 */
public record StaffMember(
    StaffId id,
    String name,
    DepartmentPath department,
    SiteId site,
    String officeAddress,
    List<PhoneNumber> numbers,
    String email,
    StaffStatus status,
    boolean vip,
    String remark) {
  public StaffMember {
    numbers = List.copyOf(numbers);
  }

  /** The same person with another status. */
  public StaffMember with(StaffStatus other) {
    return new StaffMember(
        id, name, department, site, officeAddress, numbers, email, other, vip, remark);
  }

  /** The same person in another department. */
  public StaffMember in(DepartmentPath other) {
    return new StaffMember(
        id, name, other, site, officeAddress, numbers, email, status, vip, remark);
  }

  /** The same person with other numbers. */
  public StaffMember with(List<PhoneNumber> other) {
    return new StaffMember(
        id, name, department, site, officeAddress, other, email, status, vip, remark);
  }

  /**
   * The numbers by which a caller is known to be this person: all of them, but the office lines of
   * somebody who retired are free for others. They stay on record, for a reinstatement.
   */
  public List<PhoneNumber> numbersInUse() {
    return status == StaffStatus.RETIRED
        ? numbers.stream().filter(number -> number.kind() == NumberKind.MOBILE).toList()
        : numbers;
  }
}
