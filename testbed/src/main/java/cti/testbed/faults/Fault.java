package cti.testbed.faults;

import java.time.Duration;

/**
 * One thing that goes wrong while calls are under way.
 *
 * @param name on the command line
 * @param title in the report
 * @param place what it needs of the server's surroundings
 * @param outage how long it lasts
 * @param shortOutage the same in the quick run
 * @param callsPerSecond of the load
 * @param gatewayDies calls may end without a trace in the gateway's logs
 */
record Fault(
    String name,
    String title,
    Place place,
    Duration outage,
    Duration shortOutage,
    int callsPerSecond,
    boolean gatewayDies,
    Strike strike) {
  /** What a fault needs of the server's surroundings. */
  enum Place {
    USUAL,
    /**
     * The journal lies on a disk of a few megabytes, and the server's clock can be set without
     * touching the machine's.
     */
    SMALL_DISK_AND_OWN_CLOCK
  }

  /** Makes it happen, and undoes it: at its return the fault is over. */
  @FunctionalInterface
  interface Strike {
    void on(FaultStage stage) throws Exception;
  }

  /** Five a second are wanted; a little more are offered, so that as many are dialled. */
  static final int USUAL_RATE = 6;

  private static final int QUICK_RATE = 8;

  Duration lasts(boolean quick) {
    return quick ? shortOutage : outage;
  }

  /** Calls a second; the quick run is no less of a load. */
  int rate(boolean quick) {
    return quick ? Math.max(QUICK_RATE, callsPerSecond) : callsPerSecond;
  }

  /** So many that calls begin before, in and after it. */
  int calls(boolean quick) {
    if (quick) {
      return 40;
    }
    return Math.max(300, (int) (USUAL_RATE * (outage.toSeconds() + 35)));
  }
}
