package cti.core.port;

import cti.core.call.QueueOutcome;
import cti.core.id.AgentId;
import cti.core.id.CallId;
import cti.core.id.DeskId;
import cti.core.port.CallHistory.Period;
import cti.core.stats.DeskCounts;
import cti.core.stats.DeskThresholds;
import cti.core.stats.ServiceLevelRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The figures of desks, counted from the records, and the calls that each figure counts. Methods
 * block; they throw StoreUnavailableException.
 */
public interface DeskFigures {
  /** A desk's counts; stays before a rule's begin are counted by the rule of their time. */
  List<DeskFigure> figures(Period period, Optional<Set<DeskId>> sight);

  /**
   * The stays that a figure counts, newest first.
   *
   * @param sight only these desks; empty for all
   */
  Page<Stay> stays(
      Counted counted,
      Period period,
      Optional<DeskId> desk,
      Optional<Set<DeskId>> sight,
      Optional<Page.Key> after,
      int limit);

  /** The rule of each desk that has one, as of a moment. */
  List<EffectiveRule> rules(Instant at);

  /** Every rule that a desk has had or will have, newest first. */
  List<EffectiveRule> history(DeskId desk);

  /**
   * How stays are spread over a period: for each desk one point for each step in which any began.
   *
   * @param step a minute to a day
   */
  List<TrendPoint> trend(Period period, Duration step, Optional<Set<DeskId>> sight);

  /** When desks are yellow and red; a desk that is left out has {@link DeskThresholds#USUAL}. */
  Map<DeskId, DeskThresholds> thresholds();

  /**
   * Sets when a desk is yellow and red.
   *
   * @param by the user who does
   * @return false where there is no such desk; nothing is changed then
   */
  boolean save(DeskId desk, DeskThresholds thresholds, String by);

  /**
   * Sets a desk's rule from a moment on; one of the same moment is replaced.
   *
   * @return false where there is no such desk; nothing is changed then
   */
  boolean save(EffectiveRule rule);

  /**
   * One desk in a period.
   *
   * @param talk with somebody, of calls that the desk answered
   * @param handled wrap-ups and talks of the desk's calls that ended
   */
  record DeskFigure(DeskId desk, DeskCounts counts, Handling handling) {}

  /** What handling took: AHT = talk + hold + wrap-up over handled. */
  record Handling(long handled, Duration talk, Duration hold, Duration wrapUp) {
    public static final Handling NONE =
        new Handling(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  /**
   * The stays of a desk that began within one step.
   *
   * @param at the step's begin
   */
  record TrendPoint(
      DeskId desk, Instant at, long queued, long answered, long agentNoAnswer, long queueMissed) {}

  /** Which stays a figure counts. */
  enum Counted {
    QUEUED,
    ANSWERED,
    ANSWERED_IN_TIME,
    AGENT_NO_ANSWER,
    ABANDONED,
    ABANDONED_SHORTLY,
    QUEUE_MISSED,
    TIMED_OUT,
    LEFT_BY_KEY,
    NO_AGENTS,
    OVERFLOWED,
    TURNED_AWAY,
    LOST,
    WAITING
  }

  /**
   * A stay of a call in a desk's queue.
   *
   * @param agent who answered it
   * @param outcome empty while it lasts
   */
  record Stay(
      String visit,
      CallId call,
      Optional<DeskId> desk,
      Instant enteredAt,
      Optional<Instant> leftAt,
      Duration waited,
      Optional<QueueOutcome> outcome,
      String callingNumber,
      Optional<AgentId> agent) {}

  /** A desk's rule from a moment on, and who said so. */
  record EffectiveRule(DeskId desk, Instant from, ServiceLevelRule rule, String by) {}
}
