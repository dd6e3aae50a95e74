package cti.core.call;

/** What became of a whole call, judged when its last connection ends. */
public enum CallOutcome {
  /** Somebody talked to the caller. */
  ANSWERED,
  /** The caller hung up before a queue was entered. */
  ABANDONED_IN_IVR,
  /** The caller hung up while waiting, no phone ringing at that moment. */
  ABANDONED_IN_QUEUE,
  /** The caller hung up while a phone rang. */
  ABANDONED_RINGING,
  /** The flow ended the call (for instance after three wrong keys). */
  ENDED_BY_FLOW,
  /** The queue ended without anybody answering, and so did the call. */
  NOT_ANSWERED,
  /** The end was not seen. */
  LOST_TRACK
}
