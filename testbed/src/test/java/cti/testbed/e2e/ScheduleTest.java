package cti.testbed.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ScheduleTest {
  private final List<String> order = new CopyOnWriteArrayList<>();
  private final Set<String> held = ConcurrentHashMap.newKeySet();

  @Test
  void scenariosOfOneDeskFollowEachOtherInOrder() throws Exception {
    run(
        8,
        scenario("first at gz", "gz"),
        scenario("second at gz", "gz"),
        scenario("third at gz", "gz"));

    assertEquals(List.of("first at gz", "second at gz", "third at gz"), order);
  }

  @Test
  void scenariosThatShareNothingRunTogether() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    new Schedule(
            8,
            scenario -> {
              both.countDown();
              assertTrue(awaits(both), "the other one never began");
            })
        .run(List.of(scenario("at gz", "gz"), scenario("at sg", "sg")));
  }

  @Test
  void whoWantsTwoDesksIsNotOvertakenForEver() throws Exception {
    run(2, scenario("gz", "gz"), scenario("gz and sg", "gz", "sg"), scenario("sg", "sg"));

    assertTrue(order.indexOf("gz and sg") < order.indexOf("sg"), order.toString());
  }

  @Test
  void whoWantsToBeAloneComesLast() throws Exception {
    run(8, Scenario.alone("stops the server", stage -> {}), scenario("at gz", "gz"));

    assertEquals(List.of("at gz", "stops the server"), order);
  }

  private void run(int atOnce, Scenario... scenarios) throws Exception {
    new Schedule(
            atOnce,
            scenario -> {
              scenario
                  .claims()
                  .forEach(claim -> assertTrue(held.add(claim), claim + " held twice"));
              order.add(scenario.name());
              held.removeAll(scenario.claims());
            })
        .run(List.of(scenarios));
  }

  private static boolean awaits(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Scenario scenario(String name, String... claims) {
    return Scenario.of(name, Set.of(claims), stage -> {});
  }
}
