package cti.core.routing;

import cti.core.agent.SeatRole;
import java.time.Duration;

/**
 * A desk's queue at a moment.
 *
 * @param waiting callers who wait
 * @param readyA agents of the A role who are ready and not in a call
 * @param readyB those of the B role
 * @param longestWait of those who wait; zero where nobody does
 */
public record QueueState(int waiting, int readyA, int readyB, Duration longestWait) {
  public int ready() {
    return readyA + readyB;
  }

  public int ready(SeatRole role) {
    return switch (role) {
      case A -> readyA;
      case B -> readyB;
    };
  }
}
