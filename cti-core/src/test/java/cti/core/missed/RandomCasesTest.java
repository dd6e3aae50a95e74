package cti.core.missed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.core.id.CallId;
import cti.core.missed.CaseFact.Missed;
import cti.core.missed.CaseFact.Talked;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Days made at random. Whatever happens, some things hold. A failing seed is in the test's name.
 */
class RandomCasesTest {
  private static final String[] DESKS = {"gz", "erp", "oa"};

  /** Number, then whom the directory names: an office line, a mobile, a shared line, nobody. */
  private static final String[][] LINES = {
    {"8001", "0001"},
    {"13800000001", "0001"},
    {"8002", "0002"},
    {"13800000002", "0002"},
    {"8050", "0001", "0002"},
    {"02088880000"},
    {"02088880001"},
    {"", "0003"},
    {""}
  };

  private static List<CaseFact> facts(Random random, boolean byHand) {
    CaseFacts day = new CaseFacts();
    int calls = 120;
    for (int i = 0; i < calls; i++) {
      String[] line = LINES[random.nextInt(LINES.length)];
      String[] staff = new String[line.length - 1];
      System.arraycopy(line, 1, staff, 0, staff.length);
      long minute = random.nextInt(3 * 24 * 60);
      String call = "c" + i;
      switch (random.nextInt(byHand ? 6 : 4)) {
        case 0 -> {
          long end = random.nextInt(5) == 0 ? -1 : minute + random.nextInt(20);
          day.answered(call, minute, end, "2001", line[0], staff);
        }
        case 1 -> day.calledBack(call, minute, minute + random.nextInt(20), line[0], staff);
        case 4 -> day.closed("c" + random.nextInt(calls), minute, "理由");
        case 5 -> day.reopened("c" + random.nextInt(calls), minute);
        default -> day.missed(call, minute, DESKS[random.nextInt(DESKS.length)], line[0], staff);
      }
    }
    return day.facts();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 4711, 20261123})
  void whatAlwaysHolds(long seed) {
    Random random = new Random(seed);
    List<CaseFact> facts = facts(random, true);
    List<MissedCase> cases = MissedCaseFold.cases(facts, MissedCaseFold.WINDOW);

    List<CallId> inCases =
        cases.stream().flatMap(one -> one.calls().stream()).map(MissedCall::call).toList();
    Set<CallId> missed = new HashSet<>();
    facts.stream().filter(Missed.class::isInstance).forEach(fact -> missed.add(fact.call()));
    assertEquals(missed.size(), inCases.size(), "each missed call once");
    assertEquals(missed, new HashSet<>(inCases));

    for (MissedCase one : cases) {
      assertFalse(one.lastMissedAt().isAfter(one.openedAt().plus(MissedCaseFold.WINDOW)));
      assertEquals(1, one.calls().stream().map(MissedCall::desk).distinct().count());
      assertTrue(one.people().size() <= 2, "only the shared line is of two: " + one);
    }
    for (int i = 0; i < 5; i++) {
      List<CaseFact> shuffled = new ArrayList<>(facts);
      Collections.shuffle(shuffled, random);
      assertEquals(cases, MissedCaseFold.cases(shuffled, MissedCaseFold.WINDOW));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 4711, 20261123})
  void aTalkClosesEveryOpenCaseOfThePersonAtOnce(long seed) {
    List<CaseFact> facts = facts(new Random(seed), false);
    Map<CallId, Missed> missed = new HashMap<>();
    facts.stream()
        .filter(Missed.class::isInstance)
        .map(Missed.class::cast)
        .forEach(fact -> missed.put(fact.call(), fact));
    List<MissedCase> cases = MissedCaseFold.cases(facts, MissedCaseFold.WINDOW);
    int checked = 0;
    for (CaseFact fact : facts) {
      if (!(fact instanceof Talked talk)) {
        continue;
      }
      for (MissedCase one : cases) {
        Set<PartyKey> knownThen = new HashSet<>();
        one.calls().stream()
            .filter(call -> !call.at().isAfter(talk.at()))
            .forEach(call -> knownThen.addAll(missed.get(call.call()).keys()));
        if (!Collections.disjoint(knownThen, talk.keys())) {
          checked++;
          assertTrue(one.closing().isPresent(), talk + " left open " + one);
          assertFalse(one.closing().get().at().isAfter(talk.at()), "closed late: " + one);
        }
      }
    }
    assertTrue(checked > 20, "the world was too quiet: " + checked);
  }
}
