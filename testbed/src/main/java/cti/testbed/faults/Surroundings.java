package cti.testbed.faults;

import cti.testbed.faults.Fault.Place;
import cti.testbed.gateway.Testbed;
import cti.testbed.server.ServerSettings;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What a server stands on that faults can reach.
 *
 * @param disk of the journal, where it is a small one
 * @param clock of the server, where it is its own
 */
record Surroundings(Optional<SmallDisk> disk, Optional<StepClock> clock) implements AutoCloseable {
  /** Room for the journal of a whole run, and not for much more. */
  private static final int MEBIBYTES = 64;

  static Surroundings of(Place place, ServerSettings settings, Testbed testbed)
      throws IOException, InterruptedException {
    return switch (place) {
      case USUAL -> new Surroundings(Optional.empty(), Optional.empty());
      case SMALL_DISK_AND_OWN_CLOCK -> {
        StepClock clock = StepClock.in(settings.folder());
        yield new Surroundings(
            Optional.of(SmallDisk.at(settings.journal(), testbed.environment().run(), MEBIBYTES)),
            Optional.of(clock));
      }
    };
  }

  /** Variables of the server's process beside ours. */
  Map<String, String> environment() {
    return clock.map(StepClock::environment).orElse(Map.of());
  }

  @Override
  public void close() throws IOException {
    if (disk.isPresent()) {
      disk.get().close();
    }
  }
}
