package cti.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import cti.core.id.SiteId;
import cti.core.id.StaffId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The table against a plain map, in seeded random worlds. */
class NumberTableTest {
  private static final List<StaffMember> PEOPLE = people(400);

  private static List<StaffMember> people(int count) {
    List<StaffMember> people = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      people.add(
          new StaffMember(
              new StaffId("E%04d".formatted(i)),
              "",
              DepartmentPath.parse(""),
              new SiteId("hq"),
              "",
              List.of(),
              "",
              StaffStatus.ACTIVE,
              false,
              ""));
    }
    return people;
  }

  @Test
  void everyOwnerOfANumberIsFoundInOrderAndOnce() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      // Few numbers of many people, and many numbers of few.
      int numbers = 1 + random.nextInt(600);
      NumberTable table = new NumberTable(PEOPLE.size() * 3);
      Map<Long, List<StaffMember>> plain = new HashMap<>();
      for (int owner = 0; owner < PEOPLE.size(); owner++) {
        for (int i = random.nextInt(4); i > 0; i--) {
          long key = DialPlan.plainKey(Integer.toString(random.nextInt(numbers)));
          table.put(key, owner);
          List<StaffMember> owners = plain.computeIfAbsent(key, any -> new ArrayList<>());
          if (!owners.contains(PEOPLE.get(owner))) {
            owners.add(PEOPLE.get(owner));
          }
        }
      }
      for (int number = 0; number < numbers + 10; number++) {
        long key = DialPlan.plainKey(Integer.toString(number));
        assertEquals(
            plain.getOrDefault(key, List.of()),
            table.owners(key, PEOPLE),
            "seed " + seed + ", number " + number);
      }
    }
  }

  @Test
  void numbersThatLookAlikeHaveKeysOfTheirOwn() {
    assertNotEquals(DialPlan.plainKey("012"), DialPlan.plainKey("12"));
    assertNotEquals(DialPlan.plainKey("1234"), DialPlan.extensionKey("1234"));
    assertNotEquals(DialPlan.plainKey("8613900000001"), DialPlan.e164Key("8613900000001"));
    assertEquals(DialPlan.e164Key("8613900000001"), DialPlan.e164KeyOf("+8613900000001"));
  }

  @Test
  void whatIsNoNumberHasNoKeyAndNobodyHasIt() {
    for (String text : List.of("", "12a", "+12", "123456789012345678")) {
      assertEquals(DialPlan.NO_KEY, DialPlan.plainKey(text), text);
    }
    NumberTable table = new NumberTable(1);
    table.put(DialPlan.NO_KEY, 0);
    assertEquals(List.of(), table.owners(DialPlan.NO_KEY, PEOPLE));
  }
}
