package cti.core.port;

import cti.core.id.DeskId;
import cti.core.id.MissedCaseId;
import cti.core.id.SiteId;
import cti.core.id.StaffId;
import cti.core.missed.CaseState;
import cti.core.missed.MissedCase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Missed cases on record: who tried to reach a desk and has not been talked to. They open and close
 * by themselves as calls are recorded; people close and reopen them by hand. Methods block; they
 * throw StoreUnavailableException.
 */
public interface MissedCases {
  /** The longest reason, in characters. */
  int LONGEST_REASON = 500;

  /** Newest first, by the time of the first missed call. */
  Page<MissedCase> list(CaseFilter filter, Optional<Page.Key> after, int limit);

  /**
   * The case that a call belongs to.
   *
   * @param id any of its calls finds it
   * @param sight the desks whose cases may be seen; empty for those who may see every case
   */
  Optional<MissedCase> find(MissedCaseId id, Optional<Set<DeskId>> sight);

  /**
   * Closes an open case by hand.
   *
   * @param reason 1 to {@value #LONGEST_REASON} characters
   * @param by the user who closes it
   */
  Changed close(MissedCaseId id, String reason, String by, Optional<Set<DeskId>> sight);

  /** Takes back that a case was closed by hand. A talk since then closes it again at once. */
  Changed reopen(MissedCaseId id, String by, Optional<Set<DeskId>> sight);

  /** What was done by hand to a case, oldest first; empty where nothing was. */
  List<HandChange> handChanges(MissedCaseId id);

  /**
   * Both figures, per desk: calls missed in the period, and cases whose first call was missed in
   * it. Desks without either are left out; the gateway's static queues come last, together.
   */
  List<DeskCount> counts(CallHistory.Period period, Optional<Set<DeskId>> sight);

  /** How many cases are open now, per desk that has any. */
  List<OpenCount> openCounts();

  /**
   * Open cases of a desk.
   *
   * @param desk empty for the gateway's static queues
   * @param oldest when the first call of the oldest one was missed
   */
  record OpenCount(Optional<DeskId> desk, long open, Instant oldest) {}

  /**
   * Which cases; an empty part does not restrict.
   *
   * @param period of the first missed call
   * @param site of the desk, as it was when the call was missed
   * @param person one whom the directory named for any of the calls
   * @param number part of a calling number as presented
   * @param sight the desks whose cases may be seen; empty for those who may see every case
   */
  record CaseFilter(
      CallHistory.Period period,
      Optional<CaseState> state,
      Optional<DeskId> desk,
      Optional<SiteId> site,
      Optional<StaffId> person,
      Optional<String> number,
      Optional<Set<DeskId>> sight) {}

  /**
   * An audit line.
   *
   * @param closed true for closing, false for reopening
   * @param reason empty for reopening
   */
  record HandChange(Instant at, String by, boolean closed, String reason) {}

  /**
   * Figures of a desk.
   *
   * @param desk empty for the gateway's static queues
   * @param calls missed calls
   * @param cases missed cases: the sum of the four that follow
   */
  record DeskCount(
      Optional<DeskId> desk,
      long calls,
      long cases,
      long open,
      long returned,
      long recovered,
      long closed) {}

  /** What came of a change by hand. */
  sealed interface Changed {
    record Done(MissedCase missedCase) implements Changed {}

    record NoSuchCase() implements Changed {}

    /** The case's state does not allow it; nothing was changed. */
    record NotAllowed(MissedCase missedCase) implements Changed {}
  }
}
