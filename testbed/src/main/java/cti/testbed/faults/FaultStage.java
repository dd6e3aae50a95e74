package cti.testbed.faults;

import cti.testbed.gateway.Testbed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a fault strikes at, while the load goes on. */
final class FaultStage {
  private final FaultHouse house;
  private final Load load;
  private final Duration outage;
  private final List<Afterwards> afterwards = new ArrayList<>();

  /** Looked at when the last call has ended. */
  @FunctionalInterface
  interface Afterwards {
    /** What is not as it should be, a sentence each. */
    List<String> complaints() throws Exception;
  }

  FaultStage(FaultHouse house, Load load, Duration outage) {
    this.house = house;
    this.load = load;
    this.outage = outage;
  }

  FaultHouse house() {
    return house;
  }

  Testbed testbed() {
    return house.testbed();
  }

  Load load() {
    return load;
  }

  /** How long it is to last. */
  Duration outage() {
    return outage;
  }

  /** Lets the outage last. */
  void outageLasts() throws InterruptedException {
    Outage.lasts(outage);
  }

  /** Has something looked at when the last call has ended. */
  void afterwards(Afterwards look) {
    afterwards.add(look);
  }

  List<String> complaints() throws Exception {
    List<String> complaints = new ArrayList<>();
    for (Afterwards look : afterwards) {
      complaints.addAll(look.complaints());
    }
    return complaints;
  }
}
