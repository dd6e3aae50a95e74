package cti.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.desk.Site;
import cti.core.desk.Site.ExtensionRange;
import cti.core.desk.SiteKind;
import cti.core.directory.DepartmentTree.Department;
import cti.core.directory.DepartmentTree.Move;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What edits make of a directory: index, departments, differences, search. */
class DirectoryEditsTest {
  private static final Site HQ =
      new Site(
          new SiteId("hq"),
          "本部",
          SiteKind.HEADQUARTERS,
          "757",
          List.of(new ExtensionRange("1000", "1999")),
          "8888",
          "9");
  private static final DialPlan PLAN = new DialPlan(List.of(HQ));

  private static StaffMember person(String id, String department, String office, String mobile) {
    List<PhoneNumber> numbers = new ArrayList<>();
    if (!office.isEmpty()) {
      numbers.add(
          new PhoneNumber(
              office,
              NumberKind.OFFICE_LINE,
              Optional.of("+867578888" + office),
              Optional.of(office)));
    }
    if (!mobile.isEmpty()) {
      numbers.add(
          new PhoneNumber(
              mobile, NumberKind.MOBILE, Optional.of("+86" + mobile), Optional.empty()));
    }
    return new StaffMember(
        new StaffId(id),
        "员工" + id,
        DepartmentPath.parse(department),
        HQ.id(),
        "2号楼",
        numbers,
        id + "@example.com",
        StaffStatus.ACTIVE,
        false,
        "");
  }

  private static List<String> found(DirectoryIndex index, String presented) {
    return index.lookup(presented).stream().map(member -> member.id().value()).toList();
  }

  @Test
  void retirementFreesTheOfficeLineAndReinstatementGivesItBack() {
    StaffMember leaving = person("E1", "公司", "1001", "13900000001");
    StaffMember next = person("E2", "公司", "1001", "");
    DirectoryIndex both = new DirectoryIndex(PLAN, List.of(leaving, next));
    assertEquals(List.of("E1", "E2"), found(both, "1001"));
    DirectoryIndex freed = both.with(leaving.id(), Optional.of(leaving.with(StaffStatus.RETIRED)));
    assertEquals(List.of("E2"), found(freed, "1001"));
    assertEquals(List.of("E2"), found(freed, "0757-88881001"));
    assertEquals(List.of("E1"), found(freed, "13900000001"));
    assertEquals(2, freed.byId(leaving.id()).orElseThrow().numbers().size());
    assertEquals(
        List.of("E1", "E2"), found(freed.with(leaving.id(), Optional.of(leaving)), "1001"));
    assertEquals(List.of("E1", "E2"), found(both, "1001"), "the index of before is as it was");
  }

  /** Whatever the edits: the index is that of the people who are there now. */
  @Test
  void editsLeadToTheIndexOfTheRest() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      Map<StaffId, StaffMember> people = new TreeMap<>();
      DirectoryIndex index = new DirectoryIndex(PLAN, List.of());
      for (int i = 0; i < 60; i++) {
        StaffId id = new StaffId("E" + random.nextInt(12));
        Optional<StaffMember> after =
            random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(
                    person(
                            id.value(),
                            "公司",
                            "10%02d".formatted(random.nextInt(6)),
                            random.nextBoolean() ? "1390000000" + random.nextInt(4) : "")
                        .with(random.nextInt(5) == 0 ? StaffStatus.RETIRED : StaffStatus.ACTIVE));
        index = index.with(id, after);
        after.ifPresentOrElse(member -> people.put(id, member), () -> people.remove(id));
        DirectoryIndex anew = new DirectoryIndex(PLAN, people.values());
        assertEquals(anew.all(), index.all(), "seed " + seed);
        assertEquals(anew.size(), index.size(), "seed " + seed);
        for (int number = 0; number < 6; number++) {
          String line = "10%02d".formatted(number);
          assertEquals(anew.lookup(line), index.lookup(line), "seed " + seed + " " + line);
          String mobile = "1390000000" + number;
          assertEquals(anew.lookup(mobile), index.lookup(mobile), "seed " + seed);
        }
      }
    }
  }

  /** More edits than are kept beside the large maps: the index is made whole in between. */
  @Test
  void manyEditsOneAfterTheOtherLeadThereToo() {
    List<StaffMember> people = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      people.add(person("E%04d".formatted(i), "公司", "", "139%08d".formatted(i)));
    }
    DirectoryIndex index = new DirectoryIndex(PLAN, people);
    for (int i = 0; i < people.size(); i++) {
      StaffMember moved = person("E%04d".formatted(i), "公司", "", "138%08d".formatted(i));
      index = index.with(moved.id(), Optional.of(moved));
    }
    assertEquals(3_000, index.size());
    for (int i = 0; i < people.size(); i++) {
      assertEquals(List.of(), found(index, "139%08d".formatted(i)));
      assertEquals(List.of("E%04d".formatted(i)), found(index, "138%08d".formatted(i)));
    }
  }

  @Test
  void departmentsAreCountedAsATree() {
    List<StaffMember> staff =
        List.of(
            person("E1", "公司>信息中心>运维科", "", ""),
            person("E2", "公司>信息中心", "", ""),
            person("E3", "公司>信息中心2", "", ""),
            person("E4", "", "", ""));
    assertEquals(
        List.of("公司 0 3", "公司>信息中心 1 2", "公司>信息中心>运维科 1 1", "公司>信息中心2 1 1"),
        DepartmentTree.of(staff).stream()
            .map((Department one) -> one.path() + " " + one.people() + " " + one.below())
            .toList());
  }

  @Test
  void movingADepartmentMovesAllBelowItAndNobodyElse() {
    List<StaffMember> staff =
        List.of(
            person("E1", "公司>信息中心>运维科", "", ""),
            person("E2", "公司>信息中心", "", ""),
            person("E3", "公司>信息中心2", "", ""));
    Move.Possible move =
        assertInstanceOf(
            Move.Possible.class,
            DepartmentTree.move(
                staff, DepartmentPath.parse("公司>信息中心"), DepartmentPath.parse("集团>数字部")));
    assertEquals(
        List.of("E1 集团>数字部>运维科", "E2 集团>数字部"),
        move.changes().stream()
            .map(one -> one.staff() + " " + one.after().orElseThrow().department())
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "公司>信息中心, 公司>信息中心, the same department",
    "公司>信息中心, 公司>信息中心>运维科, lies below",
    "公司>没有, 公司>信息中心, nobody is in '公司>没有'",
  })
  void aMoveThatMakesNoSenseIsRefused(String from, String to, String why) {
    Move.Refused refused =
        assertInstanceOf(
            Move.Refused.class,
            DepartmentTree.move(
                List.of(person("E1", "公司>信息中心>运维科", "", "")),
                DepartmentPath.parse(from),
                DepartmentPath.parse(to)));
    assertTrue(refused.reason().contains(why), refused.reason());
  }

  @Test
  void differencesAreToldFieldByField() {
    Map<StaffId, StaffMember> now = new LinkedHashMap<>();
    for (StaffMember one :
        List.of(
            person("E1", "公司", "1001", ""),
            person("E2", "公司", "1002", ""),
            person("E3", "公司", "", "").with(StaffStatus.RETIRED))) {
      now.put(one.id(), one);
    }
    List<StaffMember> next =
        List.of(person("E0", "公司", "", ""), person("E1", "公司>财务部", "1009", ""));
    List<StaffChange> kept = DirectoryDiff.between(now, next, GoneRule.KEEP);
    assertEquals(
        List.of("E0 ADDED", "E1 CHANGED"),
        kept.stream().map(one -> one.staff() + " " + one.kind()).toList());
    assertEquals(
        List.of("DEPARTMENT 公司 公司>财务部", "OFFICE 1001 1009"),
        kept.getLast().fields().stream()
            .map(field -> field.field() + " " + field.before() + " " + field.after())
            .toList());
    List<StaffChange> gone = DirectoryDiff.between(now, next, GoneRule.RETIRE);
    assertEquals(3, gone.size(), "who is retired already is not gone again");
    assertEquals(StaffChange.Kind.GONE, gone.getLast().kind());
    assertEquals(StaffStatus.RETIRED, gone.getLast().after().orElseThrow().status());
  }

  @Test
  void aNumberWithAnotherNormalFormShowsIt() {
    StaffMember before = person("E1", "公司", "1001", "");
    StaffMember after =
        before.with(
            List.of(
                new PhoneNumber(
                    "1001", NumberKind.OFFICE_LINE, Optional.empty(), Optional.of("1001"))));
    assertEquals(
        List.of("1001 = +8675788881001 x1001 -> 1001 = - x1001"),
        StaffChange.changed(before, after).fields().stream()
            .map(field -> field.before() + " -> " + field.after())
            .toList());
  }

  @Test
  void peopleAreFoundByWhatIsKnownOfThem() {
    DirectoryIndex index =
        new DirectoryIndex(
            PLAN,
            List.of(
                person("E1", "公司>信息中心>运维科", "1001", "13900000001"),
                person("E2", "公司>财务部", "1002", "").with(StaffStatus.RETIRED),
                person("E3", "公司>信息中心", "", "")));
    assertEquals(List.of("E1", "E2", "E3"), ids(index, StaffQuery.of("员工")));
    assertEquals(List.of("E1", "E2", "E3"), ids(index, StaffQuery.of("yg")), "by pinyin");
    assertEquals(List.of("E2"), ids(index, StaffQuery.of("e2@EXAMPLE")));
    assertEquals(List.of("E1"), ids(index, StaffQuery.of("139000")));
    assertEquals(List.of(), ids(index, StaffQuery.of("zz")));
    StaffQuery inCentre =
        new StaffQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.of(DepartmentPath.parse("公司>信息中心")),
            Optional.empty(),
            Optional.of(StaffStatus.ACTIVE),
            Optional.empty());
    assertEquals(List.of("E1", "E3"), ids(index, inCentre));
    StaffQuery.Found first = StaffSearch.find(index, StaffQuery.ALL, Optional.empty(), 2);
    assertEquals(3, first.total());
    assertEquals(Optional.of(new StaffId("E2")), first.next());
    StaffQuery.Found rest = StaffSearch.find(index, StaffQuery.ALL, first.next(), 2);
    assertEquals("E3", rest.items().getFirst().id().value());
    assertEquals(Optional.empty(), rest.next());
  }

  private static List<String> ids(DirectoryIndex index, StaffQuery query) {
    return StaffSearch.find(index, query, Optional.empty(), 100).items().stream()
        .map(member -> member.id().value())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "张三, zs",
    "李四, ls",
    "王五, ww",
    "赵钱孙李, zqsl",
    "欧阳娜, oyn",
    "阿宝, ab",
    "座机, zj",
    "Ann 李, annl",
    "员工0001, yg0001",
    "龘, ''",
    "'', ''"
  })
  void initialsArePinyin(String name, String expected) {
    assertEquals(expected, PinyinInitials.of(name));
  }
}
