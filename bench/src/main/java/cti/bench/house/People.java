package cti.bench.house;

import cti.core.desk.Site;
import cti.core.directory.DepartmentPath;
import cti.core.directory.NumberKind;
import cti.core.directory.PhoneNumber;
import cti.core.directory.StaffMember;
import cti.core.directory.StaffStatus;
import cti.core.id.StaffId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Made-up people with five numbers for every two; an office line is shared by four. */
public final class People {
  private People() {}

  /** A directory of any size, the same each time. */
  public static List<StaffMember> of(int count, List<Site> sites) {
    List<StaffMember> people = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Site site = sites.get(i % sites.size());
      List<PhoneNumber> numbers = new ArrayList<>();
      numbers.add(mobile("139%08d".formatted(i)));
      numbers.add(office(site, i / 4));
      if (i % 2 == 0) {
        numbers.add(mobile("138%08d".formatted(i)));
      }
      people.add(
          new StaffMember(
              new StaffId("E%06d".formatted(i)),
              "员工%06d".formatted(i),
              DepartmentPath.parse(site.name() + ">部门" + i % 50 + ">科室" + i % 7),
              site.id(),
              site.name() + i % 9 + "号楼" + i % 300 + "室",
              numbers,
              "e%06d@example.com".formatted(i),
              StaffStatus.ACTIVE,
              i % 500 == 0,
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

  /** A number of somebody in one of the ways that a switch presents it, or one that nobody has. */
  public static String presented(List<StaffMember> people, Random random) {
    List<PhoneNumber> numbers = people.get(random.nextInt(people.size())).numbers();
    String e164 = numbers.get(random.nextInt(numbers.size())).e164().orElseThrow();
    return switch (random.nextInt(6)) {
      case 0 -> e164;
      case 1 -> "0" + e164.substring(3);
      case 2 -> "90" + e164.substring(3);
      case 3 -> "00" + e164.substring(1);
      case 4 -> numbers.get(1).given();
      default -> "18" + e164.substring(4);
    };
  }
}
