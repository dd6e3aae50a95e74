package cti.server.db.incidents;

import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.incident.IncidentState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which incidents to list; what is absent or empty does not narrow.
 *
 * @param staff the caller is one of these
 * @param callerNumber exactly as it was saved; with {@code staff} given too, either will do
 * @param from created then or later
 * @param to created before
 */
public record IncidentFilter(
    List<StaffId> staff,
    Optional<String> callerNumber,
    Optional<DeskId> desk,
    Optional<IncidentState> state,
    Optional<Instant> from,
    Optional<Instant> to) {
  /** Every incident. */
  public static final IncidentFilter EVERY =
      new IncidentFilter(
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public IncidentFilter {
    staff = List.copyOf(staff);
  }

  /** Of a caller: of any of the matches, or with the number. */
  public IncidentFilter ofCaller(List<StaffId> matches, String number) {
    return new IncidentFilter(
        matches, number.isEmpty() ? Optional.empty() : Optional.of(number), desk, state, from, to);
  }

  public IncidentFilter withDesk(DeskId wanted) {
    return new IncidentFilter(staff, callerNumber, Optional.of(wanted), state, from, to);
  }

  public IncidentFilter withState(IncidentState wanted) {
    return new IncidentFilter(staff, callerNumber, desk, Optional.of(wanted), from, to);
  }

  public IncidentFilter between(Instant first, Instant end) {
    return new IncidentFilter(
        staff, callerNumber, desk, state, Optional.of(first), Optional.of(end));
  }
}
