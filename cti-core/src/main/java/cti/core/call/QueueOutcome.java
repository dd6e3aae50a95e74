package cti.core.call;

/** How one stay in a queue ended. One table for records, reports and screens. */
public enum QueueOutcome {
  /** An agent talked to the caller. */
  ANSWERED,
  /** Offered to at least one agent and answered by none (应答失败). */
  AGENT_NO_ANSWER,
  /** The caller left while waiting and was never offered (排队未接). */
  ABANDONED,
  /**
   * The longest wait of the desk passed, no agent had been offered the call, and it went on to no
   * other queue.
   */
  TIMED_OUT,
  /** The caller pressed the key that leaves the queue. */
  LEFT_BY_KEY,
  /** No agent was logged on, so the queue refused or released the caller. */
  NO_AGENTS,
  /** The queue held its most callers already. */
  FULL,
  /** Out of hours. */
  CLOSED,
  /** Moved on to another queue, while waiting or by the time limit of this one. */
  OVERFLOWED,
  /** The link to the gateway was away when the stay ended. */
  GATEWAY_LOST;

  /** True where the caller reached nobody, so that the stay makes a missed call. */
  public boolean missed() {
    return switch (this) {
      case ANSWERED, CLOSED, OVERFLOWED, GATEWAY_LOST -> false;
      case AGENT_NO_ANSWER, ABANDONED, TIMED_OUT, LEFT_BY_KEY, NO_AGENTS, FULL -> true;
    };
  }
}
