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
}
