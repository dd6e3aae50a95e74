package cti.core.port;

import cti.core.event.RouteDetails;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.port.CallHistory.Period;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Calls to the hotline that rules sent somewhere. Blocks; throws StoreUnavailableException. */
public interface RoutedCalls {
  /** How many of a period there are. */
  long count(Period period);

  /** Oldest first. */
  List<RoutedCall> page(Period period, Optional<Page.Key> after, int limit);

  /** What the rules said of a call, each time that they were asked; in order. */
  List<RouteDetails> details(CallId call);

  /**
   * A call of the past.
   *
   * @param matches everybody whose number it was, by the directory of then
   * @param digits what was pressed in all menus, in order
   * @param details what the rules said first; empty for calls from before that was kept
   */
  record RoutedCall(
      CallId call,
      Instant startedAt,
      String callingNumber,
      String dialled,
      List<StaffId> matches,
      String digits,
      String rule,
      DeskId desk,
      Optional<RouteDetails> details) {
    public RoutedCall {
      matches = List.copyOf(matches);
    }
  }
}
