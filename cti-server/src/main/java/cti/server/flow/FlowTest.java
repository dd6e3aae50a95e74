package cti.server.flow;

import cti.core.calendar.TimeSpan;
import cti.core.id.DeskId;
import cti.core.routing.MajorIncident;
import cti.core.routing.QueueState;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of a test file.
 *
 * @param number of the caller as the switch presents it; may be empty
 * @param at in the site's zone
 * @param does what the caller does, in the words of the simulation
 * @param meets what must be met, in the same words
 */
record FlowTest(
    String name, String number, LocalDateTime at, Around around, List<String> does, String meets) {
  FlowTest {
    does = List.copyOf(does);
  }

  /**
   * What goes on around it.
   *
   * @param hours of desks, every day; the calendars of the rules for the others
   * @param withoutRules whether no rule holds
   * @param notices known major incidents, the oldest first
   */
  record Around(
      Map<DeskId, TimeSpan> hours,
      List<MajorIncident> notices,
      Map<DeskId, Queue> queues,
      boolean withoutRules) {
    Around {
      hours = Map.copyOf(hours);
      notices = List.copyOf(notices);
      queues = Map.copyOf(queues);
    }
  }

  /** A queue; the wait is empty where it is not known. */
  record Queue(QueueState state, Optional<Duration> expectedWait) {}

  /** Something that is done at every place of every test, and how the call must end then. */
  record Everywhere(String does, String ends) {}

  /** All tests of a flow. */
  record Suite(String flow, List<Everywhere> everywhere, List<FlowTest> tests) {
    Suite {
      everywhere = List.copyOf(everywhere);
      tests = List.copyOf(tests);
    }
  }
}
