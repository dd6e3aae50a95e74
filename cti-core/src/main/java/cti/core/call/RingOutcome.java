package cti.core.call;

/** How one offer to one agent ended. */
public enum RingOutcome {
  ANSWERED,
  NO_ANSWER,
  BUSY,
  REJECTED,
  UNAVAILABLE,
  /** The caller hung up while the phone rang. */
  CALLER_GONE,
  /** The end of the offer was not seen. */
  LOST_TRACK
}
