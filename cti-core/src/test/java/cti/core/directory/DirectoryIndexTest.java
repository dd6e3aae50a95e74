package cti.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.desk.Site;
import cti.core.desk.Site.ExtensionRange;
import cti.core.desk.SiteKind;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryIndexTest {
  private static final Site HQ = site("hq", SiteKind.HEADQUARTERS, "757", "8888", "9", "1000-1999");
  private static final Site GZ = site("gz", SiteKind.FACTORY, "20", "8666", "9", "2000-2999");
  private static final Site MZ = site("mz", SiteKind.FACTORY, "753", "233", "0", "2900-2999");
  private static final DialPlan PLAN = new DialPlan(List.of(HQ, GZ, MZ));

  private final DirectoryIndex index =
      new DirectoryIndex(
          PLAN,
          List.of(
              // Not in the order of their numbers: what comes out is in order all the same.
              person("E9", MZ, number("2950", "+867532332950", "2950")),
              person("E1", HQ, number("0757-8888 1234", "+8675788881234", "1234")),
              person("E2", HQ, number("13900000002", "+8613900000002", "")),
              person("E3", GZ, number("86662950", "+862086662950", "2950")),
              person("E4", GZ, number("88881234", "+862088881234", "")),
              person("E5", HQ, number("+852 2345 6789", "+85223456789", "")),
              person("E6", HQ, number("95000", "", "")),
              person("E7", MZ, number("0753-2331000", "+867532331000", "")),
              person("E8", GZ, number("13900000002", "+8613900000002", ""))));

  private static Site site(
      String id, SiteKind kind, String area, String direct, String outside, String range) {
    String[] ends = range.split("-");
    return new Site(
        new SiteId(id),
        id,
        kind,
        area,
        List.of(new ExtensionRange(ends[0], ends[1])),
        direct,
        outside);
  }

  private static PhoneNumber number(String given, String e164, String extension) {
    return new PhoneNumber(
        given,
        NumberKind.OFFICE_LINE,
        Optional.of(e164).filter(text -> !text.isEmpty()),
        Optional.of(extension).filter(text -> !text.isEmpty()));
  }

  private static StaffMember person(String id, Site site, PhoneNumber... numbers) {
    return new StaffMember(
        new StaffId(id),
        id,
        DepartmentPath.parse(""),
        site.id(),
        "",
        List.of(numbers),
        "",
        StaffStatus.ACTIVE,
        false,
        "");
  }

  private String found(String presented) {
    return String.join(
        " ", index.lookup(presented).stream().map(member -> member.id().value()).toList());
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    // A fixed line in every way that a switch or a person writes it
    "0757-8888 1234, E1",
    "075788881234, E1",
    "(0757) 8888-1234, E1",
    "(0757)8888.1234, E1",
    "0757 8888 1234, E1",
    "+8675788881234, E1",
    "+86 757 8888 1234, E1",
    "+86 (0)757 8888 1234, E1",
    "8675788881234, E1",
    "86075788881234, E1",
    "75788881234, E1",
    // IDD, and a zero that the switch doubled
    "008675788881234, E1",
    "0075788881234, E1",
    // the outside prefix 0 of mz, then a doubled zero
    "00 0757 8888 1234, E1",
    // Outside prefix
    "9075788881234, E1",
    "9 0757-88881234, E1",
    "913900000002, E2 E8",
    "9008675788881234, E1",
    "0013900000002, E2 E8",
    // Local number: known in two area codes, so both
    "88881234, E1 E4",
    "988881234, E1 E4",
    "8888-1234, E1 E4",
    "2331000, E7",
    "2331234, ''",
    "02088881234, E4",
    // Mobiles
    "13900000002, E2 E8",
    "013900000002, E2 E8",
    "+8613900000002, E2 E8",
    "86 139 0000 0002, E2 E8",
    "139-0000-0002, E2 E8",
    "0757-8888-1234, E1",
    // Extensions: of one site, of two, of none
    "1234, E1",
    "2950, E3 E9",
    "1299, ''",
    "9999, ''",
    "1 2 3 4, E1",
    // Other countries, short numbers
    "+85223456789, E5",
    "0085223456789, E5",
    "900 852 2345 6789, E5",
    "85223456789, ''",
    "95000, E6",
    // Nobody
    "+867578888, ''",
    "13900000003, ''",
    "0, ''",
    "9, ''",
    "00, ''",
    "+, ''",
    "1, ''",
  })
  void findsEveryWrittenForm(String presented, String expected) {
    assertEquals(expected, found(presented));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "anonymous",
        "Anonymous",
        "unknown",
        "restricted",
        "asterisk",
        "+",
        "++86757",
        "sip:1234@10.0.0.1",
        "1234;ext=5",
        "*",
        "#31#13900000002",
        "86+75788881234",
        "00000000000000000000000000000000000000000",
        "１２３４５６７８９０１２３４５６７８９０",
        "\ud835\udfce",
        "\u0000",
        "工号1234"
      })
  void whatIsNoNumberMatchesNobody(String presented) {
    assertEquals(List.of(), index.lookup(presented));
  }

  @Test
  void knowsPeopleById() {
    assertEquals("E5", index.byId(new StaffId("E5")).orElseThrow().name());
    assertTrue(index.byId(new StaffId("E99")).isEmpty());
    assertEquals(9, index.size());
  }

  @Test
  void refusesAnEmployeeNumberTwice() {
    List<StaffMember> twice = List.of(person("E1", HQ), person("E1", GZ));
    assertEquals(
        "employee number E1 is there twice, expected once",
        assertThrows(IllegalArgumentException.class, () -> new DirectoryIndex(PLAN, twice))
            .getMessage());
  }

  @Test
  void oneMatchIsThereOnceHoweverManyReadingsFindIt() {
    DirectoryIndex one =
        new DirectoryIndex(
            PLAN,
            List.of(
                person(
                    "E1",
                    HQ,
                    number("1234", "+8675788881234", "1234"),
                    number("88881234", "+8675788881234", "1234"))));
    assertEquals(1, one.lookup("1234").size());
    assertEquals(1, one.lookup("88881234").size());
  }

  @Test
  void findsEverybodyAmongAHundredThousandInEachForm() {
    List<StaffMember> people = DirectoryFixture.people(100_000, List.of(HQ, GZ, MZ));
    DirectoryIndex large = new DirectoryIndex(PLAN, people);
    assertEquals(250_000, people.stream().mapToInt(person -> person.numbers().size()).sum());
    Random random = new Random(20261121);
    List<String> forms = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      StaffMember person = people.get(random.nextInt(people.size()));
      String e164 = person.numbers().getFirst().e164().orElseThrow();
      forms.add(e164);
      forms.add("0" + e164.substring(3));
      forms.add("9 0" + e164.substring(3));
      forms.add("00" + e164.substring(1));
      forms.add("00" + e164.substring(3));
      for (String form : forms) {
        assertTrue(large.lookup(form).contains(person), form);
      }
      forms.clear();
    }
  }
}
