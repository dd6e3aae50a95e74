package cti.testbed.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cti.testbed.faults.PlannedCall.Kind;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LoadPlanTest {
  @Test
  void theSameSeedMakesTheSamePlan() {
    assertEquals(LoadPlan.of(7, 300, 0, false), LoadPlan.of(7, 300, 0, false));
    assertNotEquals(LoadPlan.of(7, 300, 0, false).calls(), LoadPlan.of(8, 300, 0, false).calls());
  }

  @Test
  void noNumberComesTwiceAlsoNotInTheNextPlan() {
    Set<String> first = LoadPlan.of(1, 300, 0, false).numbers();
    Set<String> second = LoadPlan.of(1, 300, 300, false).numbers();

    assertEquals(300, first.size());
    assertTrue(first.stream().noneMatch(second::contains));
  }

  @Test
  void aPlanHasCallsOfEveryKind() {
    Set<Kind> kinds =
        LoadPlan.of(1, 300, 0, false).calls().stream()
            .map(PlannedCall::kind)
            .collect(Collectors.toSet());

    assertEquals(EnumSet.allOf(Kind.class), kinds);
  }

  @Test
  void aBriskPlanIsOverSooner() {
    assertTrue(longest(true).compareTo(Duration.ofSeconds(15)) <= 0);
    assertTrue(longest(false).compareTo(Duration.ofSeconds(20)) > 0);
  }

  private static Duration longest(boolean brisk) {
    return LoadPlan.of(1, 300, 0, brisk).calls().stream()
        .map(PlannedCall::hangsUpAfter)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  @Test
  void aCallIsALineWithItsNumberKeysAndTimes() {
    PlannedCall twoKeys =
        new PlannedCall(
            "12004080012",
            Kind.AGENT_HANGS_UP,
            List.of(
                new PlannedCall.Key(Duration.ofMillis(3_300), '1'),
                new PlannedCall.Key(Duration.ofMillis(1_200), '4')),
            Duration.ofSeconds(20));
    PlannedCall noKey =
        new PlannedCall("12000000013", Kind.LEAVES_THE_MENU, List.of(), Duration.ofMillis(900));

    assertEquals("12004080012;3300;1;1200;4;20000", twoKeys.line());
    assertEquals("12000000013;0;0;0;0;900", noKey.line());
  }

  @Test
  void aNumberThatSomebodyMayHaveIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new PlannedCall("13900000001", Kind.LEAVES_THE_MENU, List.of(), Duration.ofSeconds(1)));
  }
}
