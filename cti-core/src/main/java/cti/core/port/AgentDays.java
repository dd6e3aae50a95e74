package cti.core.port;

import cti.core.call.Direction;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.id.StaffId;
import cti.core.port.CallHistory.Period;
import cti.core.stats.StateTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an agent did in a period, counted from the records, and the calls that each figure counts. A
 * call belongs to the period in which the agent's phone first took part in it. Methods block; they
 * throw StoreUnavailableException.
 */
public interface AgentDays {
  AgentDay day(AgentId agent, Period period);

  /** The calls that a figure counts, the newest first. */
  Page<DayCall> calls(
      AgentId agent, DayFigure figure, Period period, Optional<Page.Key> after, int limit);

  /** Which calls a figure counts. */
  enum DayFigure {
    /** Answered or made. */
    CALLS,
    /** The agent's phone was answered. */
    ANSWERED,
    /** The agent called. */
    MADE,
    /** It rang at the agent's, was not answered there, and no colleague picked it up. */
    MISSED,
    /** With work after the call. */
    WRAPPED_UP
  }

  /**
   * A period.
   *
   * @param talk without hold
   * @param hold how long the agent held others
   * @param wrapUp work after these calls, as far as it is over
   * @param states how long in which state, the longest first; without the time logged off
   */
  record AgentDay(
      long calls,
      long answered,
      long made,
      long missed,
      long wrappedUp,
      Duration talk,
      Duration hold,
      Duration wrapUp,
      List<StateTimes.Spent> states) {
    public AgentDay {
      states = List.copyOf(states);
    }
  }

  /**
   * A call as the agent had it.
   *
   * @param at when the agent's phone first took part
   * @param answered whether they talked
   */
  record DayCall(
      CallId call,
      Instant at,
      Direction direction,
      String callingNumber,
      String dialledNumber,
      List<StaffId> matches,
      Optional<DeskId> desk,
      boolean answered,
      Duration talk,
      Duration hold,
      Duration wrapUp) {
    public DayCall {
      matches = List.copyOf(matches);
    }
  }
}
