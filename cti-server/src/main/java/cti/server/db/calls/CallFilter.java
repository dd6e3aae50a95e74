package cti.server.db.calls;

import cti.core.call.CallOutcome;
import cti.core.id.AgentId;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which calls to list; what is absent does not narrow.
 *
 * @param staff among the matches of the caller
 * @param numberEnd the calling number ends with these digits; other characters are passed over
 * @param desk the last that the call was given to
 * @param agent the first who talked to the caller
 * @param from begin, included
 * @param to begin, excluded
 */
public record CallFilter(
    Optional<StaffId> staff,
    Optional<String> numberEnd,
    Optional<DeskId> desk,
    Optional<AgentId> agent,
    Optional<CallOutcome> outcome,
    Optional<Instant> from,
    Optional<Instant> to) {
  /** Every call. */
  public static final CallFilter EVERY =
      new CallFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public CallFilter {
    numberEnd.ifPresent(
        digits -> {
          if (NumberEnd.reversed(digits).isEmpty()) {
            throw new IllegalArgumentException(
                "number '" + digits + "' has no digit, expected the end of a number");
          }
        });
  }

  public CallFilter withStaff(StaffId wanted) {
    return new CallFilter(Optional.of(wanted), numberEnd, desk, agent, outcome, from, to);
  }

  public CallFilter withNumberEnd(String wanted) {
    return new CallFilter(staff, Optional.of(wanted), desk, agent, outcome, from, to);
  }

  public CallFilter withDesk(DeskId wanted) {
    return new CallFilter(staff, numberEnd, Optional.of(wanted), agent, outcome, from, to);
  }

  public CallFilter withAgent(AgentId wanted) {
    return new CallFilter(staff, numberEnd, desk, Optional.of(wanted), outcome, from, to);
  }

  public CallFilter withOutcome(CallOutcome wanted) {
    return new CallFilter(staff, numberEnd, desk, agent, Optional.of(wanted), from, to);
  }

  public CallFilter between(Instant first, Instant end) {
    return new CallFilter(
        staff, numberEnd, desk, agent, outcome, Optional.of(first), Optional.of(end));
  }
}
