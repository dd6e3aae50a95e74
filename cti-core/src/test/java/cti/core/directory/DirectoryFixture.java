package cti.core.directory;

import cti.core.desk.Site;
import cti.core.id.StaffId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A made-up directory of any size: five numbers to two people, some of them shared. */
final class DirectoryFixture {
  private DirectoryFixture() {}

  static List<StaffMember> people(int count, List<Site> sites) {
    List<StaffMember> people = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Site site = sites.get(i % sites.size());
      List<PhoneNumber> numbers = new ArrayList<>();
      numbers.add(mobile("139%08d".formatted(i)));
      // Every office line is shared by four people.
      numbers.add(office(site, i / 4));
      if (i % 2 == 0) {
        numbers.add(mobile("138%08d".formatted(i)));
      }
      people.add(
          new StaffMember(
              new StaffId("E%06d".formatted(i)),
              "员工%06d".formatted(i),
              DepartmentPath.parse("公司>部门" + i % 50),
              site.id(),
              "",
              numbers,
              "",
              StaffStatus.ACTIVE,
              false,
              ""));
    }
    return people;
  }

  private static PhoneNumber mobile(String digits) {
    return new PhoneNumber(
        digits, NumberKind.MOBILE, Optional.of("+86" + digits), Optional.empty());
  }

  private static PhoneNumber office(Site site, int line) {
    String digits = "2%07d".formatted(line);
    return new PhoneNumber(
        digits,
        NumberKind.OFFICE_LINE,
        Optional.of("+86" + site.areaCode() + digits),
        Optional.empty());
  }
}
