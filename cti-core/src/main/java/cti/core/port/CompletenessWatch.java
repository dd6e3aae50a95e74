package cti.core.port;

import java.time.Instant;
import java.util.Optional;

/** How the check of our records against the gateway's logs stands now. Never blocks. */
@FunctionalInterface
public interface CompletenessWatch {
  State state();

  /** Whole days, once they are over. */
  default DayChecks days() {
    return DayChecks.NOT_CONFIGURED;
  }

  /**
   * @param configured whether any log of the gateway is configured
   * @param problem why nothing is checked at the moment; empty while all is well
   * @param checkedAt the last pass that went through
   * @param since calls that began before are not looked for
   * @param missing calls of the logs that are not on record at this moment
   * @param missingSince since when there are any
   */
  record State(
      boolean configured,
      String problem,
      Optional<Instant> checkedAt,
      Optional<Instant> since,
      int missing,
      Optional<Instant> missingSince,
      Counts counts) {}

  /** Since the start of the server. */
  record Counts(long checked, long recovered, long different, long unknownLines) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);
  }

  /** Where no log is configured: nothing is checked, and it says so. */
  CompletenessWatch NOT_CONFIGURED =
      () ->
          new State(
              false,
              "no log of the gateway is configured (gateway.logs)",
              Optional.empty(),
              Optional.empty(),
              0,
              Optional.empty(),
              Counts.NONE);
}
