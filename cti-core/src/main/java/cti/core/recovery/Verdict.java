package cti.core.recovery;

/** What a call of the gateway's logs is on record as. */
public enum Verdict {
  /** Seen as it happened, and the logs say the same. */
  LIVE,
  /** Told by the logs, wholly or in part, and the same as they. */
  RECOVERED,
  /** The logs do not know its end either. */
  LOST_TRACK,
  /** Not on record. */
  MISSING,
  /** Seen as it happened, and the logs say something else. */
  DIFFERENT
}
