package cti.core.call;

/** How one offer to one agent ended. */
public enum RingOutcome {
  ANSWERED,
  NO_ANSWER,
  BUSY,
  REJECTED,
  UNAVAILABLE,
  /** A colleague took the call that rang here. */
  PICKED_UP,
  /** The caller hung up while the phone rang. */
  CALLER_GONE,
  /** The end of the offer was not seen. */
  LOST_TRACK
}
