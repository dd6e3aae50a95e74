package cti.core.call;

/** What became of a whole call, judged when its last connection ends. */
public enum CallOutcome {
  /** Somebody talked to the caller; for a call of ours, whom we called. */
  ANSWERED,
  /** The caller hung up before a queue was entered. */
  ABANDONED_IN_IVR,
  /** The caller hung up while waiting, no phone ringing at that moment. */
  ABANDONED_IN_QUEUE,
  /** The caller hung up while a phone rang. */
  ABANDONED_RINGING,
  /** The flow ended the call (for instance after three wrong keys). */
  ENDED_BY_FLOW,
  /**
   * Nobody answered, and so the call ended: the queue gave up, or the phone that was dialled rang
   * in vain.
   */
  NOT_ANSWERED,
  /** The phone that was dialled was in use. */
  BUSY,
  /** The phone that was dialled would not take it. */
  REJECTED,
  /** The number that was dialled could not be reached. */
  UNREACHABLE,
  /** Who dialled gave up before anybody answered. */
  CANCELLED,
  /** Nobody answered before it became part of another call, which tells the rest. */
  MERGED,
  /** The end was not seen. */
  LOST_TRACK
}
