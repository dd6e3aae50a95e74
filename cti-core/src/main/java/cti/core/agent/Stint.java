package cti.core.agent;

import cti.core.id.CallId;
import cti.core.id.DeskId;
import java.time.Instant;
import java.util.Optional;

/**
 * What belongs to the present state of an agent and ends with it.
 *
 * @param call of BUSY and WORKING_AFTER_CALL
 * @param desk whose call it was, of WORKING_AFTER_CALL
 * @param until when WORKING_AFTER_CALL ends by itself, or when NOT_READY has lasted too long
 * @param extensions how often this wrap-up was lengthened
 * @param overdue whether NOT_READY has lasted too long
 */
public record Stint(
    Optional<CallId> call,
    Optional<DeskId> desk,
    Optional<Instant> until,
    int extensions,
    boolean overdue) {
  static final Stint PLAIN =
      new Stint(Optional.empty(), Optional.empty(), Optional.empty(), 0, false);

  static Stint onCall(CallId call) {
    return new Stint(Optional.of(call), Optional.empty(), Optional.empty(), 0, false);
  }

  static Stint afterCall(CallId call, Optional<DeskId> desk, Instant until) {
    return new Stint(Optional.of(call), desk, Optional.of(until), 0, false);
  }

  static Stint pause(Optional<Instant> until) {
    return new Stint(Optional.empty(), Optional.empty(), until, 0, false);
  }

  Stint extended(Instant next, int times) {
    return new Stint(call, desk, Optional.of(next), times, overdue);
  }

  Stint tooLong() {
    return new Stint(call, desk, until, extensions, true);
  }
}
