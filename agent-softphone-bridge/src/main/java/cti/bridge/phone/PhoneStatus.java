package cti.bridge.phone;

import java.util.List;
import java.util.Optional;

/**
 * How a phone does.
 *
 * @param extension the number that it registers; empty where that is not known
 * @param registration whether it is registered; empty where nobody can know
 * @param problem why it is not registered, or not there at all
 * @param devices of the newest call; empty before the first
 * @param audioProblem why there is no sound
 * @param quality of the newest call that was measured
 * @param calls that last
 */
public record PhoneStatus(
    Optional<String> extension,
    Optional<Boolean> registration,
    Optional<String> problem,
    Optional<Devices> devices,
    Optional<String> audioProblem,
    Optional<Quality> quality,
    List<PhoneCall> calls) {
  public PhoneStatus {
    calls = List.copyOf(calls);
  }

  /** Where sound comes from and goes to, as the phone calls it. */
  public record Devices(String source, String player) {}

  /**
   * What RTCP says of a call (RFC 3550).
   *
   * @param lossPermille of the packets from the other side, 0 to 1000
   * @param jitterMicros of what arrives
   * @param roundTripMicros 0 where it is not known
   */
  public record Quality(long lossPermille, long jitterMicros, long roundTripMicros) {}
}
