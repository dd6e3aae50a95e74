package cti.core.bridge;

import cti.core.id.Extension;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the phone of an agent does, as the bridge beside it says.
 *
 * @param at when the report came
 * @param extension the number that the phone registers
 * @param registered empty where nobody beside the phone can know: one behind a switch
 * @param problem why it is not registered, in words; empty where nothing is known
 * @param unavailable what cannot be done by the bridge, only at the phone itself; words of
 *     bridge-openapi.yaml (features), such as answer
 */
public record PhoneReport(
    Instant at,
    Extension extension,
    Optional<Boolean> registered,
    Optional<String> problem,
    Optional<Audio> audio,
    Optional<Quality> quality,
    Optional<Pops> pops,
    List<String> unavailable) {
  public PhoneReport {
    unavailable = List.copyOf(unavailable);
  }

  /** Known to be out of reach; of who cannot tell nothing is held against them. */
  public boolean unregistered() {
    return registered.equals(Optional.of(false));
  }

  /**
   * The sound devices.
   *
   * @param problem why there is no sound; empty where nothing is wrong
   */
  public record Audio(String source, String player, Optional<String> problem) {}

  /**
   * Of the newest call.
   *
   * @param lossPermille of the packets from the other side, 0 to 1000
   * @param jitterMicros of what arrives
   * @param roundTripMicros to the other side and back; 0 where it is not known
   */
  public record Quality(long lossPermille, long jitterMicros, long roundTripMicros) {}

  /**
   * Screen-pops since the bridge was started, from the ring to the begin of the action.
   *
   * @param count of them
   * @param p50Micros half of them began sooner
   * @param p99Micros of a hundred one began later
   */
  public record Pops(long count, long p50Micros, long p99Micros) {}
}
