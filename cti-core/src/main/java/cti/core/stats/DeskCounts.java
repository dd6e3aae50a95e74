package cti.core.stats;

import java.time.Duration;

/**
 * What is counted of the stays in the queue of a desk; a stay counts in the period in which it
 * began. Letters as in docs/domain.md.
 *
 * @param queued Q, every stay, also one that is not over
 * @param answered A
 * @param answeredInTime A_T
 * @param agentNoAnswer offered to an agent, never answered (应答失败)
 * @param abandoned B, left by the caller while nobody had been offered the call
 * @param abandonedShortly B_s
 * @param abandonedInTime B_T
 * @param overflowed sent on to another queue when the time of this one was up
 * @param turnedAway the queue was full or closed
 * @param lost the end was not seen
 * @param waiting not over
 * @param waitOfAnswered Σ wait of the answered
 * @param longestWait of any, the abandoned included
 */
public record DeskCounts(
    long queued,
    long answered,
    long answeredInTime,
    long agentNoAnswer,
    long abandoned,
    long abandonedShortly,
    long abandonedInTime,
    long timedOut,
    long leftByKey,
    long noAgents,
    long overflowed,
    long turnedAway,
    long lost,
    long waiting,
    Duration waitOfAnswered,
    Duration longestWait) {
  public static final DeskCounts NONE =
      new DeskCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO);

  /** Both together, such as all desks of a site. */
  public DeskCounts plus(DeskCounts other) {
    return new DeskCounts(
        queued + other.queued,
        answered + other.answered,
        answeredInTime + other.answeredInTime,
        agentNoAnswer + other.agentNoAnswer,
        abandoned + other.abandoned,
        abandonedShortly + other.abandonedShortly,
        abandonedInTime + other.abandonedInTime,
        timedOut + other.timedOut,
        leftByKey + other.leftByKey,
        noAgents + other.noAgents,
        overflowed + other.overflowed,
        turnedAway + other.turnedAway,
        lost + other.lost,
        waiting + other.waiting,
        waitOfAnswered.plus(other.waitOfAnswered),
        longestWait.compareTo(other.longestWait) >= 0 ? longestWait : other.longestWait);
  }

  /** Answer rate (应答成功率): answered / (answered + agent_no_answer). */
  public Ratio answerRate() {
    return new Ratio(answered, answered + agentNoAnswer);
  }

  /** Queue-missed (排队未接): abandoned + timed_out + left_by_key + no_agents. */
  public long queueMissed() {
    return abandoned + timedOut + leftByKey + noAgents;
  }

  /** The share of queue-missed is of answered + agent_no_answer. */
  public Ratio queueMissedShare() {
    return new Ratio(queueMissed(), answered + agentNoAnswer);
  }

  /** Average speed of answer: Σ wait of answered / A; zero-length where nobody was answered. */
  public Ratio averageSpeedOfAnswerMillis() {
    return new Ratio(waitOfAnswered.toMillis(), answered);
  }
}
