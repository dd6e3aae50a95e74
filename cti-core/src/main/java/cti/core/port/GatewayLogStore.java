package cti.core.port;

import cti.core.event.CallEvent;
import cti.core.id.CallId;
import cti.core.id.GatewayId;
import cti.core.recovery.CheckedCall;
import cti.core.recovery.LogPosition;
import cti.core.recovery.LogSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What whoever holds the gateway's logs against our records needs to know and to keep. Methods
 * block; they throw StoreUnavailableException.
 */
public interface GatewayLogStore {
  /** What is on record of each call, in the journal's order; a call that is missing is no key. */
  Map<CallId, List<CallEvent>> events(Collection<CallId> calls);

  /** Those of these calls that an earlier pass has settled. */
  Set<CallId> settled(Collection<CallId> calls);

  /** Where the reading of a log goes on. */
  Optional<LogPosition> position(GatewayId gateway, LogSource source);

  /** When the link was away, by the journal; from the loss to the return, oldest first. */
  List<Outage> outages(GatewayId gateway, Instant since);

  /** Keeps what one pass found, all or nothing. */
  void keep(GatewayId gateway, Pass pass);

  /** Keeps that a whole day was checked, in the place of an earlier check of it. */
  void keepDay(GatewayId gateway, DayChecks.Day day);

  /** Which days were checked. */
  Days days(GatewayId gateway);

  /**
   * @param newest the newest of the days that were checked
   * @param last the one that was checked last
   */
  record Days(Optional<LocalDate> newest, Optional<DayChecks.Day> last) {}

  /**
   * @param until empty while it lasts
   */
  record Outage(Instant from, Optional<Instant> until) {}

  /**
   * What one pass over the logs found.
   *
   * @param calls those that were looked for
   * @param alsoKnown what channels of theirs would be called, had they made calls of their own
   * @param positions how far each log is settled now
   * @param hours the beginnings of the hours that were checked
   */
  record Pass(
      List<CheckedCall> calls,
      Map<CallId, Instant> alsoKnown,
      List<LogPosition> positions,
      Set<Instant> hours,
      Instant at) {
    public Pass {
      calls = List.copyOf(calls);
      alsoKnown = Map.copyOf(alsoKnown);
      positions = List.copyOf(positions);
      hours = Set.copyOf(hours);
    }
  }
}
